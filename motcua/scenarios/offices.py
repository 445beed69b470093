"""A scenario's offices as rows, from the province to the communes, each with its people."""

from dataclasses import dataclass
from datetime import date, datetime, time
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


@dataclass(slots=True, kw_only=True)
class Office:
    """One one-stop unit with the posts of its office and of its divisions."""

    level: str
    name: str
    unit: OneStopUnit
    weight: int
    addresses: tuple[str, ...]
    posts: list[Post]
    divisions: dict[str, tuple[Agency, list[Post]]]


class District:
    """Makes the rows of the district and its communes."""

    def __init__(self, scenario: Scenario, people: People, at: datetime) -> None:
        self._files = scenario.offices
        self._staff = scenario.staff
        self._communes = scenario.communes
        self._people = people
        self._at = at
        self._began: date = self._files["begins"]
        self._password = make_password(DEMO_PASSWORD)
        self.offices: list[Office] = []

    def build(self) -> None:
        """Make province, district, divisions and communes, each with its people."""
        province = self._agency(self._files["province"], "province", None)
        facts = self._files["district"]
        district = self._agency(facts, "district", province)
        unit = self._unit(district, facts["unit"], facts["address"], number=0)
        counters = self._counters(unit, self._staff["district"])
        office = Office(
            level="district",
            name=facts["name"],
            unit=unit,
            weight=1,
            addresses=tuple(
                place
                for commune in self._communes
                for place in _addresses(commune, int(commune["hamlets"]))
            ),
            posts=self._posts(self._staff["district"], district, facts["account"], counters),
            divisions={},
        )
        for number, division in enumerate(self._files["division"], start=1):
            office.divisions[division["code"]] = self._division(district, division, number)
        self.offices.append(office)
        for number, commune in enumerate(self._communes, start=1):
            self.offices.append(self._commune(district, commune, number))

    def _division(
        self, district: Agency, division: dict[str, str], number: int
    ) -> tuple[Agency, list[Post]]:
        facts = {
            "code": f"{district.code}.{division['code']}",
            "name": f"{division['name']} huyện Nghĩa Hưng"
            if not division["name"].endswith("huyện")
            else f"{division['name']} Nghĩa Hưng",
            "identifier": f"000.{number:02d}.99.H40",
        }
        agency = self._agency(facts, "division", district)
        account = f"{self._files['district']['account']}.{division['code'].lower()}"
        listed = self._staff["listed_specialist"]
        rows = [
            {**row, "account": listed["account"], "listed": True}
            if row["key"] == "specialist" and division["code"] == listed["division"]
            else row
            for row in self._staff["division"]
        ]
        return agency, self._posts(rows, agency, account, {})

    def _commune(self, district: Agency, commune: dict[str, str], number: int) -> Office:
        words = self._files["commune"]
        named = {"kind": commune["kind"], "name": commune["name"], "n": number}
        facts = {
            "code": commune["code"],
            "name": words["agency"].format(**named),
            "identifier": words["identifier"].format(**named),
        }
        agency = self._agency(facts, "commune", district)
        unit = self._unit(
            agency, words["unit"].format(**named), words["address"].format(**named), number=number
        )
        rows = self._staff["town" if number == 1 else "commune"]
        posts = self._posts(rows, agency, commune["account"], self._counters(unit, rows))
        return Office(
            level="commune",
            name=facts["name"],
            unit=unit,
            weight=int(commune["synthetic_weight"]),
            addresses=_addresses(commune, int(commune["hamlets"])),
            posts=posts,
            divisions={},
        )

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
            email=f"motcua.{agency.code}@nghiahung.example",
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
            listed = row.get("listed", False)
            user = User.objects.create(
                username=row.get("account", f"{account}.{row['key']}"),
                password=self._password if listed else make_password(None),
                date_joined=self._at,
            )
            officer = Officer.objects.create(
                user=user,
                full_name=self._people.name(self._people.sex()),
                position=row["position"],
                agency=agency,
                counter=counters.get(row.get("counter", 0)),
                is_listed_in_demo=listed,
            )
            RoleAssignment.objects.bulk_create(
                RoleAssignment(officer=officer, agency=agency, role=role, valid_from=self._began)
                for role in row["roles"]
            )
            posts.append(Post(row=row, officer=officer))
        return posts


def _addresses(commune: dict[str, str], hamlets: int) -> tuple[str, ...]:
    part = "Tổ dân phố" if commune["kind"] == "thị trấn" else "Xóm"
    return tuple(
        f"{part} {number}, {commune['kind']} {commune['name']}, huyện Nghĩa Hưng, tỉnh Nam Định"
        for number in range(1, hamlets + 1)
    )
