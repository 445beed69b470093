"""Questions about procedures."""

from functools import lru_cache

from motcua.catalogue.models import ProcedureVersion
from motcua.domain.deadline import TimeLimit
from motcua.domain.process import Performer, Process, Role, Step, StepKind


@lru_cache(maxsize=4096)
def process_of(version_id: int) -> Process:
    """Return the steps of a version; a version is frozen, so they never change."""
    version = ProcedureVersion.objects.get(pk=version_id)
    return Process(
        tuple(
            Step(
                code=row.code,
                kind=StepKind(row.kind),
                role=Role(row.role),
                performer=Performer(row.performer),
                budget=TimeLimit.parse(row.budget) if row.budget else None,
            )
            for row in version.steps.order_by("position")
        )
    )
