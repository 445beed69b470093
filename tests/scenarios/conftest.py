"""One replay and one world of each scenario for the tests that only look; taken back afterwards."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from motcua.scenarios.files import scenario
from motcua.scenarios.replay import replay
from motcua.scenarios.world import build

NAME, SCALE = "nghia-hung-2021", 0.02
NINH_BINH, ITS_SCALE = "ninh-binh-2026", 0.05
SCALES = {NAME: SCALE, NINH_BINH: ITS_SCALE}
OPENS_ON = date(2026, 11, 25)


def shipped(name):
    return scenario(name, opens_on=OPENS_ON)


@contextmanager
def taken_back(blocker):
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def replayed(name, blocker, folders):
    with pytest.MonkeyPatch.context() as patch, taken_back(blocker):
        file = folders.mktemp("home") / "scenario.json"
        patch.setattr(settings, "SCENARIO_FILE", file)
        replay(shipped(name), seed=1, scale=SCALES[name])
        yield file


@pytest.fixture(scope="module")
def home(django_db_setup, django_db_blocker, tmp_path_factory):
    with replayed(NAME, django_db_blocker, tmp_path_factory) as file:
        yield file


@pytest.fixture(scope="module")
def ninh_binh(django_db_setup, django_db_blocker, tmp_path_factory):
    with replayed(NINH_BINH, django_db_blocker, tmp_path_factory) as file:
        yield file


@pytest.fixture(scope="module", params=SCALES)
def any_home(request, django_db_setup, django_db_blocker, tmp_path_factory):
    with replayed(request.param, django_db_blocker, tmp_path_factory):
        yield request.param


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    with taken_back(django_db_blocker):
        yield build(shipped(NAME))


@pytest.fixture(scope="module")
def ninh_binh_places(django_db_setup, django_db_blocker):
    with taken_back(django_db_blocker):
        yield build(shipped(NINH_BINH))


@pytest.fixture(scope="module", params=SCALES)
def any_places(request, django_db_setup, django_db_blocker):
    with taken_back(django_db_blocker):
        yield build(shipped(request.param))
