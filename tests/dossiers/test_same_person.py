"""A step that belongs to who did an earlier one comes to that officer, and to nobody else."""

from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.dossiers.services.processing import HeldByColleague, NotWhoDidIt, act
from tests.world import APPROVED, MORNING, officer_of, walk

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def continued(world):
    """The small world, its sealing done by whoever handled; a second handler beside the first."""
    world.version.steps.filter(code="seal").update(same_as="handle")
    world.officers["second"] = officer_of(world.unit.agency, "handler", "lieude.thuly2")
    return world


def take(world, dossier, who, note=""):
    return act(
        dossier_id=dossier.pk,
        action=Action.TAKE,
        officer=world.officers[who],
        at=LATER,
        note=note,
    )


def test_the_step_comes_to_who_did_the_earlier_one(continued):
    dossier = walk(continued, continued.receive(), APPROVED)
    assert (dossier.step_code, dossier.holder_officer) == ("seal", continued.officers["handler"])
    with pytest.raises(HeldByColleague) as told:
        take(continued, dossier, "second")
    assert told.value.holder == continued.officers["handler"]


def test_whoever_stands_in_for_the_absent_says_why(continued):
    dossier = walk(continued, continued.receive(), APPROVED)
    taken = take(continued, dossier, "second", note="Anh Văn nghỉ ốm")
    assert taken.holder_officer == continued.officers["second"]


def test_nobody_else_can_be_named_for_it(continued):
    dossier = walk(continued, continued.receive(), APPROVED[:-1])
    with pytest.raises(NotWhoDidIt) as told:
        act(
            dossier_id=dossier.pk,
            action=Action.APPROVE,
            officer=continued.officers["approver"],
            at=LATER,
            to_officer=continued.officers["second"],
        )
    assert told.value.officer == continued.officers["handler"]
    dossier.refresh_from_db()
    assert dossier.step_code == "approve"


def test_who_left_is_not_waited_for(continued):
    dossier = walk(continued, continued.receive(), APPROVED[:-1])
    left = continued.officers["handler"]
    left.user.is_active = False
    left.user.save()
    dossier = walk(continued, dossier, APPROVED[-1:])
    assert (dossier.step_code, dossier.holder_officer) == ("seal", None)
    assert take(continued, dossier, "second").holder_officer == continued.officers["second"]


def test_at_the_counter_who_received_takes_on(continued):
    continued.version.steps.filter(code="handle").update(role="reception", same_as="receive")
    other = officer_of(continued.unit.agency, "reception", "lieude.tiepnhan2")
    continued.officers["other"] = other
    dossier = continued.receive()
    with pytest.raises(NotWhoDidIt):
        take(continued, dossier, "other")
    handed = walk(continued, dossier, [(Action.HAND_OVER, "other")])
    assert handed.holder_officer == continued.officers["reception"]
    assert take(continued, handed, "other", note="Thay ca").holder_officer == other
