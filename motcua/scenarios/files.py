"""The files of a scenario, read as values.

A scenario is a folder of TOML and CSV that a person can read and change; every column is used.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

SCENARIOS: Final = {"nghia-hung-2021": Path(__file__).parent / "nghia_hung_2021"}


class ScenarioUnknown(Exception):
    """No scenario of that name is shipped."""


@dataclass(frozen=True)
class Scenario:
    """Kịch bản: a folder with a world and the year that is replayed into it."""

    name: str
    folder: Path

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
        """Names to put together, and the known persons."""
        return self._toml("people")

    @cached_property
    def demand(self) -> dict[str, Any]:
        """How many come, when, and how it ends."""
        return self._toml("demand")

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
        """The legal basis of each branch."""
        return {row["branch"]: row["legal_basis"] for row in self._rows("branches")}

    @cached_property
    def procedures(self) -> list[dict[str, str]]:
        """The procedures, commune's first."""
        return self._rows("procedures")

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
        return tomllib.loads((self.folder / f"{name}.toml").read_text(encoding="utf-8"))

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def scenario(name: str) -> Scenario:
    """Return the shipped scenario of that name.  Raises ScenarioUnknown."""
    if name not in SCENARIOS:
        raise ScenarioUnknown(name)
    return Scenario(name, SCENARIOS[name])
