"""A unit's year that ends as published: so many settled in time and late, so many open."""

from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any, Final

from motcua.scenarios import roads
from motcua.scenarios.cast import Cast, cast_for
from motcua.scenarios.demand import Totals
from motcua.scenarios.places import Matter
from motcua.scenarios.visits import LEAST, Choice, Visit, Visits

TRIES: Final = 400
LATE_AFTER: Final = 10  # working days of limit; what was settled late had a long one
LINGERS: Final = (6, 20, 90)  # times as long as usual, where the handler is waited for


class PublishedYear(Visits):
    """Makes the visits of one unit's year so that they sum to published totals."""

    def make(self, totals: Totals) -> list[Visit]:
        """Return as many visits of each kind as the totals say; nobody has come with them yet."""
        ordinary = Choice((m, m.weight) for m in self._place.matters)
        for _ in range(totals.settled_in_time):
            self._settled(ordinary)
        if self._place.level == "district":
            self._unusual(totals)
        return self._in_order()

    def _settled(self, choice: Choice) -> None:
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

    def _unusual(self, totals: Totals) -> None:
        stepped = [m for m in self._place.matters if not m.at_once]
        long = Choice(
            (m, m.weight) for m in stepped if self._minutes(m) >= LATE_AFTER * roads.QUICK
        )
        for _ in range(totals.settled_late):
            self._late(long)
        by_code = {m.code: m for m in stepped}
        for _n, why in zip(range(totals.sent_back), cycle(self._demand["sent_back"])):
            self._sent_back(by_code[why["procedure"]], why)
        # What is open now is what comes often and stays long, the long ones more than their share.
        lengths = [(m, self._minutes(m)) for m in stepped]
        staying = Choice(
            (m, m.weight * minutes**2.5) for m, minutes in lengths if minutes > roads.QUICK
        )
        for _ in range(totals.open):
            self._open(staying)

    def _late(self, choice: Choice) -> None:
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

    def _open(self, choice: Choice) -> None:
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

    def _papers_fetched(self, cast: Cast, road: roads.Road, why: dict[str, Any]) -> roads.Road:
        """Return the road with the papers fetched, if somebody came by the scenario's now."""
        if "fetched_after" not in why:
            return road
        minutes = why["fetched_after"] * roads.QUICK
        at = self._office_time.after_opening_minutes(road.acts[-1].at, minutes)
        return roads.handed_back(road, cast, at) if at <= self._now else road

    def _minutes(self, matter: Matter) -> int:
        morning = self._office_time.opening(self._days.days[0])
        return self._open_time.between(morning, matter.terms.due(morning))
