"""A scenario's offices as rows, from the province to the communes, each with its people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from motcua.agencies.models import (
    Agency,
    Counter,
    Officer,
    OneStopUnit,
    OpeningSession,
    RoleAssignment,
)
from motcua.scenarios import DEMO_PASSWORD
from motcua.scenarios.files import Scenario
from motcua.scenarios.people import People


@dataclass(slots=True, kw_only=True)
class Post:
    """One post with the officer who holds it."""

    row: dict[str, Any]
    officer: Officer


Division = tuple[Agency, list[Post]]


@dataclass(slots=True, kw_only=True)
class Office:
    """One one-stop unit with its posts and those of whoever settles what is received there."""

    level: str
    name: str
    unit: OneStopUnit
    weight: int
    addresses: tuple[str, ...]
    posts: list[Post]
    divisions: dict[str, Division]


class Offices:
    """Makes the rows of a province, its departments, its districts if it has any, its communes."""

    def __init__(self, scenario: Scenario, people: People, at: datetime) -> None:
        self._files = scenario.offices
        self._staff = scenario.staff
        self._communes = scenario.communes
        self._people = people
        self._at = at
        self._began: date = self._files["begins"]
        self._password = make_password(DEMO_PASSWORD)

    def build(self) -> list[Office]:
        """Make every office with its people and return those with a one-stop unit."""
        files = self._files
        province = self._agency(files["province"], "province", None)
        departments = self._divisions(files.get("department", ()), province)
        offices, above = [], province
        if "district" in files:
            offices.append(self._district(files["district"], province))
            above = offices[0].unit.agency
        for number, commune in enumerate(self._communes, start=1):
            office = self._commune(commune, above, number)
            office.divisions |= departments
            offices.append(office)
        return offices

    def _district(self, facts: dict[str, Any], province: Agency) -> Office:
        district = self._agency(facts, "district", province)
        unit = self._unit(district, facts["unit"], facts["address"], number=0)
        counters = self._counters(unit, self._staff["district"])
        return Office(
            level="district",
            name=facts["name"],
            unit=unit,
            weight=1,
            addresses=tuple(place for row in self._communes for place in self._addresses(row)),
            posts=self._posts(self._staff["district"], district, facts["account"], counters),
            divisions=self._divisions(facts["division"], district, facts["account"]),
        )

    def _commune(self, commune: dict[str, str], above: Agency, number: int) -> Office:
        words, named = self._files["commune"], {**commune, "n": number}
        facts = {
            "code": commune["code"],
            "name": words["agency"].format(**named),
            "identifier": words["identifier"].format(**named),
        }
        agency = self._agency(facts, "commune", above)
        unit = self._unit(
            agency, words["unit"].format(**named), words["address"].format(**named), number=number
        )
        is_first = number == 1 and "first_commune" in self._staff
        rows = self._staff["first_commune" if is_first else "commune"]
        return Office(
            level="commune",
            name=facts["name"],
            unit=unit,
            weight=int(commune["synthetic_weight"]),
            addresses=self._addresses(commune),
            posts=self._posts(rows, agency, commune["account"], self._counters(unit, rows)),
            divisions=self._divisions(words.get("division", ()), agency, commune["account"], named),
        )

    def _divisions(
        self,
        rows: Iterable[dict[str, str]],
        above: Agency,
        account: str = "",
        named: Mapping[str, Any] = MappingProxyType({}),
    ) -> dict[str, Division]:
        """Make what settles for an agency, by code; `named` are the words of a commune."""
        made = {}
        for number, row in enumerate(rows, start=1):
            facts = {
                "code": f"{above.code}.{row['code']}",
                "name": row["name"].format(**named),
                "identifier": row["identifier"].format(**named, number=number),
            }
            agency = self._agency(facts, "division", above)
            accounts = row.get("account") or f"{account}.{row['code'].lower()}"
            made[row["code"]] = agency, self._posts(self._staff[row["staff"]], agency, accounts, {})
        return made

    def _agency(self, facts: dict[str, str], kind: str, parent: Agency | None) -> Agency:
        return Agency.objects.create(
            code=facts["code"],
            identifier=facts["identifier"],
            identifier_is_placeholder=kind != "province",
            name=facts["name"],
            kind=kind,
            parent=parent,
            valid_from=self._began,
        )

    def _unit(self, agency: Agency, name: str, address: str, *, number: int) -> OneStopUnit:
        unit = OneStopUnit.objects.create(
            agency=agency,
            name=name,
            address=address,
            phone=f"0100 {number:03d} 100",
            hotline=f"0100 {number:03d} 199",
            email=self._files["email"].format(code=agency.code),
        )
        hours = self._files["hours"]
        OpeningSession.objects.bulk_create(
            OpeningSession(
                unit=unit,
                weekday=weekday,
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
                valid_from=self._files["hours_from"],
            )
            for weekday in hours["weekdays"]
            for opens, closes in hours["sessions"]
        )
        return unit

    def _counters(self, unit: OneStopUnit, rows: list[dict[str, Any]]) -> dict[int, Counter]:
        numbers = sorted({row["counter"] for row in rows if "counter" in row})
        return {
            number: Counter.objects.create(unit=unit, number=number, name=f"Quầy số {number}")
            for number in numbers
        }

    def _posts(
        self,
        rows: list[dict[str, Any]],
        agency: Agency,
        account: str,
        counters: dict[int, Counter],
    ) -> list[Post]:
        posts = []
        for row in rows:
            name = f"{account}.{row['key']}"
            listed = self._staff["listed"].get(name)
            user = User.objects.create(
                username=listed or name,
                password=self._password if listed else make_password(None),
                date_joined=self._at,
            )
            officer = Officer.objects.create(
                user=user,
                full_name=self._people.name(self._people.sex()),
                position=row["position"],
                agency=agency,
                counter=counters.get(row.get("counter", 0)),
                is_listed_in_demo=listed is not None,
            )
            RoleAssignment.objects.bulk_create(
                RoleAssignment(officer=officer, agency=agency, role=role, valid_from=self._began)
                for role in row["roles"]
            )
            posts.append(Post(row=row, officer=officer))
        return posts

    def _addresses(self, commune: dict[str, str]) -> tuple[str, ...]:
        words = self._files["hamlets"][commune["kind"]]
        hamlets = range(1, int(commune["hamlets"]) + 1)
        return tuple(words.format(**commune, n=number) for number in hamlets)
