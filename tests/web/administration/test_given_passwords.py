"""A password an administrator knows is changed by its owner before anything else."""

from datetime import datetime

import pytest
from django.test import Client

from motcua.agencies import accounts
from motcua.agencies.models import Officer
from tests.world import MORNING, officer_of

GIVEN, OWN = "quan-tri-dat-20", "cua-rieng-toi-21"


@pytest.fixture(autouse=True)
def _morning(morning: datetime) -> datetime:
    return morning


@pytest.fixture
def officer(world):
    found = world.officers["reception"]
    above = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    on = MORNING.date()
    accounts.set_password(administrator=above, officer=found, password=GIVEN, on=on)
    return found


@pytest.mark.parametrize("asked", ["/desk/", "/counter/", "/counter/drafts/"])
def test_who_signs_in_with_a_given_password_sets_their_own_first(officer, asked):
    client = Client()
    client.post("/sign-in/", {"login": officer.user.username, "password": GIVEN})
    page = client.get(asked, follow=True)
    assert page.redirect_chain[-1][0] == "/password/"
    assert "Mật khẩu này do quản trị viên đặt." in page.content.decode()
    same = {"oldpassword": GIVEN, "password1": GIVEN, "password2": GIVEN}
    told = client.post("/password/", same)
    assert told.status_code == 422 and "trùng mật khẩu hiện nay" in told.content.decode()
    assert client.get("/counter/").status_code == 302
    client.post("/password/", same | {"password1": OWN, "password2": OWN})
    assert client.get("/counter/").status_code == 200
    assert not Officer.objects.get(pk=officer.pk).must_change_password


def test_a_password_of_ones_own_is_asked_for_of_nobody_else(world):
    client = Client()
    client.force_login(world.officers["reception"].user)
    assert client.get("/counter/").status_code == 200
    assert "do quản trị viên đặt" not in client.get("/password/").content.decode()


def test_an_account_that_is_opened_is_given_its_password(world):
    above = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    opened = accounts.open_account(
        administrator=above,
        username="lieude.lan",
        full_name="Vũ Thị Lan",
        position="Công chức",
        agency=world.unit.agency,
        roles=[],
        password=GIVEN,
        on=MORNING.date(),
    )
    assert opened.must_change_password


def test_an_administrator_who_sets_their_own_knows_it_alone(world):
    above = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    accounts.set_password(administrator=above, officer=above, password=GIVEN, on=MORNING.date())
    assert not above.must_change_password
