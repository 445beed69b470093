"""Opening minutes of a scenario's offices: when something may happen there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from motcua.domain.calendar import OfficeTime, instant

# The counter of the district hands over three times a day, on lists: at these minutes of the
# day what came in until then, from 15:00 on the next morning (Decree 61/2018 art. 18).
HAND_OVERS: Final = ((7 * 60 + 20, 0), (11 * 60, 10 * 60 + 45), (15 * 60 + 15, 15 * 60))


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

    def spread(self, shares: Sequence[int], *, start: datetime, minutes: int) -> list[datetime]:
        """Return an instant per act, `minutes` opening minutes after the start the last one."""
        weights = [share * (0.6 + 0.8 * self.rng.random()) for share in shares]
        whole = sum(weights)
        found: list[datetime] = []
        passed, before = 0.0, 0
        for n, weight in enumerate(weights):
            passed += weight
            left = len(weights) - n - 1
            # A whole minute at least between two acts, and enough left for those to come.
            offset = min(max(round(minutes * passed / whole), before + 1), max(minutes - left, 1))
            offset = max(offset, before + 1)
            found.append(self.after(start, offset))
            before = offset
        return found
