"""Letters of apology and extension: written by an officer or proposed, kept true, approved.

Sending one is `notices.send`: the dossier then moves by the act the letter stands for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.domain.calendar import midnight, office
from motcua.domain.letter import (
    Lapse,
    check_date,
    day_named,
    lapse_of,
    letter_owed,
    letter_possible,
    proposed,
    responsible_step,
)
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.domain.notice_words import NoticeWords
from motcua.domain.snapshot import Snapshot
from motcua.domain.terms import Terms
from motcua.dossiers.letter_queries import live_letters_of
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, notices
from motcua.dossiers.services.ledger import SomebodyActed, past_of
from motcua.dossiers.services.notice_contents import words_of

# Why a draft was given up, as its row says it.
LAPSE_WORDS: Final[Mapping[Lapse, str]] = MappingProxyType(
    {
        Lapse.SETTLED: "Hồ sơ đã có kết quả.",
        Lapse.ENDED: "Hồ sơ đã kết thúc.",
        Lapse.PAUSED: "Thời hạn của hồ sơ đang tạm dừng.",
        Lapse.LATE_BY_NOW: "Hồ sơ đã quá hạn, không còn gia hạn được; thay bằng thư xin lỗi.",
        Lapse.LAST_DAY_OVER: "Đã qua ngày cuối cùng được đề nghị gia hạn.",
        Lapse.NOT_LATE: "Hồ sơ không còn quá hạn.",
        Lapse.IN_TIME_AFTER_ALL: "Các bước còn lại kịp ngày hẹn trả.",
        Lapse.SAID_ALREADY: "Hồ sơ đã có thư gửi trước đó.",
        Lapse.DATE_PAST: "Ngày hẹn lại trong dự thảo không còn dùng được.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """Nội dung thư: what an officer writes; the rest follows from the dossier's road."""

    new_day: date
    reason: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Việc đã làm với thư của một hồ sơ: the letters given up, and the one proposed."""

    given_up: tuple[Notice, ...] = ()
    proposal: Notice | None = None


@transaction.atomic
def write(
    *,
    dossier_id: int,
    words: LetterWords,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
) -> Notice:
    """Write the letter the law allows now: an extension in time, an apology when late.

    A draft of the same kind gets these words; one of the other kind is given up. `seen_revision`
    is the dossier's. Raises SomebodyActed, ActionNotAllowed, ExtensionRefused, ApologyRefused,
    NoticeMoveNotAllowed for a letter approved already, NotTheirNotice, NoticeIncomplete,
    CalendarNotPublished. Nothing is written then.
    """
    dossier, terms, now = _locked(dossier_id)
    if seen_revision is not None and dossier.revision != seen_revision:
        raise SomebodyActed(dossier.events.latest("position"))
    kind = letter_possible(now, terms, at=at)
    said = _checked(kind, words, now, terms, at)
    who = {"officer": officer, "at": at}
    known = {NoticeKind(letter.kind): letter for letter in live_letters_of(dossier)}
    for other in known.keys() - {kind}:
        _give_up(known[other], Lapse.LATE_BY_NOW, at)
    letter = known.get(kind)
    if letter is None:
        return notices.draft(dossier_id=dossier.pk, kind=kind, words=said, **who)
    return notices.amend(notice_id=letter.pk, words=said, seen_revision=letter.revision, **who)


@transaction.atomic
def approve(
    *,
    notice_id: int,
    officer: Officer,
    at: datetime,
    seen_revision: int,
    words: LetterWords | None = None,
) -> Notice:
    """Agree to a drafted letter, in other words where some are given: it may be sent.

    Raises NoticeMoved when the draft changed since the officer looked, ActionNotAllowed,
    ExtensionRefused or ApologyRefused when the dossier did, and what `notices.approve` and
    `notices.amend` raise.
    """
    _dossier, terms, now = _locked(
        Notice.objects.values_list("dossier_id", flat=True).get(pk=notice_id)
    )
    letter = Notice.objects.get(pk=notice_id)
    if letter.revision != seen_revision:
        raise notices.NoticeMoved(letter)
    kind, stands = NoticeKind(letter.kind), words_of(letter)
    assert stands.new_due_at is not None, "a letter names its date"
    who = {"officer": officer, "at": at}
    if words is None:
        check_date(kind, now, terms, new_due_at=stands.new_due_at, at=at)
    else:
        said = _checked(kind, words, now, terms, at)
        if said != replace(stands, responsible_step=said.responsible_step):
            letter = notices.amend(
                notice_id=letter.pk, words=said, seen_revision=letter.revision, **who
            )
    return notices.approve(notice_id=letter.pk, seen_revision=letter.revision, **who)


@transaction.atomic
def keep_up(dossier_id: int, *, at: datetime) -> Kept:
    """Give up the letters of a dossier that lost their reason, and propose the one owed now.

    What an officer gave up is not proposed again the same day. A reason an officer wrote goes
    from a letter given up into the one that takes its place. Safe to do again, and by two at
    once. Raises CalendarNotPublished.
    """
    dossier, terms, now = _locked(dossier_id)
    given_up = []
    live: dict[NoticeKind, Notice] = {}
    for letter in live_letters_of(dossier):
        kind = NoticeKind(letter.kind)
        assert letter.new_due_at is not None, "a letter names its date"
        lapse = lapse_of(
            kind,
            now,
            terms,
            new_due_at=letter.new_due_at,
            at=at,
            is_proposal=letter.drafted_by_id is None and letter.status == NoticeStatus.DRAFT,
        )
        if lapse is None:
            live[kind] = letter
        else:
            given_up.append(_give_up(letter, lapse, at))
    owed = letter_owed(now, terms, at=at)
    if owed is None or owed in live or _refused_today(dossier, owed, at):
        return Kept(given_up=tuple(given_up))
    said = _said_by_itself(owed, now, terms, at)
    for letter in given_up:
        if letter.drafted_by_id is not None:
            said = replace(said, reason=letter.reason, reason_code=letter.reason_code)
    proposal = notices.draft(dossier_id=dossier.pk, kind=owed, words=said, officer=None, at=at)
    return Kept(given_up=tuple(given_up), proposal=proposal)


def proposal_for(dossier: Dossier, *, at: datetime) -> tuple[NoticeKind, NoticeWords]:
    """Return which letter may be written about the dossier now, and what it would say by itself.

    Raises ActionNotAllowed, ExtensionRefused, ApologyRefused, CalendarNotPublished.
    """
    terms = terms_of(dossier)
    now = past_of(dossier.events.order_by("position"), terms).snapshot
    kind = letter_possible(now, terms, at=at)
    return kind, _said_by_itself(kind, now, terms, at)


def promise_of(letter: Notice) -> datetime:
    """Return the promise the letter says is not kept: as it stood before the letter was sent."""
    dossier = letter.dossier
    events = dossier.events.order_by("position")
    if letter.event is not None:
        events = events.filter(position__lt=letter.event.position)
    promise = past_of(events, terms_of(dossier)).snapshot.due_at
    assert promise is not None, "letters are for accepted dossiers"
    return promise


def _refused_today(dossier: Dossier, kind: NoticeKind, at: datetime) -> bool:
    since = midnight(office(at).date())
    refused = dossier.notices.filter(kind=kind.value, cancelled_by__isnull=False)
    return refused.filter(cancelled_at__gte=since).exists()


def _locked(dossier_id: int) -> tuple[Dossier, Terms, Snapshot]:
    dossier = ledger.locked(dossier_id)
    terms = terms_of(dossier)
    return dossier, terms, past_of(dossier.events.order_by("position"), terms).snapshot


def _said_by_itself(kind: NoticeKind, now: Snapshot, terms: Terms, at: datetime) -> NoticeWords:
    letter = proposed(kind, now, terms, at=at)
    return NoticeWords(
        reason=letter.reason.sentence,
        reason_code=letter.reason.code,
        new_due_at=letter.new_due_at,
        responsible_step=letter.responsible_step,
    )


def _checked(
    kind: NoticeKind, words: LetterWords, now: Snapshot, terms: Terms, at: datetime
) -> NoticeWords:
    new_due_at = day_named(kind, now, terms, day=words.new_day)
    check_date(kind, now, terms, new_due_at=new_due_at, at=at)
    return NoticeWords(
        reason=words.reason.strip(),
        reason_code=words.reason_code,
        new_due_at=new_due_at,
        responsible_step=responsible_step(now, terms, at=at),
    )


def _give_up(letter: Notice, lapse: Lapse, at: datetime) -> Notice:
    return notices.cancel(
        notice_id=letter.pk,
        officer=None,
        at=at,
        seen_revision=letter.revision,
        reason=LAPSE_WORDS[lapse],
    )
