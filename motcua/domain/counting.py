"""Counting a limit out on the calendar: day by day, or by opening minutes.

What a count needs of a pause is its two instants, in office time and in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from math import ceil

from motcua.domain.calendar import ONE_DAY, CalendarNotPublished, OfficeTime, instant
from motcua.domain.limit import Ends, TimeLimit, Unit


@dataclass(slots=True)
class DayCount:
    """Việc đếm ngày: one count in days, months or the same day."""

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
            return self._working_day(ceil(self.limit.amount))
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
        """Whether the limit is in months."""
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
            return same_clock(self.start, day, self.office_time)
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


def same_clock(at: datetime, day: date, office_time: OfficeTime) -> datetime:
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


def after_minutes(
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


def paused_minutes(
    begins: datetime,
    ends: datetime,
    office_time: OfficeTime,
    pauses: Sequence[tuple[datetime, datetime]],
) -> int:
    """Return how many opening minutes between the two instants lie in a pause."""
    total = 0
    for pause_start, pause_end in pauses:
        low, high = max(begins, _next_minute(pause_start)), min(ends, _next_minute(pause_end))
        if low < high:
            total += office_time.opening_minutes_between(low, high)
            begins = high
    return total
