"""What a unit and a procedure are set to is what a dossier is promised by."""

from datetime import datetime

import pytest

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.deadline import AFTERNOON_THRESHOLD
from motcua.domain.dossier import Action
from motcua.domain.hand_over import HAND_OVER_THRESHOLD
from tests.world import done


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def received(world, when="2021-03-17T08:03", *, case=None):
    """A dossier of this case, under the version and the unit as they are set now."""
    world.version.refresh_from_db()
    world.unit.refresh_from_db()
    return world.receive(at=at(when), case=case)


def due(dossier):
    return f"{office(dossier.due_at):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("limit", "promised"),
    [("10 working_day", "2021-03-31T17:00"), ("", "2021-03-24T17:00")],
    ids=["a limit of its own", "the procedure's"],
)
def test_a_case_has_its_own_limit_or_the_procedures(world, limit, promised):
    case = ProcedureCase.objects.create(
        version=world.version, code="XM", name="Phải xác minh", limit=limit
    )
    assert due(received(world, case=case)) == promised


@pytest.mark.parametrize(
    ("ends", "promised"),
    [("end_of_day", "2021-03-24T17:00"), ("same_clock", "2021-03-24T08:03")],
)
def test_a_unit_says_at_which_hour_a_limit_ends(world, ends, promised):
    OneStopUnit.objects.update(ends=ends)
    assert due(received(world)) == promised


@pytest.mark.parametrize(
    ("policy", "promised"),
    [("resume", "2021-03-25T17:00"), ("restart", "2021-03-26T17:00")],
)
def test_a_procedure_says_how_a_limit_goes_on_after_a_pause(world, policy, promised):
    ProcedureVersion.objects.update(pause_policy=policy)
    dossier = received(world)
    for action, who, when in (
        (Action.HAND_OVER, "reception", "2021-03-17T09:00"),
        (Action.TAKE, "handler", "2021-03-17T10:00"),
        (Action.REQUEST_SUPPLEMENT, "handler", "2021-03-18T08:00"),
        (Action.SUPPLEMENT, "reception", "2021-03-19T08:00"),
    ):
        dossier = done(dossier, action, officer=world.officers[who], at=at(when))
    assert due(dossier) == promised


@pytest.mark.parametrize(
    ("threshold", "promised"),
    [("15:00", "2021-03-18T17:00"), ("16:00", "2021-03-17T17:00")],
)
def test_a_procedure_says_until_when_it_is_settled_on_the_same_day(world, threshold, promised):
    ProcedureVersion.objects.update(limit="same_day", same_day_threshold=threshold)
    assert due(received(world, "2021-03-17T15:30")) == promised


def test_where_nothing_is_set_the_rules_own_hours_hold():
    assert ProcedureVersion().same_day_threshold == AFTERNOON_THRESHOLD
    assert OneStopUnit().hand_over_threshold == HAND_OVER_THRESHOLD
