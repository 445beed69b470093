"""How many wrong look-ups one address has, and that a full address costs no number its places."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db
ASKED = "901.00.99.H40-210317-0999"


@pytest.fixture(autouse=True)
def _fresh(morning):
    cache.clear()


def ask(client, number, address):
    sent = {"number": number, "digits": "9999"}
    return client.post("/lookup/", sent, REMOTE_ADDR=address).status_code


def numbers(count):
    return [f"901.00.99.H40-210317-{serial:04d}" for serial in range(1, count + 1)]


def test_an_address_has_sixty_wrong_look_ups_an_hour(world, client):
    answers = [ask(client, number, "10.0.0.1") for number in numbers(61)]
    assert answers == [422] * 60 + [429]


def test_a_number_has_ten_wrong_look_ups_an_hour(world, client):
    answers = [ask(client, ASKED, f"10.0.1.{host}") for host in range(1, 12)]
    assert answers == [422] * 10 + [429]


def test_who_is_turned_away_uses_up_nobodys_number(world, client):
    for number in numbers(60):
        ask(client, number, "10.0.0.1")
    assert [ask(client, ASKED, "10.0.0.1") for _time in range(10)] == [429] * 10
    assert ask(client, ASKED, "10.0.0.2") == 422
