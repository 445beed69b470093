"""Notes stay among the officers on the road; messages reach the applicant, who reads them once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.dossiers.models import ApplicantMessage, InternalNote
from motcua.dossiers.services import messages, notes
from motcua.dossiers.services.messages import MessageNotAllowed
from motcua.dossiers.services.notes import NothingSaid, NotOnTheRoad
from motcua.dossiers.verification import verify
from tests.world import MORNING, RETURNED, TAKEN, next_town, officer_of, walk

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


def note(world, dossier, text="Đã gọi, chưa nghe máy", *, by="handler", at=LATER):
    officer = by if not isinstance(by, str) else world.officers[by]
    return notes.write(dossier_id=dossier.pk, text=text, officer=officer, at=at)


def message(world, dossier, text="Mời ông/bà mang bản chính", *, by="handler", at=LATER):
    return messages.write(
        dossier_id=dossier.pk, text=text, delivery="phone", officer=world.officers[by], at=at
    )


def test_everybody_on_the_road_writes_notes_and_nobody_else(world):
    dossier = world.receive()
    for by in ("reception", "handler", "approver", "leader"):
        assert note(world, dossier, by=by).officer == world.officers[by]
    stranger = officer_of(next_town().agency, "leader", "rangdong.lanhdao")
    administrator = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    for other in (stranger, administrator):
        with pytest.raises(NotOnTheRoad):
            note(world, dossier, by=other)
    with pytest.raises(NothingSaid):
        note(world, dossier, " \n ")
    assert dossier.internal_notes.count() == 4
    assert verify(settings.FILES).differing == 0


def test_a_note_sent_twice_is_one_note(world):
    dossier = world.receive()
    first = note(world, dossier)
    assert note(world, dossier, at=LATER + timedelta(seconds=2)) == first
    assert note(world, dossier, at=LATER + timedelta(minutes=2)) != first


def test_notes_and_messages_are_never_rewritten_or_taken_away(world):
    dossier = world.receive()
    note(world, dossier)
    message(world, dossier, by="reception")
    for write in (
        lambda: InternalNote.objects.update(text="Khác"),
        lambda: InternalNote.objects.all()._raw_delete("default"),
        lambda: ApplicantMessage.objects.update(text="Khác"),
        lambda: ApplicantMessage.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_a_message_says_when_it_was_first_read_and_keeps_it(world):
    dossier = walk(world, world.receive(), TAKEN)
    said = message(world, dossier)
    assert said.first_read_at is None
    [read] = messages.read_by_applicant(dossier.pk, at=LATER + timedelta(hours=1))
    said.refresh_from_db()
    assert read == said and said.first_read_at == LATER + timedelta(hours=1)
    messages.read_by_applicant(dossier.pk, at=LATER + timedelta(hours=2))
    said.refresh_from_db()
    assert said.first_read_at == LATER + timedelta(hours=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicantMessage.objects.update(first_read_at=None)
    assert verify(settings.FILES).differing == 0


def test_who_works_on_it_writes_to_the_applicant_until_the_result_is_returned(world):
    dossier = walk(world, world.receive(), TAKEN)
    for by in ("reception", "handler", "approver"):
        message(world, dossier, f"Từ {by}", by=by)
    with pytest.raises(MessageNotAllowed):
        message(world, dossier, by="leader")
    returned = walk(world, world.receive(), RETURNED)
    with pytest.raises(MessageNotAllowed):
        message(world, returned, by="reception")
    with pytest.raises(NothingSaid):
        message(world, dossier, "")
