"""The calendars shipped with the project: one file a year, each day with its source."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from motcua.domain.calendar import SpecialDay, WorkingCalendar, read_hours


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the calendar made of every year's file beside this module."""
    return calendar_in(Path(__file__).parent)


def calendar_in(folder: Path) -> WorkingCalendar:
    """Return the calendar made of the year files of a folder, `2026.toml` and so on."""
    years = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
    ]
    return WorkingCalendar(
        years=frozenset(year["year"] for year in years),
        provisional=frozenset(y["year"] for y in years if y["status"] == "provisional"),
        sources={year["year"]: year.get("source", "") for year in years},
        off=tuple(_special(row) for year in years for row in year.get("off", [])),
        make_up=tuple(_special(row) for year in years for row in year.get("make_up", [])),
    )


def _special(row: dict[str, object]) -> SpecialDay:
    """Read one day; a make-up day worked in hours of its own has `hours = "07:00-11:30"`."""
    day = row["day"]
    assert isinstance(day, date)
    return SpecialDay(
        day=day,
        name=str(row["name"]),
        source=str(row["source"]),
        sessions=read_hours(str(row["hours"])) if "hours" in row else (),
    )
