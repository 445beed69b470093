"""What comes between on a dossier's road: a wait, a question, work done again, an early end.

Each takes a whole road and returns it with more acts, those after them moved by the time lost;
None where the road leaves no room for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from motcua.domain.calendar import office
from motcua.domain.dossier import CLOCK_RUNS, GOES_ON, Action
from motcua.domain.history import fold
from motcua.domain.notice_words import AskedFor
from motcua.domain.process import StepKind
from motcua.domain.snapshot import Happening
from motcua.scenarios.cast import Cast
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.places import Worker
from motcua.scenarios.roads import QUICK, Road

ROOM: Final = 4  # opening minutes between two acts, so that something may come between them


@dataclass(frozen=True, slots=True)
class Interruptions:
    """Việc xen giữa: what may come between on the roads of one unit."""

    open_time: OpenTime

    def wait(
        self,
        road: Road,
        cast: Cast,
        *,
        by: Action,
        until: Action,
        minutes: int,
        note: str,
        asked: AskedFor | None = None,
    ) -> Road | None:
        """Return the road with a wait of so many opening minutes while it is worked on.

        `by` stops the clock and `until` lets it run again: the handler asks the applicant for
        papers or money, which the counter takes in; who decides suspends and resumes. `asked` is
        the paper of a request for papers.
        """
        found = self._moment(road, cast)
        if found is None:
            return None
        index, start = found
        place, handling = cast.place, cast.handling
        suspended = by is Action.SUSPEND
        stop = Happening(
            action=by,
            at=start,
            agency=handling.agency,
            officer=cast.deciding.officer if suspended else handling.officer,
            note=note,
        )
        back = Happening(
            action=until,
            at=self.open_time.after(start, minutes),
            agency=handling.agency if suspended else place.agency,
            officer=cast.deciding.officer if suspended else cast.receiving.officer,
        )
        waiting = self._with(road, index, [stop, back], lost=minutes)
        return replace(waiting, asked=(*road.asked, asked)) if asked else waiting

    def extend(self, road: Road, cast: Cast, *, days: int, note: str) -> Road | None:
        """Return the road with the one extension, to so many working days after the promise.

        It is asked for before the last working day; what is left to do takes as much longer.
        """
        office_time = self.open_time.office_time
        found = self._moment(road, cast)
        if found is None:
            return None
        index, start = found
        now = fold(road.acts[:index], cast.matter.terms)
        assert now.due_at is not None
        promised = office(now.due_at).date()
        if office(start).date() > office_time.last_working_day_before(promised):
            return None
        extension = Happening(
            action=Action.EXTEND,
            at=start,
            agency=cast.handling.agency,
            officer=cast.deciding.officer,
            note=note,
            new_due_at=office_time.closing(office_time.working_day_after(promised, days)),
        )
        return self._with(road, index, [extension], lost=days * QUICK)

    def apologise(self, road: Road, cast: Cast, *, note: str) -> Road | None:
        """Return the road of a late dossier with the letter sent the morning after the promise,
        announcing the day on which it will be ready."""
        office_time = self.open_time.office_time
        terms = cast.matter.terms
        whole = fold(road.acts, terms)
        assert whole.due_at is not None
        sent_at = self.open_time.after(whole.due_at, 60)
        index = next((n for n, what in enumerate(road.acts) if what.at > sent_at), None)
        if index is None:
            return None
        now = fold(road.acts[:index], terms)
        here = now.step
        signing = [
            who for who in (cast.approving, cast.deciding) if here and who.agency == here.agency
        ]
        if now.state not in CLOCK_RUNS or not signing:
            return None
        ready_on = office_time.this_or_next_working_day(office(road.acts[-1].at).date())
        letter = Happening(
            action=Action.APOLOGISE,
            at=sent_at,
            agency=signing[0].agency,
            officer=signing[0].officer,
            note=note,
            new_due_at=office_time.closing(office_time.next_working_day(ready_on)),
        )
        return self._with(road, index, [letter], lost=0)

    def consult(
        self, road: Road, cast: Cast, *, asked: Worker, question: str, answer: str
    ) -> Road | None:
        """Return the road with a question to another agency, answered while the handler waits."""
        found = self._moment(road, cast)
        if found is None:
            return None
        index, start = found
        room = self.open_time.between(start, road.acts[index].at)
        promised = cast.matter.terms.due(road.acts[0].at)
        if room < ROOM or road.acts[index].at > promised:
            return None
        ask = Happening(
            action=Action.CONSULT,
            at=start,
            agency=cast.handling.agency,
            officer=cast.handling.officer,
            to_agency=asked.agency,
            note=question,
            new_due_at=self.open_time.after(start, room - 1),
        )
        reply = Happening(
            action=Action.REPLY,
            at=self.open_time.after(start, room // 2),
            agency=asked.agency,
            officer=asked.officer,
            note=answer,
        )
        return self._with(road, index, [ask, reply], lost=0)

    def rework(self, road: Road, cast: Cast, *, minutes: int, note: str) -> Road | None:
        """Return the road on which who signs sends the dossier back one step, once."""
        steps = cast.matter.terms.process.steps
        approval = next(n for n, step in enumerate(steps) if step.kind is StepKind.APPROVE)
        before = steps[approval - 1]
        worker = cast.worker(before)
        proposed = next(
            n for n, what in enumerate(road.acts) if what.to_step == steps[approval].code
        )
        asked_at, signed_at = (road.acts[n].at for n in (proposed, proposed + 1))
        if self.open_time.between(asked_at, signed_at) < ROOM:
            return None
        back_at = self.open_time.after(asked_at, 1)
        back = Happening(
            action=Action.SEND_BACK_FOR_REWORK,
            at=back_at,
            agency=cast.performing(steps[approval]),
            officer=cast.approving.officer,
            to_step=before.code,
            to_agency=worker.agency,
            to_officer=worker.officer,
            note=note,
        )
        again = replace(road.acts[proposed], at=self.open_time.after(back_at, minutes))
        return self._with(road, proposed + 1, [back, again], lost=minutes)

    def end(self, road: Road, cast: Cast, *, by: Action, note: str) -> Road | None:
        """Return the road that ends unsettled while it is worked on: the applicant takes the
        dossier back at the counter, or who decides stops it."""
        found = self._moment(road, cast)
        if found is None:
            return None
        index, start = found
        return replace(road, acts=(*road.acts[:index], self._last(cast, by, start, note)))

    def stop_unanswered(self, road: Road, cast: Cast, *, minutes: int, note: str) -> Road | None:
        """Return the road on which papers asked for never came, stopped after so long."""
        index = next(
            (n for n, what in enumerate(road.acts) if what.action is Action.REQUEST_SUPPLEMENT),
            None,
        )
        if index is None:
            return None
        at = self.open_time.after(road.acts[index].at, minutes)
        last = self._last(cast, Action.DISCONTINUE, at, note)
        return replace(road, acts=(*road.acts[: index + 1], last))

    def _last(self, cast: Cast, by: Action, at: datetime, note: str) -> Happening:
        at_the_counter = by is Action.WITHDRAW
        return Happening(
            action=by,
            at=at,
            agency=cast.place.agency if at_the_counter else cast.handling.agency,
            officer=cast.receiving.officer if at_the_counter else cast.deciding.officer,
            note=note,
        )

    def _moment(self, road: Road, cast: Cast) -> tuple[int, datetime] | None:
        """Return an instant while the handler works, with the place of the act that ends it."""
        index = next(
            (
                n
                for n, what in enumerate(road.acts)
                if what.officer == cast.handling.officer and what.action in GOES_ON
            ),
            None,
        )
        if index is None:
            return None
        since = road.acts[index - 1].at
        room = self.open_time.between(since, road.acts[index].at)
        if room < ROOM:
            return None
        return index, self.open_time.after(since, self.open_time.rng.randrange(1, room - 1))

    def _with(self, road: Road, index: int, new: Sequence[Happening], *, lost: int) -> Road:
        later = road.acts[index:]
        if lost:
            later = tuple(replace(what, at=self.open_time.after(what.at, lost)) for what in later)
        return replace(road, acts=(*road.acts[:index], *new, *later))
