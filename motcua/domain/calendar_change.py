"""What a new edition of the calendar changes in the one before it, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from motcua.domain.calendar import Hours, SpecialDay, WorkingCalendar


class DayKind(StrEnum):
    """Loại ngày: off, worked in exchange, or as its weekday says."""

    OFF = "off"
    MAKE_UP = "make_up"
    ORDINARY = "ordinary"


class CalendarChangeFlaw(StrEnum):
    """Vì sao không sửa được ngày này."""

    YEAR_UNKNOWN = "year_unknown"
    NOTHING_NAMED = "nothing_named"
    AS_BEFORE = "as_before"


class CalendarChangeRefused(Exception):
    """The day cannot be changed so."""

    def __init__(self, flaw: CalendarChangeFlaw, day: date) -> None:
        super().__init__(f"{flaw} on {day}")
        self.flaw = flaw
        self.day = day


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """Ngày được sửa: what the new edition says of one date; ORDINARY takes its name away."""

    day: date
    kind: DayKind
    name: str = ""
    source: str = ""
    sessions: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChange:
    """Năm được thêm hoặc sửa: whether its calendar is provisional, and what it follows."""

    year: int
    provisional: bool
    source: str


def changed(
    calendar: WorkingCalendar,
    days: Iterable[DayChange],
    years: Iterable[YearChange],
    *,
    edition: int,
) -> WorkingCalendar:
    """Return the calendar with these changes, as that edition.

    Raises CalendarChangeRefused for a day of a year the calendar has not.
    """
    by_year = {change.year: change for change in years}
    by_day = {change.day: change for change in days}
    known = calendar.years | by_year.keys()
    for day in by_day:
        if day.year not in known:
            raise CalendarChangeRefused(CalendarChangeFlaw.YEAR_UNKNOWN, day)
    provisional = (calendar.provisional - by_year.keys()) | {
        year for year, change in by_year.items() if change.provisional
    }
    return replace(
        calendar,
        edition=edition,
        years=frozenset(known),
        provisional=frozenset(provisional),
        sources={**calendar.sources, **{y: c.source for y, c in by_year.items()}},
        off=_with(calendar.off, by_day, DayKind.OFF),
        make_up=_with(calendar.make_up, by_day, DayKind.MAKE_UP),
    )


def check_day_change(
    calendar: WorkingCalendar, change: DayChange, years: Iterable[YearChange]
) -> None:
    """Raise CalendarChangeRefused for a change that says nothing new of a day, or too much."""
    if change.day.year not in calendar.years | {year.year for year in years}:
        raise CalendarChangeRefused(CalendarChangeFlaw.YEAR_UNKNOWN, change.day)
    now = day_of(calendar, change.day)
    if change.kind is DayKind.ORDINARY:
        if now.kind is DayKind.ORDINARY:
            raise CalendarChangeRefused(CalendarChangeFlaw.NOTHING_NAMED, change.day)
    elif now == change:
        raise CalendarChangeRefused(CalendarChangeFlaw.AS_BEFORE, change.day)


def day_of(calendar: WorkingCalendar, day: date) -> DayChange:
    """Return what the calendar says of one date, written as a change to it."""
    off, make_up = calendar.off_by_day.get(day), calendar.make_up_by_day.get(day)
    special = off or make_up
    if special is None:
        return DayChange(day=day, kind=DayKind.ORDINARY)
    return DayChange(
        day=day,
        kind=DayKind.OFF if off else DayKind.MAKE_UP,
        name=special.name,
        source=special.source,
        sessions=special.sessions,
    )


def differences(
    before: WorkingCalendar, after: WorkingCalendar
) -> tuple[tuple[DayChange, ...], tuple[YearChange, ...]]:
    """Return what makes the one calendar the other, in the order of time.

    Years that only the first one has stay.
    """
    named = {special.day for one in (before, after) for special in (*one.off, *one.make_up)}
    days = [
        wanted
        for day in sorted(day for day in named if day.year in after.years)
        if (wanted := day_of(after, day)) != day_of(before, day)
    ]
    years = [
        YearChange(
            year=year, provisional=year in after.provisional, source=after.sources.get(year, "")
        )
        for year in sorted(after.years)
        if year not in before.years
        or (year in after.provisional) != (year in before.provisional)
        or after.sources.get(year, "") != before.sources.get(year, "")
    ]
    return tuple(days), tuple(years)


def _with(
    specials: Iterable[SpecialDay], changes: dict[date, DayChange], kind: DayKind
) -> tuple[SpecialDay, ...]:
    kept = [special for special in specials if special.day not in changes]
    kept += [
        SpecialDay(day=one.day, name=one.name, source=one.source, sessions=one.sessions)
        for one in changes.values()
        if one.kind is kind
    ]
    return tuple(sorted(kept, key=lambda special: special.day))
