"""A scenario's world, made in an empty home before its year is replayed."""

from random import Random
from typing import Any

from django.db.models import prefetch_related_objects

from motcua.agencies.models import Agency, Calendar
from motcua.agencies.queries import current_edition
from motcua.agencies.services import publish_calendar
from motcua.applicants.models import Applicant
from motcua.calendars import shipped_calendar
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import midnight
from motcua.dossiers.queries import terms_for
from motcua.scenarios.files import Scenario
from motcua.scenarios.offices import Office, Offices, Post
from motcua.scenarios.people import People, known_people
from motcua.scenarios.places import Matter, Place, Team, Worker
from motcua.scenarios.procedures import fees_of, papers_of, publish_procedures


def build(scenario: Scenario) -> list[Place]:
    """Make the world's rows in an empty home and return its units, a district's first.

    The world does not depend on the seed: its names are drawn from its own name.
    """
    began = scenario.offices["begins"]
    at = midnight(began)
    if not Calendar.objects.exists():
        publish_calendar(shipped_calendar(), at=at, note="Lịch kèm phần mềm")
    people = People(scenario.people, Random(scenario.name), group=0)  # noqa: S311 - play
    versions = publish_procedures(scenario)
    prefetch_related_objects([version for version, _row in versions], "cases")
    offices = Offices(scenario, people, at).build()
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
        for index, office in enumerate(offices)
    ]


def _place(
    scenario: Scenario,
    office: Office,
    versions: list[tuple[ProcedureVersion, dict[str, str]]],
    *,
    edition: int,
    index: int,
) -> Place:
    fields = {row["code"]: row for row in scenario.fields if row["level"] == office.level}
    matters = tuple(
        matter
        for version, row in versions
        if row["field"] in fields and int(row["weight"])
        for matter in _matters(scenario, office, version, row, fields[row["field"]], edition)
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


def _matters(
    scenario: Scenario,
    office: Office,
    version: ProcedureVersion,
    row: dict[str, str],
    field: dict[str, str],
    edition: int,
) -> list[Matter]:
    """Return the procedure as it is asked for here, once for each of its cases."""
    cases: list[ProcedureCase | None] = [*version.cases.all()] or [None]
    common = papers_of(scenario, row["code"])
    return [
        Matter(
            code=row["code"],
            version=version.pk,
            case=case.pk if case else None,
            procedure=version.procedure_id,
            administrative_field=version.procedure.administrative_field_id,
            field_code=row["field"],
            competent_agency=_competent(office, field["division"]).pk,
            terms=terms_for(unit=office.unit, version=version, case=case, edition=edition),
            at_once=version.is_settled_at_once,
            register_book=version.register_book,
            papers=common + (papers_of(scenario, row["code"], case=case.code) if case else ()),
            fees=fees_of(scenario, row["code"]),
            weight=int(row["weight"]) / len(cases),
        )
        for case in cases
    ]


def _competent(office: Office, division: str) -> Agency:
    return office.divisions[division][0] if division else office.unit.agency


def _team(office: Office, fields: dict[str, dict[str, str]]) -> Team:
    by_post: dict[str, set[str]] = {}
    by_division: dict[str, set[str]] = {}
    for code, row in fields.items():
        by_post.setdefault(row["post"], set()).add(code)
        by_division.setdefault(row["division"], set()).add(code)

    def workers(role: str, posts: list[Post]) -> tuple[Worker, ...]:
        return tuple(
            _worker(post, post.row.get("fields") or by_post.get(post.row.get("post", ""), ()))
            for post in posts
            if role in post.row["roles"]
        )

    handling, appraising, approving = [], [], []
    for code, (_agency, posts) in office.divisions.items():
        for post in posts:
            worker = _worker(post, by_division.get(code, ()))
            if "approver" in post.row["roles"]:
                approving.append(worker)
            if post.row.get("appraises"):
                appraising.append(worker)
            elif "handler" in post.row["roles"]:
                handling.append(worker)
    own = workers("handler", office.posts)
    return Team(
        receiving=workers("reception", office.posts),
        handling=tuple(handling) or own,
        appraising=tuple(appraising) or own,
        approving=(*workers("approver", office.posts), *approving),
        sealing=own,
    )


def _worker(post: Post, fields: Any) -> Worker:
    return Worker(
        officer=post.officer.pk,
        name=post.officer.full_name,
        agency=post.officer.agency_id,
        share=post.row.get("share", 1),
        fields=frozenset(fields),
        counter=post.officer.counter_id,
    )
