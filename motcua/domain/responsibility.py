"""Every working minute of a dossier belongs to exactly one holder, and the minutes add up.

The late ones too: see `shares`. Source: Decree 61/2018 art. 19 and 33: who holds a dossier
answers for its delay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from motcua.domain.calendar import OfficeTime
from motcua.domain.pause import Pause
from motcua.domain.snapshot import HolderKind, Holding, Snapshot

# Whose minutes are nobody's delay.
NOT_ANSWERING: Final = frozenset({HolderKind.CITIZEN, HolderKind.NOBODY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Phần thời gian: the working minutes one holder had the dossier, and the late ones of them."""

    holding: Holding
    until: datetime
    minutes: int
    late_minutes: int = 0


def shares(snapshot: Snapshot, *, at: datetime, office_time: OfficeTime) -> tuple[Share, ...]:
    """Return who held the dossier for how many working minutes, in order.

    Counted from acceptance to the end of the legal clock, or to `at` while it has not ended.
    The minutes sum to the working minutes between the two. Nothing for a dossier that was
    never accepted.

    The late minutes sum to `late_minutes` of the dossier. They are laid on the minutes in which a
    step was held beyond its own budget, the latest first: who passed a late dossier on within
    the budget answers for none. What no budget explains is answered for by who held the dossier
    after the promise. Raises CalendarNotPublished.
    """
    if snapshot.accepted_at is None:
        return ()
    end = min(snapshot.clock_ended_at or at, at)
    held = [h for h in snapshot.holdings if h.since <= end]
    if not held:
        return ()
    bounds = [holding.since for holding in held] + [end]
    found = tuple(
        Share(
            holding=holding,
            until=until,
            minutes=office_time.opening_minutes_between(since, until),
        )
        for holding, (since, until) in zip(held, pairwise(bounds), strict=True)
    )
    total = office_time.opening_minutes_between(bounds[0], end)
    assert sum(share.minutes for share in found) == total, "a minute went missing"
    late = late_minutes(snapshot, at=at, office_time=office_time)
    return _laid_on(found, late, snapshot, office_time) if late else found


def late_minutes(snapshot: Snapshot, *, at: datetime, office_time: OfficeTime) -> int:
    """Return how many working minutes after the promise the clock ran; pauses are left out.

    Raises CalendarNotPublished.
    """
    if snapshot.due_at is None:
        return 0
    end = min(snapshot.clock_ended_at or at, at)
    return _counted(snapshot.due_at, end, snapshot.pauses, office_time)


def _laid_on(
    found: Sequence[Share], late: int, snapshot: Snapshot, office_time: OfficeTime
) -> tuple[Share, ...]:
    assert snapshot.due_at is not None, "only what was promised is late"
    left, laid = late, [0] * len(found)
    budget_out = [_budget_out(share, snapshot) for share in found]
    for number in reversed(range(len(found))):
        share, out = found[number], budget_out[number]
        if out is not None:
            beyond = _counted(out, share.until, snapshot.pauses, office_time)
            laid[number] = min(beyond, left)
            left -= laid[number]
    for number in reversed(range(len(found))):
        share, out = found[number], budget_out[number]
        if share.holding.kind not in NOT_ANSWERING:
            start = max(share.holding.since, snapshot.due_at)
            until = share.until if out is None else min(out, share.until)
            within = min(_counted(start, until, snapshot.pauses, office_time), left)
            laid[number] += within
            left -= within
    assert left == 0, "a late minute belongs to nobody"
    return tuple(
        replace(share, late_minutes=minutes) for share, minutes in zip(found, laid, strict=True)
    )


def _budget_out(share: Share, snapshot: Snapshot) -> datetime | None:
    """Return from when the holding lasted beyond its step's budget; None: never, or no budget."""
    since = share.holding.since
    if share.holding.kind in NOT_ANSWERING:
        return None
    step = next(run for run in reversed(snapshot.steps) if run.started_at <= since)
    if step.due_at is None or step.due_at >= share.until:
        return None
    return max(since, step.due_at)


def _counted(
    start: datetime, end: datetime, pauses: Iterable[Pause], office_time: OfficeTime
) -> int:
    """Return the working minutes in [start, end) outside the pauses."""
    minutes, reached = 0, start
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.start >= end:
            break
        minutes += office_time.opening_minutes_between(reached, max(pause.start, reached))
        reached = max(reached, min(pause.end or end, end))
    return minutes + office_time.opening_minutes_between(reached, end)
