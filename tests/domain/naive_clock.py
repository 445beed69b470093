"""The legal clock counted as a clerk would, one day or one minute at a time.

Slow on purpose, and written from the contract's words without a look at the real one.
"""

import calendar as months
from datetime import date, datetime, time, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class NaiveOffice:
    """Opening hours by weekday from their first date on, days off, days made up.

    `seasons` are pairs of a first date and the hours of each weekday; `make_up` gives the hours
    of a day that has its own, or None for Monday's.
    """

    def __init__(self, seasons, off, make_up):
        self.seasons, self.off, self.make_up = seasons, off, make_up

    def sessions(self, day):
        hours = {}
        for first, weekly in self.seasons:
            if day >= first:
                hours = weekly
        if day in self.make_up:
            return self.make_up[day] or hours.get(0, [])
        if day in self.off:
            return []
        return hours.get(day.weekday(), [])

    def works(self, day):
        return bool(self.sessions(day))

    def closing(self, day):
        return datetime.combine(day, self.sessions(day)[-1][1])

    def next(self, day):
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def is_open(self, minute):
        return any(a <= minute.time() < b for a, b in self.sessions(minute.date()))


def naive_due(
    accepted,
    amount,
    unit,
    office,
    pauses=(),
    ends="end_of_day",
    restart=False,
    threshold=time(15),
):
    """Return the due instant; all instants without a zone."""
    if restart and pauses:
        accepted, pauses = max(end for _, end in pauses), ()
    if unit in ("working_hour", "working_minute"):
        minutes = amount * (60 if unit == "working_hour" else 1)
        return _by_minutes(accepted, minutes, office, pauses)
    first = accepted.date()

    def passed_over(day):
        return any(s.date() < day <= e.date() for s, e in pauses)

    def instant(day):
        if unit == "working_day" and amount % 1:
            return _fraction(day, amount % 1, office)
        if unit == "same_day" or ends == "end_of_day":
            return office.closing(day)
        return _moved_in(day, accepted.time(), office)

    if unit == "same_day":
        today = (
            office.works(first)
            and accepted.time() <= threshold
            and accepted <= office.closing(first)
        )
        day = first if today else office.next(first)
    elif unit == "working_day":
        day, counted = first, 0
        while counted < amount:
            day += DAY
            if office.works(day) and not passed_over(day):
                counted += 1
    else:
        days = amount if unit == "calendar_day" else (_month(first, int(amount)) - first).days
        day, counted = first, 0
        while counted < days:
            day += DAY
            if not passed_over(day):
                counted += 1
        while not office.works(day):
            day += DAY
    while passed_over(day) or any(s <= instant(day) < e for s, e in pauses):
        day = office.next(day)
    return instant(day)


def _by_minutes(accepted, minutes, office, pauses):
    now, counted = accepted.replace(second=0, microsecond=0), 0
    while True:
        if office.is_open(now) and not any(s <= now < e for s, e in pauses):
            counted += 1
            if counted >= minutes:
                return now + MINUTE
        now += MINUTE


def _fraction(day, fraction, office):
    seconds = 0
    for a, b in office.sessions(day):
        start, end = datetime.combine(day, a), datetime.combine(day, b)
        seconds += (end - start).seconds
    left = Fraction(seconds) * fraction
    for a, b in office.sessions(day):
        start, end = datetime.combine(day, a), datetime.combine(day, b)
        if left <= (end - start).seconds:
            return start + timedelta(seconds=int(left))
        left -= (end - start).seconds


def _moved_in(day, clock, office):
    for a, b in office.sessions(day):
        if clock < a:
            return datetime.combine(day, a)
        if clock <= b:
            return datetime.combine(day, clock)
    return office.closing(day)


def _month(day, count):
    year, month = day.year, day.month
    for _ in range(count):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
