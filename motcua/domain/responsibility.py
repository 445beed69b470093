"""Every working minute of a dossier belongs to exactly one holder, and the minutes add up.

Source: Decree 61/2018 art. 19 and 33: who holds a dossier answers for its delay.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from motcua.domain.calendar import OfficeTime
from motcua.domain.snapshot import Holding, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Phần thời gian: the working minutes one holder had the dossier."""

    holding: Holding
    until: datetime
    minutes: int


def shares(snapshot: Snapshot, *, at: datetime, office_time: OfficeTime) -> tuple[Share, ...]:
    """Return who held the dossier for how many working minutes, in order.

    Counted from acceptance to the end of the legal clock, or to `at` while it has not ended.
    The minutes sum to the working minutes between the two. Nothing for a dossier that was
    never accepted.
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
    return found
