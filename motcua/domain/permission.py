"""Which role may do which action, and when. Who may see a dossier is web/access.py's question.

Source: tasks of the one-stop unit, the handling officer and the approver in Decree 61/2018
art. 17-20.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from motcua.domain.dossier import GOES_BACK, Action, State, actions_from
from motcua.domain.process import PERFORMING, Performer, Process, Role, Step, StepKind

ROLES: Final[Mapping[Action, frozenset[Role]]] = MappingProxyType(
    {
        Action.SUBMIT: frozenset({Role.RECEPTION}),
        Action.RECEIVE: frozenset({Role.RECEPTION}),
        Action.REFUSE: frozenset({Role.RECEPTION}),
        Action.HAND_OVER: frozenset({Role.RECEPTION}),
        Action.RETURN: frozenset({Role.RECEPTION}),
        Action.CORRECT: frozenset({Role.RECEPTION}),
        Action.WITHDRAW: frozenset({Role.RECEPTION}),
        Action.SUPPLEMENT: frozenset({Role.RECEPTION}),
        Action.PAY: frozenset({Role.RECEPTION}),
        Action.REQUEST_SUPPLEMENT: frozenset({Role.RECEPTION, Role.HANDLER}),
        Action.CONFIRM: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.TAKE: PERFORMING,
        Action.FORWARD: PERFORMING,
        Action.PROPOSE: PERFORMING,
        Action.SEND_TO_STEP: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.REQUEST_PAYMENT: frozenset({Role.HANDLER}),
        Action.APPROVE: frozenset({Role.APPROVER}),
        Action.SEND_BACK_FOR_REWORK: frozenset({Role.APPROVER}),
        Action.SUSPEND: frozenset({Role.APPROVER}),
        Action.RESUME: frozenset({Role.APPROVER}),
        Action.EXTEND: frozenset({Role.APPROVER}),
        Action.SEND_BACK: frozenset({Role.APPROVER, Role.RECEPTION}),
        Action.DISCONTINUE: frozenset({Role.APPROVER}),
        Action.HAND_BACK: frozenset({Role.RECEPTION}),
        Action.ISSUE_RESULT: PERFORMING,
        Action.APOLOGISE: frozenset({Role.APPROVER}),
        Action.CONSULT: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.REMIND: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.REPLY: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.ASSIGN: frozenset({Role.APPROVER, Role.LEADER}),
        Action.RECALL: PERFORMING,
        Action.RECALCULATE: frozenset({Role.LEADER}),
        Action.EXCUSE: frozenset({Role.LEADER}),
        Action.MOVE_TO_VERSION: frozenset({Role.ADMINISTRATOR}),
    }
)
# Not decided by the open step alone: by who was asked, by who passed the dossier on, or by a list
# of many dossiers that is approved as one. Their services ask; `permitted` does not offer them.
ASKED_OTHERWISE: Final = frozenset(
    {
        Action.REMIND,
        Action.REPLY,
        Action.RECALL,
        Action.RECALCULATE,
        Action.EXCUSE,
        Action.MOVE_TO_VERSION,
    }
)
# Done at the counter, wherever the dossier is; every other act where the dossier is worked on.
_COUNTERS: Final = frozenset(action for action, roles in ROLES.items() if roles == {Role.RECEPTION})
# Done where no step is open any more.
_AFTER_THE_END: Final = frozenset({Action.CORRECT, Action.HAND_BACK})
_SIGNED_OR_RETURNED: Final = frozenset({StepKind.APPROVE, StepKind.RETURN})
# These lead from one step to another.
_LEADING: Final = GOES_BACK | {
    Action.FORWARD,
    Action.PROPOSE,
    Action.APPROVE,
    Action.TAKE,
    Action.HAND_OVER,
    Action.ISSUE_RESULT,
}
# The work of a step: done with the step's own role, by nobody else.
WORK: Final = frozenset(
    {
        Action.TAKE,
        Action.FORWARD,
        Action.PROPOSE,
        Action.APPROVE,
        Action.ISSUE_RESULT,
        Action.SEND_TO_STEP,
        Action.SEND_BACK_FOR_REWORK,
        Action.SEND_BACK,
        Action.REQUEST_SUPPLEMENT,
        Action.REQUEST_PAYMENT,
        Action.CONSULT,
    }
)


def permitted(
    *,
    state: State,
    step: str,
    process: Process,
    roles: Collection[Role],
    is_confirmed: bool = False,
    is_handed_back: bool = False,
) -> tuple[Action, ...]:
    """Return what an officer with these roles may do now, in the order of the table.

    `step` is the code of the open step; empty when there is none. `roles` are the officer's at
    the agency where the act is done (see `done_by`). `is_confirmed`: the papers of the open step
    are known to have arrived; `is_handed_back`: those of the dossier were fetched.
    """
    held = frozenset(roles)
    return tuple(
        action
        for action in actions_from(state)
        if action not in ASKED_OTHERWISE
        and ROLES[action] & held & _asked_for(action, state, step, process)
        and _fits(action, state, step, process)
        and not (is_confirmed and action is Action.CONFIRM)
        and not (is_handed_back and action is Action.HAND_BACK)
    )


def roles_for(
    action: Action, *, state: State | None, step: str, process: Process
) -> frozenset[Role]:
    """Return the roles in which the act is done: those of the table, and of them what the open
    step leaves it to."""
    if state is None:
        return ROLES[action]
    return ROLES[action] & _asked_for(action, state, step, process)


def done_by(action: Action, *, state: State, step: str, process: Process) -> Performer:
    """Return where this act is done: the place whose roles count for it."""
    if not step or action in _COUNTERS:
        return Performer.UNIT
    return _worked_on(action, state, step, process).performer


def _asked_for(action: Action, state: State, step: str, process: Process) -> frozenset[Role]:
    """Return which roles the open step leaves the act to."""
    if step and action in WORK:
        return frozenset({_worked_on(action, state, step, process).role})
    return PERFORMING | {Role.LEADER}


def _worked_on(action: Action, state: State, step: str, process: Process) -> Step:
    """Return the step the act belongs to: the open one, or the one that taking over opens."""
    if action is Action.TAKE and state is State.RECEIVED:
        return process.onward(step)
    return process.step(step)


def ways(action: Action, *, step: str, process: Process) -> tuple[Step, ...]:
    """Return the steps this act may lead to from the open one; none where it leads nowhere.

    Taking a dossier leads onward only from the counter's step.
    """
    here, targets = process.step(step), process.targets(step)
    match action:
        case Action.FORWARD if here.kind is not StepKind.APPROVE:
            return tuple(to for to in targets if to.kind not in _SIGNED_OR_RETURNED)
        case Action.PROPOSE if here.kind is not StepKind.APPROVE:
            return tuple(to for to in targets if to.kind is StepKind.APPROVE)
        case Action.APPROVE if here.kind is StepKind.APPROVE:
            return tuple(to for to in targets if to is not process.last)
        case Action.TAKE | Action.HAND_OVER if here is process.first:
            return tuple(to for to in targets if to is not process.last)
        case Action.ISSUE_RESULT:
            return tuple(to for to in targets if to is process.last)
        case Action.SEND_BACK_FOR_REWORK if here.kind is StepKind.APPROVE:
            return process.before(step)
        case Action.SEND_TO_STEP if here.kind is not StepKind.APPROVE:
            # Who signs asks for the work again: one act, by one name.
            return process.before(step)
        case _:
            return ()


def _fits(action: Action, state: State, step: str, process: Process) -> bool:
    if not step:
        return state in (State.SUBMITTED, State.INCOMPLETE) or action in _AFTER_THE_END
    here = process.step(step)
    if here is process.last:
        return True
    match action:
        case Action.TAKE if state is not State.RECEIVED:
            return True
        case action if action in _LEADING:
            return bool(ways(action, step=step, process=process))
        case Action.SEND_BACK:
            # By who signs; by the counter only what has not left it, taken in by mistake.
            return here.kind is StepKind.APPROVE or state is State.RECEIVED
        case Action.CONFIRM | Action.CONSULT:
            return here is not process.first
        case _:
            return True
