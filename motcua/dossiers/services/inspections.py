"""Field inspections: planned with who goes, held with minutes, or cancelled with a reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.agencies.queries import mandates, roles_at
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, State
from motcua.domain.inspection import (
    INSPECTING,
    InspectionFlaw,
    InspectionRefused,
    InspectionStatus,
    check_cancelled,
    check_held,
    check_plan,
)
from motcua.domain.process import Process, Role
from motcua.domain.vietnamese import tidy, tidy_lines
from motcua.dossiers.models import Dossier, Inspection, Inspector
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import attachments, ledger, processing
from motcua.dossiers.services.attachments import Kept
from motcua.dossiers.services.processing import HeldByColleague
from motcua.dossiers.services.sealing import seal_anew


class InspectorBusy(Exception):
    """An officer goes to another inspection at that time."""

    def __init__(self, officer: Officer, other: Inspection) -> None:
        super().__init__(officer.full_name)
        self.officer = officer
        self.other = other


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Lịch hẹn kiểm tra: where, from when to when, who goes and who is invited."""

    place: str
    starts_at: datetime
    ends_at: datetime
    inspectors: tuple[Officer, ...]
    participants: str = ""


@transaction.atomic
def plan(
    *, dossier_id: int, appointment: Appointment, officer: Officer, at: datetime
) -> Inspection:
    """Plan an inspection at the open step; the applicant reads it where the dossier is looked up.

    Raises InspectionRefused, InspectorBusy, NotAColleague, HeldByColleague.
    """
    dossier = ledger.locked(dossier_id)
    process = terms_of(dossier).process
    today = mandates(officer.pk, on=office(at).date())
    if not may_plan(dossier, process, today.roles):
        raise InspectionRefused(InspectionFlaw.NOT_AT_SUCH_A_STEP)
    if processing.is_colleagues(Action.FORWARD, dossier, officer, absent=today.absent):
        assert dossier.holder_officer is not None, "it is somebody's"
        raise HeldByColleague(dossier.holder_officer)
    check_plan(
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        inspectors=len(appointment.inspectors),
        at=at,
    )
    if dossier.inspections.filter(status=InspectionStatus.PLANNED).exists():
        raise InspectionRefused(InspectionFlaw.PLANNED_ALREADY)
    step = process.step(dossier.step_code)
    going = processing.colleagues(dossier, step, at=at)
    for inspector in appointment.inspectors:
        if not going.contains(inspector):
            raise processing.NotAColleague(inspector.full_name)
    _check_free(appointment)
    inspection = Inspection.objects.create(
        dossier=dossier,
        agency_id=processing.working_agency(dossier),
        step_code=dossier.step_code,
        place=tidy(appointment.place),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        participants=tidy_lines(appointment.participants),
        status=InspectionStatus.PLANNED,
        planned_by=officer,
        planned_at=at,
    )
    Inspector.objects.bulk_create(
        Inspector(inspection=inspection, officer=inspector) for inspector in appointment.inspectors
    )
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return inspection


def may_plan(dossier: Dossier, process: Process, roles: Mapping[int, Collection[Role]]) -> bool:
    """Whether an officer with these roles, by agency, may plan one now: at such a step."""
    if State(dossier.state) is not State.IN_PROCESS or not dossier.step_code:
        return False
    step = process.step(dossier.step_code)
    here = roles.get(processing.working_agency(dossier), frozenset())
    return step.kind in INSPECTING and step.role in here


def _check_free(appointment: Appointment) -> None:
    # Who plans two at once is asked to look at the officers one after the other.
    keys = sorted(officer.pk for officer in appointment.inspectors)
    list(Officer.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    taken = (
        Inspector.objects.filter(
            officer__in=keys,
            inspection__status=InspectionStatus.PLANNED,
            inspection__starts_at__lt=appointment.ends_at,
            inspection__ends_at__gt=appointment.starts_at,
        )
        .select_related("officer", "inspection__dossier")
        .first()
    )
    if taken is not None:
        raise InspectorBusy(taken.officer, taken.inspection)


@transaction.atomic
def hold(
    *,
    inspection_id: int,
    minutes: str,
    participants: str,
    officer: Officer,
    at: datetime,
    file: Kept | None = None,
) -> Inspection:
    """Write the minutes of an inspection; `file` is their signed copy.

    Raises InspectionRefused, NotAColleague, AlreadyAttached.
    """
    inspection = _own(inspection_id, officer, at=at)
    status, said = InspectionStatus(inspection.status), tidy_lines(minutes)
    check_held(status, starts_at=inspection.starts_at, minutes=said, at=at)
    dossier = inspection.dossier
    if file is not None:
        inspection.minutes_file = attachments.record(
            dossier, file, kind="paper", officer=officer, at=at
        )
    inspection.minutes, inspection.participants = said, tidy_lines(participants)
    return _closed(inspection, InspectionStatus.HELD, officer=officer, at=at)


@transaction.atomic
def cancel(*, inspection_id: int, reason: str, officer: Officer, at: datetime) -> Inspection:
    """Drop an appointment; put off, it is planned anew.

    Raises InspectionRefused, NotAColleague.
    """
    inspection = _own(inspection_id, officer, at=at)
    check_cancelled(InspectionStatus(inspection.status), reason=reason)
    inspection.cancel_reason = tidy(reason)
    return _closed(inspection, InspectionStatus.CANCELLED, officer=officer, at=at)


def may_close(
    inspection: Inspection, officer: Officer, here: Collection[Role], process: Process
) -> bool:
    """Whether this officer, with these roles at its agency, writes the minutes or cancels: one of
    those who go, and who does such steps there."""
    goes = any(one.officer_id == officer.pk for one in inspection.inspectors.all())
    return goes or process.step(inspection.step_code).role in here


def _own(inspection_id: int, officer: Officer, *, at: datetime) -> Inspection:
    key = Inspection.objects.values_list("dossier", flat=True).get(pk=inspection_id)
    dossier = ledger.locked(key)
    inspection = dossier.inspections.select_for_update().get(pk=inspection_id)
    here = roles_at(officer, inspection.agency_id, on=office(at).date())
    if not may_close(inspection, officer, here, terms_of(dossier).process):
        raise processing.NotAColleague(officer.full_name)
    inspection.dossier = dossier
    return inspection


def _closed(
    inspection: Inspection, status: InspectionStatus, *, officer: Officer, at: datetime
) -> Inspection:
    inspection.status, inspection.closed_by, inspection.closed_at = status, officer, at
    inspection.save()
    seal_anew(Dossier.objects.filter(pk=inspection.dossier_id))
    return inspection
