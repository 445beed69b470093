"""A scenario's procedures: published as rows, with their papers, fees and steps."""

from fractions import Fraction
from typing import Any

from motcua.catalogue.models import AdministrativeField, ProcedureVersion
from motcua.catalogue.services import CaseOf, Publication, publish
from motcua.domain.checklist import Required
from motcua.domain.fee import FeeKind, FeeRule
from motcua.domain.limit import MINUTES_A_DAY, TimeLimit, Unit
from motcua.domain.process import Performer, Process, Role, Step, StepKind
from motcua.scenarios.files import Scenario


def publish_procedures(scenario: Scenario) -> list[tuple[ProcedureVersion, dict[str, str]]]:
    """Publish the scenario's procedures; return each with its line of the file."""
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
        national_code=row.get("national_code", row["code"]),
        name=row["name"],
        administrative_field=field,
        aliases=row["aliases"],
        limit=limit,
        legal_limit=row["legal_limit"],
        is_settled_at_once=row["process"] == "at_once",
        register_book=row["register_book"],
        division_code=division,
        legal_basis=row.get("legal_basis") or scenario.branches[row["branch"]],
        summary=row.get("summary") or scenario.offices["summary"][field.level],
        result_name=row["result"],
        applicant_kinds=row["applicants"],
        documents=papers_of(scenario, row["code"]),
        cases=_cases(scenario, row["code"]),
        fees=fees_of(scenario, row["code"]),
        process=process,
        step_names=names,
        assumed=tuple(row["assumed"].split()),
    )


def _cases(scenario: Scenario, code: str) -> tuple[CaseOf, ...]:
    return tuple(
        CaseOf(
            code=row["code"],
            name=row["name"],
            limit=TimeLimit.parse(row["limit"]) if row["limit"] else None,
            documents=papers_of(scenario, code, case=row["code"]),
        )
        for row in scenario.cases.get(code, [])
    )


def papers_of(scenario: Scenario, code: str, *, case: str = "") -> tuple[Required, ...]:
    """Return the papers a procedure asks for: the common ones, or those of one case only."""
    return tuple(
        Required(
            position=int(row["position"]),
            name=row["name"],
            originals=int(row["originals"]),
            certified=int(row["certified"]),
            photocopies=int(row["photocopies"]),
            compulsory=row["compulsory"] == "1",
            shown_only=row["shown_only"] == "1",
        )
        for row in scenario.documents.get(code, [])
        if row.get("case", "") == case
    )


def fees_of(scenario: Scenario, code: str) -> tuple[FeeRule, ...]:
    """Return the fees a procedure costs."""
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
    minutes = int(limit.least_minutes * share / 100)
    if minutes >= MINUTES_A_DAY:
        return TimeLimit(Fraction(minutes // MINUTES_A_DAY), Unit.WORKING_DAY)
    if minutes >= 60:
        return TimeLimit(Fraction(minutes // 30, 2), Unit.WORKING_HOUR)
    return TimeLimit(Fraction(max(minutes, 5)), Unit.WORKING_MINUTE)
