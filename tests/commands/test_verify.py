"""`motcua verify` names whatever was changed behind the product's back."""

import json
import random
import uuid
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from motcua.agencies.models import CalendarYear, Counter, OneStopUnit
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeKind, FeeLine
from motcua.dossiers.migrations._guards import GUARDS
from motcua.dossiers.models import (
    Attachment,
    Correction,
    DayBook,
    Dossier,
    DossierEvent,
    HandOverLine,
    HandOverList,
    Paper,
    Party,
    Payment,
    Receipt,
    ReceiptIssue,
    Result,
    Serial,
    StepTaken,
)
from motcua.dossiers.services import attachments, corrections, hand_over, results
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import receive_together
from motcua.dossiers.verification import verify
from motcua.gateways.archive import Archive
from motcua.gateways.database import name_of_database
from tests.commands.tampering import change
from tests.gateways.made_files import pdf
from tests.lives import add_district, lower_guards, random_life, write
from tests.world import MORNING


@pytest.fixture
def rich(world):
    """One dossier with everything a dossier can have, and its neighbours' rows."""
    add_district(world)
    second = Counter.objects.create(unit=OneStopUnit.objects.get(agency__code="361"), number=1)
    assert second.unit != world.unit
    ProcedureCase.objects.create(version=world.version, code="2", name="Đăng ký quá hạn")
    receipt = receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[
            world.filing(
                fees=(FeeLine(name="Lệ phí", kind=FeeKind.CHARGE, quantity=1, amount=8000),),
                subject="Khai sinh",
                submitter=PartyFacts(full_name="Đỗ Văn Hai", personal_id="003200000002"),
            )
        ],
        officer=world.officers["reception"],
        at=MORNING,
        token=uuid.uuid4(),
    )
    dossier = receipt.dossiers.get()
    at = MORNING + timedelta(minutes=10)
    archive = Archive(settings.FILES)
    kept = attachments.keep(pdf(), name="to khai.pdf", archive=archive)
    attachments.attach(
        dossier_id=dossier.pk,
        file=kept,
        kind="paper",
        paper=dossier.papers.get(),
        officer=world.officers["reception"],
        at=at,
    )
    hand_over.hand_over(
        unit=world.unit, dossier_ids=[dossier.pk], officer=world.officers["reception"], at=at
    )
    for action, role in (
        (Action.TAKE, "handler"),
        (Action.PROPOSE, "handler"),
        (Action.APPROVE, "approver"),
    ):
        at += timedelta(minutes=40)
        act(dossier_id=dossier.pk, action=action, officer=world.officers[role], at=at)
    results.issue(
        dossier_id=dossier.pk,
        words=results.ResultWords(number="12/2021", signed_on=at.date(), signer="Ngô Văn Ký"),
        file=attachments.keep(pdf(2), name="khai sinh.pdf", archive=archive),
        officer=world.officers["handler"],
        at=at,
    )
    results.return_to_applicant(
        dossier_id=dossier.pk,
        collector=results.Collector(full_name="Đỗ Văn Hai", personal_id="003200000002"),
        officer=world.officers["reception"],
        at=at + timedelta(minutes=5),
    )
    world.receive(at=MORNING + timedelta(hours=1), name="Vũ Thị Láng Giềng")
    assert verify(settings.FILES).first == []
    return Dossier.objects.get(pk=dossier.pk)


@contextmanager
def tampering():
    """Let a test do what it likes to the rows, guards down, and put everything back."""
    with transaction.atomic():
        for model in (DossierEvent, StepTaken, Attachment, Correction):
            lower_guards(model)
        yield
        transaction.set_rollback(True)


def findings():
    """Return what verify finds but for the guards that every tampering has to lower first."""
    outcome = verify(settings.FILES)
    return [words for words in outcome.first if "chốt chặn" not in words]


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE dossiers_steptaken SET due_at = '2021-02-31 10:00:00' WHERE dossier_id = %s",
        "UPDATE dossiers_dossierevent SET note = CAST(X'ff' AS TEXT) WHERE dossier_id = %s",
        "UPDATE dossiers_dossierevent SET at = '9999-99-99 10:00:00' WHERE dossier_id = %s",
        "UPDATE dossiers_dossier SET returned_at = '2021-03-32 10:00:00' WHERE id = %s",
    ],
)
def test_what_cannot_be_read_is_a_finding_and_the_others_are_still_checked(rich, write):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes no such value")
    neighbour = Dossier.objects.exclude(pk=rich.pk).get()
    with tampering():
        change(neighbour, subject="khác")
        with connection.cursor() as cursor:
            cursor.execute(write, [rich.pk])
        found = findings()
    assert any(words.startswith(f"{rich.number}: không đọc được") for words in found), found
    assert any(words.startswith(neighbour.number) for words in found)


def test_a_dossier_taken_away_whole_leaves_its_number_behind(rich):
    number, pk = rich.number, rich.pk
    with tampering():
        HandOverLine.objects.filter(dossier=rich).delete()
        for table in (Attachment, Party, Paper, Payment, Result, StepTaken, DossierEvent):
            table.objects.filter(dossier=rich)._raw_delete("default")
        Dossier.objects.filter(pk=pk)._raw_delete("default")
        found = findings()
    assert any("không dòng nào mang số " + number in words for words in found), found
    assert any("bộ đếm register 2021" in words for words in found)
    assert any("sổ ngày 2021-03-17" in words for words in found)


def test_rows_left_behind_by_a_dossier_are_found(rich):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL lets no row point to nothing")
    with tampering():
        Dossier.objects.filter(pk=rich.pk)._raw_delete("default")
        found = findings()
    assert f"hồ sơ {rich.pk}: không còn, nhưng còn sự kiện" in found


@pytest.mark.parametrize("book", ["number", "register", "receipt", "hand_over"])
@pytest.mark.parametrize("turned", [-1, 1, 1_000_000])
def test_a_counter_turned_back_or_forward_is_found(rich, book, turned):
    with tampering():
        serial = Serial.objects.get(unit=rich.unit, book=book)
        change(serial, last=serial.last + turned)
        found = findings()
    assert any(f"bộ đếm {book} 21" in words or f"bộ đếm {book} 2021" in words for words in found)


def test_a_figure_of_the_day_book_that_nobody_counts_is_found(rich):
    with tampering():
        change(DayBook.objects.get(), received=3, early=0)
        found = findings()
    assert found == [
        "sổ ngày 2021-03-17 của 13891, HT: received ghi 3, đếm được 2 "
        f"(hồ sơ {rich.number}, {rich.number[:-1]}2)",
        f"sổ ngày 2021-03-17 của 13891, HT: early ghi 0, đếm được 1 (hồ sơ {rich.number})",
    ]


def test_slips_and_lists_are_proven(rich):
    changes = [
        (Receipt.objects.get(), {"issued_at": MORNING + timedelta(hours=2)}, rich.number),
        (Receipt.objects.get(), {"year": 2020}, "giấy tiếp nhận 1/2020"),
        (ReceiptIssue.objects.get(), {"position": 2}, "giấy tiếp nhận 1/2021"),
        (HandOverList.objects.get(), {"position": 2}, "bộ đếm hand_over 2021"),
        (HandOverLine.objects.get(), {"position": 2}, "danh sách bàn giao 1/2021"),
    ]
    for row, values, named in changes:
        with tampering():
            change(row, **values)
            found = findings()
        assert any(named in words for words in found), (values, found)


def test_a_file_changed_lost_or_of_another_length_is_found(rich):
    kept = rich.attachments.first()
    path = Archive(settings.FILES).path(kept.digest)
    content = path.read_bytes()
    try:
        path.chmod(0o644)
        path.write_bytes(content + b" ")
        assert findings() == [f"{rich.number}: tệp 'to khai.pdf' trong kho đã bị sửa"]
        path.unlink()
        assert findings() == [f"{rich.number}: tệp 'to khai.pdf' không còn trong kho"]
    finally:
        path.write_bytes(content)
    assert findings() == []


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_that_is_gone_is_named(rich, name):
    table = GUARDS[name][0]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on}")
        found = verify(settings.FILES).first
        transaction.set_rollback(True)
    assert found == [f"bảng {table}: không còn chốt chặn {name}"]


def test_a_correction_belongs_to_its_own_event(rich, world):
    other = world.receive(at=MORNING + timedelta(hours=2))
    corrections.correct(
        dossier_id=other.pk,
        values=corrections.Corrected(
            parties={"owner": PartyFacts(full_name="Đỗ Thị Sửa", personal_id="003200000009")},
            subject="",
            return_channel="counter",
        ),
        reason="Gõ nhầm",
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=3),
        seen_revision=1,
    )
    assert findings() == []
    with tampering():
        change(Correction.objects.first(), event_id=rich.events.first().pk)
        found = findings()
    assert any(words.startswith(other.number) for words in found)


def test_a_corrected_party_still_leads_to_its_own_person(rich, world):
    other = world.receive(at=MORNING + timedelta(hours=2))
    said = PartyFacts(full_name="Đỗ Thị Sửa", personal_id="003200000009")
    corrections.correct(
        dossier_id=other.pk,
        values=corrections.Corrected(parties={"owner": said}, subject="", return_channel="counter"),
        reason="Gõ nhầm",
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=3),
        seen_revision=1,
    )
    party, stranger = other.parties.get(), Applicant.objects.get(personal_id="003200000001")
    with tampering():
        change(party, applicant_id=stranger.pk)
        found = findings()
    assert found == [f"{other.number}: owner chỉ đến người có số định danh khác"]


def test_random_lives_of_every_road_verify_clean(world):
    places = add_district(world)
    rng = random.Random(361)
    write(
        [
            random_life(rng, *rng.choice(places), officer=world.officers["handler"], until=MORNING)
            for _ in range(150)
        ]
    )
    outcome = verify(settings.FILES)
    assert outcome.first == []
    assert outcome.counts["hồ sơ"] == 150


def test_the_command_prints_counts_and_ends_with_one_when_something_differs(rich, capsys):
    call_command("verify")
    assert "2 hồ sơ, 8 sự kiện" in capsys.readouterr().out
    with tampering():
        change(rich, due_at=rich.due_at + timedelta(days=3))
        with pytest.raises(SystemExit) as stop:
            call_command("verify")
    assert stop.value.code == 1
    said = capsys.readouterr()
    assert rich.number in said.err
    assert "khác biệt" in said.out


def test_a_reception_at_any_instant_of_the_proof_is_no_difference(town):
    with town.work("verify", module="tests.read_between") as reading:
        found = json.loads(reading.stdout.read() or "null")
        assert reading.wait(60) == 0
    assert found["first"] == []
    assert found["dossiers"] >= 2


def test_a_home_without_dossiers_is_named_not_praised(world, capsys):
    call_command("verify")
    said = capsys.readouterr()
    assert "nơi này chưa có hồ sơ nào" in said.err
    assert name_of_database() in said.err
    world.receive()
    call_command("verify")
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.endswith(f"trong {name_of_database()}\n")


def test_a_calendar_that_runs_out_is_said_with_the_proof(world, capsys):
    world.receive()
    CalendarYear.objects.filter(year__gt=2021).delete()
    call_command("verify")
    assert "đến hết 31/12/2021" in capsys.readouterr().err


def test_the_database_is_named_without_its_password(monkeypatch):
    kept = {"NAME": "motcua", "HOST": "10.0.0.9", "PORT": "5433", "PASSWORD": "bí mật"}
    server = SimpleNamespace(vendor="postgresql", settings_dict=kept)
    monkeypatch.setattr("motcua.gateways.database.connection", server)
    assert name_of_database() == "motcua (10.0.0.9:5433)"


def test_the_proof_holds_while_counters_work(town):
    with town.work("receive", "0") as one, town.work("receive", "0") as other:
        for counter in (one, other):
            counter.stdout.readline()
        proven = [town.verify() for _ in range(3)]
        for counter in (one, other):
            counter.kill()
    assert [(each.returncode, each.stderr) for each in proven] == [(0, "")] * 3
