"""The legal clock: one function decides every promised date, another says why.

Source: Civil Code 91/2015/QH13 art. 147-148; Decree 23/2015 art. 7 for the 15:00 threshold;
Decree 107/2021 for the single extension. All instants are aware and answered in office time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import count, takewhile
from typing import Final

from motcua.domain.calendar import (
    ONE_DAY,
    CalendarNotPublished,
    OfficeTime,
    days_after,
    instant,
    office,
)

AFTERNOON_THRESHOLD: Final = time(15, 0)
LARGEST_AMOUNT: Final = 1_000_000


class Unit(StrEnum):
    """Đơn vị thời hạn."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    WORKING_MINUTE = "working_minute"
    SAME_DAY = "same_day"


class Ends(StrEnum):
    """Hết hạn lúc: at the close of the last day, or at the hour of acceptance."""

    END_OF_DAY = "end_of_day"
    SAME_CLOCK = "same_clock"


class PausePolicy(StrEnum):
    """Sau khi tạm dừng: the count goes on, or starts anew."""

    RESUME = "resume"
    RESTART = "restart"


class Rule(StrEnum):
    """Lý do của một ngày: why a date of an explanation counts or does not."""

    COUNTED = "counted"
    MAKE_UP_DAY = "make_up_day"  # counted, though its weekday would not be
    HOLIDAY = "holiday"
    REST_DAY = "rest_day"
    OUTSIDE_HOURS = "outside_hours"  # hour limits: a working day of which no minute was left
    PASSED_OVER = "passed_over"  # lies in a pause, or the pause is in force at the due instant
    MOVED = "moved"  # the working day to which the end of the limit was moved


class LimitUnreadable(ValueError):
    """The text is no time limit, or its amount is not above zero."""


class PauseImpossible(ValueError):
    """A pause that ends before it starts, or starts before the clock does."""


class Suspended(Exception):
    """A pause is open: there is no promised date until it ends."""


_WHOLE_ONLY: Final = frozenset({Unit.CALENDAR_DAY, Unit.MONTH, Unit.WORKING_MINUTE})
_NAMED_UNITS: Final = frozenset(unit.value for unit in Unit if unit is not Unit.SAME_DAY)
_AMOUNT: Final = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,12})?")
_IN_MINUTES: Final = frozenset({Unit.WORKING_HOUR, Unit.WORKING_MINUTE})


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Thời hạn giải quyết: an exact amount above zero and its unit.

    >>> str(TimeLimit.parse("0.5 working_day")), str(TimeLimit.parse("same_day"))
    ('0.5 working_day', 'same_day')
    """

    amount: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LARGEST_AMOUNT:
            raise LimitUnreadable(f"amount {self.amount}")
        if self.unit in _WHOLE_ONLY and not self.is_whole:
            raise LimitUnreadable(f"{self.unit} takes whole amounts")

    def __str__(self) -> str:
        if self.unit is Unit.SAME_DAY:
            return self.unit.value
        amount = Decimal(self.amount.numerator) / Decimal(self.amount.denominator)
        return f"{amount.normalize():f} {self.unit.value}"

    @property
    def is_whole(self) -> bool:
        """Whether the amount is a whole number."""
        return self.amount.denominator == 1

    @classmethod
    def parse(cls, text: str) -> "TimeLimit":
        """Read `5 working_day`, `0.5 working_day`, `same_day` …; `hour` means working_hour.

        Raises LimitUnreadable.
        """
        words = text.split()
        if words == [Unit.SAME_DAY.value]:
            return cls(Fraction(1), Unit.SAME_DAY)
        if len(words) != 2:
            raise LimitUnreadable(text)
        name = {"hour": "working_hour", "minute": "working_minute"}.get(words[1], words[1])
        # Plain digits only: Decimal would read 1e-99999999, and the fraction fill the memory.
        if not _AMOUNT.fullmatch(words[0]) or name not in _NAMED_UNITS:
            raise LimitUnreadable(text)
        return cls(Fraction(words[0]), Unit(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Tạm dừng: an interval [start, end) in which the limit does not run; None: still open."""

    start: datetime
    end: datetime | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PauseImpossible("a pause ends after it starts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Dòng giải thích: one date, whether it counted, how much of the limit, and why."""

    day: date
    counted: Fraction
    rule: Rule
    minutes: int = 0
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Vì sao hẹn ngày này: the counted amounts of the entries sum exactly to the limit.

    `provisional` marks a promise that rests on a year whose calendar is not final.
    """

    due_at: datetime
    limit: TimeLimit
    edition: int
    provisional: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Phần thời hạn còn lại: what is still to count when an open pause ends.

    A month is given in calendar days, hours in minutes; nothing is left once the count is
    complete.
    """

    amount: Fraction
    unit: Unit


def due(
    *,
    accepted_at: datetime,
    limit: TimeLimit,
    office_time: OfficeTime,
    pauses: Iterable[Pause] = (),
    ends: Ends = Ends.END_OF_DAY,
    policy: PausePolicy = PausePolicy.RESUME,
    threshold: time = AFTERNOON_THRESHOLD,
) -> datetime:
    """Return the last instant at which a result is still on time.

    The day of acceptance is day 0. `threshold` is the hour up to which (inclusive) a same-day
    procedure is still due on the day itself. `ends` moves whole day and month limits to the
    hour of acceptance. Under RESTART the full limit runs again from the end of the last pause.

    Raises CalendarNotPublished when the count reaches a year without a calendar, Suspended
    while a pause is open, PauseImpossible for a pause before acceptance.

    Source: Civil Code 91/2015/QH13 art. 147(1)-(3), 148(1)-(6).
    """
    start, closed = _ready(accepted_at, pauses, policy)
    if limit.unit in _IN_MINUTES:
        return _due_in_minutes(start, _minutes(limit), office_time, closed)
    clock = _Clock(start, limit, office_time, closed, ends, threshold)
    day = clock.complete()
    while clock.is_left(day):
        day = office_time.next_working_day(day)
    return clock.at(day)


def explain(
    *,
    accepted_at: datetime,
    limit: TimeLimit,
    office_time: OfficeTime,
    pauses: Iterable[Pause] = (),
    ends: Ends = Ends.END_OF_DAY,
    policy: PausePolicy = PausePolicy.RESUME,
    threshold: time = AFTERNOON_THRESHOLD,
) -> Explanation:
    """Return the due instant with the reason for every date up to it.  Raises what `due` does."""
    pauses = tuple(pauses)
    due_at = due(
        accepted_at=accepted_at,
        limit=limit,
        office_time=office_time,
        pauses=pauses,
        ends=ends,
        policy=policy,
        threshold=threshold,
    )
    start, closed = _ready(accepted_at, pauses, policy)
    if limit.unit in _IN_MINUTES:
        entries = _minute_entries(start, due_at, office_time, closed, limit)
    else:
        entries = _day_entries(_Clock(start, limit, office_time, closed, ends, threshold), due_at)
    found = Explanation(
        due_at=due_at,
        limit=limit,
        edition=office_time.calendar.edition,
        provisional=office_time.is_provisional(accepted_at, due_at),
        entries=tuple(entries),
    )
    assert sum(entry.counted for entry in found.entries) == limit.amount
    return found


def moved_by(pause: Pause, due_at: datetime, office_time: OfficeTime) -> datetime:
    """Return where a date that no count gives, an extended one, lies after a closed pause.

    It moves by as many working days as were passed over: those after the date on which the
    pause began, up to the date on which it ended. A closing stays a closing, another hour stays
    that hour, moved into the sessions. It does not end inside the pause, and a promise that was
    broken before the pause began stays broken.

    Raises CalendarNotPublished, Suspended while the pause is open.
    """
    if pause.end is None:
        raise Suspended
    start, end, due_at = office(pause.start), office(pause.end), office(due_at)
    if due_at < start:
        return due_at
    day, moved = due_at.date(), due_at
    passed_over = office_time.working_days_between(start.date(), end.date())
    if passed_over:
        day = office_time.working_day_after(day, passed_over)
        moved = _at_the_hour_of(due_at, day, office_time)
    while start.date() < day <= end.date() or start <= moved < end:
        day = office_time.next_working_day(day)
        moved = _at_the_hour_of(due_at, day, office_time)
    return moved


def _at_the_hour_of(at: datetime, day: date, office_time: OfficeTime) -> datetime:
    if at == office_time.closing(at.date()):
        return office_time.closing(day)
    return _same_clock(at, day, office_time)


def left_when_suspended(
    *,
    accepted_at: datetime,
    limit: TimeLimit,
    office_time: OfficeTime,
    pauses: Iterable[Pause],
    policy: PausePolicy = PausePolicy.RESUME,
) -> Left:
    """Return how much of the limit the earliest open pause leaves to count.

    Under RESTART, and for a same-day procedure, that is the whole limit. Raises
    CalendarNotPublished, PauseImpossible for a pause before acceptance.
    """
    pauses = tuple(pauses)
    stopped = office(min(pause.start for pause in pauses if pause.end is None))
    start, closed = _ready(
        accepted_at, [pause for pause in pauses if pause.end is not None], PausePolicy.RESUME
    )
    if stopped < start:
        raise PauseImpossible("a pause starts after acceptance")
    if policy is PausePolicy.RESTART or limit.unit is Unit.SAME_DAY:
        return Left(amount=limit.amount, unit=limit.unit)
    if limit.unit in _IN_MINUTES:
        used = office_time.opening_minutes_between(start, stopped) - _paused_minutes(
            start, stopped, office_time, closed
        )
        return Left(amount=Fraction(max(0, _minutes(limit) - used)), unit=Unit.WORKING_MINUTE)
    clock = _Clock(start, limit, office_time, closed, Ends.END_OF_DAY, AFTERNOON_THRESHOLD)
    every_day = limit.unit is not Unit.WORKING_DAY
    used = sum(
        (every_day or office_time.is_working_day(day)) and not clock.is_passed_over(day)
        for day in takewhile(lambda day: day <= stopped.date(), days_after(start.date()))
    )
    whole = Fraction(clock.calendar_days()) if every_day else limit.amount
    unit = Unit.CALENDAR_DAY if every_day else Unit.WORKING_DAY
    return Left(amount=max(Fraction(0), whole - used), unit=unit)


def _ready(
    accepted_at: datetime, pauses: Iterable[Pause], policy: PausePolicy
) -> tuple[datetime, tuple[tuple[datetime, datetime], ...]]:
    """Return where the count starts and the closed pauses that touch it."""
    start = office(accepted_at)
    closed = []
    suspended = False
    for pause in pauses:
        if pause.start < start:
            raise PauseImpossible("a pause starts after acceptance")
        if pause.end is None:
            suspended = True
        else:
            closed.append((office(pause.start), office(pause.end)))
    if suspended:
        raise Suspended
    if closed and policy is PausePolicy.RESTART:
        return max(end for _, end in closed), ()
    return start, tuple(sorted(closed))


@dataclass(slots=True)
class _Clock:
    """One count in days, months or the same day."""

    start: datetime
    limit: TimeLimit
    office_time: OfficeTime
    pauses: tuple[tuple[datetime, datetime], ...]
    ends: Ends
    threshold: time

    def complete(self) -> date:
        """Return the date on which the count is complete, moved to a working day."""
        unit, first = self.limit.unit, self.start.date()
        if unit is Unit.SAME_DAY:
            return first if self._is_settled_today() else self.office_time.next_working_day(first)
        if unit is Unit.WORKING_DAY:
            return self._working_day(_rounded_up(self.limit.amount))
        last, years = self.last_counted(), self.office_time.calendar.years
        if last.year not in years:
            raise CalendarNotPublished(next(y for y in count(first.year) if y not in years))
        return self.office_time.this_or_next_working_day(last)

    def last_counted(self) -> date:
        """Return the last date a limit in calendar days or months counts."""
        left, day = self.calendar_days(), self.start.date()
        for start, end in self.pauses:
            # Up to the day the pause began every date counts, up to its end none does.
            run = (start.date() - day).days
            if left <= run:
                break
            if end.date() > day:
                left -= max(run, 0)
                day = end.date()
        return _plus_days(day, left)

    def calendar_days(self) -> int:
        """Return the limit in calendar days; a month runs to its corresponding date."""
        amount, first = int(self.limit.amount), self.start.date()
        return (_months_later(first, amount) - first).days if self.is_month else amount

    @property
    def is_month(self) -> bool:
        return self.limit.unit is Unit.MONTH

    def is_passed_over(self, day: date) -> bool:
        """After the day a pause began, up to the day it ended."""
        return any(start.date() < day <= end.date() for start, end in self.pauses)

    def is_left(self, day: date) -> bool:
        """Whether a promise may not end on `day`: passed over, or paused at the due instant."""
        if not self.pauses:
            return False
        due_at = self.at(day)
        return self.is_passed_over(day) or any(start <= due_at < end for start, end in self.pauses)

    def at(self, day: date) -> datetime:
        """Return the due instant on `day`."""
        if self.limit.unit is Unit.WORKING_DAY and not self.limit.is_whole:
            return self._part_of(day)
        if self.ends is Ends.SAME_CLOCK and self.limit.unit is not Unit.SAME_DAY:
            return _same_clock(self.start, day, self.office_time)
        return self.office_time.closing(day)

    def _is_settled_today(self) -> bool:
        day = self.start.date()
        return (
            self.office_time.is_working_day(day)
            and self.start.time() <= self.threshold
            and self.start <= self.office_time.closing(day)
        )

    def _working_day(self, number: int) -> date:
        day = self.start.date()
        if not self.pauses:
            return self.office_time.working_day_after(day, number)
        while number:
            day = self.office_time.next_working_day(day)
            number -= not self.is_passed_over(day)
        return day

    def _part_of(self, day: date) -> datetime:
        # Seconds times the denominator: whole numbers are exact, and quicker than fractions.
        whole, parts = self.limit.amount.as_integer_ratio()
        left = self.office_time.minutes(day) * 60 * (whole % parts)
        for opens, closes in self.office_time.spans(day):
            length = (closes - opens) * 60 * parts
            if left <= length:
                return instant(day, opens) + timedelta(seconds=left // parts)
            left -= length
        raise AssertionError("a fraction of a day lies within the day")


def _same_clock(at: datetime, day: date, office_time: OfficeTime) -> datetime:
    """Return the clock time of `at` on `day`, moved into its sessions."""
    wanted = at.replace(year=day.year, month=day.month, day=day.day)
    for opens, closes in office_time.spans(day):
        if wanted < instant(day, opens):
            return instant(day, opens)
        if wanted <= instant(day, closes):
            return wanted
    return office_time.closing(day)


def _plus_days(day: date, number: int) -> date:
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return date.max


def _months_later(day: date, months: int) -> date:
    """Return the corresponding date, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= date.max.year:
        return date.max
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - ONE_DAY)


def _minutes(limit: TimeLimit) -> int:
    return _rounded_up(limit.amount, 60 if limit.unit is Unit.WORKING_HOUR else 1)


def _rounded_up(amount: Fraction, times: int = 1) -> int:
    return -(-amount.numerator * times // amount.denominator)


def _due_in_minutes(
    start: datetime,
    minutes: int,
    office_time: OfficeTime,
    pauses: Sequence[tuple[datetime, datetime]],
) -> datetime:
    """Return when the minutes outside every pause have passed."""
    start = start.replace(second=0, microsecond=0)
    for pause_start, pause_end in pauses:
        # A minute is in the pause when its beginning is.
        begins, resumes = _next_minute(pause_start), _next_minute(pause_end)
        if resumes <= start:
            continue
        if begins > start:
            if office_time.after_opening_minutes(start, minutes) <= begins:
                break  # complete before this pause, which may lie beyond the calendar
            minutes -= office_time.opening_minutes_between(start, begins)
        start = resumes
    return office_time.after_opening_minutes(start, minutes)


def _next_minute(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    if whole == at or at.date() == date.max:  # nothing is counted on the last day of all
        return whole
    return whole + timedelta(minutes=1)


def _minute_entries(
    start: datetime,
    due_at: datetime,
    office_time: OfficeTime,
    pauses: Sequence[tuple[datetime, datetime]],
    limit: TimeLimit,
) -> list[Entry]:
    per_amount = 60 if limit.unit is Unit.WORKING_HOUR else 1
    entries: list[Entry] = []
    left = limit.amount
    day = start.date()
    while day <= due_at.date():
        begins = max(start, instant(day, 0))
        ends = min(due_at, instant(day, 0) + ONE_DAY)
        paused = _paused_minutes(begins, ends, office_time, pauses)
        minutes = office_time.opening_minutes_between(begins, ends) - paused
        counted = min(left, Fraction(minutes, per_amount))
        left -= counted
        idle = Rule.PASSED_OVER if paused else Rule.OUTSIDE_HOURS
        entries.append(_entry(day, counted, office_time, idle=idle, minutes=minutes))
        day += ONE_DAY
    return entries


def _paused_minutes(
    begins: datetime,
    ends: datetime,
    office_time: OfficeTime,
    pauses: Sequence[tuple[datetime, datetime]],
) -> int:
    total = 0
    for pause_start, pause_end in pauses:
        low, high = max(begins, _next_minute(pause_start)), min(ends, _next_minute(pause_end))
        if low < high:
            total += office_time.opening_minutes_between(low, high)
            begins = high
    return total


def _day_entries(clock: _Clock, due_at: datetime) -> list[Entry]:
    first, last = clock.start.date(), due_at.date()
    limit, office_time = clock.limit, clock.office_time
    if limit.unit is Unit.SAME_DAY and last == first:
        return [_entry(first, Fraction(1), office_time)]
    entries: list[Entry] = []
    left = limit.amount
    end_of_count = None if limit.unit in (Unit.WORKING_DAY, Unit.SAME_DAY) else clock.last_counted()
    for day in days_after(first):
        if day > last:
            break
        passed_over = clock.is_passed_over(day)
        counted = Fraction(0)
        if limit.unit is Unit.SAME_DAY:
            counted = Fraction(int(day == last))
        elif end_of_count is None:
            if office_time.is_working_day(day) and not passed_over:
                counted = min(left, Fraction(1))
        elif clock.is_month:
            counted = limit.amount if day == end_of_count else Fraction(0)
        elif day <= end_of_count and not passed_over:
            counted = Fraction(1)
        left -= counted
        every_day = end_of_count is not None and day <= end_of_count
        # A working day that could have held the promise, were it not for a pause at its closing.
        if not counted and not every_day and office_time.is_working_day(day):
            passed_over = clock.is_left(day)
        entries.append(
            _entry(day, counted, office_time, passed_over=passed_over, every_day=every_day)
        )
    return entries


def _entry(
    day: date,
    counted: Fraction,
    office_time: OfficeTime,
    *,
    passed_over: bool = False,
    every_day: bool = False,
    idle: Rule = Rule.MOVED,
    minutes: int = 0,
) -> Entry:
    """Return the line of one date; `idle` says why a working day counts nothing."""
    calendar = office_time.calendar
    special = calendar.make_up_by_day.get(day) or calendar.off_by_day.get(day)
    if passed_over:
        rule = Rule.PASSED_OVER
    elif counted or every_day:
        rule = Rule.COUNTED if day not in calendar.make_up_by_day else Rule.MAKE_UP_DAY
    elif day in calendar.off_by_day:
        rule = Rule.HOLIDAY
    elif not office_time.is_working_day(day):
        rule = Rule.REST_DAY
    else:
        rule = idle
    return Entry(
        day=day,
        counted=counted,
        rule=rule,
        minutes=minutes,
        name=special.name if special else "",
        source=special.source if special else "",
    )
