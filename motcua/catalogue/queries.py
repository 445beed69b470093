"""Questions about procedures."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from motcua.agencies.models import Agency
from motcua.agencies.queries import holders, valid_on
from motcua.catalogue.models import FeeRate, ProcedureVersion, ProcessStep
from motcua.domain.condition import Vocabulary
from motcua.domain.draft import Draft, DraftOutcome, DraftStep
from motcua.domain.fee import FeeKind, FeeRule
from motcua.domain.linter import Staff
from motcua.domain.process import PERFORMING, Performer, Process


@lru_cache(maxsize=4096)
def process_of(version_id: int) -> Process:
    """Return the steps of a version; a version is frozen, so they never change."""
    return Process(tuple(step.read() for step in draft_steps(version_id)))


@lru_cache(maxsize=4096)
def road_of(version_id: int, case: str) -> Process:
    """Return the road of a dossier of that case of a version; empty where it has no cases.

    Raises AnswerMissing where the process asks for the case and none is given.
    """
    return process_of(version_id).for_answers({"case": case} if case else {})


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
        )
        for row in rows
    )


def draft_of(version: ProcedureVersion) -> Draft:
    """Return the process of a version as the linter reads it."""
    cases = tuple(version.cases.order_by("code").values_list("code", flat=True))
    return Draft(
        limit=version.limit,
        legal_basis=version.legal_basis,
        steps=draft_steps(version.pk),
        is_settled_at_once=version.is_settled_at_once,
        vocabulary=Vocabulary({"case": cases} if cases else {}),
    )


def staff_for(agency: Agency, version: ProcedureVersion, *, on: date) -> Staff:
    """Return how many officers could do the steps of a version received at the agency's unit."""
    division = competent_division(agency, version, on=on)
    places = {Performer.UNIT: agency, Performer.AGENCY: agency, Performer.DIVISION: division}
    return {
        (role, performer): holders(role, agency_id=place.pk, on=on).count() if place else 0
        for performer, place in places.items()
        for role in PERFORMING
    }


@lru_cache(maxsize=4096)
def step_names(version_id: int) -> Mapping[str, str]:
    """Return what the steps of a version are called, by code; they never change either."""
    rows = ProcessStep.objects.filter(version=version_id)
    return MappingProxyType(dict(rows.values_list("code", "name")))


def competent_division(agency: Agency, version: ProcedureVersion, *, on: date) -> Agency | None:
    """Return the division of this agency that settles the procedure on that day, if there is one.

    A division's code is its agency's, a point, and the code the procedure names.
    """
    return (
        agency.children.filter(
            valid_on(on),
            kind="division",
            code=f"{agency.code}.{version.division_code}",
        ).first()
        if version.division_code
        else None
    )


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
