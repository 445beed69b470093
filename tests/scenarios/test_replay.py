"""The replayed year: exact counts, believable acts, the same rows from the same seed."""

import hashlib
import json
from datetime import datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from motcua.agencies.models import Agency
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.dossier import CLOCK_RUNS, State
from motcua.dossiers.models import (
    Dossier,
    ProcedureUse,
)
from motcua.scenarios.demand import apportion, scaled
from motcua.scenarios.replay import HomeInUse, replay
from tests.scenarios.conftest import NAME, SCALE, SCALES, shipped

NOW = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)


@pytest.fixture
def empty_home(db, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "SCENARIO_FILE", tmp_path / "scenario.json")
    return tmp_path / "scenario.json"


def dossiers(level):
    return Dossier.objects.filter(unit__agency__kind=level)


def test_the_district_ends_as_the_scaled_totals_say(home):
    district = dossiers("district")
    totals = scaled(shipped(NAME).demand["district"], SCALE)
    settled = district.filter(settled_at__isnull=False)
    assert district.count() == totals.received == 45
    assert settled.filter(settled_at__lte=F("due_at")).count() == totals.settled_in_time == 36
    assert settled.filter(settled_at__gt=F("due_at")).count() == totals.settled_late == 0
    assert district.filter(state__in=CLOCK_RUNS, due_at__gt=NOW).count() == totals.open == 9
    assert district.filter(state=State.SENT_BACK).count() == totals.sent_back == 0


def test_the_communes_settled_everything_in_time(home):
    communes = dossiers("commune")
    in_time = communes.filter(settled_at__lte=F("due_at"), settled_at__lt=NOW)
    assert communes.count() == in_time.count() == 968
    assert communes.filter(state=State.RESULT_READY).exists(), "some results wait to be fetched"


@pytest.mark.parametrize(
    ("scale", "expected"),
    [(1.0, (1816, 5, 460, 11)), (0.5, (908, 3, 230, 6)), (0.01, (18, 0, 5, 0))],
)
def test_every_figure_is_scaled_and_rounded_alone(scale, expected):
    totals = scaled(shipped(NAME).demand["district"], scale)
    assert (totals.settled_in_time, totals.settled_late, totals.open, totals.sent_back) == expected
    assert totals.received == sum(expected)


def test_the_full_scenario_is_the_articles():
    demand = shipped(NAME).demand
    district, communes = scaled(demand["district"], 1), scaled(demand["communes"], 1)
    assert (district.received, communes.received) == (2_292, 48_385)
    weights = [int(row["synthetic_weight"]) for row in shipped(NAME).communes]
    shares = apportion(communes.received, weights)
    assert sum(shares) == 48_385
    assert len(shares) == 24 and min(shares) > 1_000


def test_the_listed_receptionist_has_favourites(home):
    uses = ProcedureUse.objects.filter(officer__user__username="lieu-de.reception")
    assert 0 < uses.filter(is_favourite=True).count() <= 3
    assert sum(uses.values_list("times", flat=True)) <= dossiers("commune").count()


def test_the_home_says_what_it_is(home):
    assert json.loads(home.read_text()) == {
        "scenario": NAME,
        "seed": 1,
        "scale": SCALE,
        "clock_start": "2021-03-17T08:03:00+07:00",
    }


def fingerprint():
    """Return a digest per table; passwords are salted anew and stay out."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ("agencies", "applicants", "catalogue", "dossiers"):
            rows = list(model.objects.order_by("pk").values_list())
            found[model.__name__] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def replayed_and_taken_back(name, seed):
    with transaction.atomic():
        replay(shipped(name), seed=seed, scale=0.003)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", SCALES)
def test_the_same_seed_gives_the_same_rows_and_another_seed_others(empty_home, name):
    first = replayed_and_taken_back(name, 7)
    assert replayed_and_taken_back(name, 7) == first
    other = replayed_and_taken_back(name, 8)
    assert other["DossierEvent"] != first["DossierEvent"]
    assert other["Agency"] == first["Agency"], "the world is the same for every seed"


def test_a_used_home_is_refused_and_left_alone(world, empty_home):
    world.receive()
    with pytest.raises(CommandError, match="đã có dữ liệu"):
        call_command("replay", scenario=NAME, scale=0.003)
    assert Dossier.objects.count() == 1
    assert not empty_home.exists()


def test_a_replay_stopped_halfway_leaves_nothing(empty_home):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(shipped(NAME), seed=1, scale=0.003, progress=stop)
    assert not Agency.objects.exists() and not Dossier.objects.exists()
    assert not empty_home.exists()
    replay(shipped(NAME), seed=1, scale=0.003)
    assert empty_home.exists()
    with pytest.raises(HomeInUse):
        replay(shipped(NAME), seed=1, scale=0.003)


@pytest.mark.parametrize("scale", [0, 0.0001, 1.5, float("nan")])
def test_a_scale_that_makes_no_sense_is_refused(empty_home, scale):
    with pytest.raises(CommandError, match="ví dụ 0"):
        call_command("replay", "--scenario", NAME, "--scale", str(scale))
    assert not Agency.objects.exists()


def test_the_command_says_what_it_wrote(empty_home, capsys):
    call_command("replay", scenario=NAME, scale=0.003)
    said = capsys.readouterr()
    assert "08:03 17/03/2021" in said.out
    assert said.err.count("Đang ghi kịch bản") == 5
