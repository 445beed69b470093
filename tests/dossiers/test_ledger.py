"""A dossier's road through the services, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import Error, IntegrityError, transaction

from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.passage import ReasonMissing
from motcua.domain.snapshot import Happening
from motcua.domain.standing import ExtensionRefused
from motcua.dossiers.models import DayBook, Dossier, DossierEvent, Party, Serial, StepTaken
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services.ledger import SomebodyActed, record
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import PapersMissing
from tests.world import HANDED, MORNING, PROPOSED, RETURNED, TAKEN, walk


def test_reception_gives_number_promise_and_first_event(world):
    dossier = world.receive()
    dossier.refresh_from_db()
    assert dossier.number == "901.00.99.H40-210317-0001"
    assert dossier.promised_at.isoformat() == "2021-03-24T10:00:00+00:00"
    assert [event.action for event in dossier.events.all()] == ["receive"]
    assert dossier.search_text == "nguyen thi huynh ngoc quynh nhu"
    assert world.receive().number.endswith("-0002")


def test_the_day_book_counts_what_came_in_and_went_out(world):
    walk(world, world.receive(), RETURNED)
    world.receive(at=MORNING + timedelta(days=1))
    rows = DayBook.objects.order_by("day").values_list("day", "received", "early", "sent_back")
    assert list(rows) == [(date(2021, 3, 17), 1, 1, 0), (date(2021, 3, 18), 1, 0, 0)]


def test_the_whole_road_ends_returned_and_verifies(world, capsys):
    dossier = walk(world, world.receive(), RETURNED)
    assert dossier.state == State.RETURNED
    assert dossier.settled_at < dossier.due_at
    steps = [(step.code, step.ended_at is not None) for step in dossier.steps_taken.all()]
    assert steps == [(code, True) for code in ("receive", "handle", "approve", "seal", "return")]
    call_command("verify")
    assert "1 hồ sơ, 7 sự kiện, 5 bước" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("road", "action", "role"),
    [
        ([], Action.APPROVE, "approver"),
        ([], Action.HAND_OVER, "leader"),
        (TAKEN, Action.PROPOSE, "approver"),
        (PROPOSED, Action.PROPOSE, "handler"),
        (RETURNED, Action.RETURN, "reception"),
    ],
    ids=str,
)
def test_what_an_officer_may_not_do_is_refused_and_writes_nothing(world, road, action, role):
    dossier = walk(world, world.receive(), road)
    events = dossier.events.count()
    later = MORNING + timedelta(days=1)
    with pytest.raises(ActionNotAllowed):
        act(dossier_id=dossier.pk, action=action, officer=world.officers[role], at=later)
    assert dossier.events.count() == events


def test_sending_back_needs_a_reason_and_is_a_column_of_its_own(world):
    dossier = walk(world, world.receive(), PROPOSED)
    how = {
        "dossier_id": dossier.pk,
        "action": Action.SEND_BACK,
        "officer": world.officers["approver"],
        "at": MORNING + timedelta(hours=4),
    }
    with pytest.raises(ReasonMissing):
        act(**how)
    ended = act(**how, note="Thửa đất đang có tranh chấp")
    assert (ended.state, ended.settled_at) == (State.SENT_BACK, None)


def test_rework_goes_back_and_the_due_date_stays(world):
    dossier = walk(world, world.receive(), PROPOSED)
    again = act(
        dossier_id=dossier.pk,
        action=Action.SEND_BACK_FOR_REWORK,
        officer=world.officers["approver"],
        at=MORNING + timedelta(hours=3),
        note="Ghi lại quê quán",
    )
    assert (again.step_code, again.due_at) == ("handle", again.promised_at)
    assert again.holder_officer_id == world.officers["handler"].pk, "back to who did it"


def test_an_extension_without_a_date_is_refused_and_writes_nothing(world):
    dossier = walk(world, world.receive(), PROPOSED)
    what = Happening(
        action=Action.EXTEND,
        at=MORNING + timedelta(hours=4),
        agency=world.unit.agency_id,
        officer=world.officers["approver"].pk,
        note="Chờ xác minh",
    )
    with pytest.raises(ExtensionRefused), transaction.atomic():
        record(dossier, what, terms=terms_of(dossier))
    assert dossier.events.count() == 4


def test_the_second_of_two_officers_is_told_who_came_first(world):
    dossier = world.receive()
    seen = dossier.revision
    walk(world, dossier, HANDED)
    with pytest.raises(SomebodyActed) as told:
        act(
            dossier_id=dossier.pk,
            action=Action.TAKE,
            officer=world.officers["handler"],
            at=MORNING + timedelta(hours=1),
            seen_revision=seen,
        )
    assert told.value.last.action == Action.HAND_OVER


@pytest.mark.parametrize("what", ["papers", "calendar"])
def test_a_reception_that_fails_leaves_no_number_behind(world, what):
    if what == "papers":
        with pytest.raises(PapersMissing):
            world.receive(papers=())
    else:
        with pytest.raises(CalendarNotPublished):
            world.receive(at=MORNING.replace(year=2031))
    counts = (model.objects.count() for model in (Dossier, DossierEvent, Party, Serial))
    assert list(counts) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "bad",
    [
        {"state": "nonsense"},
        {"due_at": None},
        {"number": None},
        {"settled_at": MORNING},
        {"promised_at": MORNING - timedelta(days=1)},
        {"due_at": MORNING},
    ],
    ids=str,
)
def test_the_database_refuses_impossible_dossiers(world, bad):
    dossier = world.receive()
    with pytest.raises(Error), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**bad)


def test_the_database_refuses_a_second_open_step(world):
    dossier = world.receive()
    another = {"dossier": dossier, "code": "handle", "agency": world.unit.agency, "position": 2}
    with pytest.raises(IntegrityError), transaction.atomic():
        StepTaken.objects.create(**another, started_at=MORNING)
    StepTaken.objects.create(**another, started_at=MORNING, ended_at=MORNING)


def test_what_happened_cannot_be_changed_or_deleted(world):
    walk(world, world.receive(), RETURNED)
    changes = [
        lambda: DossierEvent.objects.update(note="khác"),
        lambda: DossierEvent.objects.all()._raw_delete("default"),
        lambda: StepTaken.objects.update(ended_at=MORNING + timedelta(days=9)),
        lambda: StepTaken.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "tampering",
    [
        {"state": "in_process", "settled_at": None},
        {"due_at": MORNING + timedelta(days=30)},
        {"holder_kind": "citizen"},
        {"revision": 3},
    ],
    ids=str,
)
def test_verify_names_the_dossier_changed_behind_its_back(world, tampering, capsys):
    dossier = walk(world, world.receive(), RETURNED)
    Dossier.objects.filter(pk=dossier.pk).update(**tampering)
    with pytest.raises(SystemExit) as stop:
        call_command("verify")
    assert stop.value.code == 1
    assert dossier.number in capsys.readouterr().err


def test_verify_sees_a_serial_turned_back(world, capsys):
    world.receive()
    Serial.objects.filter(book="number").update(last=0)
    with pytest.raises(SystemExit):
        call_command("verify")
    assert "bộ đếm number 210317" in capsys.readouterr().err
