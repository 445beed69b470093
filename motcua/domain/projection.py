"""One change for many dossiers: which open promises it moves, and where to.

A calendar published late, or days on which nobody could work, concern every open dossier at once.
The list is made before anything is written; a leader approves it as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from motcua.domain.calendar import ONE_DAY, OfficeTime, midnight, office
from motcua.domain.dossier import OPEN, Action
from motcua.domain.history import advance
from motcua.domain.promise import excused_time
from motcua.domain.snapshot import Happening, Snapshot, is_paused
from motcua.domain.terms import Terms


class ChangeKind(StrEnum):
    """Loại điều chỉnh: why promises move together."""

    CALENDAR = "calendar"
    FORCE_MAJEURE = "force_majeure"


class ChangeStatus(StrEnum):
    """Tình trạng điều chỉnh: where a change stands on its way."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class ChangeMove(StrEnum):
    """Việc làm với điều chỉnh: what somebody does to a change."""

    LIST = "list"
    PROPOSE = "propose"
    RETURN = "return"
    APPROVE = "approve"
    CANCEL = "cancel"


class Outcome(StrEnum):
    """Kết quả của một dòng: what became of a dossier between the list and its approval."""

    LISTED = "listed"
    APPLIED = "applied"
    RECOUNTED = "recounted"
    ADDED = "added"
    LEFT_OUT = "left_out"


class ChangeMoveNotAllowed(Exception):
    """The change does not stand where this can be done to it."""

    def __init__(self, status: ChangeStatus, move: ChangeMove) -> None:
        super().__init__(f"{move} is not possible for a change that is {status}")
        self.status = status
        self.move = move


ONE_SECOND: Final = timedelta(seconds=1)
_S, _M = ChangeStatus, ChangeMove
CHANGE_MOVES: Final[Mapping[tuple[ChangeStatus, ChangeMove], ChangeStatus]] = MappingProxyType(
    {
        (_S.DRAFT, _M.LIST): _S.DRAFT,
        (_S.DRAFT, _M.PROPOSE): _S.PROPOSED,
        (_S.DRAFT, _M.CANCEL): _S.CANCELLED,
        (_S.PROPOSED, _M.RETURN): _S.DRAFT,
        (_S.PROPOSED, _M.APPROVE): _S.APPROVED,
        (_S.PROPOSED, _M.CANCEL): _S.CANCELLED,
    }
)
# What an approved change does to each dossier on its list.
ACT_OF_CHANGE: Final[Mapping[ChangeKind, Action]] = MappingProxyType(
    {ChangeKind.CALENDAR: Action.RECALCULATE, ChangeKind.FORCE_MAJEURE: Action.EXCUSE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Hẹn cũ, hẹn mới: what a change does to one dossier.

    `new_due_at` is None while a pause is open: its end makes the date. The `step` dates are those
    of the open step; None where its step has no budget.
    """

    old_due_at: datetime
    new_due_at: datetime | None
    old_step_due_at: datetime | None
    new_step_due_at: datetime | None


def lost_time(
    start: datetime, end: datetime, offices: Iterable[OfficeTime]
) -> tuple[datetime, datetime]:
    """Return the pause that time without work is, at these offices.

    A pause leaves the day on which it begins used, as the day of a request is. A day lost from
    its opening on is lost whole: its pause begins with the last second of the day before; one
    lost to its closing ends with its last second. Raises CalendarNotPublished.
    """
    first, last = office(start).date(), office(end).date()
    hours = tuple(offices)
    if all(not one.is_working_day(first) or start <= one.opening(first) for one in hours):
        start = midnight(first) - ONE_SECOND
    if all(not one.is_working_day(last) or end >= one.closing(last) for one in hours):
        end = midnight(last + ONE_DAY) - ONE_SECOND
    return start, end


def change_moved(status: ChangeStatus, move: ChangeMove) -> ChangeStatus:
    """Return where the change stands after this.  Raises ChangeMoveNotAllowed."""
    try:
        return CHANGE_MOVES[status, move]
    except KeyError:
        raise ChangeMoveNotAllowed(status, move) from None


def projected(before: Snapshot, what: Happening, terms: Terms) -> Snapshot | None:
    """Return where an open dossier stands after the change; None when nothing of it moves.

    It moves when its promise or the date of its open step does. A paused dossier has no count to
    compare: it takes what its later count needs. Raises what `advance` raises.
    """
    if before.state not in OPEN or not _concerns(before, what):
        return None
    after = advance(before, what, terms)
    if is_paused(before):
        return after
    return None if _dates(before) == _dates(after) else after


def move_of(before: Snapshot, after: Snapshot) -> Move:
    """Return the old and the new dates."""
    assert before.due_at is not None
    old_step, new_step = _dates(before)[1], _dates(after)[1]
    open_still = is_paused(after)
    return Move(
        old_due_at=before.due_at,
        new_due_at=None if open_still else after.due_at,
        old_step_due_at=old_step,
        new_step_due_at=None if open_still else new_step,
    )


def _concerns(before: Snapshot, what: Happening) -> bool:
    if what.action is Action.RECALCULATE:
        return before.edition != what.edition
    excused = excused_time(before, what)
    return excused is not None and excused not in before.pauses


def _dates(snapshot: Snapshot) -> tuple[datetime | None, datetime | None]:
    return snapshot.due_at, snapshot.step.due_at if snapshot.step else None
