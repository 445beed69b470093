"""Questions about offices and their working time."""

from functools import lru_cache

from motcua.agencies.models import Calendar, CalendarDay, OneStopUnit
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    CalendarNotPublished,
    OfficeTime,
    Session,
    SpecialDay,
    WorkingCalendar,
    read_hours,
)


def current_edition() -> int:
    """Return the calendar edition promises are made on.  Raises CalendarNotPublished."""
    latest = Calendar.objects.order_by("-edition").first()
    if latest is None:
        raise CalendarNotPublished(0)
    return latest.edition


@lru_cache(maxsize=64)
def working_calendar(edition: int) -> WorkingCalendar:
    """Return that edition as the value the rules take; an edition once used never changes."""
    calendar = Calendar.objects.get(edition=edition)
    years = {year.year: year.provisional for year in calendar.years.all()}
    return WorkingCalendar(
        edition=edition,
        years=frozenset(years),
        provisional=frozenset(year for year, provisional in years.items() if provisional),
        off=_special_days(calendar, "off"),
        make_up=_special_days(calendar, "make_up"),
    )


@lru_cache(maxsize=512)
def office_time(unit_id: int, edition: int) -> OfficeTime:
    """Return the working time of a unit on an edition; no rows of its own: the default hours."""
    unit = OneStopUnit.objects.get(pk=unit_id)
    own = tuple(
        Session(
            weekday=row.weekday,
            opens=row.opens,
            closes=row.closes,
            counts=row.counts,
            valid_from=row.valid_from,
            **({"valid_until": row.valid_until} if row.valid_until else {}),
        )
        for row in unit.opening_sessions.order_by("weekday", "opens")
    )
    return OfficeTime(working_calendar(edition), own or DEFAULT_SESSIONS)


def _special_days(calendar: Calendar, kind: str) -> tuple[SpecialDay, ...]:
    rows: list[CalendarDay] = list(calendar.days.filter(kind=kind).order_by("day"))
    return tuple(
        SpecialDay(
            day=row.day,
            name=row.name,
            source=row.source,
            sessions=read_hours(row.hours) if row.hours else (),
        )
        for row in rows
    )
