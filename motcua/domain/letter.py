"""When the office owes a letter of apology, which one, with which date, and who overran.

In time the letter extends the promise, once; when the dossier is late it apologises and announces
a date, once, and the promise stays broken.

Source: Decree 61/2018 art. 19 as amended by Decree 107/2021; form 04 of both circulars.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from motcua.domain.calendar import office
from motcua.domain.delay import NOT_FINISHED, OPINION_OUTSTANDING, DelayReason
from motcua.domain.dossier import CLOCK, Action, ActionNotAllowed, Clock, actions_from
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.snapshot import Snapshot, StepRun, is_paused
from motcua.domain.standing import (
    ApologyFlaw,
    ApologyRefused,
    ExtensionFlaw,
    ExtensionRefused,
    check_apology,
    check_extension,
    due_soon_from,
)
from motcua.domain.terms import Terms

LETTERS: Final = (NoticeKind.EXTENSION, NoticeKind.APOLOGY)


class Lapse(StrEnum):
    """Lý do thư không còn dùng được: what happened to the dossier since the letter was drafted."""

    SETTLED = "settled"
    ENDED = "ended"
    PAUSED = "paused"
    LATE_BY_NOW = "late_by_now"
    LAST_DAY_OVER = "last_day_over"
    NOT_LATE = "not_late"
    IN_TIME_AFTER_ALL = "in_time_after_all"
    SAID_ALREADY = "said_already"
    DATE_PAST = "date_past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Dự thảo thư: what a letter would say if nobody changed a word of it."""

    kind: NoticeKind
    new_due_at: datetime
    responsible_step: str
    reason: DelayReason


def letter_owed(now: Snapshot, terms: Terms, *, at: datetime) -> NoticeKind | None:
    """Return which letter the office owes now; None while none is.

    An apology for a dossier that is late and has not had one; an extension, on the last working
    day before the due date, for one whose remaining steps need longer than that date. On the due
    date itself neither is lawful any more, or yet.

    Raises CalendarNotPublished.
    """
    try:
        kind = letter_possible(now, terms, at=at)
    except (ActionNotAllowed, ApologyRefused, ExtensionRefused):
        return None
    assert now.due_at is not None
    terms = terms.on(now.edition)
    if kind is NoticeKind.APOLOGY:
        return kind
    is_due_soon = at >= due_soon_from(now.due_at, terms.office_time)
    return kind if is_due_soon and done_by(now, terms, at=at) > now.due_at else None


def letter_possible(now: Snapshot, terms: Terms, *, at: datetime) -> NoticeKind:
    """Return which letter may be written now, owed or not.

    Raises ActionNotAllowed where the clock does not run, ExtensionRefused for a second one and
    after the last working day before the due date, ApologyRefused for a second one, and
    CalendarNotPublished.
    """
    if now.due_at is None or now.state is None or CLOCK[now.state] is not Clock.RUNS:
        raise ActionNotAllowed(now.state, Action.APOLOGISE)
    kind = NoticeKind.APOLOGY if at > now.due_at else NoticeKind.EXTENSION
    if ACT_OF[kind] not in actions_from(now.state):
        raise ActionNotAllowed(now.state, ACT_OF[kind])
    if kind is NoticeKind.APOLOGY:
        if now.announced_at is not None:
            raise ApologyRefused(ApologyFlaw.ALREADY_APOLOGISED)
        return kind
    if now.extended:
        raise ExtensionRefused(ExtensionFlaw.ALREADY_EXTENDED)
    if office(at).date() > _last_day_to_ask(now.due_at, terms.on(now.edition)):
        raise ExtensionRefused(ExtensionFlaw.ASKED_TOO_LATE)
    return kind


def check_date(
    kind: NoticeKind, now: Snapshot, terms: Terms, *, new_due_at: datetime, at: datetime
) -> None:
    """Raise ExtensionRefused or ApologyRefused unless such a letter may name this date now."""
    assert now.due_at is not None
    office_time = terms.on(now.edition).office_time
    if kind is NoticeKind.EXTENSION:
        check_extension(
            due_at=now.due_at,
            new_due_at=new_due_at,
            asked_at=at,
            already_extended=now.extended,
            office_time=office_time,
        )
    else:
        check_apology(
            due_at=now.due_at,
            announced_at=new_due_at,
            at=at,
            already_apologised=now.announced_at is not None,
            office_time=office_time,
        )


def day_named(kind: NoticeKind, now: Snapshot, terms: Terms, *, day: date) -> datetime:
    """Return the closing of the day a letter names.

    Raises ExtensionRefused or ApologyRefused where nobody works on it, CalendarNotPublished.
    """
    office_time = terms.on(now.edition).office_time
    if office_time.is_working_day(day):
        return office_time.closing(day)
    if kind is NoticeKind.EXTENSION:
        raise ExtensionRefused(ExtensionFlaw.NO_WORKING_DAY)
    raise ApologyRefused(ApologyFlaw.NO_WORKING_DAY)


def lapse_of(
    kind: NoticeKind,
    now: Snapshot,
    terms: Terms,
    *,
    new_due_at: datetime,
    at: datetime,
    is_proposal: bool,
) -> Lapse | None:
    """Return why a letter that was drafted is not to be sent any more; None while it may be.

    `is_proposal`: nobody has touched it; it lapses as soon as the office no longer owes it.
    Raises CalendarNotPublished.
    """
    assert now.state is not None and now.due_at is not None
    if CLOCK[now.state] is not Clock.RUNS:
        if now.settled_at is not None:
            return Lapse.SETTLED
        return Lapse.PAUSED if is_paused(now) else Lapse.ENDED
    is_late = at > now.due_at
    if kind is NoticeKind.APOLOGY and not is_late:
        return Lapse.NOT_LATE
    if kind is NoticeKind.EXTENSION and is_late:
        return Lapse.LATE_BY_NOW
    if now.announced_at is not None if kind is NoticeKind.APOLOGY else now.extended:
        return Lapse.SAID_ALREADY
    try:
        check_date(kind, now, terms, new_due_at=new_due_at, at=at)
    except ExtensionRefused as refused:
        too_late = refused.flaw is ExtensionFlaw.ASKED_TOO_LATE
        return Lapse.LAST_DAY_OVER if too_late else Lapse.DATE_PAST
    except ApologyRefused:
        return Lapse.DATE_PAST
    if is_proposal and letter_owed(now, terms, at=at) is not kind:
        return Lapse.IN_TIME_AFTER_ALL
    if is_proposal and office(new_due_at).date() <= office(at).date():
        return Lapse.DATE_PAST  # left lying: nobody comes today for a letter of today
    return None


def proposed(kind: NoticeKind, now: Snapshot, terms: Terms, *, at: datetime) -> Proposal:
    """Return the letter of this kind as the road so far writes it.  Raises CalendarNotPublished."""
    return Proposal(
        kind=kind,
        new_due_at=proposed_date(now, terms, at=at),
        responsible_step=responsible_step(now, terms, at=at),
        reason=OPINION_OUTSTANDING if _waits_for_others(now, at) else NOT_FINISHED,
    )


def proposed_date(now: Snapshot, terms: Terms, *, at: datetime) -> datetime:
    """Return the closing of the day by which the remaining steps can be done.

    Never before the working day after today, nor before the one after the due date. Raises
    CalendarNotPublished.
    """
    assert now.due_at is not None
    office_time = terms.on(now.edition).office_time
    latest = max(office(at).date(), office(now.due_at).date())
    needed = office_time.this_or_next_working_day(office(done_by(now, terms, at=at)).date())
    return office_time.closing(max(needed, office_time.next_working_day(latest)))


def done_by(now: Snapshot, terms: Terms, *, at: datetime) -> datetime:
    """Return when the result is ready if every remaining step takes its whole budget.

    The open step has until its own date; where that is over, its budget once more, for nobody
    knows how far it has got. Where the road forks, the longer way counts. Steps without a budget
    take no time. Raises CalendarNotPublished.
    """
    here = now.step
    assert here is not None, "an accepted, unsettled dossier is at a step"
    terms = terms.on(now.edition)
    steps = terms.process.steps
    order = {step.code: position for position, step in enumerate(steps)}
    reached = {here.code: at}
    for step in steps[order[here.code] :]:
        if step.code not in reached or step is terms.process.last:
            continue
        since = reached[step.code]
        if step.code == here.code and here.due_at is not None and here.due_at > at:
            until = here.due_at
        else:
            until = terms.step_due(step.code, since) or since
        for following in terms.process.targets(step.code):
            if order[following.code] > order[step.code]:
                known = reached.get(following.code, until)
                reached[following.code] = max(known, until)
    return reached.get(terms.process.last.code, at)


def responsible_step(now: Snapshot, terms: Terms, *, at: datetime) -> str:
    """Return the code of the step that overran its budget most; of the open one where none did.

    Measured in working minutes; of equals the later passage. Source: Decree 61/2018 art. 33.
    """
    office_time = terms.on(now.edition).office_time

    def overrun(run: StepRun) -> int:
        until = min(run.ended_at or at, at)
        if run.due_at is None or until <= run.due_at:
            return 0
        return office_time.opening_minutes_between(run.due_at, until)

    most = max(reversed(now.steps), key=overrun)
    if overrun(most):
        return most.code
    return now.step.code if now.step is not None else most.code


def _last_day_to_ask(due_at: datetime, terms: Terms) -> date:
    return terms.office_time.last_working_day_before(office(due_at).date())


def _waits_for_others(now: Snapshot, at: datetime) -> bool:
    return any(one.is_open and one.is_late(at) for one in now.consultations)
