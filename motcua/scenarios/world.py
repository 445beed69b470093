"""A scenario's world: offices, staff, procedures, as rows, and as the values a replay needs."""

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from random import Random
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from motcua.agencies.models import (
    Agency,
    Calendar,
    Counter,
    Officer,
    OneStopUnit,
    OpeningSession,
    RoleAssignment,
)
from motcua.agencies.queries import current_edition
from motcua.agencies.services import publish_calendar
from motcua.applicants.models import Applicant
from motcua.calendars import shipped_calendar
from motcua.catalogue.models import AdministrativeField, ProcedureVersion
from motcua.catalogue.services import Publication, publish
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Required
from motcua.domain.fee import FeeKind, FeeRule
from motcua.domain.history import Terms
from motcua.domain.limit import TimeLimit, Unit
from motcua.domain.process import Performer, Process, Role, Step, StepKind
from motcua.dossiers.queries import terms_for
from motcua.scenarios import DEMO_PASSWORD
from motcua.scenarios.files import Scenario
from motcua.scenarios.people import People, known_people

OPENING_MINUTES_A_DAY: Final = 480
MINUTES_OF_SAME_DAY: Final = 100  # so that the steps of what is received at 15:00 fit before 17:00


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Người làm: an officer as the replay needs one; `share` of the work of the same kind."""

    officer: int
    name: str
    agency: int
    share: int
    fields: frozenset[str]  # empty: all
    counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Ai làm bước nào: the workers of one unit by what they do."""

    receiving: tuple[Worker, ...]
    handling: tuple[Worker, ...]
    appraising: tuple[Worker, ...]
    approving: tuple[Worker, ...]
    sealing: tuple[Worker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Loại việc: one procedure as it is asked for at one unit."""

    code: str
    version: int
    procedure: int
    administrative_field: int
    field_code: str
    competent_agency: int
    terms: Terms
    at_once: bool
    register_book: str
    papers: tuple[Required, ...]
    fees: tuple[FeeRule, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Nơi tiếp nhận: one one-stop unit with everything its year needs."""

    index: int
    level: str
    name: str
    unit: int
    agency: int
    identifier: str
    edition: int
    weight: int
    addresses: tuple[str, ...]
    team: Team
    matters: tuple[Matter, ...]


def build(scenario: Scenario) -> list[Place]:
    """Make the world's rows in an empty home and return its units, the district's first.

    The world does not depend on the seed: its names are drawn from its own name.
    """
    began = scenario.offices["begins"]
    at = datetime.combine(began, time(), tzinfo=OFFICE_ZONE)
    if not Calendar.objects.exists():
        publish_calendar(shipped_calendar(), at=at, note="Lịch kèm phần mềm")
    people = People(scenario.people, Random(scenario.name), group=0)  # noqa: S311 - play
    versions = _procedures(scenario)
    district = _District(scenario, people, at)
    district.build()
    Applicant.objects.bulk_create(
        Applicant(
            personal_id=person.personal_id,
            full_name=person.full_name,
            born_on=person.born_on,
            sex=person.sex,
            address=person.address,
            phone=person.phone,
        )
        for person in known_people(scenario.people)
    )
    edition = current_edition()
    return [
        _place(scenario, office, versions, edition=edition, index=index)
        for index, office in enumerate(district.offices)
    ]


# Procedures


def _procedures(scenario: Scenario) -> list[tuple[ProcedureVersion, dict[str, str]]]:
    fields = {
        row["code"]: AdministrativeField(
            code=row["code"], name=row["name"], level=row["level"], note=row["note"]
        )
        for row in scenario.fields
    }
    AdministrativeField.objects.bulk_create(fields.values())
    divisions = {row["code"]: row["division"] for row in scenario.fields}
    rows = scenario.procedures
    versions = publish(
        [
            _publication(scenario, row, fields[row["field"]], divisions[row["field"]])
            for row in rows
        ],
        valid_from=scenario.offices["begins"],
    )
    return list(zip(versions, rows, strict=True))


def _publication(
    scenario: Scenario, row: dict[str, str], field: AdministrativeField, division: str
) -> Publication:
    limit = TimeLimit.parse(row["limit"])
    process, names = _process(scenario.processes, row["process"], limit)
    return Publication(
        code=row["code"],
        national_code=row["national_code"],
        name=row["name"],
        administrative_field=field,
        aliases=row["aliases"],
        limit=limit,
        legal_limit=row["legal_limit"],
        is_settled_at_once=row["process"] == "at_once",
        register_book=row["register_book"],
        division_code=division,
        legal_basis=scenario.branches[row["branch"]],
        summary=row["summary"] or _summary(row["name"], field.level),
        result_name=row["result"],
        applicant_kinds=row["applicants"],
        documents=_papers(scenario, row["code"]),
        fees=_fees(scenario, row["code"]),
        process=process,
        step_names=names,
        assumed=tuple(row["assumed"].split()),
    )


def _summary(name: str, level: str) -> str:
    who = (
        "công chức phụ trách của xã, thị trấn xem xét, lãnh đạo Ủy ban nhân dân ký"
        if level == "commune"
        else "phòng chuyên môn của huyện thụ lý, lãnh đạo Ủy ban nhân dân huyện ký"
    )
    return (
        f"Giải quyết việc: {name[0].lower()}{name[1:]}. "
        f"Nộp hồ sơ tại Bộ phận Một cửa; {who} và kết quả trả tại nơi nộp."
    )


def _papers(scenario: Scenario, code: str) -> tuple[Required, ...]:
    return tuple(
        Required(
            position=int(row["position"]),
            name=row["name"],
            originals=int(row["originals"]),
            certified=int(row["certified"]),
            photocopies=int(row["photocopies"]),
            compulsory=row["compulsory"] == "1",
        )
        for row in scenario.documents.get(code, [])
    )


def _fees(scenario: Scenario, code: str) -> tuple[FeeRule, ...]:
    return tuple(
        FeeRule(
            name=row["name"],
            kind=FeeKind(row["kind"]),
            amount=int(row["amount"]),
            per=row["per"],
            first=int(row["first"]),
            further=int(row["further"]) if row["further"] else None,
            ceiling=int(row["ceiling"]) if row["ceiling"] else None,
        )
        for row in scenario.fees.get(code, [])
    )


def _process(
    processes: dict[str, Any], name: str, limit: TimeLimit
) -> tuple[Process, tuple[str, ...]]:
    steps, names = [], []
    for code, performer, share in processes["processes"][name]:
        step = processes["steps"][code]
        steps.append(
            Step(
                code=code,
                kind=StepKind(step["kind"]),
                role=Role(step["role"]),
                performer=Performer(performer),
                budget=_budget(limit, share),
            )
        )
        names.append(step["name"])
    return Process(tuple(steps)), tuple(names)


def _budget(limit: TimeLimit, share: int) -> TimeLimit | None:
    """Return a step's part of the limit: whole days where it can, else half hours or minutes."""
    if not share:
        return None
    minutes = int(opening_minutes(limit) * share / 100)
    if minutes >= OPENING_MINUTES_A_DAY:
        return TimeLimit(Fraction(minutes // OPENING_MINUTES_A_DAY), Unit.WORKING_DAY)
    if minutes >= 60:
        return TimeLimit(Fraction(minutes // 30, 2), Unit.WORKING_HOUR)
    return TimeLimit(Fraction(max(minutes, 5)), Unit.WORKING_MINUTE)


def opening_minutes(limit: TimeLimit) -> int:
    """Return about how many opening minutes a limit holds, rather fewer than more."""
    match limit.unit:
        case Unit.SAME_DAY:
            return MINUTES_OF_SAME_DAY
        case Unit.WORKING_MINUTE:
            return int(limit.amount)
        case Unit.WORKING_HOUR:
            return int(limit.amount * 60)
        case Unit.WORKING_DAY:
            return int(limit.amount * OPENING_MINUTES_A_DAY)
        case Unit.CALENDAR_DAY:
            return max(1, int(limit.amount) * 5 // 7 - 1) * OPENING_MINUTES_A_DAY
        case Unit.MONTH:
            return int(limit.amount) * 20 * OPENING_MINUTES_A_DAY


# Offices and staff


@dataclass(slots=True, kw_only=True)
class _Post:
    """One post with the officer who holds it."""

    row: dict[str, Any]
    officer: Officer


@dataclass(slots=True, kw_only=True)
class _Office:
    """One one-stop unit with the posts of its office and of its divisions."""

    level: str
    name: str
    unit: OneStopUnit
    weight: int
    addresses: tuple[str, ...]
    posts: list[_Post]
    divisions: dict[str, tuple[Agency, list[_Post]]]


class _District:
    """Makes the rows of the district and its communes."""

    def __init__(self, scenario: Scenario, people: People, at: datetime) -> None:
        self._files = scenario.offices
        self._staff = scenario.staff
        self._communes = scenario.communes
        self._people = people
        self._at = at
        self._began: date = self._files["begins"]
        self._password = make_password(DEMO_PASSWORD)
        self.offices: list[_Office] = []

    def build(self) -> None:
        """Make province, district, divisions and communes, each with its people."""
        province = self._agency(self._files["province"], "province", None)
        facts = self._files["district"]
        district = self._agency(facts, "district", province)
        unit = self._unit(district, facts["unit"], facts["address"], number=0)
        counters = self._counters(unit, self._staff["district"])
        office = _Office(
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
    ) -> tuple[Agency, list[_Post]]:
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

    def _commune(self, district: Agency, commune: dict[str, str], number: int) -> _Office:
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
        return _Office(
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
    ) -> list[_Post]:
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
            posts.append(_Post(row=row, officer=officer))
        return posts


def _addresses(commune: dict[str, str], hamlets: int) -> tuple[str, ...]:
    part = "Tổ dân phố" if commune["kind"] == "thị trấn" else "Xóm"
    return tuple(
        f"{part} {number}, {commune['kind']} {commune['name']}, huyện Nghĩa Hưng, tỉnh Nam Định"
        for number in range(1, hamlets + 1)
    )


# What the replay needs


def _place(
    scenario: Scenario,
    office: _Office,
    versions: list[tuple[ProcedureVersion, dict[str, str]]],
    *,
    edition: int,
    index: int,
) -> Place:
    fields = {row["code"]: row for row in scenario.fields if row["level"] == office.level}
    matters = tuple(
        Matter(
            code=row["code"],
            version=version.pk,
            procedure=version.procedure_id,
            administrative_field=version.procedure.administrative_field_id,
            field_code=row["field"],
            competent_agency=_competent(office, fields[row["field"]]["division"]).pk,
            terms=terms_for(unit=office.unit, version=version, case=None, edition=edition),
            at_once=version.is_settled_at_once,
            register_book=version.register_book,
            papers=_papers(scenario, row["code"]),
            fees=_fees(scenario, row["code"]),
            weight=int(row["weight"]),
        )
        for version, row in versions
        if row["field"] in fields and int(row["weight"])
    )
    return Place(
        index=index,
        level=office.level,
        name=office.name,
        unit=office.unit.pk,
        agency=office.unit.agency_id,
        identifier=office.unit.agency.identifier,
        edition=edition,
        weight=office.weight,
        addresses=office.addresses,
        team=_team(office, fields),
        matters=matters,
    )


def _competent(office: _Office, division: str) -> Agency:
    return office.divisions[division][0] if division else office.unit.agency


def _team(office: _Office, fields: dict[str, dict[str, str]]) -> Team:
    by_post: dict[str, set[str]] = {}
    by_division: dict[str, set[str]] = {}
    for code, row in fields.items():
        by_post.setdefault(row["post"], set()).add(code)
        by_division.setdefault(row["division"], set()).add(code)

    def workers(role: str, posts: list[_Post]) -> tuple[Worker, ...]:
        return tuple(
            _worker(post, post.row.get("fields") or by_post.get(post.row.get("post", ""), ()))
            for post in posts
            if role in post.row["roles"]
        )

    handling, appraising = [], []
    for code, (_agency, posts) in office.divisions.items():
        for post in posts:
            worker = _worker(post, by_division.get(code, ()))
            (appraising if post.row.get("appraises") else handling).append(worker)
    own = workers("handler", office.posts)
    return Team(
        receiving=workers("reception", office.posts),
        handling=tuple(handling) or own,
        appraising=tuple(appraising) or own,
        approving=workers("approver", office.posts),
        sealing=own,
    )


def _worker(post: _Post, fields: Any) -> Worker:
    return Worker(
        officer=post.officer.pk,
        name=post.officer.full_name,
        agency=post.officer.agency_id,
        share=post.row.get("share", 1),
        fields=frozenset(fields),
        counter=post.officer.counter_id,
    )
