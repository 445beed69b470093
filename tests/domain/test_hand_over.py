"""A dossier received exactly at closing is handed over at the next opening: nobody is left."""

from datetime import datetime, time

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime, Session
from motcua.domain.hand_over import HAND_OVER_THRESHOLD, hand_over_by

# Open until 17:00, on Wednesdays in the morning only.
SHORT_WEDNESDAY = OfficeTime(
    shipped_calendar(),
    tuple(
        Session(weekday=day, opens=time(7), closes=time(11, 30) if day == 2 else time(17))
        for day in range(5)
    ),
)


@pytest.mark.parametrize(
    ("received", "threshold", "by"),
    [
        ("2021-03-17T11:29:59", HAND_OVER_THRESHOLD, "2021-03-17T11:30"),
        ("2021-03-17T11:30:00", HAND_OVER_THRESHOLD, "2021-03-18T07:00"),
        ("2021-03-18T16:59:59", time(17), "2021-03-18T17:00"),
        ("2021-03-18T17:00:00", time(17), "2021-03-19T07:00"),
    ],
    ids=[
        "before a closing at noon",
        "at a closing at noon",
        "before a closing that is the threshold",
        "at a closing that is the threshold",
    ],
)
def test_at_closing_the_day_is_over(received, threshold, by):
    at = datetime.fromisoformat(received).replace(tzinfo=OFFICE_ZONE)
    assert f"{hand_over_by(at, SHORT_WEDNESDAY, threshold):%Y-%m-%dT%H:%M}" == by
