"""Who stands in for whom: deputies of absent officers, substitutes at a counter.

A leader names them for the agencies they lead, and an officer the deputy of their own absence;
an administrator names substitutes where they administer.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.agencies.accounts import administered_agencies
from motcua.agencies.models import Agency, Counter, Delegation, Officer, RoleAssignment
from motcua.agencies.queries import in_force, roles_at, working
from motcua.domain.absence import Absence, AbsenceFlaw, AbsenceRefused, check_absence, check_days
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.domain.vietnamese import tidy

# What can be delegated: an administrator's accounts are theirs alone.
DELEGATED = (Role.RECEPTION, Role.HANDLER, Role.APPROVER, Role.LEADER)


def led_agencies(officer: Officer, *, on: date) -> QuerySet[Agency]:
    """Return the agencies this officer leads on that day, with their divisions, by name."""
    led = in_force(on).filter(officer=officer, role=Role.LEADER).values("agency")
    return Agency.objects.filter(
        Q(pk__in=led) | Q(kind="division", parent__in=led), valid_until=None
    ).order_by("name")


def colleagues_at(agencies: Iterable[Agency], *, on: date) -> QuerySet[Officer]:
    """Return who works at one of these on that day: with a role there, or as their own agency."""
    keys = [agency.pk for agency in agencies]
    there = in_force(on).filter(agency__in=keys).values("officer")
    return working().filter(Q(pk__in=there) | Q(agency__in=keys)).order_by("full_name", "pk")


def agencies_worked_at(officer: Officer, *, on: date) -> QuerySet[Agency]:
    """Return where this officer has a role that can be delegated on that day, by name."""
    held = in_force(on).filter(officer=officer, role__in=DELEGATED).values("agency")
    return Agency.objects.filter(pk__in=held).order_by("name")


@transaction.atomic
def delegate(
    *,
    absent: Officer,
    deputy: Officer,
    agency: Agency,
    role: Role | None,
    first: date,
    last: date,
    reason: str,
    officer: Officer,
    at: datetime,
) -> Delegation:
    """Let the deputy act for the absent officer at the agency, from the first to the last day.

    `officer` sets it: the absent one, or who leads the agency. Raises AbsenceRefused; nothing is
    written then.
    """
    on = office(at).date()
    if officer.pk != absent.pk and not led_agencies(officer, on=on).contains(agency):
        raise AbsenceRefused(AbsenceFlaw.NOT_YOURS)
    if not reason.strip():
        raise AbsenceRefused(AbsenceFlaw.NO_REASON)
    # Two who set absences at once, of either, do so one after the other.
    both = (absent.pk, deputy.pk)
    list(Officer.objects.select_for_update().filter(pk__in=both).order_by("pk"))
    concerned = Q(absent__in=both) | Q(deputy__in=both)
    known = Delegation.objects.filter(concerned, valid_until__gte=first, ended_at=None)
    new = Absence(absent=absent.pk, deputy=deputy.pk, first=first, last=last, role=role)
    check_absence(new, map(_as_absence, known), on=on)
    held = roles_at(absent, agency.pk, on=first) & set(DELEGATED)
    if not held or (role is not None and role not in held):
        raise AbsenceRefused(AbsenceFlaw.NOTHING_TO_DO)
    if not colleagues_at([agency], on=first).contains(deputy):
        raise AbsenceRefused(AbsenceFlaw.NOT_A_COLLEAGUE)
    return Delegation.objects.create(
        absent=absent,
        deputy=deputy,
        agency=agency,
        role=role.value if role else "",
        valid_from=first,
        valid_until=last,
        reason=tidy(reason),
        set_by=officer,
        set_at=at,
    )


@transaction.atomic
def end_delegation(*, delegation_id: int, officer: Officer, at: datetime) -> Delegation:
    """End a delegation before its last day, at once.  Raises AbsenceRefused."""
    on = office(at).date()
    found = Delegation.objects.select_for_update(of=("self",)).select_related(
        "absent", "deputy", "agency"
    )
    delegation = found.get(pk=delegation_id)
    if not may_end(delegation, officer, on=on):
        raise AbsenceRefused(AbsenceFlaw.NOT_YOURS)
    if delegation.ended_at is not None or delegation.valid_until < on:
        raise AbsenceRefused(AbsenceFlaw.OVER_ALREADY)
    delegation.ended_by, delegation.ended_at = officer, at
    delegation.save(update_fields=["ended_by", "ended_at"])
    return delegation


def may_end(delegation: Delegation, officer: Officer, *, on: date) -> bool:
    """Whether it is this officer's to end: the absent one's own, or who leads the agency."""
    if officer.pk == delegation.absent_id:
        return True
    return led_agencies(officer, on=on).contains(delegation.agency)


def _as_absence(row: Delegation) -> Absence:
    return Absence(
        absent=row.absent_id,
        deputy=row.deputy_id,
        first=row.valid_from,
        last=row.valid_until,
        role=Role(row.role) if row.role else None,
    )


@transaction.atomic
def name_substitute(
    *,
    substitute: Officer,
    counter: Counter,
    first: date,
    last: date,
    officer: Officer,
    at: datetime,
) -> RoleAssignment:
    """Let somebody receive at a counter from the first to the last day, and return results.

    `officer` names them: who leads the agency or administers it. Raises AbsenceRefused.
    """
    on = office(at).date()
    agency = counter.unit.agency
    if not may_name_substitutes(officer, agency, on=on):
        raise AbsenceRefused(AbsenceFlaw.NOT_YOURS)
    check_days(first, last, on=on)
    locked = working().select_for_update(of=("self",)).filter(pk=substitute.pk).first()
    if locked is None:
        raise AbsenceRefused(AbsenceFlaw.NOT_A_COLLEAGUE)
    held = RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=first),
        officer=substitute,
        agency=agency,
        role=Role.RECEPTION,
        valid_from__lte=last,
    )
    if held.exists():
        raise AbsenceRefused(AbsenceFlaw.RECEIVES_ALREADY)
    return RoleAssignment.objects.create(
        officer=substitute,
        agency=agency,
        role=Role.RECEPTION,
        counter=counter,
        valid_from=first,
        valid_until=last,
    )


def may_name_substitutes(officer: Officer, agency: Agency, *, on: date) -> bool:
    """Whether this officer names substitutes for the counters of that agency's unit."""
    leads = led_agencies(officer, on=on).contains(agency)
    return leads or administered_agencies(officer, on=on).contains(agency)
