"""No act of the table without somebody who may do it, and without something it does."""

from dataclasses import replace
from datetime import timedelta

from motcua.domain.calendar import office
from motcua.domain.consultation import outstanding
from motcua.domain.dossier import TRANSITIONS, Action
from motcua.domain.history import advance
from motcua.domain.permission import ROLES
from motcua.domain.snapshot import Snapshot
from tests.domain.refusals import REFUSALS
from tests.domain.test_history import ACCEPTED, OFFICE, at, happening, terms


def test_every_action_is_somebodys_to_do():
    nobodys, unknown = set(Action) - set(ROLES), set(ROLES) - set(Action)
    assert not nobodys, f"ROLES says nobody may do {sorted(nobodys)}"
    assert not unknown, f"ROLES speaks of {sorted(unknown)}, which is no action"


def test_every_move_of_the_table_folds():
    """From nothing on, each move is made wherever a dossier can stand, until none is left."""
    folded, known, front = set(), set(), [Snapshot()]
    while front:
        here = front.pop()
        for was, action in TRANSITIONS:
            if was is not here.state:
                continue
            try:
                with_another = replace(terms(), versions={7: terms()})
                after = advance(here, next_act(here, action), with_another)
            except REFUSALS:
                continue
            folded.add((was, action))
            place = (
                after.state,
                after.step and after.step.code,
                after.accepted_at is None,
                bool(outstanding(after.consultations)),
            )
            if place not in known:
                known.add(place)
                front.append(after)
    assert set(TRANSITIONS) - folded == set()


def next_act(here, action):
    moment = here.last_at + timedelta(minutes=1) if here.last_at else at(ACCEPTED)
    more = {"officer": 7}
    match action:
        case Action.SEND_TO_STEP | Action.SEND_BACK_FOR_REWORK:
            more["to_step"] = "handle"
        case Action.EXTEND:
            more["new_due_at"] = closing_after(here.due_at)
        case Action.CONSULT:
            more |= {"to_agency": 1, "new_due_at": closing_after(moment)}
        case Action.REMIND:
            more["to_agency"] = 1
        case Action.ASSIGN:
            more["to_officer"] = 8
        case Action.RECALCULATE:
            more["edition"] = 2
        case Action.MOVE_TO_VERSION:
            more["version"] = 7
        case Action.EXCUSE:
            more |= {"excused_from": here.accepted_at, "excused_until": moment}
        case Action.APOLOGISE:
            moment = here.due_at + timedelta(minutes=1)
            more["new_due_at"] = closing_after(moment)
    return happening(action, moment, **more)


def closing_after(moment):
    return OFFICE.closing(OFFICE.next_working_day(office(moment).date()))
