"""The demo's clock starts where it is told and runs."""

from datetime import datetime, timedelta

from motcua import clock
from motcua.domain.calendar import OFFICE_ZONE


def test_a_demo_clock_starts_at_its_moment_and_runs(monkeypatch):
    monkeypatch.setenv(clock.START, "")  # so that both are put back afterwards
    monkeypatch.setenv(clock.ANCHOR, "")
    start = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)
    clock.start_at(start)
    first, second = clock.now(), clock.now()
    assert start <= first < second < start + timedelta(seconds=30)
