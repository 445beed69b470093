"""What the applicant brings while the clock waits, and the clock after it."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from motcua.catalogue.models import RequiredDocument
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark, Presented
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.domain.passage import ReasonMissing
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import explanation_of, terms_of
from motcua.dossiers.services import attachments, notices, supplements
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import SentByNotice, act
from motcua.dossiers.services.supplements import Brought, NothingBrought, StillMissing
from motcua.dossiers.verification import verify
from motcua.gateways.archive import Archive
from tests.gateways.made_files import pdf
from tests.world import MORNING, TAKEN, by_notice, walk

DAY = timedelta(days=1)
FORM = AskedFor(position=1, flaw=Mark.WRONG, reason="Thiếu chữ ký")
BIRTH = AskedFor(position=2, flaw=Mark.MISSING, reason="Chưa có bản chính")


@pytest.fixture
def asked(world):
    """A dossier whose applicant was asked for two papers on Wednesday at 09:03."""
    RequiredDocument.objects.create(
        version=world.version, position=2, name="Giấy chứng sinh", is_compulsory=False
    )
    dossier = walk(world, world.receive(), TAKEN)
    words = NoticeWords(papers=(FORM, BIRTH), answer_by=(MORNING + 15 * DAY).date())
    at = MORNING + timedelta(hours=1)
    who = {"at": at, "officer": world.officers["handler"]}
    notice = notices.draft(dossier_id=dossier.pk, kind=NoticeKind.SUPPLEMENT, words=words, **who)
    notice = notices.approve(
        notice_id=notice.pk, officer=world.officers["approver"], at=at, seen_revision=0
    )
    notices.send(notice_id=notice.pk, delivery="phone", seen_revision=1, **who)
    yield Dossier.objects.get(pk=dossier.pk)
    assert verify(settings.FILES).first == []


def receive(world, dossier, *brought, who="reception", days=2, **how):
    return supplements.receive_papers(
        dossier_id=dossier.pk,
        brought=[one if isinstance(one, Brought) else Brought(paper=one) for one in brought],
        officer=world.officers[who],
        at=MORNING + days * DAY,
        **how,
    )


SIGNED = Presented(position=1, originals=1)
BORN = Presented(position=2, certified=1)


def test_what_came_is_written_paper_by_paper_and_the_clock_runs_again(world, asked):
    terms = terms_of(asked)
    foreseen = supplements.would_be(asked, terms, Action.SUPPLEMENT, MORNING + 2 * DAY)
    moved = receive(world, asked, SIGNED, BORN, seen_revision=asked.revision)
    assert moved.state == State.IN_PROCESS
    assert moved.due_at == foreseen.due_at > asked.due_at == asked.promised_at
    assert explanation_of(foreseen, terms).due_at == moved.due_at
    assert moved.due_at == datetime(2021, 3, 26, 17, tzinfo=OFFICE_ZONE)
    papers = moved.papers.values_list("position", "name", "originals", "certified", "mark")
    assert list(papers) == [
        (1, "Tờ khai", 1, 0, "sufficient"),
        (2, "Giấy chứng sinh", 0, 1, "sufficient"),
    ]


def test_a_scan_is_kept_with_its_paper(world, asked):
    file = attachments.keep(pdf(), name="chung sinh.pdf", archive=Archive(settings.FILES))
    moved = receive(world, asked, SIGNED, Brought(paper=BORN, file=file))
    assert moved.attachments.get().paper.name == "Giấy chứng sinh"


def test_a_paper_that_did_not_come_needs_a_reason(world, asked):
    with pytest.raises(StillMissing) as told:
        receive(world, asked, SIGNED)
    assert told.value.names == ("Giấy chứng sinh",)
    assert not asked.papers.filter(position=2).exists()
    moved = receive(world, asked, SIGNED, note="Bệnh viện xác nhận bằng công văn")
    assert moved.state == State.IN_PROCESS


def test_nothing_brought_lets_nothing_run(world, asked):
    with pytest.raises(NothingBrought):
        receive(world, asked, Presented(position=1), note="Để đó")
    assert Dossier.objects.get(pk=asked.pk).state == State.AWAITING_SUPPLEMENT


def test_only_the_counter_takes_in_and_only_once(world, asked):
    with pytest.raises(ActionNotAllowed):
        receive(world, asked, SIGNED, BORN, who="handler")
    receive(world, asked, SIGNED, BORN, seen_revision=asked.revision)
    with pytest.raises(SomebodyActed):
        receive(world, asked, SIGNED, BORN, seen_revision=asked.revision)
    with pytest.raises(ActionNotAllowed):
        receive(world, asked, SIGNED, BORN)


def owing(world):
    dossier = walk(world, world.receive(), TAKEN)
    at = MORNING + timedelta(hours=1)
    officer = world.officers["handler"]
    return by_notice(dossier, Action.REQUEST_PAYMENT, officer=officer, at=at)


def pay(world, dossier, **how):
    return supplements.record_payment(
        dossier_id=dossier.pk,
        counter=world.counter,
        officer=world.officers["reception"],
        at=MORNING + 2 * DAY,
        **{"evidence": "", "in_cash": False, **how},
    )


def test_what_was_paid_elsewhere_is_named_by_its_voucher(world):
    dossier = owing(world)
    with pytest.raises(ReasonMissing):
        pay(world, dossier)
    moved = pay(world, dossier, evidence="Giấy nộp tiền số 12, Kho bạc Nghĩa Hưng")
    assert (moved.state, moved.payments.count()) == (State.IN_PROCESS, 0)
    assert moved.due_at > moved.promised_at
    assert verify(settings.FILES).first == []


def test_what_is_paid_in_cash_counts_at_the_counter(world):
    moved = pay(world, owing(world), in_cash=True)
    payment = moved.payments.get()
    assert (payment.amount, payment.counter) == (150_000, world.counter)
    assert verify(settings.FILES).first == []


@pytest.mark.parametrize("action", sorted(ACT_OF.values()))
def test_what_is_told_in_writing_is_not_done_without_the_paper(world, action):
    dossier = walk(world, world.receive(), TAKEN)
    with pytest.raises(SentByNotice):
        act(
            dossier_id=dossier.pk,
            action=action,
            officer=world.officers["approver"],
            at=MORNING + DAY,
            note="Cho nhanh",
        )
