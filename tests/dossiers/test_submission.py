"""Before acceptance: brought and not complete, brought again, refused, taken back."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from motcua.catalogue.models import RequiredDocument
from motcua.domain.checklist import Mark, Presented
from motcua.domain.dossier import ActionNotAllowed, State
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import (
    WRONG_BODY,
    AskedFor,
    NoticeFlaw,
    NoticeIncomplete,
    NoticeWords,
)
from motcua.dossiers.models import DayBook, Dossier, Draft, Notice, PageSent, Serial
from motcua.dossiers.services import notices, submission
from motcua.dossiers.services.filings import Desk
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.notices import DraftedAlready, NotTheirNotice
from motcua.dossiers.services.reception import (
    NotAtThisCounter,
    PapersMissing,
    receipt_of,
    receive_together,
)
from motcua.dossiers.verification import verify
from tests.world import MORNING

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FORM = Presented(position=1, originals=1)
BIRTH = Presented(position=2, originals=1)
NO_BIRTH = AskedFor(position=2, flaw=Mark.MISSING, reason="Chưa có bản chính")
TORN = AskedFor(position=1, flaw=Mark.WRONG, reason="Thiếu chữ ký")
ASKED = submission.Answer(
    kind=NoticeKind.SUPPLEMENT, words=NoticeWords(papers=(TORN, NO_BIRTH), guidance="Ký, nộp lại")
)
REFUSED = submission.Answer(
    kind=NoticeKind.REFUSAL,
    words=NoticeWords(
        reason="Việc này của UBND huyện",
        reason_code=WRONG_BODY,
        guidance="UBND huyện Nghĩa Hưng, khu phố 1",
    ),
)


@pytest.fixture
def world(world):
    RequiredDocument.objects.create(
        version=world.version, position=2, name="Giấy chứng sinh", originals=1
    )
    RequiredDocument.objects.create(
        version=world.version, position=3, name="Văn bản ủy quyền", is_compulsory=False
    )
    yield world
    assert verify(settings.FILES).first == []


def desk(world, at=MORNING, who="reception"):
    return Desk(unit=world.unit, counter=world.counter, officer=world.officers[who], at=at)


def begun(world, answer=ASKED, papers=(FORM,), **how):
    notice = submission.begin(
        desk=desk(world),
        filing=world.filing(papers=papers, **how),
        answer=answer,
        token=uuid.uuid4(),
    )
    return notice, Dossier.objects.get(pk=notice.dossier_id)


def once_more(world, dossier, *papers, days=1, **how):
    return world.filing(papers=papers, begun=dossier.pk, seen_revision=dossier.revision, **how)


def accepted(world, dossier, *papers, days=1, token=None, **how):
    receipt = receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[once_more(world, dossier, *papers, **how)],
        officer=world.officers["reception"],
        at=MORNING + days * DAY,
        token=token or uuid.uuid4(),
    )
    return receipt.dossiers.get()


def test_what_is_not_complete_gets_a_paper_and_no_number(world):
    notice, dossier = begun(world)
    assert (dossier.state, dossier.number, dossier.accepted_at) == (State.INCOMPLETE, None, None)
    assert (notice.status, notice.position, notice.round) == ("sent", 1, 1)
    assert [paper.mark for paper in dossier.papers.all()] == ["wrong", "missing"]
    assert [item.paper for item in notice.items.all()] == list(dossier.papers.all())
    assert not Serial.objects.exclude(book="supplement").exists()
    assert not DayBook.objects.exists()


def test_the_page_sent_twice_brings_one_dossier(world):
    token = uuid.uuid4()
    officer = world.officers["reception"]
    Draft.objects.create(token=token, officer=officer, unit=world.unit, saved_at=MORNING)
    how = {"desk": desk(world), "filing": world.filing(), "answer": ASKED, "token": token}
    first = submission.begin(**how)
    assert submission.begin(**how) == first
    assert Dossier.objects.count() == PageSent.objects.count() == 1
    assert not Draft.objects.exists()


def test_who_does_not_receive_here_begins_nothing(world):
    with pytest.raises(NotAtThisCounter):
        submission.begin(
            desk=desk(world, who="handler"),
            filing=world.filing(),
            answer=ASKED,
            token=uuid.uuid4(),
        )
    assert not Dossier.objects.exists()


def test_a_notice_without_its_reasons_leaves_nothing_behind(world):
    bare = replace(TORN, reason="")
    answer = replace(ASKED, words=NoticeWords(papers=(bare,)))
    with pytest.raises(NoticeIncomplete):
        begun(world, answer)
    assert not Dossier.objects.exists() and not Notice.objects.exists()


def test_complete_at_last_it_gets_its_number_and_its_clock(world):
    _notice, dossier = begun(world)
    received = accepted(world, dossier, FORM, BIRTH)
    assert received.pk == dossier.pk
    assert received.number.endswith("-210318-0001")
    assert (received.submitted_at, received.accepted_at) == (MORNING, MORNING + DAY)
    assert [paper.mark for paper in received.papers.all()] == ["sufficient", "sufficient"]
    assert received.parties.count() == 1
    assert DayBook.objects.get().received == 1


def test_the_accepted_page_sent_twice_finds_its_receipt(world):
    _notice, dossier = begun(world)
    token = uuid.uuid4()
    accepted(world, dossier, FORM, BIRTH, token=token)
    accepted(world, dossier, FORM, BIRTH, token=token)
    assert receipt_of(token).dossiers.count() == Dossier.objects.count() == 1


def test_still_not_complete_it_is_not_accepted(world):
    _notice, dossier = begun(world)
    with pytest.raises(PapersMissing):
        accepted(world, dossier, FORM)
    assert Dossier.objects.get().state == State.INCOMPLETE


def test_what_a_colleague_accepted_is_not_accepted_again(world):
    _notice, dossier = begun(world)
    accepted(world, dossier, FORM, BIRTH)
    with pytest.raises(SomebodyActed):
        accepted(world, dossier, FORM, BIRTH)


def asked_again(world, dossier, at, papers=(FORM,), asked=(NO_BIRTH,)):
    answer = replace(ASKED, words=NoticeWords(papers=asked))
    return submission.again(
        desk=desk(world, at), filing=once_more(world, dossier, *papers), answer=answer
    )


def test_the_third_request_waits_for_who_signs(world):
    _first, dossier = begun(world)
    second = asked_again(world, dossier, MORNING + DAY)
    assert (second.status, second.round, second.position) == ("sent", 2, 2)
    dossier.refresh_from_db()
    assert [paper.mark for paper in dossier.papers.all()] == ["sufficient", "missing"]
    third = asked_again(world, dossier, MORNING + 2 * DAY)
    assert (third.status, third.round) == ("draft", 3)
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED  # the office's turn, not the applicant's
    with pytest.raises(NotTheirNotice):
        _approved(world, third, "reception", "Cần thêm")
    with pytest.raises(NoticeIncomplete) as told:
        _approved(world, third, "approver", "")
    assert told.value.flaw is NoticeFlaw.NO_APPROVAL_REASON
    approved = _approved(world, third, "approver", "Hai lần trước người nộp không theo hướng dẫn")
    sent = notices.send(
        notice_id=approved.pk,
        delivery="counter",
        officer=world.officers["reception"],
        at=MORNING + 2 * DAY + 2 * MINUTE,
        seen_revision=approved.revision,
    )
    dossier.refresh_from_db()
    assert (sent.position, dossier.state) == (3, State.INCOMPLETE)


def _approved(world, notice, who, note):
    return notices.approve(
        notice_id=notice.pk,
        officer=world.officers[who],
        at=MORNING + 2 * DAY + MINUTE,
        seen_revision=notice.revision,
        note=note,
    )


def test_while_one_waits_to_be_signed_no_other_is_drafted(world):
    _first, dossier = begun(world)
    for day in (1, 2):
        asked_again(world, dossier, MORNING + day * DAY)
        dossier.refresh_from_db()
    with pytest.raises(DraftedAlready):
        asked_again(world, dossier, MORNING + 3 * DAY)


def test_accepting_gives_up_what_waited_to_be_signed(world):
    _first, dossier = begun(world)
    for day in (1, 2):
        asked_again(world, dossier, MORNING + day * DAY)
        dossier.refresh_from_db()
    accepted(world, dossier, FORM, BIRTH, days=3)
    assert dossier.notices.get(round=3).status == "cancelled"


def test_a_refusal_says_why_and_where_to_go(world):
    notice, dossier = begun(world, REFUSED)
    assert (dossier.state, dossier.number, notice.position) == (State.REFUSED, None, 1)
    assert notice.event.note == "Việc này của UBND huyện"
    assert not DayBook.objects.exists()
    silent = replace(REFUSED, words=replace(REFUSED.words, guidance=" "))
    with pytest.raises(NoticeIncomplete) as told:
        begun(world, silent)
    assert told.value.flaw is NoticeFlaw.NO_GUIDANCE


@pytest.mark.parametrize(
    ("kind", "state"),
    [(NoticeKind.REFUSAL, State.REFUSED), (NoticeKind.WITHDRAWAL, State.WITHDRAWN)],
)
def test_what_waits_is_refused_or_taken_back(world, kind, state):
    _notice, dossier = begun(world)
    sent = notices.hand_out(
        dossier_id=dossier.pk,
        kind=kind,
        words=NoticeWords(reason="Đã nộp nơi khác"),
        officer=world.officers["reception"],
        at=MORNING + DAY,
        seen_revision=dossier.revision,
    )
    dossier.refresh_from_db()
    assert (sent.status, dossier.state) == ("sent", state)
    with pytest.raises((ActionNotAllowed, SomebodyActed)):
        accepted(world, dossier, FORM, BIRTH)


def test_the_version_in_force_at_acceptance_counts(world):
    _notice, dossier = begun(world)
    world.version.limit = "2 working_day"
    world.version.number, world.version.pk = 2, None
    world.version.save(force_insert=True)
    RequiredDocument.objects.create(version=world.version, position=1, name="Tờ khai mới")
    from tests.world import add_steps

    add_steps(world.version)
    received = accepted(world, dossier, FORM)
    assert received.version == world.version
    assert (received.due_at - received.accepted_at).days < 5
    names = dict(received.papers.values_list("name", "mark"))
    # What the first notice asked for stays known, and is marked as not there.
    assert names == {"Tờ khai mới": "sufficient", "Giấy chứng sinh": "missing"}


def test_other_people_may_bring_it_again(world):
    _notice, dossier = begun(world)
    received = accepted(world, dossier, FORM, BIRTH, name="Đỗ Văn Sửa")
    assert received.applicant_name == "Đỗ Văn Sửa"
    assert received.parties.get().full_name == "Đỗ Văn Sửa"
