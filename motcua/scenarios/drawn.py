"""A unit's year drawn by rates: so many come a day, and how each dossier goes is chance."""

from random import Random
from typing import Any, Final

from motcua.domain.checklist import Mark
from motcua.domain.dossier import ENDING, Action
from motcua.domain.notice_words import AskedFor
from motcua.scenarios import roads
from motcua.scenarios.cast import Cast, cast_for
from motcua.scenarios.demand import Arrivals
from motcua.scenarios.interruptions import Interruptions
from motcua.scenarios.letters import asked_in_words
from motcua.scenarios.places import Matter, Place
from motcua.scenarios.roads import QUICK, Road
from motcua.scenarios.visits import Choice, Visit, Visits

TRIES: Final = 50
IN_TIME: Final = "in_time"
# Waits that end again: what begins each, and what lets the clock run on.
WAITS: Final = {
    "supplement": (Action.REQUEST_SUPPLEMENT, Action.SUPPLEMENT),
    "supplement_again": (Action.REQUEST_SUPPLEMENT, Action.SUPPLEMENT),
    "payment": (Action.REQUEST_PAYMENT, Action.PAY),
    "suspended": (Action.SUSPEND, Action.RESUME),
}
# Ends without a result, besides those of who signs.
ENDS: Final = {"withdrawn": Action.WITHDRAW, "stopped": Action.DISCONTINUE}


class DrawnYear(Visits):
    """Makes the visits of one unit's year; the scenario's rates say how often what happens.

    `rates` are in thousandths of what takes steps; a field of its own habits overrules them.
    """

    def __init__(self, place: Place, demand: dict[str, Any], rng: Random) -> None:
        super().__init__(place, demand, rng)
        self._endings: dict[str, int] = demand["endings"]
        self._rates: dict[str, int] = demand["rates"]
        self._of_field: dict[str, dict[str, int]] = demand["rates_of_field"]
        self._words: dict[str, list[str]] = demand["words"]
        self._days_of: dict[str, list[int]] = demand["working_days"]
        self._between = Interruptions(self._open_time)

    def make(self, arrivals: Arrivals) -> list[Visit]:
        """Return as many visits as arrive; nobody has come with them yet."""
        choice = Choice((matter, matter.weight) for matter in self._place.matters)
        for _ in range(arrivals.received):
            self._arrive(choice)
        return self._in_order()

    def _arrive(self, choice: Choice) -> None:
        """One dossier, gone as far on its road as the scenario's now."""
        for _ in range(TRIES):
            matter, at = choice.pick(self._rng), self._days.pick(self._rng)
            promised = matter.terms.due(at)
            ready_at = self._ready_at(matter, at, promised)
            if ready_at is None:
                continue  # so late on its day that no step could be done
            if matter.at_once:
                cast, road = self._settling(matter, at, ready_at)
                self._keep(at, cast, roads.cut(road, self._now))
                return
            ending = self._ending(matter)
            if ending == "late":
                ready_at = self._open_time.after(promised, self._minutes_of("late"))
            cast = cast_for(self._place, matter, self._rng)
            if ending == "sent_back":
                reason = self._word(ending)
                road = roads.sent_back(cast, self._open_time, at, ready_at, reason=reason)
            else:
                road = roads.settled(cast, self._open_time, at, ready_at)
            self._keep(at, cast, self._fetched_by_now(cast, self._with_ending(ending, road, cast)))
            return
        raise AssertionError("hardly anything can be done here within its limit")

    def _with_ending(self, ending: str, road: Road, cast: Cast) -> Road:
        between = self._between
        road = self._hindered(road, cast)
        if ending in ENDS:
            note = self._word(ending)
            return between.end(road, cast, by=ENDS[ending], note=note) or road
        if ending == "unanswered":
            asked = self._waited("supplement", road, cast) or road
            minutes, note = self._minutes_of(ending), self._word(ending)
            return between.stop_unanswered(asked, cast, minutes=minutes, note=note) or road
        if ending == "late" and self._happens("apology", cast.matter):
            return between.apologise(road, cast, note=self._word("late")) or road
        if ending == "extended":
            days, note = self._rng.choice(self._days_of[ending]), self._word(ending)
            return between.extend(road, cast, days=days, note=note) or road
        return road

    def _hindered(self, road: Road, cast: Cast) -> Road:
        """Return the road with the questions and waits that chance puts on it."""
        matter, rng = cast.matter, self._rng
        if self._happens("consult", matter):
            others = [w for w in self._place.team.appraising if w.agency != cast.handling.agency]
            question = self._word("consult")
            road = (
                self._between.consult(
                    road,
                    cast,
                    asked=rng.choice(others),
                    question=question,
                    answer=self._word("reply"),
                )
                or road
            )
        for what in WAITS:
            if self._happens(what, matter):
                road = self._waited(what, road, cast) or road
        if self._happens("rework", matter):
            minutes = rng.randrange(10, QUICK)
            note = self._word("rework")
            road = self._between.rework(road, cast, minutes=minutes, note=note) or road
        return road

    def _waited(self, what: str, road: Road, cast: Cast) -> Road | None:
        by, until = WAITS[what]
        minutes = self._minutes_of(what)
        if by is not Action.REQUEST_SUPPLEMENT:
            note = self._word(what)
            return self._between.wait(road, cast, by=by, until=until, minutes=minutes, note=note)
        paper = self._rng.choice([paper for paper in cast.matter.papers if paper.compulsory])
        flaw = self._rng.choice((Mark.MISSING, Mark.WRONG))
        asked = AskedFor(
            position=paper.position, flaw=flaw, reason=self._word(f"{what}_{flaw.value}")
        )
        return self._between.wait(
            road,
            cast,
            by=by,
            until=until,
            minutes=minutes,
            note=asked_in_words(paper.name, asked),
            asked=asked,
        )

    def _fetched_by_now(self, cast: Cast, road: Road) -> Road:
        """Return the road cut at the scenario's now, with what was fetched until then."""
        gone = roads.cut(road, self._now)
        last = gone.acts[-1]
        if last.action is Action.ISSUE_RESULT:
            return self._fetched(cast, gone)
        if last.action in ENDING and self._rng.random() * 1000 >= self._shares["papers_left"]:
            at = self._open_time.after(last.at, self._minutes_of("papers"))
            return roads.handed_back(gone, cast, at) if at <= self._now else gone
        return gone

    def _ending(self, matter: Matter) -> str:
        """Return how a dossier ends: within its time, unless chance has it otherwise."""
        aim = self._rng.random() * 1000
        endings = self._endings | self._of_field.get(matter.field_code, {})
        for ending in self._endings:
            aim -= endings[ending]
            if aim < 0:
                return ending
        return IN_TIME

    def _happens(self, what: str, matter: Matter) -> bool:
        rate = self._of_field.get(matter.field_code, {}).get(what, self._rates[what])
        return self._rng.random() * 1000 < rate

    def _minutes_of(self, what: str) -> int:
        """Return so many opening minutes as something takes, in whole days and a bit."""
        days = self._rng.choice(self._days_of[what])
        return days * QUICK + self._rng.randrange(20, QUICK - 60)

    def _word(self, what: str) -> str:
        """Return a reason, as an officer would write it."""
        return self._rng.choice(self._words[what])
