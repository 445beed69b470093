"""How many come to each unit, on which days, at which minutes.

The totals, or the mean of a working day, are the scenario's; the shape (weekdays, seasons,
hours) is drawn from its weights.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import floor
from random import Random
from typing import Any, Final

from motcua.domain.calendar import OFFICE_ZONE, OfficeTime, instant

NEAR_TET: Final = 5  # working days before and after that are quieter


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Tổng: how many dossiers end how, at one level."""

    settled_in_time: int
    settled_late: int = 0
    open: int = 0
    sent_back: int = 0

    @property
    def received(self) -> int:
        """All that came in."""
        return self.settled_in_time + self.settled_late + self.open + self.sent_back


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Lượt đến: how many dossiers come in; how each goes is drawn by the scenario's rates."""

    received: int


def scaled(totals: dict[str, int], scale: float) -> Totals:
    """Return each figure at that scale, rounded half up: 0.01 of 460 open is 5."""
    return Totals(**{name: floor(count * scale + 0.5) for name, count in totals.items()})


def arrivals(a_day: float, demand: dict[str, Any], office_time: OfficeTime) -> Arrivals:
    """Return so many a working day of the scenario's year, rounded half up, at least one."""
    days = Days(demand, office_time, rising=False).days
    return Arrivals(max(1, floor(a_day * len(days) + 0.5)))


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` out by weight with largest remainders; the shares sum to it."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda n: (shares[n] - exact[n], n))
    for n in by_remainder[: total - sum(shares)]:
        shares[n] += 1
    return shares


class Days:
    """The working days of the scenario with their weights, and the minutes of a day."""

    def __init__(self, demand: dict[str, Any], office_time: OfficeTime, *, rising: bool) -> None:
        self.ends: datetime = demand["ends"].astimezone(OFFICE_ZONE)
        self._demand = demand
        self._office_time = office_time
        self._rising = rising
        first, last = demand["begins"], self.ends.date()
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days: list[date] = [day for day in every if office_time.is_working_day(day)]
        self._before_tet, self._after_tet = self._near_tet()
        self._cumulative = list(accumulate(self._weight(day) for day in self.days))
        self._minutes = [
            (_minute(row["from"]), _minute(row["until"]), row["weight"]) for row in demand["hours"]
        ]
        self._hour_weights = list(accumulate(weight for *_span, weight in self._minutes))

    def pick(self, rng: Random, *, not_before: date | None = None) -> datetime:
        """Return an instant at which somebody comes, on or after that day."""
        first = bisect_left(self.days, not_before) if not_before else 0
        low = self._cumulative[first - 1] if first else 0.0
        aim = low + rng.random() * (self._cumulative[-1] - low)
        day = self.days[min(bisect_right(self._cumulative, aim), len(self.days) - 1)]
        while True:
            n = bisect_right(self._hour_weights, rng.random() * self._hour_weights[-1])
            begins, ends, _weight = self._minutes[n]
            at = instant(day, rng.randrange(begins, ends)) + timedelta(seconds=rng.randrange(60))
            if day < self.ends.date() or at < self.ends - timedelta(minutes=1):
                return at

    def _weight(self, day: date) -> float:
        shape = self._demand["days"]
        weight = shape["weekday"][min(day.weekday(), 4)] * shape["month"][str(day.month)] / 100
        for quiet in shape.get("quiet", ()):
            if quiet["from"] <= day <= quiet["until"]:
                weight *= quiet["factor"] / 100
        if day in self._before_tet:
            weight *= shape["before_tet"] / 100
        if day in self._after_tet:
            weight *= shape["after_tet"] / 100
        if self._rising:
            rise = shape["district_rise"]
            part = (day - rise["from"]).days / (self.ends.date() - rise["from"]).days
            weight *= 1 + max(0.0, part) * (rise["factor"] / 100 - 1)
        if day == self.ends.date():
            open_minutes = self._office_time.minutes(day)
            opening = self._office_time.opening(day)
            weight *= (self.ends - opening) / timedelta(minutes=open_minutes)
        return weight

    def _near_tet(self) -> tuple[frozenset[date], frozenset[date]]:
        before: list[date] = []
        after: list[date] = []
        for tet in self._demand["days"]["tet"]:
            if not self.days[0] <= tet["first"] <= self.days[-1]:
                continue
            begins = bisect_left(self.days, tet["first"])
            ends = bisect_right(self.days, tet["last"])
            before += self.days[max(0, begins - NEAR_TET) : begins]
            after += self.days[ends : ends + NEAR_TET]
        return frozenset(before), frozenset(after)


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
