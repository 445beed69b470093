"""What the office owes each morning: letters proposed or given up, stops proposed.

Nothing here is sent: who signs approves each draft. Every dossier is looked at in a transaction of
its own, under its lock, so that a run that is killed, or two that cross, leave nothing half done
and nothing twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.domain.notice_words import NoticeWords
from motcua.dossiers import letter_queries, notice_queries
from motcua.dossiers.models import Notice
from motcua.dossiers.services import letters, notices

WHAT_WAS_ASKED: Final = {
    NoticeKind.SUPPLEMENT: "bổ sung giấy tờ",
    NoticeKind.PAYMENT: "thực hiện nghĩa vụ tài chính",
}
ANSWERED: Final = "Hồ sơ không còn chờ người nộp."


@dataclass(slots=True, kw_only=True)
class DaysWork:
    """Việc đầu ngày: what one run did; `unknown_years` have no calendar to count on."""

    extensions: int = 0
    apologies: int = 0
    stops: int = 0
    given_up: int = 0
    looked_at: int = 0
    unknown_years: set[int] = field(default_factory=set)


def run(*, at: datetime) -> DaysWork:
    """Propose the letters and stops that are due, and give up the drafts that lost their reason."""
    done = DaysWork()
    with_a_letter = letter_queries.on_their_way().order_by().values_list("dossier_id", flat=True)
    for dossier_id in dict.fromkeys([*with_a_letter, *letter_queries.may_owe(at)]):
        done.looked_at += 1
        _letters(dossier_id, at, done)
    for stop in _stops_proposed():
        done.given_up += _given_up(stop, at)
    for asked in _unanswered(at):
        done.stops += _stop_proposed(asked, at)
    return done


def _letters(dossier_id: int, at: datetime, done: DaysWork) -> None:
    try:
        kept = letters.keep_up(dossier_id, at=at)
    except CalendarNotPublished as problem:
        done.unknown_years.add(problem.year)
        return
    done.given_up += len(kept.given_up)
    if kept.proposal is not None:
        done.extensions += kept.proposal.kind == NoticeKind.EXTENSION
        done.apologies += kept.proposal.kind == NoticeKind.APOLOGY


def _stops_proposed() -> Iterable[Notice]:
    return (
        notice_queries.live()
        .filter(kind=NoticeKind.STOP.value, status=NoticeStatus.DRAFT.value, drafted_by=None)
        .exclude(dossier__state__in=[state.value for state in notice_queries.WAITS_IN.values()])
    )


def _unanswered(at: datetime) -> Iterable[Notice]:
    """Return the requests nobody answered, but for those somebody decided to wait for."""
    waited_for = Notice.objects.filter(
        dossier=OuterRef("dossier"),
        kind=NoticeKind.STOP.value,
        cancelled_by__isnull=False,
        drafted_at__gt=OuterRef("sent_at"),
    )
    return notice_queries.unanswered(on=office(at).date()).exclude(Exists(waited_for))


def _given_up(stop: Notice, at: datetime) -> bool:
    return _unless_moved(
        lambda: notices.cancel(
            notice_id=stop.pk, officer=None, at=at, seen_revision=stop.revision, reason=ANSWERED
        )
    )


def _stop_proposed(asked: Notice, at: datetime) -> bool:
    assert asked.answer_by is not None and asked.sent_at is not None
    what = WHAT_WAS_ASKED[NoticeKind(asked.kind)]
    sent, ended = spoken.day(office(asked.sent_at).date()), spoken.day(asked.answer_by)
    reason = (
        f"Người nộp chưa {what} theo văn bản số {asked} gửi ngày {sent}; "
        f"hạn thực hiện đã hết ngày {ended}."
    )
    return _unless_moved(
        lambda: notices.draft(
            dossier_id=asked.dossier_id,
            kind=NoticeKind.STOP,
            words=NoticeWords(reason=reason),
            officer=None,
            at=at,
        )
    )


def _unless_moved(write: Callable[[], object]) -> bool:
    """Whether it was written; not when somebody, or another run, was there first."""
    try:
        write()
    except (ActionNotAllowed, notices.DraftedAlready, notices.NoticeMoved):
        return False
    return True
