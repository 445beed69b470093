"""Promises moved together: listed, proposed, approved in one piece, by whom, and proved after."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.agencies.models import Calendar
from motcua.agencies.queries import current_edition
from motcua.domain.calendar import office
from motcua.domain.dossier import Action
from motcua.domain.projection import ChangeMoveNotAllowed, Outcome
from motcua.dossiers.models import Dossier, PromiseChange, PromiseMove
from motcua.dossiers.queries import explanation_of, terms_of
from motcua.dossiers.services import promise_changes, together
from motcua.dossiers.services.processing import act
from motcua.dossiers.verification import verify
from tests.dossiers.moving_promises import NOON, approved, at_hour, past, proposed, record, said
from tests.world import MORNING, TAKEN, officer_of, walk

pytestmark = pytest.mark.django_db


def test_nothing_moves_before_a_leader_approves_and_then_everything_on_the_list(
    world, administrator, leader
):
    dossier = world.receive()
    assert office(dossier.due_at).date() == date(2021, 3, 24)
    change = proposed(administrator)
    [line] = change.moves.all()
    assert (line.dossier_id, office(line.new_due_at)) == (dossier.pk, at_hour(date(2021, 3, 25)))
    dossier.refresh_from_db()
    assert office(dossier.due_at).date() == date(2021, 3, 24) and current_edition() == 1

    change = said(promise_changes.approve, change, leader, NOON + timedelta(minutes=1))
    dossier.refresh_from_db()
    assert office(dossier.due_at) == at_hour(date(2021, 3, 25))
    assert office(dossier.promised_at).date() == date(2021, 3, 24), "the first promise stays"
    assert (dossier.counted_edition, dossier.edition, current_edition()) == (2, 2, 2)
    event = dossier.events.get(action=Action.RECALCULATE)
    assert (event.officer, event.edition) == (leader, 2)
    assert event.note == "Nghỉ thêm ngày 19/03. Thông báo 100/TB-UBND"
    [line] = change.moves.all()
    assert (line.outcome, line.event_position) == (Outcome.APPLIED, event.position)
    explained = explanation_of(past(dossier), terms_of(dossier))
    assert explained.edition == 2 and explained.due_at == dossier.due_at
    assert "Thông báo 100" in {entry.source for entry in explained.entries}
    assert verify(settings.FILES).first == []


def test_what_moved_between_list_and_approval_is_counted_again_and_said_so(
    world, administrator, leader
):
    stays, settled, paused = (world.receive(at=MORNING + timedelta(minutes=n)) for n in range(3))
    change = proposed(administrator)
    assert change.moves.count() == 3
    late = world.receive(at=NOON + timedelta(minutes=1))
    act(
        dossier_id=settled.pk,
        action=Action.SEND_BACK,
        officer=world.officers["reception"],
        at=NOON + timedelta(minutes=1),
        note="Không thuộc thẩm quyền",
    )
    walk(world, paused, TAKEN)
    record(world, paused, Action.SUSPEND, NOON + timedelta(minutes=2))
    change = said(promise_changes.approve, change, leader, NOON + timedelta(minutes=5))
    outcome = dict(change.moves.values_list("dossier_id", "outcome"))
    assert outcome == {
        stays.pk: Outcome.APPLIED,
        settled.pk: Outcome.LEFT_OUT,
        paused.pk: Outcome.RECOUNTED,
        late.pk: Outcome.ADDED,
    }
    assert change.moves.get(dossier=paused).listed_due_at is not None
    assert verify(settings.FILES).first == []


def test_who_proposes_does_not_approve_and_nobody_approves_twice(world, administrator, leader):
    change = proposed(leader)
    with pytest.raises(promise_changes.OwnProposal):
        said(promise_changes.approve, change, leader, NOON)
    second = officer_of(world.unit.agency, "leader", "lieude.phochutich")
    done = said(promise_changes.approve, change, second, NOON)
    with pytest.raises(promise_changes.ChangeSeenOtherwise):
        said(promise_changes.approve, change, second, NOON)
    with pytest.raises(ChangeMoveNotAllowed):
        said(promise_changes.approve, done, second, NOON)
    assert Calendar.objects.count() == 2


def test_an_approval_cut_off_between_batches_leaves_nothing(
    world, administrator, leader, monkeypatch
):
    for minute in range(5):
        world.receive(at=MORNING + timedelta(minutes=minute))
    change = proposed(administrator)
    monkeypatch.setattr(together, "BATCH", 2)
    written, write = [], together.write_rows

    def cut_off(*rows):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(write(*rows))

    monkeypatch.setattr(together, "write_rows", cut_off)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        said(promise_changes.approve, change, leader, NOON)
    assert current_edition() == 1
    assert not Dossier.objects.filter(counted_edition__isnull=False).exists()
    assert set(change.moves.values_list("outcome", flat=True)) == {Outcome.LISTED}
    monkeypatch.undo()
    said(promise_changes.approve, change, leader, NOON)
    assert Dossier.objects.filter(counted_edition=2).count() == 5
    assert verify(settings.FILES).first == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (PromiseMove, {"new_due_at": MORNING + timedelta(days=30)}),
        (PromiseMove, {"old_due_at": MORNING}),
        (PromiseMove, {"new_step_due_at": None}),
        (PromiseMove, {"event_position": 1}),
        (PromiseMove, {"event_position": 9}),
        (PromiseChange, {"reason": "Lý do khác"}),
        (PromiseChange, {"legal_basis": "Văn bản khác"}),
        (PromiseChange, {"edition": 7}),
        (PromiseChange, {"kind": "force_majeure"}),
    ],
    ids=str,
)
def test_a_line_changed_behind_the_products_back_is_named(
    world, administrator, leader, table, change
):
    dossier = world.receive()
    approved(administrator, leader)
    try:
        with transaction.atomic():
            table.objects.update(**change)
    except IntegrityError:
        return  # the database itself refuses it
    assert any(words.startswith(dossier.number) for words in verify(settings.FILES).first)
