"""How each dossier of a unit's year goes: when it comes, and by which road it is settled or not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate, cycle
from random import Random
from typing import Any, Final

from motcua.domain.limit import Unit
from motcua.scenarios import roads
from motcua.scenarios.cast import Cast, cast_for
from motcua.scenarios.demand import Days, Totals
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.people import Person
from motcua.scenarios.places import Matter, Place

TRIES: Final = 400
LEAST: Final = 8  # opening minutes: every step of the longest quick process in its own minute
LATE_AFTER: Final = 10  # working days of limit; what was settled late had a long one
LINGERS: Final = (6, 20, 90)  # times as long as usual, where the handler is waited for
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


class Visits:
    """Makes the visits of one unit's year, in the order of acceptance."""

    def __init__(self, place: Place, demand: dict[str, Any], rng: Random) -> None:
        self._place = place
        self._demand = demand
        self._shares = demand["shares"]
        self._rng = rng
        self._office_time = place.matters[0].terms.office_time
        self._open_time = OpenTime(self._office_time, rng)
        self._days = Days(demand, self._office_time, rising=place.level == "district")
        self._now = self._days.ends
        self._made: list[Visit] = []

    def make(self, totals: Totals) -> list[Visit]:
        """Return as many visits of each kind as the totals say; nobody has come with them yet."""
        ordinary = _Choice((m, m.weight) for m in self._place.matters)
        for _ in range(totals.settled_in_time):
            self._settled(ordinary)
        if self._place.level == "district":
            self._unusual(totals)
        return sorted(self._made, key=lambda visit: (visit.at, visit.matter.version))

    def _settled(self, choice: "_Choice") -> None:
        """One dossier settled within its limit before the scenario's now."""
        latest = self._now - timedelta(minutes=2)
        for _ in range(TRIES):
            matter, at = choice.pick(self._rng), self._days.pick(self._rng)
            promised = matter.terms.due(at)
            ready_at = self._ready_at(matter, at, promised)
            if ready_at is None or ready_at > latest:
                continue
            cast, road = self._settling(matter, at, ready_at)
            if roads.settled_at(road) <= min(promised, self._now):
                self._keep(at, cast, self._fetched(cast, road))
                return
        raise AssertionError("hardly anything can be settled before the scenario's now")

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
            minutes = int(rng.betavariate(3.4, 1.7) * room)
        return self._open_time.after(at, max(LEAST, min(minutes, room)))

    def _unusual(self, totals: Totals) -> None:
        stepped = [m for m in self._place.matters if not m.at_once]
        long = _Choice(
            (m, m.weight) for m in stepped if self._minutes(m) >= LATE_AFTER * roads.QUICK
        )
        for _ in range(totals.settled_late):
            self._late(long)
        by_code = {m.code: m for m in stepped}
        for _n, why in zip(range(totals.sent_back), cycle(self._demand["sent_back"])):
            self._sent_back(by_code[why["procedure"]], why)
        # What is open now is what comes often and stays long, the long ones more than their share.
        lengths = [(m, self._minutes(m)) for m in stepped]
        staying = _Choice(
            (m, m.weight * minutes**2.5) for m, minutes in lengths if minutes > roads.QUICK
        )
        for _ in range(totals.open):
            self._open(staying)

    def _late(self, choice: "_Choice") -> None:
        for _ in range(TRIES):
            matter, at = choice.pick(self._rng), self._days.pick(self._rng)
            promised = matter.terms.due(at)
            days = self._rng.randrange(1, 5)
            over = days * roads.QUICK - self._rng.randrange(60, 400)
            ready_at = self._open_time.after(promised, over)
            if ready_at <= self._now - timedelta(days=3):
                cast, road = self._settling(matter, at, ready_at)
                assert roads.settled_at(road) > promised
                self._keep(at, cast, self._fetched(cast, road))
                return
        raise AssertionError("nothing can be late before the scenario's now")

    def _sent_back(self, matter: Matter, why: dict[str, Any]) -> None:
        """One dossier sent back for the reason of `why`, its papers fetched as `why` says."""
        for _ in range(TRIES):
            at = self._days.pick(self._rng)
            promised = matter.terms.due(at)
            room = self._open_time.between(at, promised)
            ended_at = self._open_time.after(at, int(room * (0.5 + 0.4 * self._rng.random())))
            if ended_at <= self._now - timedelta(days=1):
                cast = cast_for(self._place, matter, self._rng)
                road = roads.sent_back(cast, self._open_time, at, ended_at, reason=why["reason"])
                self._keep(at, cast, self._papers_fetched(cast, road, why))
                return
        raise AssertionError("nothing can be sent back before the scenario's now")

    def _open(self, choice: "_Choice") -> None:
        """One dossier whose limit has not run out; its road is cut at the scenario's now."""
        for _ in range(TRIES):
            matter = choice.pick(self._rng)
            since = self._now.date() - timedelta(days=self._minutes(matter) // roads.QUICK * 7 // 5)
            at = self._days.pick(self._rng, not_before=since)
            promised = matter.terms.due(at)
            room = self._open_time.between(at, promised) - 1
            gone = self._open_time.between(at, self._now)
            if promised <= self._now or gone >= room - LEAST:
                continue
            # Ready somewhere between now and the promise, rather towards the promise.
            ready = gone + 2 + int((room - gone - 2) * self._rng.betavariate(2.2, 1.4))
            cast = cast_for(self._place, matter, self._rng)
            if self._rng.random() * 1000 < self._shares["handler_lingers"]:
                cast = replace(cast, lingers=self._rng.choice(LINGERS))
            ends_at = self._open_time.after(at, ready)
            road = roads.settled(cast, self._open_time, at, ends_at)
            self._keep(at, cast, roads.cut(road, self._now))
            return
        raise AssertionError("nothing can still be open")

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

    def _papers_fetched(self, cast: Cast, road: roads.Road, why: dict[str, Any]) -> roads.Road:
        """Return the road with the papers fetched, if somebody came by the scenario's now."""
        if "fetched_after" not in why:
            return road
        minutes = why["fetched_after"] * roads.QUICK
        at = self._office_time.after_opening_minutes(road.acts[-1].at, minutes)
        return roads.handed_back(road, cast, at) if at <= self._now else road

    def _keep(self, at: datetime, cast: Cast, road: roads.Road) -> None:
        self._made.append(Visit(at=at, matter=cast.matter, cast=cast, road=road))

    def _minutes(self, matter: Matter) -> int:
        morning = self._office_time.opening(self._days.days[0])
        return self._open_time.between(morning, matter.terms.due(morning))


class _Choice:
    """Chooses among matters by weight."""

    def __init__(self, weighted: Iterable[tuple[Matter, float]]) -> None:
        pairs = list(weighted)
        self._matters = [matter for matter, _weight in pairs]
        self._cumulative = list(accumulate(weight for _matter, weight in pairs))

    def pick(self, rng: Random) -> Matter:
        return rng.choices(self._matters, cum_weights=self._cumulative)[0]
