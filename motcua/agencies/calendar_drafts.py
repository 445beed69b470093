"""A new edition of the calendar while it is being prepared: what it would change.

Nothing here is in force; promises are counted on published editions only. One draft at a time.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from motcua.agencies.models import (
    CalendarDraft,
    CalendarDraftDay,
    CalendarDraftYear,
    Officer,
)
from motcua.agencies.queries import current_edition, working_calendar
from motcua.agencies.services import publish_calendar
from motcua.domain.calendar import WorkingCalendar, read_hours, write_hours
from motcua.domain.calendar_change import (
    DayChange,
    DayKind,
    YearChange,
    changed,
    check_day_change,
    differences,
)


class CalendarDraftMoved(Exception):
    """Somebody changed the draft since the page was shown; `draft` is as it is now."""

    def __init__(self, draft: CalendarDraft) -> None:
        super().__init__(f"revision {draft.revision}")
        self.draft = draft


class CalendarDraftGone(Exception):
    """There is no draft any more: it was published or given up."""


def open_draft() -> CalendarDraft | None:
    """Return the draft being prepared; None when nobody prepares one."""
    return CalendarDraft.objects.filter(is_open=True).select_related("changed_by").first()


def day_changes(draft: CalendarDraft) -> tuple[DayChange, ...]:
    """Return what the draft says of single days, in the order of time."""
    return tuple(
        DayChange(
            day=row.day,
            kind=DayKind(row.kind),
            name=row.name,
            source=row.source,
            sessions=read_hours(row.hours) if row.hours else (),
        )
        for row in draft.days.order_by("day")
    )


def year_changes(draft: CalendarDraft) -> tuple[YearChange, ...]:
    """Return the years the draft adds or makes final."""
    return tuple(
        YearChange(year=row.year, provisional=row.provisional, source=row.source)
        for row in draft.years.order_by("year")
    )


def drafted_calendar(draft: CalendarDraft) -> WorkingCalendar:
    """Return the calendar in force with the draft's changes, as the edition to come.

    A draft that changes nothing is the calendar in force itself. Raises CalendarNotPublished
    without one, CalendarChangeRefused.
    """
    edition = current_edition()
    now = working_calendar(edition)
    wanted = changed(now, day_changes(draft), year_changes(draft), edition=edition + 1)
    return wanted if any(differences(now, wanted)) else now


def begin_draft(*, officer: Officer, at: datetime) -> CalendarDraft:
    """Begin a draft, or return the one that somebody began."""
    current_edition()
    known = open_draft()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return CalendarDraft.objects.create(changed_by=officer, begun_at=at, changed_at=at)
    except IntegrityError:
        return begin_draft(officer=officer, at=at)


@transaction.atomic
def change_day(
    change: DayChange, *, seen_revision: int, officer: Officer, at: datetime
) -> CalendarDraft:
    """Say in the draft what one day is.  Raises CalendarChangeRefused, CalendarDraftMoved/Gone."""
    draft = _touched(seen_revision, officer=officer, at=at)
    check_day_change(working_calendar(current_edition()), change, year_changes(draft))
    CalendarDraftDay.objects.update_or_create(
        draft=draft,
        day=change.day,
        defaults={
            "kind": change.kind.value,
            "name": change.name,
            "source": change.source,
            "hours": write_hours(change.sessions),
        },
    )
    return draft


@transaction.atomic
def change_year(
    change: YearChange, *, seen_revision: int, officer: Officer, at: datetime
) -> CalendarDraft:
    """Add a year to the draft, or make one final.  Raises CalendarDraftMoved/Gone."""
    draft = _touched(seen_revision, officer=officer, at=at)
    CalendarDraftYear.objects.update_or_create(
        draft=draft,
        year=change.year,
        defaults={"provisional": change.provisional, "source": change.source},
    )
    return draft


@transaction.atomic
def take_back(
    *,
    day: date | None = None,
    year: int | None = None,
    seen_revision: int,
    officer: Officer,
    at: datetime,
) -> CalendarDraft:
    """Take a day, or a year with its days, out of the draft.  Raises CalendarDraftMoved/Gone."""
    draft = _touched(seen_revision, officer=officer, at=at)
    if year is not None:
        draft.years.filter(year=year).delete()
        if year not in working_calendar(current_edition()).years:
            draft.days.filter(day__year=year).delete()
    draft.days.filter(day=day).delete()
    return draft


@transaction.atomic
def draft_from(
    calendar: WorkingCalendar, *, seen_revision: int, officer: Officer, at: datetime
) -> CalendarDraft:
    """Let the draft say all that this calendar says otherwise than the one in force."""
    draft = _touched(seen_revision, officer=officer, at=at)
    days, years = differences(working_calendar(current_edition()), calendar)
    draft.days.all().delete()
    draft.years.all().delete()
    CalendarDraftDay.objects.bulk_create(
        CalendarDraftDay(
            draft=draft,
            day=one.day,
            kind=one.kind.value,
            name=one.name,
            source=one.source,
            hours=write_hours(one.sessions),
        )
        for one in days
    )
    CalendarDraftYear.objects.bulk_create(
        CalendarDraftYear(
            draft=draft, year=one.year, provisional=one.provisional, source=one.source
        )
        for one in years
    )
    return draft


@transaction.atomic
def give_up_draft(*, seen_revision: int, officer: Officer, at: datetime) -> None:
    """Close the draft without publishing it.  Raises CalendarDraftMoved/Gone."""
    draft = _touched(seen_revision, officer=officer, at=at)
    draft.is_open = None
    draft.save(update_fields=["is_open"])


def publish_draft(draft: CalendarDraft, *, at: datetime, note: str) -> int:
    """Publish what the draft says as a new edition and close the draft; returns the edition.

    A draft that changes nothing publishes nothing: the edition is that in force. Call it inside
    the transaction that moves the promises, with the draft's row locked.
    """
    assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
    calendar = drafted_calendar(draft)
    if calendar.edition != current_edition():
        draft.published = publish_calendar(calendar, at=at, note=note)
    draft.is_open = None
    draft.save(update_fields=["is_open", "published"])
    return calendar.edition


def _touched(seen_revision: int, *, officer: Officer, at: datetime) -> CalendarDraft:
    draft = CalendarDraft.objects.select_for_update(of=("self",)).filter(is_open=True).first()
    if draft is None:
        raise CalendarDraftGone
    if draft.revision != seen_revision:
        raise CalendarDraftMoved(draft)
    draft.revision += 1
    draft.changed_by, draft.changed_at = officer, at
    draft.save(update_fields=["revision", "changed_by", "changed_at"])
    return draft
