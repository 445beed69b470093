"""Giving a step to a colleague, and calling back what was passed on."""

from datetime import timedelta

import pytest

from motcua.agencies.absences import delegate
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.passage import ReasonMissing, RecallFlaw, RecallRefused
from motcua.dossiers.services import assignment
from motcua.dossiers.services.assignment import AssignedAlready
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import NotAColleague, act
from motcua.dossiers.work_queries import untouched
from tests.world import HANDED, MORNING, PROPOSED, TAKEN, division_of, officer_of, walk

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def second(world):
    return officer_of(world.unit.agency, "handler", "lieude.handler2")


def assign(world, dossier, to, *, by="leader", at=LATER, **how):
    return assignment.assign(
        dossier_id=dossier.pk, to_officer=to, officer=world.officers[by], at=at, **how
    )


def test_a_leader_gives_a_step_that_is_nobodys_without_a_reason(world, second):
    dossier = assign(world, walk(world, world.receive(), HANDED), second)
    assert dossier.holder_officer == second
    assert dossier.events.last().to_officer == second
    with pytest.raises(AssignedAlready):
        assign(world, dossier, second)


def test_what_is_somebodys_is_given_on_with_a_reason_only(world, second):
    dossier = walk(world, world.receive(), TAKEN)
    with pytest.raises(ReasonMissing):
        assign(world, dossier, second)
    dossier = assign(world, dossier, second, by="approver", note="Đồng chí phụ trách đi học")
    assert dossier.holder_officer == second and dossier.revision == 4


def test_only_who_leads_or_signs_there_assigns_and_only_to_who_does_the_step(world, second):
    dossier = walk(world, world.receive(), HANDED)
    for by in ("handler", "reception"):
        with pytest.raises(ActionNotAllowed):
            assign(world, dossier, second, by=by)
    with pytest.raises(NotAColleague):
        assign(world, dossier, world.officers["reception"])
    with pytest.raises(SomebodyActed):
        assign(world, dossier, second, seen_revision=1)
    assert dossier.events.count() == 2


def test_who_leads_the_agency_above_gives_the_steps_of_its_divisions(world):
    division = division_of(world.unit.agency)
    first, second = (officer_of(division, "handler", f"lieude.tp{n}") for n in (1, 2))
    world.version.steps.filter(code="handle").update(performer="division")
    type(world.version).objects.filter(pk=world.version.pk).update(division_code="TP")
    world.version.refresh_from_db()
    dossier = world.receive()
    dossier = act(
        dossier_id=dossier.pk,
        action=Action.HAND_OVER,
        officer=world.officers["reception"],
        at=MORNING,
    )
    dossier = assign(world, dossier, second)
    assert (dossier.holder_agency, dossier.holder_officer) == (division, second)
    assert dossier.events.last().agency == world.unit.agency
    with pytest.raises(ActionNotAllowed):
        assignment.assign(
            dossier_id=dossier.pk, to_officer=first, officer=first, at=LATER, note="Tự giao"
        )


def test_candidates_are_who_can_do_every_step_the_least_busy_first(world, second):
    taken = walk(world, world.receive(), TAKEN)
    found = assignment.candidates([taken], at=LATER)
    assert [(one.officer, one.open) for one in found] == [
        (second, 0),
        (world.officers["handler"], 1),
    ]
    proposed = walk(world, world.receive(), PROPOSED)
    assert assignment.candidates([taken, proposed], at=LATER) == ()
    delegate(
        absent=second,
        deputy=world.officers["handler"],
        agency=world.unit.agency,
        role=None,
        first=LATER.date(),
        last=LATER.date(),
        reason="Nghỉ phép",
        officer=second,
        at=LATER,
    )
    [away] = [one for one in assignment.candidates([taken], at=LATER) if one.officer == second]
    assert away.absence.deputy == world.officers["handler"]


def test_what_the_next_has_not_touched_is_called_back_by_who_passed_it_on(world, second):
    dossier = walk(world, world.receive(), PROPOSED)
    handler = world.officers["handler"]
    assert list(untouched(handler.pk)) == [dossier]
    assert not untouched(second.pk).exists()
    with pytest.raises(RecallRefused) as refused:
        assignment.recall(dossier_id=dossier.pk, officer=second, at=LATER)
    assert refused.value.flaw is RecallFlaw.NOT_YOURS
    dossier = assignment.recall(dossier_id=dossier.pk, officer=handler, at=LATER)
    assert (dossier.step_code, dossier.holder_officer) == ("handle", handler)
    assert not untouched(handler.pk).exists()


def test_what_the_next_has_taken_is_not_called_back(world):
    dossier = walk(world, world.receive(), [*PROPOSED, (Action.TAKE, "approver")])
    assert not untouched(world.officers["handler"].pk).exists()
    with pytest.raises(RecallRefused) as refused:
        assignment.recall(dossier_id=dossier.pk, officer=world.officers["handler"], at=LATER)
    assert refused.value.flaw is RecallFlaw.TOUCHED


def test_who_no_longer_does_the_step_calls_nothing_back(world):
    dossier = walk(world, world.receive(), PROPOSED)
    handler = world.officers["handler"]
    handler.assignments.update(valid_until=MORNING.date() - timedelta(days=1))
    with pytest.raises(ActionNotAllowed):
        assignment.recall(dossier_id=dossier.pk, officer=handler, at=LATER)
    assert not assignment.may_recall(dossier, handler, {})


def test_a_hand_over_is_answered_for_by_its_list_not_called_back(world):
    dossier = walk(world, world.receive(), HANDED)
    with pytest.raises(RecallRefused):
        assignment.recall(dossier_id=dossier.pk, officer=world.officers["reception"], at=LATER)
    assert act(
        dossier_id=dossier.pk, action=Action.TAKE, officer=world.officers["handler"], at=LATER
    )
