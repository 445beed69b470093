"""The road of one dossier: who acts when, from reception to result.

Instants are laid out over opening minutes, so that nobody acts while the office is closed and
no two acts of a dossier share an instant, except where one act receives and returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from motcua.domain.calendar import OfficeTime, instant
from motcua.domain.dossier import Action
from motcua.domain.history import Happening
from motcua.domain.process import Performer, Process, Step, StepKind
from motcua.scenarios.places import Matter, Place, Worker

# How the time between reception and result falls to the steps, before chance has its say.
SHARES: Final = {
    StepKind.RECEIVE: 4,
    StepKind.HANDLE: 46,
    StepKind.INSPECT: 22,
    StepKind.CONSULT: 24,
    StepKind.APPRAISE: 16,
    StepKind.APPROVE: 15,
    StepKind.SEAL: 5,
}
# The counter of the district hands over three times a day, on lists: at these minutes of the
# day what came in until then, from 15:00 on the next morning (Decree 61/2018 art. 18).
HAND_OVERS: Final = ((7 * 60 + 20, 0), (11 * 60, 10 * 60 + 45), (15 * 60 + 15, 15 * 60))
QUICK: Final = 480  # opening minutes; what is due sooner goes over at once, without a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Ai làm: where one dossier is handed in, and the workers it meets.

    `lingers`: how many times as long as usual the handler keeps it.
    """

    place: Place
    matter: Matter
    receiving: Worker
    handling: Worker
    appraising: Worker
    approving: Worker
    sealing: Worker
    confirming: Worker
    lingers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """Đường đi: the acts in order, and the hand-over by list if there was one."""

    acts: tuple[Happening, ...]
    handed_over_at: datetime | None = None
    confirmed_at: datetime | None = None


class OpenTime:
    """Opening minutes as the roads need them: instants that never fall outside."""

    def __init__(self, office_time: OfficeTime, rng: Random) -> None:
        self.office_time = office_time
        self.rng = rng

    def between(self, start: datetime, end: datetime) -> int:
        """Return the opening minutes between the two."""
        return self.office_time.opening_minutes_between(start, end)

    def after(self, start: datetime, minutes: int) -> datetime:
        """Return an instant within the minute by which so many opening minutes have passed."""
        at = self.office_time.after_opening_minutes(start, minutes)
        minute = at.hour * 60 + at.minute
        closes = any(minute == closing for _opens, closing in self.office_time.spans(at.date()))
        return at if closes else at + timedelta(seconds=self.rng.randrange(60))

    def hand_over(self, received_at: datetime) -> datetime:
        """Return when the counter's list with this dossier goes to the division."""
        minute = received_at.hour * 60 + received_at.minute
        for leaves, until in HAND_OVERS[1:]:
            if minute < until:
                return instant(received_at.date(), leaves)
        return instant(self.office_time.next_working_day(received_at.date()), HAND_OVERS[0][0])


def cast_for(place: Place, matter: Matter, rng: Random) -> Cast:
    """Choose who does what for one dossier, each by his or her share of such work."""
    team, field = place.team, matter.field_code
    handlers = [w for w in _of_field(team.handling, field) if w.agency == matter.competent_agency]
    handling = _choose(handlers, rng)
    appraisers = [w for w in _of_field(team.appraising, field) if w.agency == handling.agency]
    communal = place.level == "commune"
    return Cast(
        place=place,
        matter=matter,
        receiving=_choose(_of_field(team.receiving, field), rng),
        handling=handling,
        appraising=handling if communal else appraisers[0],
        approving=_choose(_of_field(team.approving, field), rng),
        sealing=handling if communal else team.sealing[0],
        confirming=handlers[0],
    )


def at_once(cast: Cast, received_at: datetime, settled_at: datetime) -> Road:
    """Return the road of what the counter itself settles, and returns in the same act."""
    officer, agency = cast.receiving.officer, cast.place.agency
    return Road(
        acts=(
            _receive(cast, received_at),
            Happening(
                action=Action.ISSUE_RESULT,
                at=settled_at,
                agency=agency,
                officer=officer,
                to_officer=officer,
            ),
            Happening(action=Action.RETURN, at=settled_at, agency=agency, officer=officer),
        )
    )


def settled(
    cast: Cast,
    open_time: OpenTime,
    received_at: datetime,
    settled_at: datetime,
) -> Road:
    """Return the road through every step, the result ready at (about) `settled_at`."""
    return _through(cast, open_time, received_at, settled_at, reason="")


def sent_back(
    cast: Cast,
    open_time: OpenTime,
    received_at: datetime,
    ended_at: datetime,
    *,
    reason: str,
) -> Road:
    """Return the road that ends at the approver's desk: back to the applicant, with a reason."""
    return _through(cast, open_time, received_at, ended_at, reason=reason)


def settled_at(road: Road) -> datetime:
    """Return when the result was ready."""
    return next(what.at for what in road.acts if what.action is Action.ISSUE_RESULT)


def cut(road: Road, now: datetime) -> Road:
    """Return what of the road has been gone by `now`."""
    handed, confirmed = road.handed_over_at, road.confirmed_at
    return Road(
        acts=tuple(what for what in road.acts if what.at <= now),
        handed_over_at=handed if handed and handed <= now else None,
        confirmed_at=confirmed if confirmed and confirmed <= now else None,
    )


def returned(road: Road, cast: Cast, returned_at: datetime) -> Road:
    """Return the road with the result handed over at the counter."""
    return _then_at_the_counter(road, cast, Action.RETURN, returned_at)


def handed_back(road: Road, cast: Cast, fetched_at: datetime) -> Road:
    """Return the road with the papers of what ended unsettled fetched at the counter."""
    return _then_at_the_counter(road, cast, Action.HAND_BACK, fetched_at)


def _then_at_the_counter(road: Road, cast: Cast, action: Action, at: datetime) -> Road:
    last = Happening(
        action=action,
        at=at,
        agency=cast.place.agency,
        officer=cast.receiving.officer,
    )
    return Road(
        acts=(*road.acts, last),
        handed_over_at=road.handed_over_at,
        confirmed_at=road.confirmed_at,
    )


def _through(
    cast: Cast, open_time: OpenTime, received_at: datetime, ends_at: datetime, *, reason: str
) -> Road:
    place, matter = cast.place, cast.matter
    process = matter.terms.process
    acts = [_receive(cast, received_at)]
    start, handed_at, confirmed_at = received_at, None, None
    first = process.steps[1]
    if place.level == "district":
        total = open_time.between(received_at, ends_at)
        listed = total >= QUICK
        handed_at = open_time.hand_over(received_at) if listed else open_time.after(received_at, 4)
        acts.append(
            Happening(
                action=Action.HAND_OVER,
                at=handed_at,
                agency=place.agency,
                officer=cast.receiving.officer,
                to_step=first.code,
                to_agency=matter.competent_agency,
            )
        )
        start = handed_at
        if listed:
            # The whole list is confirmed at one instant, so nothing of this dossier decides it.
            confirmed_at = open_time.office_time.after_opening_minutes(handed_at, 25)
            start = confirmed_at
            acts.append(
                Happening(
                    action=Action.CONFIRM,
                    at=confirmed_at,
                    agency=matter.competent_agency,
                    officer=cast.confirming.officer,
                )
            )
        else:
            handed_at = None
    work = process.steps[1:-1]
    if reason:
        work = work[: _approval(process)]
    plan = _moves(work, cast, ends_by=Action.SEND_BACK if reason else None)
    minutes = open_time.between(start, ends_at)
    instants = _instants(open_time, start, minutes, [share for share, _what in plan])
    for at, (_share, what) in zip(instants, plan, strict=True):
        note = reason if what.action is Action.SEND_BACK else ""
        acts.append(
            Happening(
                action=what.action,
                at=at,
                agency=what.agency,
                officer=what.officer,
                to_step=what.to_step,
                to_agency=what.to_agency,
                to_officer=what.to_officer,
                note=note,
            )
        )
    return Road(acts=tuple(acts), handed_over_at=handed_at, confirmed_at=confirmed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """An act without its instant."""

    action: Action
    agency: int
    officer: int
    to_step: str = ""
    to_agency: int | None = None
    to_officer: int | None = None


def _moves(work: Sequence[Step], cast: Cast, *, ends_by: Action | None) -> list[tuple[int, _Move]]:
    """Return the acts of the working steps, each with its share of the time."""
    handler = cast.handling
    plan = [
        (
            SHARES[StepKind.RECEIVE] + 6,
            _Move(
                action=Action.TAKE,
                agency=handler.agency,
                officer=handler.officer,
                to_officer=handler.officer,
            ),
        )
    ]
    for step, follows in zip(work, [*work[1:], cast.matter.terms.process.last], strict=True):
        worker = _worker(step, cast)
        last = step is work[-1]
        action = ends_by if last and ends_by else _onward(step, follows)
        receiver = None if action in (Action.ISSUE_RESULT, Action.SEND_BACK) else follows
        plan.append(
            (
                SHARES[step.kind] * (cast.lingers if worker is handler else 1),
                _Move(
                    action=action,
                    agency=worker.agency,
                    officer=worker.officer,
                    to_step=follows.code if action is not Action.SEND_BACK else "",
                    to_agency=None if action is Action.SEND_BACK else _performing(follows, cast),
                    to_officer=_worker(receiver, cast).officer if receiver else None,
                ),
            )
        )
    return plan


def _onward(step: Step, follows: Step) -> Action:
    if follows.kind is StepKind.RETURN:
        return Action.ISSUE_RESULT
    if step.kind is StepKind.APPROVE:
        return Action.APPROVE
    return Action.PROPOSE if follows.kind is StepKind.APPROVE else Action.FORWARD


def _worker(step: Step, cast: Cast) -> Worker:
    match step.kind:
        case StepKind.APPROVE:
            return cast.approving
        case StepKind.SEAL:
            return cast.sealing
        case StepKind.APPRAISE:
            return cast.appraising
        case _:
            return cast.handling


def _performing(step: Step, cast: Cast) -> int:
    in_division = step.performer is Performer.DIVISION
    return cast.matter.competent_agency if in_division else cast.place.agency


def _approval(process: Process) -> int:
    """Return how many working steps there are up to the approval, it included."""
    kinds = [step.kind for step in process.steps[1:-1]]
    return kinds.index(StepKind.APPROVE) + 1


def _instants(
    open_time: OpenTime, start: datetime, minutes: int, shares: Sequence[int]
) -> list[datetime]:
    """Return an instant per act, `minutes` opening minutes after the start the last one."""
    weights = [share * (0.6 + 0.8 * open_time.rng.random()) for share in shares]
    whole = sum(weights)
    found: list[datetime] = []
    passed, before = 0.0, 0
    for n, weight in enumerate(weights):
        passed += weight
        left = len(weights) - n - 1
        # A whole minute at least between two acts, and enough left for those to come.
        offset = min(max(round(minutes * passed / whole), before + 1), max(minutes - left, 1))
        offset = max(offset, before + 1)
        found.append(open_time.after(start, offset))
        before = offset
    return found


def _receive(cast: Cast, at: datetime) -> Happening:
    officer = cast.receiving.officer
    return Happening(
        action=Action.RECEIVE, at=at, agency=cast.place.agency, officer=officer, to_officer=officer
    )


def _of_field(workers: Sequence[Worker], field: str) -> list[Worker]:
    return [worker for worker in workers if not worker.fields or field in worker.fields]


def _choose(workers: Sequence[Worker], rng: Random) -> Worker:
    if len(workers) == 1:
        return workers[0]
    aim = rng.random() * sum(worker.share for worker in workers)
    for worker in workers:
        aim -= worker.share
        if aim < 0:
            return worker
    return workers[-1]
