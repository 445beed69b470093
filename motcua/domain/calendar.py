"""Which days count, and which minutes of them.

Source: Labour Code 45/2019/QH14 art. 105, 111, 112 and the yearly notices; Civil Code
91/2015/QH13 art. 147-148. All instants are office time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
MONDAY: Final = 0
_SPAN: Final = re.compile(r"(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", re.ASCII)


class CalendarNotPublished(Exception):
    """The count reached a year for which no calendar has been published."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


class SessionsOverlap(ValueError):
    """Two sessions of one day share minutes, which would be counted twice; the text says where."""


class HoursUnreadable(ValueError):
    """The text is no list of opening hours."""


Hours = tuple[time, time]


def read_hours(text: str) -> tuple[Hours, ...]:
    """Read opening hours as files and options write them, in any order.

    Raises HoursUnreadable, SessionsOverlap.

    >>> read_hours("07:00-11:30, 13:30-17:00")[1]
    (datetime.time(13, 30), datetime.time(17, 0))
    """
    found = []
    for span in text.split(","):
        match = _SPAN.fullmatch(span.strip())
        if match is None:
            raise HoursUnreadable(text)
        hour, minute, last_hour, last_minute = (int(number) for number in match.groups())
        try:
            opens, closes = time(hour, minute), time(last_hour, last_minute)
        except ValueError:
            raise HoursUnreadable(text) from None
        if closes <= opens:
            raise HoursUnreadable(text)
        found.append((opens, closes))
    found.sort()
    _refuse_overlap(found, text)
    return tuple(found)


def write_hours(hours: Iterable[Hours]) -> str:
    """Write opening hours as `read_hours` reads them.

    >>> write_hours(read_hours("13:30-17:00,07:00-11:30"))
    '07:00-11:30,13:30-17:00'
    """
    return ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """Ngày nghỉ hoặc làm bù: a date the calendar names, with where it comes from.

    `sessions` are the opening hours of a make-up day that has its own; with none it is worked
    as a Monday. Raises SessionsOverlap.
    """

    day: date
    name: str
    source: str
    sessions: tuple[Hours, ...] = ()

    def __post_init__(self) -> None:
        _refuse_overlap(self.sessions, f"{self.day:%d/%m/%Y}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Buổi làm việc: opening hours of one weekday (0 is Monday), both minutes of the day.

    A session that does not count is open for reception only (Saturday mornings).
    """

    weekday: int
    opens: time
    closes: time
    counts: bool = True
    valid_from: date = date.min
    valid_until: date = date.max

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday}")
        if self.closes <= self.opens:
            raise ValueError(f"a session from {self.opens} to {self.closes}")


def check_sessions(sessions: Iterable[Session]) -> None:
    """Raise SessionsOverlap when two sessions of one weekday share minutes on some date."""
    for first, second in combinations(sessions, 2):
        if (
            first.weekday == second.weekday
            and first.opens < second.closes
            and second.opens < first.closes
            and first.valid_from <= second.valid_until
            and second.valid_from <= first.valid_until
        ):
            raise SessionsOverlap(
                f"weekday {first.weekday}: {write_hours([(first.opens, first.closes)])} and "
                f"{write_hours([(second.opens, second.closes)])}"
            )


def weekday_sessions(*hours: Hours) -> tuple[Session, ...]:
    """Return these hours for Monday to Friday."""
    return tuple(
        Session(weekday=weekday, opens=opens, closes=closes)
        for weekday in range(SATURDAY)
        for opens, closes in hours
    )


DEFAULT_SESSIONS: Final = weekday_sessions((time(7), time(11, 30)), (time(13, 30), time(17)))


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkingCalendar:
    """Lịch làm việc: one published edition; `sources` says by year what it follows."""

    edition: int = 1
    years: frozenset[int]
    provisional: frozenset[int] = frozenset()
    sources: Mapping[int, str] = field(default_factory=dict)
    off: tuple[SpecialDay, ...] = ()
    make_up: tuple[SpecialDay, ...] = ()

    def __post_init__(self) -> None:
        closed = {special.day for special in self.off}
        opened = {special.day for special in self.make_up}
        if closed & opened:
            raise ValueError(f"both off and worked: {min(closed & opened)}")
        shut = [special.day for special in self.off if special.sessions]
        if shut:
            raise ValueError(f"{min(shut)} is off and has opening hours")
        strange = [day for day in closed | opened if day.year not in self.years]
        if strange:
            raise ValueError(f"{min(strange)} lies in no year of this calendar")

    @cached_property
    def off_by_day(self) -> dict[date, SpecialDay]:
        """The days off by their date."""
        return {special.day: special for special in self.off}

    @cached_property
    def make_up_by_day(self) -> dict[date, SpecialDay]:
        """The days worked in exchange by their date."""
        return {special.day: special for special in self.make_up}


Span = tuple[int, int]  # minutes of the day, from and to


@dataclass(frozen=True, slots=True)
class _Year:
    """One year made ready for counting."""

    first: int  # ordinal of 1 January
    spans: tuple[tuple[Span, ...], ...]  # per day
    before: tuple[int, ...]  # opening minutes of the year before each day, and the year's total
    working: tuple[int, ...]  # ordinals of the working days


@dataclass(frozen=True, eq=False)
class OfficeTime:
    """Giờ làm việc của cơ quan: a calendar with the opening hours of one unit.

    Everything is counted from tables made once per year, so that a count costs microseconds.
    Raises SessionsOverlap.
    """

    calendar: WorkingCalendar
    sessions: tuple[Session, ...] = DEFAULT_SESSIONS
    _years: dict[int, _Year] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_sessions(self.sessions)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts.  Raises CalendarNotPublished."""
        return bool(self.spans(day))

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Whether a year from `start` to `end` has a provisional calendar."""
        years = range(office(start).year, office(end).year + 1)
        return any(year in self.calendar.provisional for year in years)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return the counting sessions of `day` in minutes of the day; none on a day off."""
        year = self._year(day.year)
        return year.spans[day.toordinal() - year.first]

    def opening(self, day: date) -> datetime:
        """Return when the first counting session of a working day opens."""
        return instant(day, self.spans(day)[0][0])

    def closing(self, day: date) -> datetime:
        """Return when the last counting session of a working day closes."""
        return instant(day, self.spans(day)[-1][1])

    def minutes(self, day: date) -> int:
        """Return the opening minutes of `day`."""
        return sum(closes - opens for opens, closes in self.spans(day))

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        return self.working_day_after(day, 1)

    def this_or_next_working_day(self, day: date) -> date:
        """Return `day` if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def last_working_day_before(self, day: date) -> date:
        """Return the last working day before `day`."""
        number, year = day.toordinal(), self._year(day.year)
        index = bisect_left(year.working, number)
        while index == 0:
            year = self._year(date.fromordinal(year.first).year - 1)
            index = len(year.working)
        return date.fromordinal(year.working[index - 1])

    def working_day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`.  Raises CalendarNotPublished."""
        year = self._year(day.year)
        index = bisect_right(year.working, day.toordinal()) + count - 1
        while index >= len(year.working):
            index -= len(year.working)
            year = self._year(date.fromordinal(year.first).year + 1)
        return date.fromordinal(year.working[index])

    def working_days_between(self, day: date, until: date) -> int:
        """Return how many working days lie after `day` and not after `until`.

        Raises CalendarNotPublished.
        """
        if until <= day:
            return 0
        total = self._working_days_to(until) - self._working_days_to(day)
        return total + sum(len(self._year(year).working) for year in range(day.year, until.year))

    def opening_minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the opening minutes in [start, end), each instant's seconds dropped.

        Additive: what lies between a and c is what lies between a and b and between b and c.
        """
        start, end = office(start), office(end)
        if end <= start:
            return 0
        total = self._minutes_before(end) - self._minutes_before(start)
        for year in range(start.year, end.year):
            total += self._year(year).before[-1]
        return total

    def after_opening_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the first instant by which `minutes` opening minutes have passed since `start`.

        The seconds of `start` are dropped.
        """
        start = office(start)
        number = start.year
        wanted = self._minutes_before(start) + minutes
        year = self._year(number)
        while wanted > year.before[-1]:
            wanted -= year.before[-1]
            number += 1
            year = self._year(number)
        index = bisect_left(year.before, wanted) - 1
        left = wanted - year.before[index]
        day = date.fromordinal(year.first + index)
        return instant_after(day, year.spans[index], left)

    def _working_days_to(self, day: date) -> int:
        return bisect_right(self._year(day.year).working, day.toordinal())

    def _minutes_before(self, at: datetime) -> int:
        year = self._year(at.year)
        index = at.toordinal() - year.first
        minute = at.hour * 60 + at.minute
        return year.before[index] + sum(
            max(0, min(minute, closes) - opens) for opens, closes in year.spans[index]
        )

    def _year(self, number: int) -> _Year:
        known = self._years.get(number)
        if known is None:
            if number not in self.calendar.years:
                raise CalendarNotPublished(number)
            known = self._years[number] = self._count(number)
        return known

    def _count(self, number: int) -> _Year:
        first = date(number, 1, 1).toordinal()
        length = date(number, 12, 31).toordinal() - first + 1
        spans = tuple(self._spans_of(date.fromordinal(first + n)) for n in range(length))
        before = [0]
        for day in spans:
            before.append(before[-1] + sum(closes - opens for opens, closes in day))
        working = tuple(first + n for n, day in enumerate(spans) if day)
        return _Year(first, spans, tuple(before), working)

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        made_up = self.calendar.make_up_by_day.get(day)
        if made_up is not None:
            if made_up.sessions:
                return tuple(sorted(_minutes_of_day(hours) for hours in made_up.sessions))
            weekday = MONDAY
        elif day in self.calendar.off_by_day:
            return ()
        else:
            weekday = day.weekday()
        return tuple(
            sorted(
                _minutes_of_day((session.opens, session.closes))
                for session in self.sessions
                if session.counts
                and session.weekday == weekday
                and session.valid_from <= day <= session.valid_until
            )
        )


def office(at: datetime) -> datetime:
    """Return the instant in office time.  Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no zone")
    return at if at.tzinfo is OFFICE_ZONE else at.astimezone(OFFICE_ZONE)


def midnight(day: date) -> datetime:
    """Return the instant at which that day begins, in office time."""
    return instant(day, 0)


def instant(day: date, minute: int) -> datetime:
    """Return the instant of that minute of the day, in office time."""
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=OFFICE_ZONE)


def instant_after(day: date, spans: Iterable[Span], minutes: int) -> datetime:
    """Return when `minutes` of these sessions have passed; at a session's end, that end."""
    for opens, closes in spans:
        if minutes <= closes - opens:
            return instant(day, opens + minutes)
        minutes -= closes - opens
    raise ValueError(f"{day} has fewer minutes")


def days_after(day: date) -> Iterator[date]:
    """Yield the dates after `day`, without end."""
    while True:
        day += ONE_DAY
        yield day


def _minutes_of_day(hours: Hours) -> Span:
    opens, closes = hours
    return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


def _refuse_overlap(hours: Iterable[Hours], where: str) -> None:
    for first, second in pairwise(sorted(hours)):
        if second[0] < first[1]:
            raise SessionsOverlap(f"{where}: {write_hours([first])} and {write_hours([second])}")
