"""Who holds a role at an agency on a day: of many assignments, those in force on it."""

from datetime import date, timedelta

import pytest

from motcua.agencies.models import RoleAssignment
from motcua.agencies.queries import holders, in_force, roles_at, roles_by_agency
from motcua.domain.process import Role
from motcua.dossiers.counter_queries import signers
from tests.world import MORNING, next_town

ON = MORNING.date()
BEGAN = date(2016, 1, 1)
DAY = timedelta(days=1)


def set_active(officer, *, active):
    officer.user.is_active = active
    officer.user.save()


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (ON, None, True),
        (ON, ON, True),
        (BEGAN, ON, True),
        (BEGAN, ON - DAY, False),
        (ON + DAY, None, False),
        (ON + DAY, ON + 2 * DAY, False),
    ],
)
def test_an_assignment_holds_from_its_first_day_to_its_last(world, first, last, holds):
    row = RoleAssignment.objects.create(
        officer=world.officers["leader"],
        agency=world.unit.agency,
        role="approver",
        valid_from=first,
        valid_until=last,
    )
    assert row.is_in_force(ON) is holds
    assert in_force(ON).filter(pk=row.pk).exists() is holds


def test_a_closed_account_is_offered_nowhere_until_it_is_opened_again(world):
    signer, town = world.officers["approver"], world.unit.agency
    set_active(signer, active=False)
    assert signers(town, on=ON) == []
    assert list(holders(Role.APPROVER, agency_id=town.pk, on=ON)) == []
    assert roles_at(signer, town.pk, on=ON) == {Role.APPROVER}, "the role waits for its account"
    set_active(signer, active=True)
    assert signers(town, on=ON) == [signer]


def test_one_ended_assignment_takes_none_of_the_others_away(world):
    signer, town = world.officers["approver"], world.unit.agency
    for role, agency in (("handler", town), ("approver", town), ("approver", next_town().agency)):
        signer.assignments.create(
            agency=agency, role=role, valid_from=BEGAN + DAY, valid_until=ON - DAY
        )
    assert signers(town, on=ON) == [signer]
    assert list(holders(Role.APPROVER, agency_id=town.pk, on=ON)) == [signer]
    assert roles_by_agency(signer, on=ON) == {town.pk: {Role.APPROVER}}
    assert roles_at(signer, town.pk, on=BEGAN + DAY) == {Role.APPROVER, Role.HANDLER}


def test_who_holds_a_role_twice_is_named_once(world):
    signer, town = world.officers["approver"], world.unit.agency
    signer.assignments.create(agency=town, role="approver", valid_from=ON)
    assert signers(town, on=ON) == [signer]
