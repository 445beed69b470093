"""Questions about offices, who does what in them, and their working time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import monotonic
from typing import Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from motcua.agencies.models import (
    Calendar,
    CalendarDay,
    Delegation,
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

WARNED_AHEAD: Final = timedelta(days=90)
REMEMBERED: Final = 60  # seconds


def valid_on(on: date) -> Q:
    """Return the condition that a row holds on that day: from its first to its last, if any."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def in_force(on: date) -> QuerySet[RoleAssignment]:
    """Return the assignments in force on that day, its whole length; see also the row's own
    `is_in_force`."""
    return RoleAssignment.objects.filter(valid_on(on))


@dataclass(frozen=True, slots=True)
class Mandates:
    """Thẩm quyền trong ngày: what an officer may do, in their own name and as somebody's deputy.

    `own` are the roles by agency; `absent` the officers they stand in for, by agency and role;
    `counters` where they sit as a substitute, by agency.
    """

    own: Mapping[int, frozenset[Role]]
    absent: Mapping[tuple[int, Role], frozenset[int]]
    counters: Mapping[int, int]

    @property
    def roles(self) -> dict[int, frozenset[Role]]:
        """Return all they may be asked to do, in whosever name, by agency."""
        found = dict(self.own)
        for agency, role in self.absent:
            found[agency] = found.get(agency, frozenset()) | {role}
        return found


def delegations_in_force(on: date) -> QuerySet[Delegation]:
    """Return the delegations that hold on that day; one ended early holds no more."""
    return Delegation.objects.filter(valid_on(on), ended_at=None)


def mandates(officer_id: int, *, on: date) -> Mandates:
    """Return what this officer may do on that day.

    A deputy has the absent one's roles at the agency, not what was delegated to that one in turn;
    the administration of accounts is never delegated.
    """
    delegated = (
        delegations_in_force(on)
        .filter(Q(role="") | Q(role=OuterRef("role")), deputy=officer_id)
        .filter(absent=OuterRef("officer"), agency=OuterRef("agency"))
    )
    stands_in = Exists(delegated) & ~Q(role=Role.ADMINISTRATOR)
    rows = in_force(on).filter(Q(officer=officer_id) | stands_in)
    own: dict[int, set[Role]] = {}
    absent: dict[tuple[int, Role], set[int]] = {}
    counters: dict[int, int] = {}
    columns = ("agency_id", "role", "officer_id", "counter_id")
    for agency, role, whose, counter in rows.values_list(*columns):
        if whose == officer_id:
            own.setdefault(agency, set()).add(Role(role))
            if counter is not None:
                counters[agency] = counter
        else:
            absent.setdefault((agency, Role(role)), set()).add(whose)
    return Mandates(
        own={agency: frozenset(roles) for agency, roles in own.items()},
        absent={place: frozenset(officers) for place, officers in absent.items()},
        counters=counters,
    )


def roles_by_agency(officer: Officer, *, on: date) -> dict[int, frozenset[Role]]:
    """Return what this officer may be asked to do on that day, by the key of the agency, in their
    own name or as the deputy of somebody absent."""
    return mandates(officer.pk, on=on).roles


def roles_at(officer: Officer, agency_id: int, *, on: date) -> frozenset[Role]:
    """Return what this officer may be asked to do at that agency on that day."""
    return roles_by_agency(officer, on=on).get(agency_id, frozenset())


def holders(role: Role, *, agency_id: int, on: date) -> QuerySet[Officer]:
    """Return who may be asked to act in this role at that agency on that day, by name.

    A closed account keeps its roles for the day it is opened again; until then nobody answers.
    """
    held = in_force(on).filter(agency=agency_id, role=role.value)
    return working().filter(pk__in=held.values("officer")).order_by("full_name", "pk")


def working() -> QuerySet[Officer]:
    """Return the officers whose account is open."""
    return Officer.objects.filter(user__is_active=True)


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
    years = list(calendar.years.all())
    return WorkingCalendar(
        edition=edition,
        years=frozenset(row.year for row in years),
        provisional=frozenset(row.year for row in years if row.provisional),
        sources={row.year: row.source for row in years},
        off=_special_days(calendar, "off"),
        make_up=_special_days(calendar, "make_up"),
    )


def calendar_running_out(on: date) -> date | None:
    """Return the last day of the calendar in force when at most 90 days of it are left, or none.

    Without any calendar: None; whoever asks then says that there is none.
    """
    latest = Calendar.objects.order_by("-edition").first()
    last = latest.years.aggregate(year=Max("year"))["year"] if latest else None
    if last is None:
        return None
    ends = date(last, 12, 31)
    return ends if ends - on <= WARNED_AHEAD else None


def office_time(unit_id: int, edition: int) -> OfficeTime:
    """Return the working time of a unit on an edition; no rows of its own: the default hours.

    Remembered for a minute, so that a page of dossiers asks once, and hours changed in the rows
    are seen by every process without a restart.
    """
    return _office_time(unit_id, edition, int(monotonic() // REMEMBERED))


class Editions(Mapping[int, OfficeTime]):
    """The working time of a unit by edition of the calendar; each is read when it is asked for.

    `to_come` holds editions that are not published yet.
    """

    def __init__(self, unit_id: int, to_come: Mapping[int, OfficeTime] | None = None) -> None:
        self._unit_id = unit_id
        self._to_come = to_come or {}

    def __getitem__(self, edition: int) -> OfficeTime:
        if edition in self._to_come:
            return self._to_come[edition]
        try:
            return office_time(self._unit_id, edition)
        except Calendar.DoesNotExist:
            raise KeyError(edition) from None

    def __iter__(self) -> Iterator[int]:
        published = Calendar.objects.values_list("edition", flat=True)
        return iter(sorted({*published, *self._to_come}))

    def __len__(self) -> int:
        return len(list(self))


@lru_cache(maxsize=512)
def _office_time(unit_id: int, edition: int, _minute: int) -> OfficeTime:
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
