"""One replay and one world for the tests that only look at them; taken back afterwards."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from motcua.scenarios.files import scenario
from motcua.scenarios.replay import replay
from motcua.scenarios.world import build

NAME, SCALE = "nghia-hung-2021", 0.02
OPENS_ON = date(2026, 11, 25)


def shipped(name):
    return scenario(name, opens_on=OPENS_ON)


@contextmanager
def taken_back(blocker):
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def home(django_db_setup, django_db_blocker, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, taken_back(django_db_blocker):
        file = tmp_path_factory.mktemp("home") / "scenario.json"
        patch.setattr(settings, "SCENARIO_FILE", file)
        replay(shipped(NAME), seed=1, scale=SCALE)
        yield file


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    with taken_back(django_db_blocker):
        yield build(shipped(NAME))
