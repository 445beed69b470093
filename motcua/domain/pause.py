"""Pauses: while the citizen supplements, or a competent body decides, the limit does not run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.domain.calendar import office


class PausePolicy(StrEnum):
    """Sau khi tạm dừng: the count goes on, or starts anew."""

    RESUME = "resume"
    RESTART = "restart"


class PauseImpossible(ValueError):
    """A pause that ends before it starts, or starts before the clock does."""


class Suspended(Exception):
    """A pause is open: there is no promised date until it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Tạm dừng: an interval [start, end) in which the limit does not run; None: still open."""

    start: datetime
    end: datetime | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PauseImpossible("a pause ends after it starts")


def start_of_count(
    accepted_at: datetime, pauses: Iterable[Pause], policy: PausePolicy
) -> tuple[datetime, tuple[tuple[datetime, datetime], ...]]:
    """Return where the count starts and the closed pauses that touch it."""
    start = office(accepted_at)
    closed = []
    suspended = False
    for pause in pauses:
        if pause.start < start:
            raise PauseImpossible("a pause starts after acceptance")
        if pause.end is None:
            suspended = True
        else:
            closed.append((office(pause.start), office(pause.end)))
    if suspended:
        raise Suspended
    if closed and policy is PausePolicy.RESTART:
        return max(end for _, end in closed), ()
    return start, tuple(sorted(closed))
