"""A notice from draft to sent: who may do what to it, and what its dossier does then."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from motcua.catalogue.models import RequiredDocument
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.notice import NoticeKind, NoticeMove, NoticeMoveNotAllowed, NoticeStatus
from motcua.domain.notice_words import (
    AskedFor,
    HeldByState,
    NoticeFlaw,
    NoticeIncomplete,
    NoticeWords,
    NotOnTheList,
)
from motcua.dossiers import notice_queries
from motcua.dossiers.models import Dossier, Notice, Serial
from motcua.dossiers.seals import stored_seals
from motcua.dossiers.services import notices
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.notices import DraftedAlready, NoticeMoved, NotTheirNotice
from motcua.dossiers.services.processing import HeldByColleague, act
from tests.world import MORNING, PROPOSED, TAKEN, next_town, officer_of, walk

MINUTE = timedelta(minutes=1)
FORM = AskedFor(position=1, flaw=Mark.WRONG, reason="Chưa ký tên ở trang hai")
SUPPLEMENT = NoticeWords(papers=(FORM,), guidance="Ký rồi nộp lại", answer_by=date(2021, 4, 1))
PAYMENT = NoticeWords(reason="Thuế chuyển quyền", amount=150_000, answer_by=date(2021, 4, 1))
STOP = NoticeWords(reason="Người nộp đề nghị dừng; Nghị định 61/2018/NĐ-CP điều 19")
LATER = datetime(2021, 3, 25, 17, tzinfo=OFFICE_ZONE)
EXTENSION = NoticeWords(reason="Phải xác minh tại thực địa", new_due_at=LATER)
WORDS = {
    NoticeKind.SUPPLEMENT: SUPPLEMENT,
    NoticeKind.PAYMENT: PAYMENT,
    NoticeKind.STOP: STOP,
    NoticeKind.EXTENSION: EXTENSION,
    NoticeKind.WITHDRAWAL: NoticeWords(reason="Không còn nhu cầu"),
}
LEADS_TO = {
    NoticeKind.SUPPLEMENT: State.AWAITING_SUPPLEMENT,
    NoticeKind.PAYMENT: State.AWAITING_PAYMENT,
    NoticeKind.STOP: State.DISCONTINUED,
    NoticeKind.EXTENSION: State.IN_PROCESS,
    NoticeKind.WITHDRAWAL: State.WITHDRAWN,
}


class Office:
    """One dossier taken by the handler, and the minutes in which officers deal with its notice."""

    def __init__(self, world):
        self.world = world
        self.dossier = walk(world, world.receive(), TAKEN)
        self.at = self.dossier.events.latest("position").at

    def who(self, role):
        self.at += MINUTE
        return {"officer": self.world.officers[role], "at": self.at}

    def draft(self, kind=NoticeKind.SUPPLEMENT, words=None, by="handler", **how):
        return notices.draft(
            dossier_id=self.dossier.pk, kind=kind, words=words or WORDS[kind], **self.who(by), **how
        )

    def approve(self, notice, by="approver", **how):
        return notices.approve(
            notice_id=notice.pk, seen_revision=notice.revision, **self.who(by), **how
        )

    def send(self, notice, by="reception", delivery="phone"):
        return notices.send(
            notice_id=notice.pk, seen_revision=notice.revision, delivery=delivery, **self.who(by)
        )

    def sent(self, kind=NoticeKind.SUPPLEMENT, by="handler", **how):
        return self.send(self.approve(self.draft(kind, by=by), **how))

    def act(self, action, by):
        return act(dossier_id=self.dossier.pk, action=action, note="Theo văn bản", **self.who(by))

    @property
    def state(self):
        return State(Dossier.objects.get(pk=self.dossier.pk).state)


@pytest.fixture
def office(world):
    return Office(world)


@pytest.mark.parametrize("kind", WORDS)
def test_sending_is_the_act_and_gives_the_number(office, kind):
    drafter = {NoticeKind.WITHDRAWAL: "reception"}.get(kind, "handler")
    drafted = office.draft(kind, by=drafter)
    assert office.state is State.IN_PROCESS  # a draft moves nothing
    approved = office.approve(drafted)
    assert office.state is State.IN_PROCESS
    sent = office.send(approved)
    assert (sent.status, sent.year, sent.position) == ("sent", 2021, 1)
    assert office.state is LEADS_TO[kind]
    event = sent.event
    assert event.dossier_id == office.dossier.pk and event.officer.full_name.endswith("reception")
    assert event.note and (sent.drafted_by, sent.approved_by) == (
        office.world.officers[drafter],
        office.world.officers["approver"],
    )
    assert sent.delivery == "phone"


def test_the_event_names_every_paper_with_its_reason(office):
    assert office.sent().event.note == "Tờ khai (chưa đúng): Chưa ký tên ở trang hai"


def test_numbers_run_by_unit_kind_and_year(office, world):
    first = office.sent()
    office.act(Action.SUPPLEMENT, "reception")
    assert office.sent().position == first.position + 1
    office.act(Action.SUPPLEMENT, "reception")
    assert office.sent(NoticeKind.PAYMENT).position == 1
    assert Serial.objects.get(unit=world.unit, book="supplement", period="2021").last == 2


def test_every_move_seals_the_dossier(office):
    keys = Dossier.objects.filter(pk=office.dossier.pk)

    def is_sealed():
        return stored_seals(keys)[office.dossier.pk] == keys.get().seal

    notice = office.draft()
    assert is_sealed()
    notice = notices.amend(
        notice_id=notice.pk, words=SUPPLEMENT, seen_revision=0, **office.who("handler")
    )
    assert is_sealed()
    notice = office.approve(notice)
    assert is_sealed()
    office.send(notice)
    assert is_sealed()


# What may be done to a notice that stands there, of all that can be tried.
ALLOWED = {
    ("draft", NoticeMove.AMEND),
    ("draft", NoticeMove.APPROVE),
    ("draft", NoticeMove.RETURN),
    ("draft", NoticeMove.CANCEL),
    ("approved", NoticeMove.RETURN),
    ("approved", NoticeMove.SEND),
    ("approved", NoticeMove.CANCEL),
}


def moved(office, notice, move, by="approver"):
    which = {"notice_id": notice.pk, "seen_revision": notice.revision, **office.who(by)}
    match move:
        case NoticeMove.AMEND:
            return notices.amend(words=WORDS[NoticeKind(notice.kind)], **which)
        case NoticeMove.APPROVE:
            return notices.approve(**which)
        case NoticeMove.RETURN:
            return notices.return_to_drafter(reason="Ghi rõ hơn", **which)
        case NoticeMove.SEND:
            return notices.send(delivery="counter", **which)
        case NoticeMove.CANCEL:
            return notices.cancel(reason="Người nộp đã mang đến", **which)


@pytest.mark.parametrize("move", list(NoticeMove))
@pytest.mark.parametrize("status", list(NoticeStatus))
def test_each_move_is_possible_only_where_the_table_has_it(office, status, move):
    notice = office.draft()
    if status in (NoticeStatus.APPROVED, NoticeStatus.SENT):
        notice = office.approve(notice)
    if status is NoticeStatus.SENT:
        notice = office.send(notice)
    if status is NoticeStatus.CANCELLED:
        notice = moved(office, notice, NoticeMove.CANCEL)
    before = Notice.objects.filter(pk=notice.pk).values().get()
    if (status, move) in ALLOWED:
        assert moved(office, notice, move).revision == notice.revision + 1
        return
    with pytest.raises(NoticeMoveNotAllowed):
        moved(office, notice, move)
    assert Notice.objects.filter(pk=notice.pk).values().get() == before


# Who may do what to a handler's request for papers, besides its drafter.
THEIRS = {
    NoticeMove.AMEND: {"approver"},
    NoticeMove.APPROVE: {"approver"},
    NoticeMove.RETURN: {"approver"},
    NoticeMove.SEND: {"approver", "reception"},
    NoticeMove.CANCEL: {"approver"},
}


@pytest.mark.parametrize("who", ["reception", "approver", "leader", "stranger"])
@pytest.mark.parametrize("move", list(NoticeMove))
def test_each_move_is_left_to_whom_it_concerns(office, world, move, who):
    world.officers["stranger"] = officer_of(next_town().agency, "approver", "la.mat")
    notice = office.draft()
    if move is NoticeMove.SEND:
        notice = office.approve(notice)
    if who in THEIRS[move]:
        moved(office, notice, move, by=who)
        return
    with pytest.raises(NotTheirNotice):
        moved(office, notice, move, by=who)


def test_who_drafts_during_processing_does_not_approve(office):
    with pytest.raises(NotTheirNotice):
        office.approve(office.draft(), by="handler")


def test_only_whose_step_it_is_asks_for_papers(office, world):
    with pytest.raises(ActionNotAllowed):
        office.draft(by="reception")
    world.officers["other"] = officer_of(world.unit.agency, "handler", "lieude.khac")
    with pytest.raises(HeldByColleague):
        office.draft(by="other")


def test_one_of_a_kind_is_on_its_way(office):
    first = office.draft()
    with pytest.raises(DraftedAlready) as told, transaction.atomic():
        office.draft()
    assert told.value.known == first
    office.draft(NoticeKind.PAYMENT)  # another kind is


def test_the_second_officer_is_told(office):
    notice = office.draft()
    office.approve(notice)
    with pytest.raises(NoticeMoved):
        office.approve(notice)


def test_a_draft_on_a_page_that_is_old_is_not_written(office):
    with pytest.raises(SomebodyActed):
        office.draft(seen_revision=office.dossier.revision - 1)
    assert not Notice.objects.exists()


def test_what_moved_on_between_approval_and_sending_is_not_asked_for(office):
    notice = office.approve(office.draft())
    office.act(Action.PROPOSE, "handler")
    office.act(Action.APPROVE, "approver")
    office.act(Action.ISSUE_RESULT, "handler")
    with pytest.raises(ActionNotAllowed):
        office.send(notice)
    assert not Serial.objects.filter(book="supplement").exists()
    cancelled = notices.cancel(
        notice_id=notice.pk,
        seen_revision=notice.revision,
        officer=None,
        at=office.at,
        reason="Hồ sơ đã có kết quả",
    )
    assert (cancelled.status, cancelled.cancelled_by) == ("cancelled", None)


def test_a_date_that_passed_since_is_not_sent(office):
    notice = office.approve(office.draft())
    office.at = datetime(2021, 4, 1, 8, tzinfo=OFFICE_ZONE)
    with pytest.raises(NoticeIncomplete) as told:
        office.send(notice)
    assert told.value.flaw is NoticeFlaw.ANSWER_DATE_PAST


def test_the_third_request_is_approved_with_a_reason(office):
    for _round in range(2):
        office.sent()
        office.act(Action.SUPPLEMENT, "reception")
    third = office.draft()
    assert third.round == 3
    with pytest.raises(NoticeIncomplete) as told:
        office.approve(third)
    assert told.value.flaw is NoticeFlaw.NO_APPROVAL_REASON
    office.send(office.approve(third, note="Người nộp không làm theo hướng dẫn"))
    assert office.state is State.AWAITING_SUPPLEMENT


def test_what_the_state_holds_is_asked_for_only_when_its_source_failed(office, world):
    RequiredDocument.objects.create(
        version=world.version, position=2, name="Trích lục kết hôn", state_source="CSDL hộ tịch"
    )
    asked = AskedFor(position=2, flaw=Mark.MISSING, reason="Chưa có")
    with pytest.raises(HeldByState) as told:
        office.draft(words=NoticeWords(papers=(asked,), answer_by=date(2021, 4, 1)))
    assert told.value.names == ("Trích lục kết hôn",)
    failed = AskedFor(
        position=2, flaw=Mark.MISSING, reason="Chưa có", source_failed="Tra không ra lúc 8:30"
    )
    drafted = office.draft(words=NoticeWords(papers=(failed,), answer_by=date(2021, 4, 1)))
    assert drafted.items.get().source_failed == "Tra không ra lúc 8:30"


def test_what_the_procedure_does_not_ask_for_is_not_asked_for(office):
    other = AskedFor(position=9, flaw=Mark.MISSING, reason="Cho chắc")
    with pytest.raises(NotOnTheList):
        office.draft(words=NoticeWords(papers=(other,), answer_by=date(2021, 4, 1)))


def test_what_is_returned_waits_for_its_drafter_then_for_who_signs(office, world):
    agencies = [world.unit.agency_id]
    notice = office.draft()
    assert list(notice_queries.waiting_for_approval(agencies)) == [notice]
    assert not notice_queries.waiting_for_approval([next_town().agency_id])
    notice = moved(office, notice, NoticeMove.RETURN)
    assert not notice_queries.waiting_for_approval(agencies)
    assert list(notice_queries.returned_to(world.officers["handler"])) == [notice]
    notice = moved(office, notice, NoticeMove.AMEND, by="handler")
    assert list(notice_queries.waiting_for_approval(agencies)) == [notice]
    notice = office.approve(notice)
    assert list(notice_queries.waiting_to_be_sent(agencies)) == [notice]
    office.send(notice)
    assert not notice_queries.live()


def test_a_request_nobody_answers_is_named_until_something_happens(office):
    notice = office.sent()
    assert not notice_queries.unanswered(on=date(2021, 4, 1))  # the last day is the applicant's
    assert list(notice_queries.unanswered(on=date(2021, 4, 2))) == [notice]
    stop = notices.draft(
        dossier_id=office.dossier.pk, kind=NoticeKind.STOP, words=STOP, officer=None, at=office.at
    )
    assert not notice_queries.unanswered(on=date(2021, 4, 2))
    assert stop.drafted_by is None
    office.send(office.approve(stop))
    assert office.state is State.DISCONTINUED
    assert not notice_queries.unanswered(on=date(2021, 4, 2))


def test_an_answered_request_is_not_named(office):
    office.sent()
    office.act(Action.SUPPLEMENT, "reception")
    assert not notice_queries.unanswered(on=date(2021, 4, 2))
    office.sent()
    [second] = notice_queries.unanswered(on=date(2021, 4, 2))
    assert second.round == 2


def test_what_the_counter_signs_itself_goes_out_at_once(world):
    received = world.receive()
    sent = notices.hand_out(
        dossier_id=received.pk,
        kind=NoticeKind.WITHDRAWAL,
        words=NoticeWords(reason="Nộp nhầm nơi"),
        officer=world.officers["reception"],
        at=MORNING + MINUTE,
        seen_revision=received.revision,
    )
    assert (sent.status, sent.position, sent.delivery) == ("sent", 1, "counter")
    assert Dossier.objects.get(pk=received.pk).state == State.WITHDRAWN


def test_a_stop_is_drafted_by_who_works_on_it_and_signed(world):
    proposed = walk(world, world.receive(), PROPOSED)
    how = {"dossier_id": proposed.pk, "kind": NoticeKind.STOP, "words": STOP}
    at = proposed.events.latest("position").at + MINUTE
    with pytest.raises(ActionNotAllowed):
        notices.draft(**how, officer=world.officers["reception"], at=at)
    assert notices.draft(**how, officer=world.officers["approver"], at=at).status == "draft"
