"""The files of a scenario, read as values.

A scenario is a folder of TOML and CSV that a person can read and change; every column is used.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OfficeTime, instant

SCENARIOS: Final = {
    name: Path(__file__).parent / name.replace("-", "_")
    for name in ("nghia-hung-2021", "ninh-binh-2026")
}
# Promises of the year reach past its end: so much of the calendar has to be known there.
LOOKS_AHEAD: Final = timedelta(days=220)


class ScenarioUnknown(Exception):
    """No scenario of that name is shipped."""


class DayNotReached(Exception):
    """The scenario cannot open on that day: it speaks of those from `first` to `last` only."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"from {first} to {last}")
        self.first = first
        self.last = last


@dataclass(frozen=True)
class Scenario:
    """Kịch bản: a folder with a world and the year that is replayed into it.

    `opens_on` is the day on which the world is to be looked at: a scenario whose file names no
    end makes the year up to that day.
    """

    name: str
    folder: Path
    opens_on: date

    @cached_property
    def offices(self) -> dict[str, Any]:
        """Offices, divisions, opening hours."""
        return self._toml("offices")

    @cached_property
    def staff(self) -> dict[str, Any]:
        """Posts by kind of office."""
        return self._toml("staff")

    @cached_property
    def processes(self) -> dict[str, Any]:
        """Internal processes and the shares of their steps."""
        return self._toml("processes")

    @cached_property
    def people(self) -> dict[str, Any]:
        """Names to put together, those of every scenario, and the scenario's known persons."""
        return _toml(Path(__file__).parent / "names.toml") | self._toml("people")

    @cached_property
    def demand(self) -> dict[str, Any]:
        """How many come, when, and how it ends; `begins` and `ends` say which year.

        Raises DayNotReached where the year is that before `opens_on`, and the rules or the
        calendar of the scenario do not reach it.
        """
        demand = self._toml("demand")
        if "ends" not in demand:
            demand |= _year_before(self.opens_on, **demand["opens"])
        return demand

    @cached_property
    def communes(self) -> list[dict[str, str]]:
        """The communes in the order of their codes."""
        return self._rows("communes")

    @cached_property
    def fields(self) -> list[dict[str, str]]:
        """The fields of administration at both levels."""
        return self._rows("fields")

    @cached_property
    def branches(self) -> dict[str, str]:
        """The legal basis of each branch, where procedures do not say their own."""
        return {row["branch"]: row["legal_basis"] for row in self._rows("branches")}

    @cached_property
    def procedures(self) -> list[dict[str, str]]:
        """The procedures, commune's first."""
        return self._rows("procedures")

    @cached_property
    def cases(self) -> dict[str, list[dict[str, str]]]:
        """The cases of each procedure that is asked for in several ways, where there are any."""
        has_cases = (self.folder / "cases.csv").exists()
        return self._by_procedure("cases") if has_cases else {}

    @cached_property
    def documents(self) -> dict[str, list[dict[str, str]]]:
        """The required papers of each procedure."""
        return self._by_procedure("documents")

    @cached_property
    def fees(self) -> dict[str, list[dict[str, str]]]:
        """The rates of each procedure that costs something."""
        return self._by_procedure("fees")

    def _by_procedure(self, name: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        for row in self._rows(name):
            found.setdefault(row["procedure"], []).append(row)
        return found

    def _toml(self, name: str) -> dict[str, Any]:
        return _toml(self.folder / f"{name}.toml")

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def scenario(name: str, *, opens_on: date) -> Scenario:
    """Return the shipped scenario of that name.  Raises ScenarioUnknown."""
    if name not in SCENARIOS:
        raise ScenarioUnknown(name)
    return Scenario(name, SCENARIOS[name], opens_on)


def _year_before(day: date, *, first: date, at: time) -> dict[str, Any]:
    """Return the year that ends at that time of the first working day from `day` on.

    Raises DayNotReached.
    """
    calendar = shipped_calendar()
    last = date(max(calendar.years), 12, 31) - LOOKS_AHEAD
    if not first <= day <= last:
        raise DayNotReached(first, last)
    opening = OfficeTime(calendar).this_or_next_working_day(day)
    return {
        "begins": opening - timedelta(days=365),
        "ends": instant(opening, at.hour * 60 + at.minute),
    }
