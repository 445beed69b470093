"""The replayed year: exact counts, believable acts, the same rows from the same seed."""

import hashlib
import json
import os
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from motcua.agencies.models import Agency, Officer
from motcua.applicants.models import Applicant
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.dossier import CLOCK_RUNS, Action, State
from motcua.domain.history import advance, fold
from motcua.domain.permission import permitted
from motcua.domain.process import Role
from motcua.domain.snapshot import Snapshot
from motcua.dossiers.models import (
    DayBook,
    Dossier,
    DossierEvent,
    HandOverLine,
    Party,
    ProcedureUse,
    Receipt,
    Result,
    Serial,
)
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger
from motcua.scenarios.demand import apportion, scaled
from motcua.scenarios.replay import HomeInUse, replay
from tests.scenarios.conftest import NAME, SCALE, shipped

NOW = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)


@pytest.fixture
def empty_home(db, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "SCENARIO_FILE", tmp_path / "scenario.json")
    return tmp_path / "scenario.json"


def dossiers(level):
    return Dossier.objects.filter(unit__agency__kind=level)


def events_by_dossier():
    found = {}
    for event in DossierEvent.objects.order_by("dossier_id", "position"):
        found.setdefault(event.dossier_id, []).append(event)
    return found


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


def test_nobody_acts_while_the_office_is_closed_or_after_the_scenarios_now(home):
    spans = {}
    for dossier in Dossier.objects.select_related("unit", "version", "case"):
        spans.setdefault(dossier.pk, terms_of(dossier).office_time)
    for event in DossierEvent.objects.all():
        at = office(event.at)
        minute = at.hour * 60 + at.minute
        opens = spans[event.dossier_id].spans(at.date())
        assert any(begins <= minute <= ends for begins, ends in opens), event.at
        assert event.at <= NOW


def test_two_acts_of_a_dossier_share_an_instant_only_where_it_is_settled_at_once(home):
    at_once = set(
        Dossier.objects.filter(version__is_settled_at_once=True).values_list("pk", flat=True)
    )
    for key, events in events_by_dossier().items():
        if key not in at_once:
            assert len({event.at for event in events}) == len(events)


def test_the_events_refold_to_the_rows_and_every_act_was_permitted(home):
    roles = {}
    for who, where, role in Officer.objects.values_list(
        "pk", "assignments__agency", "assignments__role"
    ):
        roles.setdefault((who, where), set()).add(Role(role))
    by_dossier = events_by_dossier()
    for dossier in Dossier.objects.select_related("unit", "version", "case"):
        terms, now = terms_of(dossier), Snapshot()
        for event in by_dossier[dossier.pk]:
            what = ledger.happening_of(event)
            if now.state is not None:
                working = (
                    dossier.unit.agency_id if now.state is State.RECEIVED else now.holder.agency
                )
                allowed = permitted(
                    state=now.state,
                    step=now.step.code,
                    process=terms.process,
                    roles=roles[what.officer, working],
                )
                assert what.action in allowed, (dossier.number, what)
            now = advance(now, what, terms)
        assert now == fold(map(ledger.happening_of, by_dossier[dossier.pk]), terms)
        for column, value in ledger.repeated(now, terms).items():
            assert getattr(dossier, column) == value, (dossier.number, column)


def test_the_proof_finds_nothing(home, monkeypatch, capsys):
    # One core: processes of their own would not see rows that are not committed.
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    call_command("verify")
    assert "0 khác biệt" in capsys.readouterr().out


def test_certified_copies_are_about_28_in_a_hundred(home):
    copies = Dossier.objects.filter(version__register_book="SCT/BS").count()
    assert 0.24 < copies / Dossier.objects.count() < 0.33


def test_the_week_begins_busy_and_much_is_done_the_same_day(home):
    accepted = [office(at) for at in Dossier.objects.values_list("accepted_at", flat=True)]
    weekdays = Counter(at.weekday() for at in accepted)
    assert max(weekdays, key=weekdays.get) == 0
    assert set(weekdays) <= set(range(5)) | {5}, "a Saturday only when it was worked in exchange"
    settled = Dossier.objects.filter(settled_at__isnull=False)
    quick = settled.filter(settled_at__lte=F("accepted_at") + timedelta(minutes=10)).count()
    assert quick > settled.count() / 4


def test_books_have_no_gap(home):
    """Numbers of the day, register, receipts and results each run from one."""
    for book, period, last in Serial.objects.values_list("book", "period", "last"):
        assert last >= 1, (book, period)
    seen = {}
    for unit, year, position in Receipt.objects.values_list("unit_id", "year", "position"):
        seen.setdefault((unit, year), []).append(position)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in seen.values())
    copies = Result.objects.filter(dossier__version__register_book="SCT/BS")
    numbered = {}
    for unit, signed_on, number in copies.values_list("dossier__unit_id", "signed_on", "number"):
        numbered.setdefault((unit, signed_on.year), []).append(int(number.split(",")[0]))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbered.values())


def test_what_left_the_counter_stands_on_lists(home):
    handed = DossierEvent.objects.filter(
        action=Action.HAND_OVER, dossier__events__action=Action.CONFIRM
    )
    assert handed.count() == HandOverLine.objects.count() > 0


def test_the_day_book_adds_up(home):
    received = sum(DayBook.objects.values_list("received", flat=True))
    assert received == Dossier.objects.count()


def test_no_number_could_be_a_real_persons(home):
    for rows in (Party.objects, Applicant.objects):
        for personal_id, phone in rows.values_list("personal_id", "phone"):
            assert not personal_id or (len(personal_id) == 12 and personal_id.isdecimal())
            assert personal_id[:3] in ("", "000", "003", "005")
            assert phone.startswith("0100") and len(phone) == 10
    ids = list(Applicant.objects.values_list("personal_id", flat=True))
    assert len(set(ids)) == len(ids)


def test_people_come_again_and_the_known_ones_always_exist(home):
    times = Counter(Party.objects.filter(role="owner").values_list("personal_id", flat=True))
    assert max(count for personal_id, count in times.items() if personal_id) > 2
    for personal_id in ("003190000001", "003085000002", "003162000003"):
        known = Applicant.objects.get(personal_id=personal_id)
        assert "Liễu Đề" in known.address
        where = Party.objects.filter(applicant=known).values_list("dossier__unit__agency__code")
        assert ("13891",) in where
    assert Party.objects.exclude(role="owner").exists()


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


def replayed_and_taken_back(seed):
    with transaction.atomic():
        replay(shipped(NAME), seed=seed, scale=0.003)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(empty_home):
    first = replayed_and_taken_back(7)
    assert replayed_and_taken_back(7) == first
    other = replayed_and_taken_back(8)
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
