"""The morning of the small world, and an officer for each role with a browser of their own."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from motcua import clock
from motcua.agencies.models import Agency, Officer, OneStopUnit, RoleAssignment
from tests.web.workspace.roads import signed_in
from tests.world import MORNING

ROLES = ("reception", "handler", "approver", "leader", "administrator")


@pytest.fixture(autouse=True)
def ten_o_clock(monkeypatch):
    monkeypatch.setenv(clock.START, MORNING.replace(hour=10).isoformat())
    monkeypatch.setattr(clock, "time", lambda: 0.0)
    monkeypatch.setenv(clock.ANCHOR, "0.0")


def add_officer(agency, role, name):
    officer = Officer.objects.create(
        user=User.objects.create(username=name), full_name=f"Lê Thị {role}", agency=agency
    )
    RoleAssignment.objects.create(
        officer=officer, agency=agency, role=role, valid_from=date(2016, 1, 1)
    )
    return officer


@pytest.fixture
def world(world):
    agency = world.unit.agency
    world.officers["administrator"] = add_officer(agency, "administrator", "lieude.admin")
    return world


class Clients(dict):
    """A browser for each role, signed in when it is first used."""

    def __init__(self, officers):
        super().__init__()
        self.officers = officers

    def __missing__(self, role):
        self[role] = signed_in(self.officers[role])
        return self[role]


@pytest.fixture
def clients(world):
    return Clients(world.officers)


@pytest.fixture
def strangers(world):
    """Everybody who must not learn that a dossier exists: another unit's officers, a guest."""
    other = Agency.objects.create(
        code="13892",
        identifier="902.00.99.H40",
        name="UBND xã Nghĩa Trung",
        kind="commune",
        valid_from=date(2016, 1, 1),
    )
    OneStopUnit.objects.create(agency=other, name="Bộ phận Một cửa xã Nghĩa Trung")
    found = {
        role: signed_in(add_officer(other, role, f"nghiatrung.{role}"))
        for role in ("reception", "handler", "approver", "leader")
    }
    found["an account without an officer"] = Client()
    found["an account without an officer"].force_login(User.objects.create(username="nobody"))
    found["signed out"] = Client()
    return found
