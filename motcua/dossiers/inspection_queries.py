"""Questions about field inspections."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from motcua.domain.dossier import OPEN, State
from motcua.domain.inspection import InspectionStatus
from motcua.dossiers.models import Dossier, Inspection


def inspections_between(
    agency_ids: Collection[int], since: datetime, until: datetime
) -> QuerySet[Inspection]:
    """Return the inspections of these agencies that begin in that time, the earliest first."""
    return (
        Inspection.objects.filter(agency__in=agency_ids, starts_at__gte=since, starts_at__lt=until)
        .select_related("dossier__version__procedure", "agency")
        .prefetch_related("inspectors__officer")
        .order_by("starts_at", "pk")
    )


def inspections_of(dossier: Dossier) -> QuerySet[Inspection]:
    """Return the inspections of a dossier, the latest first."""
    return (
        dossier.inspections.select_related("agency", "planned_by", "closed_by", "minutes_file")
        .prefetch_related("inspectors__officer")
        .order_by("-starts_at", "-pk")
    )


def planned_for(dossier: Dossier) -> Inspection | None:
    """Return the inspection the applicant is to expect; None when there is none any more."""
    if State(dossier.state) not in OPEN:
        return None
    planned = dossier.inspections.filter(status=InspectionStatus.PLANNED)
    return planned.select_related("agency").first()
