"""Questions about offices, who does what in them, and their working time."""

from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from motcua.agencies.models import (
    Calendar,
    CalendarDay,
    Officer,
    OneStopUnit,
    RoleAssignment,
)
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    CalendarNotPublished,
    OfficeTime,
    Session,
    SpecialDay,
    WorkingCalendar,
    read_hours,
)
from motcua.domain.process import Role


def in_force(on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments in force on that day, its whole length; see also the row's own
    `is_in_force`."""
    return RoleAssignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on
    )


def roles_by_agency(officer: Officer, *, on: date) -> dict[int, frozenset[Role]]:
    """Return what this officer may be asked to do on that day, by the key of the agency."""
    roles: dict[int, set[Role]] = {}
    for agency, role in in_force(on).filter(officer=officer).values_list("agency_id", "role"):
        roles.setdefault(agency, set()).add(Role(role))
    return {agency: frozenset(found) for agency, found in roles.items()}


def roles_at(officer: Officer, agency_id: int, *, on: date) -> frozenset[Role]:
    """Return what this officer may be asked to do at that agency on that day."""
    return roles_by_agency(officer, on=on).get(agency_id, frozenset())


def holders(role: Role, *, agency_id: int, on: date) -> QuerySet[Officer]:
    """Return who holds this role at that agency on that day, by name."""
    held = in_force(on).filter(agency=agency_id, role=role.value)
    return Officer.objects.filter(pk__in=held.values("officer")).order_by("full_name", "pk")


def current_edition() -> int:
    """Return the calendar edition promises are made on.  Raises CalendarNotPublished."""
    latest = Calendar.objects.order_by("-edition").first()
    if latest is None:
        raise CalendarNotPublished(0)
    return latest.edition


@lru_cache(maxsize=64)
def working_calendar(edition: int) -> WorkingCalendar:
    """Return that edition as the value the rules take; an edition once used never changes."""
    calendar = Calendar.objects.get(edition=edition)
    years = {year.year: year.provisional for year in calendar.years.all()}
    return WorkingCalendar(
        edition=edition,
        years=frozenset(years),
        provisional=frozenset(year for year, provisional in years.items() if provisional),
        off=_special_days(calendar, "off"),
        make_up=_special_days(calendar, "make_up"),
    )


@lru_cache(maxsize=512)
def office_time(unit_id: int, edition: int) -> OfficeTime:
    """Return the working time of a unit on an edition; no rows of its own: the default hours."""
    unit = OneStopUnit.objects.get(pk=unit_id)
    own = tuple(
        Session(
            weekday=row.weekday,
            opens=row.opens,
            closes=row.closes,
            counts=row.counts,
            valid_from=row.valid_from,
            **({"valid_until": row.valid_until} if row.valid_until else {}),
        )
        for row in unit.opening_sessions.order_by("weekday", "opens")
    )
    return OfficeTime(working_calendar(edition), own or DEFAULT_SESSIONS)


def _special_days(calendar: Calendar, kind: str) -> tuple[SpecialDay, ...]:
    rows: list[CalendarDay] = list(calendar.days.filter(kind=kind).order_by("day"))
    return tuple(
        SpecialDay(
            day=row.day,
            name=row.name,
            source=row.source,
            sessions=read_hours(row.hours) if row.hours else (),
        )
        for row in rows
    )
