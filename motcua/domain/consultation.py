"""What another agency is asked while the clock runs on.

Source: Decree 61/2018 art. 19: a written question with its content and until when to answer; no
answer in time is reported, and the applicant is told. It never stops the clock.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.domain.calendar import OfficeTime
from motcua.domain.deadline import due
from motcua.domain.limit import TimeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """Lấy ý kiến: one question to one agency, asked at a step; None: not answered yet."""

    agency: int
    step: str
    asked_at: datetime
    reply_by: datetime
    reminded_at: datetime | None = None
    replied_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.replied_at is None

    def is_late(self, at: datetime) -> bool:
        """Whether the answer came, or is still to come, after the time set for it."""
        return (self.replied_at or at) > self.reply_by


def reply_by_default(
    at: datetime, *, limit: TimeLimit, due_at: datetime, time: OfficeTime
) -> datetime:
    """Return until when to ask for an answer: after `limit`, but not after a promise still to come.

    Raises CalendarNotPublished.
    """
    wished = due(accepted_at=at, limit=limit, office_time=time)
    return min(wished, due_at) if due_at > at else wished


class ConsultationFlaw(StrEnum):
    """Lý do không lấy ý kiến, nhắc hoặc trả lời được."""

    NOBODY_ASKED = "nobody_asked"
    NO_DATE = "no_date"
    DATE_PAST = "date_past"
    AFTER_THE_PROMISE = "after_the_promise"
    ASKED_ALREADY = "asked_already"
    NOT_OPEN = "not_open"


class ConsultationRefused(Exception):
    """The question, the reminder or the answer fits nothing."""

    def __init__(self, flaw: ConsultationFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class OpinionsOutstanding(Exception):
    """The step is left before the agencies it asked have answered, and nobody says why."""

    def __init__(self, agencies: tuple[int, ...]) -> None:
        super().__init__(f"no answer yet from {agencies}")
        self.agencies = agencies


Consultations = tuple[Consultation, ...]


def asked(
    before: Consultations,
    *,
    agency: int | None,
    step: str,
    at: datetime,
    reply_by: datetime | None,
    due_at: datetime,
) -> Consultations:
    """Return the questions with one more.

    An answer is asked for before the promise falls due, as long as it has not fallen due.
    Raises ConsultationRefused.
    """
    if agency is None:
        raise ConsultationRefused(ConsultationFlaw.NOBODY_ASKED)
    if any(one.agency == agency for one in outstanding(before)):
        raise ConsultationRefused(ConsultationFlaw.ASKED_ALREADY)
    if reply_by is None:
        raise ConsultationRefused(ConsultationFlaw.NO_DATE)
    if reply_by <= at:
        raise ConsultationRefused(ConsultationFlaw.DATE_PAST)
    if at <= due_at < reply_by:
        raise ConsultationRefused(ConsultationFlaw.AFTER_THE_PROMISE)
    return (*before, Consultation(agency=agency, step=step, asked_at=at, reply_by=reply_by))


def reminded(before: Consultations, *, agency: int | None, at: datetime) -> Consultations:
    """Return the questions, that agency reminded of its own.  Raises ConsultationRefused."""
    return _with(before, agency, lambda one: replace(one, reminded_at=at))


def replied(before: Consultations, *, agency: int, at: datetime) -> Consultations:
    """Return the questions, that agency's answered.  Raises ConsultationRefused."""
    return _with(before, agency, lambda one: replace(one, replied_at=at))


def outstanding(consultations: Iterable[Consultation]) -> Consultations:
    """Return the questions nobody has answered yet."""
    return tuple(one for one in consultations if one.is_open)


def _with(
    before: Consultations, agency: int | None, change: Callable[[Consultation], Consultation]
) -> Consultations:
    if not any(one.agency == agency for one in outstanding(before)):
        raise ConsultationRefused(ConsultationFlaw.NOT_OPEN)
    return tuple(change(one) if one.is_open and one.agency == agency else one for one in before)
