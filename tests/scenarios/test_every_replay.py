"""What holds of every replayed year: believable and permitted acts, books without gaps."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from motcua.agencies.models import Officer
from motcua.applicants.models import Applicant
from motcua.domain.calendar import office
from motcua.domain.dossier import Action
from motcua.domain.history import advance, fold
from motcua.domain.permission import ASKED_OTHERWISE, ROLES, done_by, permitted
from motcua.domain.process import Role
from motcua.domain.snapshot import Snapshot
from motcua.dossiers.models import (
    DayBook,
    Dossier,
    DossierEvent,
    HandOverLine,
    Party,
    Receipt,
    Result,
    Serial,
)
from motcua.dossiers.queries import agency_id_of, terms_of
from motcua.dossiers.services import ledger
from tests.scenarios.conftest import shipped

pytestmark = pytest.mark.django_db


def events_by_dossier():
    found = {}
    for event in DossierEvent.objects.order_by("dossier_id", "position"):
        found.setdefault(event.dossier_id, []).append(event)
    return found


def test_nobody_acts_while_the_office_is_closed_or_after_the_scenarios_now(any_home):
    now, spans = shipped(any_home).demand["ends"], {}
    for dossier in Dossier.objects.select_related("unit", "version", "case"):
        spans.setdefault(dossier.pk, terms_of(dossier).office_time)
    for event in DossierEvent.objects.all():
        at = office(event.at)
        minute = at.hour * 60 + at.minute
        opens = spans[event.dossier_id].spans(at.date())
        assert any(begins <= minute <= ends for begins, ends in opens), event.at
        assert event.at <= now


def test_two_acts_of_a_dossier_share_an_instant_only_where_it_is_settled_at_once(any_home):
    at_once = set(
        Dossier.objects.filter(version__is_settled_at_once=True).values_list("pk", flat=True)
    )
    for key, events in events_by_dossier().items():
        if key not in at_once:
            assert len({event.at for event in events}) == len(events)


def test_the_events_refold_to_the_rows_and_every_act_was_permitted(any_home):
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
                held = roles.get((what.officer, what.agency), set())
                assert held & ROLES[what.action], (dossier.number, what)
                where = {"state": now.state, "step": now.step.code if now.step else ""}
                if what.action not in ASKED_OTHERWISE:
                    performer = done_by(what.action, **where, process=terms.process)
                    assert what.agency == agency_id_of(performer, dossier), (dossier.number, what)
                    allowed = permitted(**where, process=terms.process, roles=held)
                    assert what.action in allowed, (dossier.number, what)
            now = advance(now, what, terms)
        assert now == fold(map(ledger.happening_of, by_dossier[dossier.pk]), terms)
        for column, value in ledger.repeated(now, terms).items():
            assert getattr(dossier, column) == value, (dossier.number, column)


def test_the_proof_finds_nothing(any_home, monkeypatch, capsys):
    # One core: processes of their own would not see rows that are not committed.
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    call_command("verify")
    assert "0 khác biệt" in capsys.readouterr().out


def test_certified_copies_are_about_28_in_a_hundred(any_home):
    copies = Dossier.objects.filter(version__procedure__code="2.000815").count()
    assert 0.24 < copies / Dossier.objects.count() < 0.33


def test_the_week_begins_busy_and_much_is_done_the_same_day(any_home):
    accepted = [office(at) for at in Dossier.objects.values_list("accepted_at", flat=True)]
    weekdays = Counter(at.weekday() for at in accepted)
    assert max(weekdays, key=weekdays.get) == 0
    assert set(weekdays) <= set(range(5)) | {5}, "a Saturday only when it was worked in exchange"
    settled = Dossier.objects.filter(settled_at__isnull=False)
    quick = settled.filter(settled_at__lte=F("accepted_at") + timedelta(minutes=10)).count()
    assert quick > settled.count() / 4


def test_books_have_no_gap(any_home):
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


def test_what_left_the_counter_stands_on_lists(any_home):
    handed = DossierEvent.objects.filter(
        action=Action.HAND_OVER, dossier__events__action=Action.CONFIRM
    )
    assert handed.count() == HandOverLine.objects.count() > 0


def test_the_day_book_adds_up(any_home):
    received = sum(DayBook.objects.values_list("received", flat=True))
    assert received == Dossier.objects.count()


def test_no_number_could_be_a_real_persons(any_home):
    for rows in (Party.objects, Applicant.objects):
        for personal_id, phone in rows.values_list("personal_id", "phone"):
            assert not personal_id or (len(personal_id) == 12 and personal_id.isdecimal())
            assert personal_id[:3] in ("", "000", "003", "005")
            assert phone.startswith("0100") and len(phone) == 10
    ids = list(Applicant.objects.values_list("personal_id", flat=True))
    assert len(set(ids)) == len(ids)


def test_people_come_again_and_the_known_ones_always_exist(any_home):
    times = Counter(Party.objects.filter(role="owner").values_list("personal_id", flat=True))
    assert max(count for personal_id, count in times.items() if personal_id) > 2
    for personal_id in ("003190000001", "003085000002", "003162000003"):
        known = Applicant.objects.get(personal_id=personal_id)
        assert "Nghĩa Hưng" in known.address
        where = Party.objects.filter(applicant=known).values_list("dossier__unit__agency__code")
        assert ("13891",) in where
    assert Party.objects.exclude(role="owner").exists()
