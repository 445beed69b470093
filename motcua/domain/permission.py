"""Which role may do which action, and when. Who may see a dossier is web/access.py's question.

Source: tasks of the one-stop unit, the handling officer and the approver in Decree 61/2018
art. 17-20.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from motcua.domain.dossier import Action, State, actions_from
from motcua.domain.process import Process, Role, StepKind

_WORK: Final = frozenset(
    {StepKind.HANDLE, StepKind.CONSULT, StepKind.APPRAISE, StepKind.INSPECT, StepKind.SEAL}
)

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
        Action.TAKE: frozenset({Role.HANDLER}),
        Action.FORWARD: frozenset({Role.HANDLER}),
        Action.PROPOSE: frozenset({Role.HANDLER}),
        Action.SEND_TO_STEP: frozenset({Role.HANDLER, Role.APPROVER}),
        Action.REQUEST_PAYMENT: frozenset({Role.HANDLER}),
        Action.APPROVE: frozenset({Role.APPROVER}),
        Action.SEND_BACK_FOR_REWORK: frozenset({Role.APPROVER}),
        Action.SUSPEND: frozenset({Role.APPROVER}),
        Action.RESUME: frozenset({Role.APPROVER}),
        Action.EXTEND: frozenset({Role.APPROVER}),
        Action.SEND_BACK: frozenset({Role.APPROVER}),
        Action.DISCONTINUE: frozenset({Role.APPROVER}),
        Action.ISSUE_RESULT: frozenset({Role.HANDLER, Role.APPROVER, Role.RECEPTION}),
    }
)


def permitted(
    *, state: State, step: str, process: Process, roles: Collection[Role]
) -> tuple[Action, ...]:
    """Return what an officer with these roles may do now, in the order of the table.

    `step` is the code of the open step; empty when there is none. `roles` are the officer's at
    the agency that holds the step, or at the counter for the counter's own acts.
    """
    return tuple(
        action
        for action in actions_from(state)
        if ROLES[action] & set(roles) and _fits(action, state, step, process, roles)
    )


def _fits(
    action: Action, state: State, step: str, process: Process, roles: Collection[Role]
) -> bool:
    if not step:
        return state in (State.SUBMITTED, State.INCOMPLETE)
    here = process.step(step)
    follows = None if here is process.last else process.after(step)
    match action:
        case Action.FORWARD:
            return here.kind in _WORK and follows is not None and follows.kind in _WORK
        case Action.PROPOSE:
            return here.kind in _WORK and follows is not None and follows.kind is StepKind.APPROVE
        case Action.APPROVE:
            return (
                here.kind is StepKind.APPROVE
                and follows is not None
                and follows is not process.last
            )
        case Action.SEND_BACK_FOR_REWORK | Action.SEND_TO_STEP:
            wanted = StepKind.APPROVE if action is Action.SEND_BACK_FOR_REWORK else None
            return bool(process.before(step)) and (wanted is None or here.kind is wanted)
        case Action.ISSUE_RESULT:
            if state is State.RECEIVED:
                return follows is process.last and Role.RECEPTION in roles
            return follows is process.last and here.role in roles
        case Action.HAND_OVER | Action.TAKE if state is State.RECEIVED:
            return follows is not process.last
        case Action.SEND_BACK:
            return here.kind is StepKind.APPROVE
        case _:
            return True
