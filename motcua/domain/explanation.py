"""Why a promised date is what it is: every date up to it, with the reason it counts or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction

from motcua.domain.calendar import ONE_DAY, OfficeTime, days_after, instant
from motcua.domain.counting import DayCount, paused_minutes
from motcua.domain.deadline import AFTERNOON_THRESHOLD, due
from motcua.domain.limit import IN_MINUTES, Ends, TimeLimit, Unit
from motcua.domain.pause import Pause, PausePolicy, start_of_count


class Rule(StrEnum):
    """Lý do của một ngày: why a date of an explanation counts or does not."""

    COUNTED = "counted"
    MAKE_UP_DAY = "make_up_day"  # counted, though its weekday would not be
    HOLIDAY = "holiday"
    REST_DAY = "rest_day"
    OUTSIDE_HOURS = "outside_hours"  # hour limits: a working day of which no minute was left
    PASSED_OVER = "passed_over"  # lies in a pause, or the pause is in force at the due instant
    MOVED = "moved"  # the working day to which the end of the limit was moved


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
    start, closed = start_of_count(accepted_at, pauses, policy)
    if limit.unit in IN_MINUTES:
        entries = _minute_entries(start, due_at, office_time, closed, limit)
    else:
        entries = _day_entries(DayCount(start, limit, office_time, closed, ends, threshold), due_at)
    found = Explanation(
        due_at=due_at,
        limit=limit,
        edition=office_time.calendar.edition,
        provisional=office_time.is_provisional(accepted_at, due_at),
        entries=tuple(entries),
    )
    assert sum(entry.counted for entry in found.entries) == limit.amount
    return found


def _minute_entries(
    start: datetime,
    due_at: datetime,
    office_time: OfficeTime,
    pauses: Sequence[tuple[datetime, datetime]],
    limit: TimeLimit,
) -> list[Entry]:
    entries: list[Entry] = []
    left = limit.amount
    day = start.date()
    while day <= due_at.date():
        begins = max(start, instant(day, 0))
        ends = min(due_at, instant(day, 0) + ONE_DAY)
        paused = paused_minutes(begins, ends, office_time, pauses)
        minutes = office_time.opening_minutes_between(begins, ends) - paused
        counted = min(left, Fraction(minutes, IN_MINUTES[limit.unit]))
        left -= counted
        idle = Rule.PASSED_OVER if paused else Rule.OUTSIDE_HOURS
        entries.append(_entry(day, counted, office_time, idle=idle, minutes=minutes))
        day += ONE_DAY
    return entries


def _day_entries(count: DayCount, due_at: datetime) -> list[Entry]:
    first, last = count.start.date(), due_at.date()
    limit, office_time = count.limit, count.office_time
    if limit.unit is Unit.SAME_DAY and last == first:
        return [_entry(first, Fraction(1), office_time)]
    entries: list[Entry] = []
    left = limit.amount
    end_of_count = None if limit.unit in (Unit.WORKING_DAY, Unit.SAME_DAY) else count.last_counted()
    for day in days_after(first):
        if day > last:
            break
        passed_over = count.is_passed_over(day)
        counted = Fraction(0)
        if limit.unit is Unit.SAME_DAY:
            counted = Fraction(int(day == last))
        elif end_of_count is None:
            if office_time.is_working_day(day) and not passed_over:
                counted = min(left, Fraction(1))
        elif count.is_month:
            counted = limit.amount if day == end_of_count else Fraction(0)
        elif day <= end_of_count and not passed_over:
            counted = Fraction(1)
        left -= counted
        every_day = end_of_count is not None and day <= end_of_count
        # A working day that could have held the promise, were it not for a pause at its closing.
        if not counted and not every_day and office_time.is_working_day(day):
            passed_over = count.is_left(day)
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
