"""Questions about procedures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from django.db.models import Count
from django.db.models import Value as Literal
from django.db.models.functions import Concat

from motcua.agencies.models import Agency
from motcua.agencies.queries import in_force, valid_on
from motcua.catalogue.models import FeeRate, ProcedureVersion, ProcessStep
from motcua.domain.condition import Value
from motcua.domain.defect import SHOWN_BY_ANSWERS, Defect, Finding
from motcua.domain.draft import Draft, DraftOutcome, DraftStep
from motcua.domain.fee import FeeKind, FeeRule
from motcua.domain.linter import Staff, lint
from motcua.domain.process import PERFORMING, Performer, Process, Role, conditions_of
from motcua.domain.process_file import questions_of
from motcua.domain.question import Question, asked, vocabulary_of


@lru_cache(maxsize=4096)
def process_of(version_id: int) -> Process:
    """Return the steps of a version; a version is frozen, so they never change."""
    return Process(tuple(step.read() for step in draft_steps(version_id)))


@lru_cache(maxsize=4096)
def road_of(version_id: int, case: str, answers: tuple[tuple[str, Value], ...] = ()) -> Process:
    """Return the road of a dossier of that case of a version; empty where it has no cases.

    `answers` are by the key of their question. Raises AnswerMissing where the process asks for
    the case, or for an answer, and none is given.
    """
    given: dict[str, Value] = {f"answer.{key}": value for key, value in answers}
    return process_of(version_id).for_answers({**given, "case": case} if case else given)


@lru_cache(maxsize=4096)
def questions_asked(version_id: int) -> tuple[Question, ...]:
    """Return what the counter asks besides the case, for the conditions of this version."""
    [questions] = ProcedureVersion.objects.filter(pk=version_id).values_list("questions", flat=True)
    if not questions:
        return ()
    read = questions_of({"questions": questions})
    return asked(read, conditions_of(process_of(version_id).steps))


def draft_steps(version_id: int) -> tuple[DraftStep, ...]:
    """Return the steps of a version as they are written, in their order."""
    rows = ProcessStep.objects.filter(version=version_id).order_by("position")
    return tuple(
        DraftStep(
            code=row.code,
            name=row.name,
            kind=row.kind,
            role=row.role,
            performer=row.performer,
            budget=row.budget,
            outcomes=tuple(DraftOutcome(**outcome) for outcome in row.outcomes),
            same_as=row.same_as,
            consulted=tuple(row.consulted),
        )
        for row in rows
    )


def draft_of(version: ProcedureVersion) -> Draft:
    """Return the process of a version as the linter reads it."""
    questions = questions_of({"questions": version.questions})
    return draft_for(version, questions, draft_steps(version.pk))


def draft_for(
    version: ProcedureVersion, questions: Sequence[Question], steps: Sequence[DraftStep]
) -> Draft:
    """Return these questions and steps as the linter reads them, for what the version promises."""
    cases = sorted(case.code for case in version.cases.all())
    consulted = {code for step in steps for code in step.consulted}
    known = Agency.objects.filter(code__in=consulted).values_list("code", flat=True)
    return Draft(
        limit=version.limit,
        legal_basis=version.legal_basis,
        questions=tuple(questions),
        steps=tuple(steps),
        is_settled_at_once=version.is_settled_at_once,
        agencies=frozenset(known) if consulted else frozenset(),
        vocabulary=vocabulary_of(cases, questions),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Nhân sự cho quy trình: how many can do the steps wherever they are done, and who cannot.

    `staff` is the least of all agencies; `without` names, for each role and place, the agencies
    where nobody is.
    """

    staff: Staff
    without: Mapping[tuple[Role, Performer], tuple[str, ...]]


def agencies_handling(version: ProcedureVersion, *, on: date) -> list[Agency]:
    """Return the agencies at whose counters dossiers of this procedure are received: all of its
    level that have a one-stop unit."""
    level = version.procedure.administrative_field.level
    found = Agency.objects.filter(valid_on(on), kind=level, unit__isnull=False)
    return list(found.order_by("code"))


def staffing(agencies: Sequence[Agency], version: ProcedureVersion, *, on: date) -> Staffing:
    """Return who could do the steps of a version received at the units of these agencies."""
    divisions = {
        agency: division.pk for agency, division in _divisions(agencies, version, on=on).items()
    }
    places = {*(agency.pk for agency in agencies), *divisions.values()}
    rows = in_force(on).filter(agency__in=places, officer__user__is_active=True)
    counted = rows.values_list("agency_id", "role").annotate(Count("officer", distinct=True))
    holding = {(agency, role): number for agency, role, number in counted}
    staff: dict[tuple[Role, Performer], int] = {}
    without: dict[tuple[Role, Performer], tuple[str, ...]] = {}
    for performer in Performer:
        at = {
            agency: divisions.get(agency.pk) if performer is Performer.DIVISION else agency.pk
            for agency in agencies
        }
        for role in PERFORMING:
            numbers = {
                agency.name: holding.get((place, role.value), 0) for agency, place in at.items()
            }
            staff[role, performer] = min(numbers.values(), default=0)
            without[role, performer] = tuple(name for name, number in numbers.items() if not number)
    return Staffing(staff=staff, without=without)


def staff_for(agency: Agency, version: ProcedureVersion, *, on: date) -> Staff:
    """Return how many officers could do the steps of a version received at the agency's unit."""
    return staffing([agency], version, on=on).staff


def defects_of(draft: Draft, there: Staffing) -> tuple[Finding, ...]:
    """Return what the linter finds, naming the agencies where nobody could do a step.

    What several sets of answers show of a step is said once, with the first of them.
    """
    first: dict[tuple[Defect, str, str], Finding] = {}
    for one in lint(draft, there.staff):
        seen = "" if one.defect in SHOWN_BY_ANSWERS else one.seen
        first.setdefault((one.defect, one.step, seen), _with_places(one, draft.steps, there))
    return tuple(first.values())


def _with_places(finding: Finding, steps: Iterable[DraftStep], there: Staffing) -> Finding:
    if finding.defect is not Defect.NOBODY_THERE:
        return finding
    step = next(step for step in steps if step.code == finding.step)
    names = there.without.get((Role(step.role), Performer(step.performer)), ())
    first = ", ".join(names[:3])
    more = f" và {len(names) - 3} nơi nữa" if len(names) > 3 else ""
    return replace(finding, seen=first + more)


def _divisions(
    agencies: Sequence[Agency], version: ProcedureVersion, *, on: date
) -> dict[int, Agency]:
    """Return who settles the procedure for each agency: its own division of that code, else that
    of the agency above it, as a department of the province does for its communes."""
    if not version.division_code:
        return {}
    above = {agency.parent_id for agency in agencies} - {None}
    rows = Agency.objects.filter(
        valid_on(on),
        kind="division",
        parent__in={agency.pk for agency in agencies} | above,
        code=Concat("parent__code", Literal(f".{version.division_code}")),
    )
    of = {row.parent_id: row for row in rows}
    found = {agency.pk: of.get(agency.pk) or of.get(agency.parent_id) for agency in agencies}
    return {agency: division for agency, division in found.items() if division is not None}


@lru_cache(maxsize=4096)
def step_names(version_id: int) -> Mapping[str, str]:
    """Return what the steps of a version are called, by code; they never change either."""
    rows = ProcessStep.objects.filter(version=version_id)
    return MappingProxyType(dict(rows.values_list("code", "name")))


def competent_division(agency: Agency, version: ProcedureVersion, *, on: date) -> Agency | None:
    """Return who settles the procedure received at this agency's unit on that day, if not the
    agency itself: its division, or one of the agency above.

    A division's code is its agency's, a point, and the code the procedure names.
    """
    return _divisions([agency], version, on=on).get(agency.pk)


def fee_rules(version: ProcedureVersion) -> tuple[FeeRule, ...]:
    """Return the published rates of a version as the values the rules take."""
    rates: list[FeeRate] = sorted(version.fees.all(), key=lambda rate: rate.pk)
    return tuple(
        FeeRule(
            name=rate.name,
            kind=FeeKind(rate.kind),
            amount=rate.amount,
            per=rate.per,
            first=rate.first,
            further=rate.further,
            ceiling=rate.ceiling,
        )
        for rate in rates
    )
