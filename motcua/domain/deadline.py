"""The legal clock: one function decides every promised date.

Source: Civil Code 91/2015/QH13 art. 147-148; Decree 23/2015 art. 7 for the 15:00 threshold;
Decree 107/2021 for the single extension. All instants are aware and answered in office time.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from fractions import Fraction
from itertools import takewhile
from typing import Final

from motcua.domain.calendar import OfficeTime, days_after, office
from motcua.domain.counting import DayCount, after_minutes, paused_minutes, same_clock
from motcua.domain.limit import IN_MINUTES, Ends, Left, TimeLimit, Unit
from motcua.domain.pause import (
    Pause,
    PauseImpossible,
    PausePolicy,
    Suspended,
    start_of_count,
)

AFTERNOON_THRESHOLD: Final = time(15, 0)


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
    start, closed = start_of_count(accepted_at, pauses, policy)
    if limit.unit in IN_MINUTES:
        return after_minutes(start, limit.minutes, office_time, closed)
    count = DayCount(start, limit, office_time, closed, ends, threshold)
    day = count.complete()
    while count.is_left(day):
        day = office_time.next_working_day(day)
    return count.at(day)


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
    return same_clock(at, day, office_time)


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
    start, closed = start_of_count(
        accepted_at, [pause for pause in pauses if pause.end is not None], PausePolicy.RESUME
    )
    if stopped < start:
        raise PauseImpossible("a pause starts after acceptance")
    if policy is PausePolicy.RESTART or limit.unit is Unit.SAME_DAY:
        return Left(amount=limit.amount, unit=limit.unit)
    if limit.unit in IN_MINUTES:
        used = office_time.opening_minutes_between(start, stopped) - paused_minutes(
            start, stopped, office_time, closed
        )
        return Left(amount=Fraction(max(0, limit.minutes - used)), unit=Unit.WORKING_MINUTE)
    count = DayCount(start, limit, office_time, closed, Ends.END_OF_DAY, AFTERNOON_THRESHOLD)
    every_day = limit.unit is not Unit.WORKING_DAY
    used = sum(
        (every_day or office_time.is_working_day(day)) and not count.is_passed_over(day)
        for day in takewhile(lambda day: day <= stopped.date(), days_after(start.date()))
    )
    whole = Fraction(count.calendar_days()) if every_day else limit.amount
    unit = Unit.CALENDAR_DAY if every_day else Unit.WORKING_DAY
    return Left(amount=max(Fraction(0), whole - used), unit=unit)
