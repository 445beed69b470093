"""Questions about dossiers."""

from motcua.agencies.models import OneStopUnit
from motcua.agencies.queries import office_time
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import process_of
from motcua.domain.deadline import Ends, PausePolicy, TimeLimit
from motcua.domain.history import Terms
from motcua.dossiers.models import Dossier


def terms_for(
    *, unit: OneStopUnit, version: ProcedureVersion, case: ProcedureCase | None, edition: int
) -> Terms:
    """Return what is in force for a dossier of this version at this unit."""
    limit = case.limit if case is not None and case.limit else version.limit
    return Terms(
        limit=TimeLimit.parse(limit),
        process=process_of(version.pk),
        office_time=office_time(unit.pk, edition),
        ends=Ends(unit.ends),
        policy=PausePolicy(version.pause_policy),
        threshold=version.same_day_threshold,
    )


def terms_of(dossier: Dossier) -> Terms:
    """Return what was in force for this dossier when it was accepted."""
    return terms_for(
        unit=dossier.unit,
        version=dossier.version,
        case=dossier.case,
        edition=dossier.calendar_edition,
    )
