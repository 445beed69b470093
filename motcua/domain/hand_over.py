"""When the one-stop unit hands a received dossier to the division, at the latest.

Source: Decree 61/2018 art. 18; Decree 118/2025 as amended by Decree 309/2026: the same working
day, or the start of the next one when it was received after 15:00.
"""

from datetime import datetime, time
from typing import Final

from motcua.domain.calendar import OfficeTime, office

HAND_OVER_THRESHOLD: Final = time(15, 0)


def hand_over_by(
    accepted_at: datetime, office_time: OfficeTime, threshold: time = HAND_OVER_THRESHOLD
) -> datetime:
    """Return the last instant at which handing over is still on time.

    Closing of the day itself when the dossier came before closing and not later than
    `threshold`; else the opening of the next working day. Never moves the due date.

    Raises CalendarNotPublished.
    """
    received = office(accepted_at)
    day = received.date()
    if office_time.is_working_day(day):
        closing = office_time.closing(day)
        if received.time() <= threshold and received < closing:
            return closing
    return office_time.opening(office_time.next_working_day(day))
