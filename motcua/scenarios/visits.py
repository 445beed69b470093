"""One dossier of a unit's year while it is made, and what making any of them takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from random import Random
from typing import Any, Final

from motcua.domain.limit import Unit
from motcua.scenarios import roads
from motcua.scenarios.cast import Cast, cast_for
from motcua.scenarios.demand import Days
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.people import Person
from motcua.scenarios.places import Matter, Place

LEAST: Final = 8  # opening minutes: every step of the longest quick process in its own minute
LONGEST_WAIT: Final = 150  # minutes for a pile of copies


@dataclass(slots=True, kw_only=True)
class Visit:
    """Lượt nộp: one dossier while it is being made."""

    at: datetime
    matter: Matter
    cast: Cast
    road: roads.Road
    owner: Person = field(init=False)
    submitter: Person | None = None
    representative: Person | None = None
    copies: int = 1
    pages: int = 1
    subject: str = ""
    result_number: str = ""
    notice_numbers: dict[int, int] = field(default_factory=dict)  # by the place of the act


class Visits:
    """What every unit's year is made with; its kinds say how many come, and how it goes."""

    def __init__(self, place: Place, demand: dict[str, Any], rng: Random) -> None:
        self._place = place
        self._demand = demand
        self._shares = demand["shares"]
        self._rng = rng
        self._office_time = place.office_time
        self._open_time = OpenTime(self._office_time, rng)
        self._days = Days(demand, self._office_time, rising=place.level == "district")
        self._now = self._days.ends
        self._made: list[Visit] = []

    def _in_order(self) -> list[Visit]:
        """Return what was made in the order of acceptance; nobody has come with it yet."""
        return sorted(self._made, key=lambda visit: (visit.at, visit.matter.version))

    def _ready_at(self, matter: Matter, at: datetime, promised: datetime) -> datetime | None:
        """Return when the result is to be ready, or None when the time is too short for it."""
        rng, shares = self._rng, self._shares
        room = self._open_time.between(at, promised) - 1
        if matter.at_once:
            if rng.random() * 1000 >= shares["at_once_waits"]:
                return at
            wait = min(rng.randrange(10, LONGEST_WAIT), room)
            return self._open_time.after(at, wait) if wait > 0 else None
        if room < LEAST:
            return None
        if matter.terms.limit.unit is Unit.SAME_DAY:
            quick = rng.random() * 1000 < shares["within_ten_minutes"]
            minutes = rng.randrange(LEAST - 1, 11) if quick else int(10 + rng.random() ** 2 * room)
        else:
            minutes = int(rng.betavariate(*self._demand["when_ready"]) * room)
        return self._open_time.after(at, max(LEAST, min(minutes, room)))

    def _settling(
        self, matter: Matter, at: datetime, ready_at: datetime
    ) -> tuple[Cast, roads.Road]:
        cast = cast_for(self._place, matter, self._rng)
        if matter.at_once:
            return cast, roads.at_once(cast, at, ready_at)
        return cast, roads.settled(cast, self._open_time, at, ready_at)

    def _fetched(self, cast: Cast, road: roads.Road) -> roads.Road:
        """Return the road with the result fetched, if it was by the scenario's now."""
        if cast.matter.at_once:
            return road
        at = self._fetched_at(roads.settled_at(road))
        return road if at is None else roads.returned(road, cast, at)

    def _fetched_at(self, ready_at: datetime) -> datetime | None:
        """Return when the applicant came for the result; None: not yet."""
        rng = self._rng
        if rng.random() * 1000 < self._shares["never_fetched"]:
            return None
        days = rng.choices((0, 1, 2, 4, 8, 15), cum_weights=(42, 70, 82, 91, 97, 100))[0]
        minutes = days * roads.QUICK + rng.randrange(2, 45 if days == 0 else 400)
        at = self._open_time.after(ready_at, minutes)
        return at if at <= self._now else None

    def _keep(self, at: datetime, cast: Cast, road: roads.Road) -> None:
        self._made.append(Visit(at=at, matter=cast.matter, cast=cast, road=road))


class Choice:
    """Chooses among matters by weight."""

    def __init__(self, weighted: Iterable[tuple[Matter, float]]) -> None:
        pairs = list(weighted)
        self._matters = [matter for matter, _weight in pairs]
        self._cumulative = list(accumulate(weight for _matter, weight in pairs))

    def pick(self, rng: Random) -> Matter:
        """Return one of them."""
        return rng.choices(self._matters, cum_weights=self._cumulative)[0]
