"""The calendars shipped with the project: one file a year, each day with its source."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from motcua.domain.calendar import SpecialDay, WorkingCalendar


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the calendar made of every year's file beside this module."""
    years = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(Path(__file__).parent.glob("*.toml"))
    ]
    return WorkingCalendar(
        years=frozenset(year["year"] for year in years),
        provisional=frozenset(y["year"] for y in years if y["status"] == "provisional"),
        off=tuple(_special(row) for year in years for row in year.get("off", [])),
        make_up=tuple(_special(row) for year in years for row in year.get("make_up", [])),
    )


def _special(row: dict[str, object]) -> SpecialDay:
    day = row["day"]
    assert isinstance(day, date)
    return SpecialDay(day=day, name=str(row["name"]), source=str(row["source"]))
