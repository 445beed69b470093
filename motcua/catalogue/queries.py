"""Questions about procedures."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from motcua.agencies.models import Agency
from motcua.agencies.queries import valid_on
from motcua.catalogue.models import FeeRate, ProcedureVersion, ProcessStep
from motcua.domain.fee import FeeKind, FeeRule
from motcua.domain.limit import TimeLimit
from motcua.domain.process import Performer, Process, Role, Step, StepKind


@lru_cache(maxsize=4096)
def process_of(version_id: int) -> Process:
    """Return the steps of a version; a version is frozen, so they never change."""
    return Process(
        tuple(
            Step(
                code=row.code,
                kind=StepKind(row.kind),
                role=Role(row.role),
                performer=Performer(row.performer),
                budget=TimeLimit.parse(row.budget) if row.budget else None,
            )
            for row in ProcessStep.objects.filter(version=version_id).order_by("position")
        )
    )


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
