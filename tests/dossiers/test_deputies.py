"""What a deputy does while a colleague is absent, and what is written of it."""

from datetime import timedelta

import pytest
from django.conf import settings

from motcua.agencies.absences import delegate
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.process import Role
from motcua.dossiers.services.processing import HeldByColleague, act
from motcua.dossiers.verification import verify
from motcua.dossiers.work_queries import Tab, officers_desk
from motcua.web.access import acting
from tests.world import HANDED, MORNING, TAKEN, officer_of, walk

pytestmark = pytest.mark.django_db
NEXT = MORNING + timedelta(days=1)
AFTER = MORNING + timedelta(days=5)


@pytest.fixture
def deputy(world):
    """Who stands in for the handler from tomorrow for two days, having no such role."""
    deputy = officer_of(world.unit.agency, "approver", "lieude.thay")
    delegate(
        absent=world.officers["handler"],
        deputy=deputy,
        agency=world.unit.agency,
        role=None,
        first=NEXT.date(),
        last=NEXT.date() + timedelta(days=1),
        reason="Đi học",
        officer=world.officers["handler"],
        at=MORNING,
    )
    return deputy


def desk(officer, at):
    who = acting(officer.user, at)
    found = officers_desk(
        officer_id=officer.pk, roles_by_agency=who.roles_by_agency, absent=who.absent, at=at
    )
    return list(found.listed(Tab.DESK))


def do(dossier, action, officer, at, **how):
    return act(dossier_id=dossier.pk, action=action, officer=officer, at=at, **how)


def test_the_absent_ones_desk_is_the_deputys_for_those_days(world, deputy):
    taken = walk(world, world.receive(), TAKEN)
    new = walk(world, world.receive(), HANDED)
    assert desk(deputy, MORNING) == []
    assert set(desk(deputy, NEXT)) == {taken, new}
    assert desk(deputy, AFTER) == []
    assert set(desk(world.officers["handler"], AFTER)) == {taken, new}


def test_a_deputy_works_on_without_taking_over_and_the_event_names_both(world, deputy):
    dossier = walk(world, world.receive(), TAKEN)
    with pytest.raises(ActionNotAllowed):
        do(dossier, Action.PROPOSE, deputy, MORNING + timedelta(hours=1))
    do(dossier, Action.PROPOSE, deputy, NEXT)
    event = dossier.events.last()
    assert (event.officer, event.for_officer) == (deputy, world.officers["handler"])
    # Their own role needs no other name.
    do(dossier, Action.APPROVE, deputy, NEXT + timedelta(minutes=1))
    assert dossier.events.last().for_officer is None
    assert verify(settings.FILES).differing == 0


def test_what_a_deputy_takes_is_the_absent_ones_when_they_are_back(world, deputy):
    dossier = walk(world, world.receive(), HANDED)
    dossier = do(dossier, Action.TAKE, deputy, NEXT)
    assert dossier.holder_officer == world.officers["handler"]
    do(dossier, Action.PROPOSE, world.officers["handler"], AFTER)
    assert dossier.events.last().for_officer is None


def test_who_has_the_role_acts_in_their_own_name_on_what_is_nobodys(world, deputy):
    deputy.assignments.create(
        agency=world.unit.agency, role=Role.HANDLER, valid_from=MORNING.date()
    )
    dossier = do(walk(world, world.receive(), HANDED), Action.TAKE, deputy, NEXT)
    assert dossier.holder_officer == deputy
    assert dossier.events.last().for_officer is None
    held = do(walk(world, world.receive(), TAKEN), Action.PROPOSE, deputy, NEXT)
    assert held.events.last().for_officer == world.officers["handler"]


def test_another_colleague_still_takes_over_with_a_reason(world, deputy):
    other = officer_of(world.unit.agency, "handler", "lieude.handler2")
    dossier = walk(world, world.receive(), TAKEN)
    with pytest.raises(HeldByColleague):
        do(dossier, Action.PROPOSE, other, NEXT)
    assert do(dossier, Action.TAKE, other, NEXT, note="Gấp").holder_officer == other


def test_a_name_put_in_or_taken_out_of_an_event_breaks_its_chain(world, deputy):
    from tests.commands.tampering import change, proof_after

    dossier = walk(world, world.receive(), TAKEN)
    do(dossier, Action.PROPOSE, deputy, NEXT)
    for event, name in ((dossier.events.last(), None), (dossier.events.first(), deputy.pk)):
        proof = proof_after(lambda event=event, name=name: change(event, for_officer_id=name))
        assert any(dossier.number in words for words in proof.first), name
