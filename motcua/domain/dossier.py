"""States of a dossier, the actions that move it, and the one table between them.

Buttons, services, the diagram in docs/dossier-states.md and the tests all read this table.
Source: the ten national status codes of the one-stop systems; Decree 61/2018 art. 17-20 and
Decree 118/2025 art. 17-18. Our states are finer: a supplement asked for before reception and
one asked for while the clock runs share code 5 but not a clock.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Trạng thái: where a dossier stands in its life."""

    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    RECEIVED = "received"
    IN_PROCESS = "in_process"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    SUSPENDED = "suspended"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"


class Action(StrEnum):
    """Hành động: what a person does to a dossier."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    REQUEST_PAYMENT = "request_payment"
    PAY = "pay"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    TAKE = "take"
    FORWARD = "forward"
    SEND_TO_STEP = "send_to_step"
    PROPOSE = "propose"
    APPROVE = "approve"
    SEND_BACK_FOR_REWORK = "send_back_for_rework"
    CORRECT = "correct"
    ISSUE_RESULT = "issue_result"
    RETURN = "return"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    DISCONTINUE = "discontinue"
    HAND_BACK = "hand_back"
    APOLOGISE = "apologise"
    CONSULT = "consult"
    REMIND = "remind"
    REPLY = "reply"
    ASSIGN = "assign"
    RECALL = "recall"
    RECALCULATE = "recalculate"
    EXCUSE = "excuse"
    MOVE_TO_VERSION = "move_to_version"


class Clock(StrEnum):
    """Đồng hồ thời hạn: what the legal clock does while a dossier is in a state."""

    NOT_STARTED = "not_started"
    RUNS = "runs"
    PAUSED = "paused"
    STOPPED = "stopped"


class ActionNotAllowed(Exception):
    """The table has no move for this action in this state."""

    def __init__(self, state: State | None, action: Action) -> None:
        super().__init__(f"{action} is not possible from {state or 'nothing'}")
        self.state = state
        self.action = action


_S, _A = State, Action

TRANSITIONS: Final[Mapping[tuple[State | None, Action], State]] = MappingProxyType(
    {
        # A dossier begins: sent online, or accepted at the counter in one act.
        (None, _A.SUBMIT): _S.SUBMITTED,
        (None, _A.RECEIVE): _S.RECEIVED,
        # Before reception: no clock runs.
        (_S.SUBMITTED, _A.RECEIVE): _S.RECEIVED,
        (_S.SUBMITTED, _A.REFUSE): _S.REFUSED,
        (_S.SUBMITTED, _A.REQUEST_SUPPLEMENT): _S.INCOMPLETE,
        (_S.SUBMITTED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.INCOMPLETE, _A.SUPPLEMENT): _S.SUBMITTED,
        (_S.INCOMPLETE, _A.RECEIVE): _S.RECEIVED,
        (_S.INCOMPLETE, _A.REFUSE): _S.REFUSED,
        (_S.INCOMPLETE, _A.WITHDRAW): _S.WITHDRAWN,
        # At the counter: accepted, not yet with those who decide.
        (_S.RECEIVED, _A.HAND_OVER): _S.IN_PROCESS,
        (_S.RECEIVED, _A.TAKE): _S.IN_PROCESS,
        (_S.RECEIVED, _A.CORRECT): _S.RECEIVED,
        (_S.RECEIVED, _A.ISSUE_RESULT): _S.RESULT_READY,
        (_S.RECEIVED, _A.REQUEST_SUPPLEMENT): _S.AWAITING_SUPPLEMENT,
        (_S.RECEIVED, _A.APOLOGISE): _S.RECEIVED,
        (_S.RECEIVED, _A.SEND_BACK): _S.SENT_BACK,
        (_S.RECEIVED, _A.WITHDRAW): _S.WITHDRAWN,
        # With the office.
        (_S.IN_PROCESS, _A.CONFIRM): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.TAKE): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.FORWARD): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.SEND_TO_STEP): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.PROPOSE): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.APPROVE): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.SEND_BACK_FOR_REWORK): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.CORRECT): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.EXTEND): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.APOLOGISE): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.ASSIGN): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.RECALL): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.CONSULT): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.REMIND): _S.IN_PROCESS,
        (_S.IN_PROCESS, _A.ISSUE_RESULT): _S.RESULT_READY,
        (_S.IN_PROCESS, _A.REQUEST_SUPPLEMENT): _S.AWAITING_SUPPLEMENT,
        (_S.IN_PROCESS, _A.REQUEST_PAYMENT): _S.AWAITING_PAYMENT,
        (_S.IN_PROCESS, _A.SUSPEND): _S.SUSPENDED,
        (_S.IN_PROCESS, _A.SEND_BACK): _S.SENT_BACK,
        (_S.IN_PROCESS, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.IN_PROCESS, _A.DISCONTINUE): _S.DISCONTINUED,
        # The clock is paused.
        (_S.AWAITING_SUPPLEMENT, _A.SUPPLEMENT): _S.IN_PROCESS,
        (_S.AWAITING_SUPPLEMENT, _A.CORRECT): _S.AWAITING_SUPPLEMENT,
        (_S.AWAITING_SUPPLEMENT, _A.SEND_BACK): _S.SENT_BACK,
        (_S.AWAITING_SUPPLEMENT, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.AWAITING_SUPPLEMENT, _A.DISCONTINUE): _S.DISCONTINUED,
        (_S.AWAITING_PAYMENT, _A.PAY): _S.IN_PROCESS,
        (_S.AWAITING_PAYMENT, _A.CORRECT): _S.AWAITING_PAYMENT,
        (_S.AWAITING_PAYMENT, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.AWAITING_PAYMENT, _A.DISCONTINUE): _S.DISCONTINUED,
        (_S.SUSPENDED, _A.RESUME): _S.IN_PROCESS,
        (_S.SUSPENDED, _A.CORRECT): _S.SUSPENDED,
        (_S.SUSPENDED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.SUSPENDED, _A.DISCONTINUE): _S.DISCONTINUED,
        # Settled: the clock has stopped, the applicant has not come yet.
        (_S.RESULT_READY, _A.CORRECT): _S.RESULT_READY,
        (_S.RESULT_READY, _A.RETURN): _S.RETURNED,
        # Over: nothing moves any more, but a mistyped name is still mended.
        (_S.RETURNED, _A.CORRECT): _S.RETURNED,
        (_S.SENT_BACK, _A.CORRECT): _S.SENT_BACK,
        (_S.WITHDRAWN, _A.CORRECT): _S.WITHDRAWN,
        (_S.DISCONTINUED, _A.CORRECT): _S.DISCONTINUED,
        # Ended unsettled: the papers lie at the counter until somebody fetches them, once.
        (_S.SENT_BACK, _A.HAND_BACK): _S.SENT_BACK,
        (_S.WITHDRAWN, _A.HAND_BACK): _S.WITHDRAWN,
        (_S.DISCONTINUED, _A.HAND_BACK): _S.DISCONTINUED,
        # An agency that was asked answers when it can, also while the clock is paused.
        **{
            (state, _A.REPLY): state
            for state in (
                _S.IN_PROCESS,
                _S.AWAITING_SUPPLEMENT,
                _S.AWAITING_PAYMENT,
                _S.SUSPENDED,
            )
        },
        # A new calendar, time that does not count and a new process concern every accepted, open
        # dossier.
        **{
            (state, action): state
            for state in (
                _S.RECEIVED,
                _S.IN_PROCESS,
                _S.AWAITING_SUPPLEMENT,
                _S.AWAITING_PAYMENT,
                _S.SUSPENDED,
            )
            for action in (_A.RECALCULATE, _A.EXCUSE, _A.MOVE_TO_VERSION)
        },
    }
)

CLOCK: Final[Mapping[State, Clock]] = MappingProxyType(
    {
        _S.SUBMITTED: Clock.NOT_STARTED,
        _S.INCOMPLETE: Clock.NOT_STARTED,
        _S.REFUSED: Clock.NOT_STARTED,
        _S.RECEIVED: Clock.RUNS,
        _S.IN_PROCESS: Clock.RUNS,
        _S.AWAITING_SUPPLEMENT: Clock.PAUSED,
        _S.AWAITING_PAYMENT: Clock.PAUSED,
        _S.SUSPENDED: Clock.PAUSED,
        _S.RESULT_READY: Clock.STOPPED,
        _S.RETURNED: Clock.STOPPED,
        _S.SENT_BACK: Clock.STOPPED,
        _S.WITHDRAWN: Clock.STOPPED,
        _S.DISCONTINUED: Clock.STOPPED,
    }
)

# What the national portal calls each state (1 to 10).
NATIONAL_CODE: Final[Mapping[State, int]] = MappingProxyType(
    {
        _S.SUBMITTED: 1,
        _S.RECEIVED: 2,
        _S.REFUSED: 3,
        _S.IN_PROCESS: 4,
        _S.INCOMPLETE: 5,
        _S.AWAITING_SUPPLEMENT: 5,
        _S.AWAITING_PAYMENT: 6,
        _S.WITHDRAWN: 7,
        _S.SUSPENDED: 8,
        _S.DISCONTINUED: 8,
        _S.SENT_BACK: 8,
        _S.RESULT_READY: 9,
        _S.RETURNED: 10,
    }
)

CLOCK_RUNS: Final = tuple(state for state in State if CLOCK[state] is Clock.RUNS)
CLOCK_PAUSED: Final = tuple(state for state in State if CLOCK[state] is Clock.PAUSED)
# Accepted and not ended: what report form 06 calls "đang giải quyết".
OPEN: Final = CLOCK_RUNS + CLOCK_PAUSED
SETTLED: Final = (State.RESULT_READY, State.RETURNED)
# Accepted, then ended without settlement.
ENDED_UNSETTLED: Final = (State.SENT_BACK, State.WITHDRAWN, State.DISCONTINUED)
# Nothing leads out of these to another state.
FINAL: Final = tuple(
    state
    for state in State
    if not any(was is state is not after for (was, _), after in TRANSITIONS.items())
)
# On to the next step of the process.
GOES_ON: Final = frozenset({_A.HAND_OVER, _A.FORWARD, _A.PROPOSE, _A.APPROVE})
# Back to an earlier step inside the office; the promise stays.
GOES_BACK: Final = frozenset({_A.SEND_TO_STEP, _A.SEND_BACK_FOR_REWORK})
# These stop the running clock, these let it run again, these end the road without settlement.
PAUSING: Final = frozenset(
    action
    for (was, action), after in TRANSITIONS.items()
    if was in CLOCK_RUNS and after in CLOCK_PAUSED
)
RESUMING: Final = frozenset(
    action
    for (was, action), after in TRANSITIONS.items()
    if was in CLOCK_PAUSED and after in CLOCK_RUNS
)
ENDING: Final = frozenset(
    action
    for (was, action), after in TRANSITIONS.items()
    if was is not after and after in (State.REFUSED, *ENDED_UNSETTLED)
)
# These set a date, which is counted on the calendar in force when they are done.
DATING: Final = (
    GOES_ON
    | GOES_BACK
    | RESUMING
    | {
        _A.TAKE,
        _A.RECALL,
        _A.ISSUE_RESULT,
        _A.EXTEND,
        _A.APOLOGISE,
    }
)
# These take a written reason (Decree 63/2010 art. 18: every refusal and request is reasoned).
REASON_REQUIRED: Final = frozenset(
    {
        _A.REFUSE,
        _A.REQUEST_SUPPLEMENT,
        _A.REQUEST_PAYMENT,
        _A.SUSPEND,
        _A.EXTEND,
        _A.APOLOGISE,
        _A.CONSULT,
        _A.REPLY,
        _A.RECALCULATE,
        _A.EXCUSE,
        _A.SEND_TO_STEP,
        _A.SEND_BACK_FOR_REWORK,
        _A.CORRECT,
        _A.SEND_BACK,
        _A.DISCONTINUE,
    }
)


def next_state(state: State | None, action: Action) -> State:
    """Return the state that `action` leads to; None stands for a dossier not yet begun.

    Raises ActionNotAllowed.
    """
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise ActionNotAllowed(state, action) from None


@cache
def actions_from(state: State | None) -> tuple[Action, ...]:
    """Return the actions the table allows in `state`, in the order of the table."""
    return tuple(action for was, action in TRANSITIONS if was is state)
