"""What happened, folded into where the dossier stands.

`advance` takes one happening; the ledger calls it when an officer acts, the replay and the
import when they write many, and `motcua verify` when it proves that the rows agree. There is no
second way to move a dossier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final

from motcua.domain.calendar import OfficeTime
from motcua.domain.deadline import AFTERNOON_THRESHOLD, due, left_when_suspended, moved_by
from motcua.domain.dossier import (
    CLOCK,
    ENDING,
    GOES_BACK,
    GOES_ON,
    PAUSING,
    REASON_REQUIRED,
    RESUMING,
    Action,
    Clock,
    State,
    next_state,
)
from motcua.domain.explanation import Explanation, explain
from motcua.domain.limit import Ends, Left, TimeLimit
from motcua.domain.pause import Pause, PausePolicy
from motcua.domain.process import Process, StepNotAllowed
from motcua.domain.standing import ExtensionFlaw, ExtensionRefused, check_extension


class HolderKind(StrEnum):
    """Nơi giữ hồ sơ: whose minutes these are."""

    COUNTER = "counter"
    STEP = "step"
    OTHER_AGENCY = "other_agency"
    CITIZEN = "citizen"
    NOBODY = "nobody"


class HistoryOutOfOrder(Exception):
    """Something is said to have happened before what went before it."""


class ActionNotFolded(Exception):
    """The table has the move, and no rule here says what it changes."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"nothing says what {action} does")
        self.action = action


class HandedBackAlready(Exception):
    """The papers were fetched at `at`; they are handed back once."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"handed back at {at}")
        self.at = at


class ReasonMissing(Exception):
    """The act needs a written reason (Decree 63/2010 art. 18)."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action} needs a written reason")
        self.action = action


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Điều kiện giải quyết: what was in force for this dossier when it was accepted."""

    limit: TimeLimit
    process: Process
    office_time: OfficeTime
    ends: Ends = Ends.END_OF_DAY
    policy: PausePolicy = PausePolicy.RESUME
    threshold: time = AFTERNOON_THRESHOLD

    def due(self, accepted_at: datetime, pauses: Iterable[Pause] = ()) -> datetime:
        """Return when a dossier accepted then is due.  Raises what `deadline.due` does."""
        return due(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            ends=self.ends,
            policy=self.policy,
            threshold=self.threshold,
        )

    def left(self, accepted_at: datetime, pauses: Iterable[Pause]) -> Left:
        """Return what the open pause leaves to count.  Raises what `left_when_suspended` does."""
        return left_when_suspended(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            policy=self.policy,
        )

    def step_due(
        self, code: str, started_at: datetime, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        """Return until when a step begun then has to be done; None for one without a budget.

        Raises what `deadline.due` does.
        """
        budget = self.process.step(code).budget
        if budget is None:
            return None
        own = tuple(pause for pause in pauses if pause.start >= started_at)
        return due(accepted_at=started_at, limit=budget, office_time=self.office_time, pauses=own)

    def explain(self, accepted_at: datetime, pauses: Iterable[Pause] = ()) -> Explanation:
        """Return when it is due with every reason.  Raises what `explanation.explain` does."""
        return explain(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            ends=self.ends,
            policy=self.policy,
            threshold=self.threshold,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Sự kiện: one act. `agency` and `officer` did it; the `to_` names say where it leads."""

    action: Action
    at: datetime
    agency: int
    officer: int | None = None
    to_step: str = ""
    to_agency: int | None = None
    to_officer: int | None = None
    new_due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """Bước đã qua: one passage through a step, with its planned and its real times."""

    position: int
    code: str
    agency: int
    officer: int | None
    started_at: datetime
    due_at: datetime | None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Thời gian giữ: from when one holder had the dossier; the next one's start ends it."""

    since: datetime
    kind: HolderKind
    agency: int | None = None
    officer: int | None = None
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Hiện trạng: all that follows from the happenings so far."""

    state: State | None = None
    last_at: datetime | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    handed_back_at: datetime | None = None
    extended: bool = False
    pauses: tuple[Pause, ...] = ()
    steps: tuple[StepRun, ...] = ()
    holdings: tuple[Holding, ...] = ()

    @property
    def step(self) -> StepRun | None:
        """The step that is open now."""
        return self.steps[-1] if self.steps and self.steps[-1].ended_at is None else None

    @property
    def holder(self) -> Holding | None:
        """Who holds the dossier now."""
        return self.holdings[-1] if self.holdings else None

    @property
    def clock_ended_at(self) -> datetime | None:
        """When the legal clock stopped for good: settled, or ended without settlement."""
        return self.settled_at or self.ended_at


_DONE_AT_THE_STEP: Final = (
    GOES_ON | GOES_BACK | {Action.ISSUE_RESULT, Action.RETURN, Action.SEND_BACK}
)


def fold(happenings: Iterable[Happening], terms: Terms) -> Snapshot:
    """Return where a dossier stands after all that happened, in order.

    Raises what `advance` raises.
    """
    now = Snapshot()
    for happening in happenings:
        now = advance(now, happening, terms)
    return now


def advance(before: Snapshot, what: Happening, terms: Terms) -> Snapshot:
    """Return where the dossier stands after one more act.

    Raises ActionNotAllowed, StepNotAllowed, ReasonMissing, HistoryOutOfOrder, ExtensionRefused,
    HandedBackAlready, and CalendarNotPublished when a promise would fall in a year without a
    calendar.
    """
    state = next_state(before.state, what.action)
    if before.last_at is not None and what.at < before.last_at:
        raise HistoryOutOfOrder(f"{what.action} at {what.at}, after {before.last_at}")
    if what.action in REASON_REQUIRED and not what.note.strip():
        raise ReasonMissing(what.action)
    is_hand_back = what.action is Action.HAND_BACK
    changes = _hand_back(before, what) if is_hand_back else _changes(before, what, terms)
    return replace(before, **changes, state=state, last_at=what.at)


# What an act changes of the snapshot, by field: one new snapshot per act, not one per change.
_Changes = dict[str, Any]


def _changes(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    if before.accepted_at is None:
        return _before_acceptance(before, what, terms)
    action = what.action
    if action in GOES_ON or action in GOES_BACK:
        return _go(before, what, terms)
    if action is Action.TAKE:
        return _take(before, what, terms)
    if action is Action.CONFIRM:
        return {"steps": _with_last(before, replace(_here(before), confirmed_at=what.at))}
    if action in PAUSING:
        return _pause(before, what)
    if action in RESUMING:
        return _resume(before, what, terms)
    if action is Action.EXTEND:
        return _extend(before, what, terms)
    if action is Action.ISSUE_RESULT:
        issued = _open(before, _closed(before, what), terms.process.last.code, what, terms)
        return {**issued, "settled_at": what.at}
    if action is Action.RETURN:
        return {**_end(before, what), "returned_at": what.at}
    if action in ENDING:
        return {**_end(before, what), "ended_at": what.at}
    if action is Action.CORRECT:
        return {}
    raise ActionNotFolded(action)


def _before_acceptance(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    if what.action is Action.SUBMIT:
        return {"submitted_at": what.at}
    if what.action is Action.RECEIVE:
        return _receive(before, what, terms)
    return {"ended_at": what.at} if what.action in ENDING else {}


def _receive(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    promise = terms.due(what.at)
    return {
        "submitted_at": before.submitted_at or what.at,
        "accepted_at": what.at,
        "promised_at": promise,
        "due_at": promise,
        **_open(before, before.steps, terms.process.first.code, what, terms),
    }


def _go(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    here = _here(before)
    if what.action in GOES_ON:
        code = terms.process.onward(here.code, what.to_step).code
    else:
        code = what.to_step
        if code not in (step.code for step in terms.process.before(here.code)):
            raise StepNotAllowed(f"{code!r} does not lie before {here.code}")
    return _open(before, _closed(before, what), code, what, terms)


def _take(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    if before.state is State.RECEIVED:
        code = terms.process.onward(terms.process.first.code).code
        taken = replace(what, to_agency=what.to_agency or what.agency, to_officer=what.officer)
        return _open(before, _closed(before, what), code, taken, terms)
    here = _here(before)
    run = replace(here, officer=what.officer, confirmed_at=here.confirmed_at or what.at)
    return {
        "steps": _with_last(before, run),
        "holdings": _held(before, what.at, HolderKind.STEP, run),
    }


def _pause(before: Snapshot, what: Happening) -> _Changes:
    pause = Pause(start=what.at, end=None, reason=what.action.value)
    kind = HolderKind.NOBODY if what.action is Action.SUSPEND else HolderKind.CITIZEN
    return {"pauses": (*before.pauses, pause), "holdings": _held(before, what.at, kind)}


def _resume(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    here = _here(before)
    assert before.accepted_at is not None
    assert before.due_at is not None and before.promised_at is not None
    over = replace(before.pauses[-1], end=what.at)
    pauses = (*before.pauses[:-1], over)
    # The promise is never brought forward, whatever the policy of the pause. An extended one
    # follows from no count: the pause moves it, and every pause since the extension did.
    stands = moved_by(over, before.due_at, terms.office_time) if before.extended else before.due_at
    # A step does not answer for the time in which it had to wait.
    run = replace(here, due_at=terms.step_due(here.code, here.started_at, pauses))
    return {
        "pauses": pauses,
        "due_at": max(stands, terms.due(before.accepted_at, pauses)),
        "steps": _with_last(before, run),
        "holdings": _held(before, what.at, _holder_kind(here.code, terms), run),
    }


def _extend(before: Snapshot, what: Happening, terms: Terms) -> _Changes:
    assert before.due_at is not None
    if what.new_due_at is None:
        raise ExtensionRefused(ExtensionFlaw.NO_DATE)
    check_extension(
        due_at=before.due_at,
        new_due_at=what.new_due_at,
        asked_at=what.at,
        already_extended=before.extended,
        office_time=terms.office_time,
    )
    return {"due_at": what.new_due_at, "extended": True}


def _hand_back(before: Snapshot, what: Happening) -> _Changes:
    # Nobody answers for the time the papers waited: the clock and the holdings stay as they are.
    if before.handed_back_at is not None:
        raise HandedBackAlready(before.handed_back_at)
    return {"handed_back_at": what.at}


def _end(before: Snapshot, what: Happening) -> _Changes:
    return {
        "steps": _closed(before, what),
        "holdings": _held(before, what.at, HolderKind.NOBODY),
    }


def _open(
    before: Snapshot, steps: tuple[StepRun, ...], code: str, what: Happening, terms: Terms
) -> _Changes:
    run = StepRun(
        position=len(steps) + 1,
        code=code,
        agency=what.to_agency or what.agency,
        officer=what.to_officer,
        started_at=what.at,
        due_at=terms.step_due(code, what.at),
    )
    return {
        "steps": (*steps, run),
        "holdings": _held(before, what.at, _holder_kind(code, terms), run),
    }


def _here(before: Snapshot) -> StepRun:
    here = before.step
    assert here is not None, "an accepted, unreturned dossier is at a step"
    return here


def _closed(before: Snapshot, what: Happening) -> tuple[StepRun, ...]:
    here = _here(before)
    # Whoever does a step's work without having taken it first is who did it.
    officer = what.officer if what.action in _DONE_AT_THE_STEP and what.officer else here.officer
    run = replace(here, officer=officer, ended_at=what.at, outcome=what.action)
    return _with_last(before, run)


def _with_last(before: Snapshot, run: StepRun) -> tuple[StepRun, ...]:
    return (*before.steps[:-1], run)


def _held(
    before: Snapshot, since: datetime, kind: HolderKind, run: StepRun | None = None
) -> tuple[Holding, ...]:
    if run is None:
        return (*before.holdings, Holding(since=since, kind=kind))
    holding = Holding(since=since, kind=kind, agency=run.agency, officer=run.officer, step=run.code)
    return (*before.holdings, holding)


def _holder_kind(code: str, terms: Terms) -> HolderKind:
    at_the_counter = code in (terms.process.first.code, terms.process.last.code)
    return HolderKind.COUNTER if at_the_counter else HolderKind.STEP


def is_paused(snapshot: Snapshot) -> bool:
    """Whether the promise is suspended now."""
    return snapshot.state is not None and CLOCK[snapshot.state] is Clock.PAUSED
