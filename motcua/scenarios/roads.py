"""The road of one dossier: who acts when, from reception to result.

Instants are laid out over opening minutes, so that nobody acts while the office is closed and
no two acts of a dossier share an instant, except where one act receives and returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from motcua.domain.dossier import Action
from motcua.domain.notice_words import AskedFor
from motcua.domain.process import Process, Step, StepKind
from motcua.domain.snapshot import Happening
from motcua.scenarios.cast import Cast
from motcua.scenarios.open_time import OpenTime

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
QUICK: Final = 480  # opening minutes; what is due sooner goes over at once, without a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """Đường đi: the acts in order, and the hand-over by list if there was one.

    `asked` are the papers asked for, one for each request among the acts.
    """

    acts: tuple[Happening, ...]
    handed_over_at: datetime | None = None
    confirmed_at: datetime | None = None
    asked: tuple[AskedFor, ...] = ()


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


def is_settled_at(road: Road, at: datetime) -> bool:
    """Whether the result was ready at that very instant."""
    return any(what.action is Action.ISSUE_RESULT and what.at == at for what in road.acts)


def cut(road: Road, now: datetime) -> Road:
    """Return what of the road has been gone by `now`."""
    handed, confirmed = road.handed_over_at, road.confirmed_at
    return replace(
        road,
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
    return replace(road, acts=(*road.acts, last))


def _through(
    cast: Cast, open_time: OpenTime, received_at: datetime, ends_at: datetime, *, reason: str
) -> Road:
    place, matter = cast.place, cast.matter
    process = matter.terms.process
    acts = [_receive(cast, received_at)]
    start, handed_at, confirmed_at = received_at, None, None
    first = process.steps[1]
    if cast.goes_over:
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
    instants = open_time.spread([share for share, _what in plan], start=start, minutes=minutes)
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
        worker = cast.worker(step)
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
                    to_agency=None if action is Action.SEND_BACK else cast.performing(follows),
                    to_officer=cast.worker(receiver).officer if receiver else None,
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


def _approval(process: Process) -> int:
    """Return how many working steps there are up to the approval, it included."""
    kinds = [step.kind for step in process.steps[1:-1]]
    return kinds.index(StepKind.APPROVE) + 1


def _receive(cast: Cast, at: datetime) -> Happening:
    officer = cast.receiving.officer
    return Happening(
        action=Action.RECEIVE, at=at, agency=cast.place.agency, officer=officer, to_officer=officer
    )
