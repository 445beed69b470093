"""Due dates per second: the pure function, one process."""

import random
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks.table import Row
from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime
from motcua.domain.deadline import due
from motcua.domain.limit import TimeLimit
from motcua.domain.pause import Pause

LIMITS = ["same_day", "1 working_day", "5 working_day", "20 working_day", "4 working_hour"]
START = datetime(2021, 1, 4, 7, 30, tzinfo=OFFICE_ZONE)
CASES = 20_000


def measure() -> list[Row]:
    """Return the median of five runs, without and with a pause."""
    draw = random.Random(1)
    office_time = OfficeTime(shipped_calendar())
    limits = [TimeLimit.parse(text) for text in LIMITS]
    cases = [
        (START + timedelta(minutes=draw.randrange(300 * 1440)), draw.choice(limits))
        for _ in range(CASES)
    ]
    pauses = [
        (Pause(start=at + timedelta(days=1), end=at + timedelta(days=draw.randint(2, 9))),)
        for at, _limit in cases
    ]

    def plain() -> None:
        for at, limit in cases:
            due(accepted_at=at, limit=limit, office_time=office_time)

    def paused() -> None:
        for (at, limit), pause in zip(cases, pauses, strict=True):
            due(accepted_at=at, limit=limit, office_time=office_time, pauses=pause)

    return [
        Row("due dates, no pause", f"{_rate(plain):,.0f} / s"),
        Row("due dates, one pause", f"{_rate(paused):,.0f} / s"),
    ]


def _rate(run) -> float:
    run()
    times = []
    for _ in range(5):
        began = perf_counter()
        run()
        times.append(perf_counter() - began)
    return CASES / median(times)
