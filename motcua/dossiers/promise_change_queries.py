"""Questions about promises that move together: what waits, who approves, where nobody can work."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from motcua.agencies.models import Agency, Officer, OneStopUnit
from motcua.agencies.queries import current_edition, office_time, roles_by_agency
from motcua.domain.calendar import CalendarNotPublished, OfficeTime, instant, office
from motcua.domain.process import Role
from motcua.domain.projection import ChangeKind, ChangeStatus
from motcua.dossiers.models import PromiseChange, PromiseMove


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Tạm ngừng vì bất khả kháng: a unit that cannot work, and when it opens again.

    `opens_at` is None where the calendar does not reach so far.
    """

    unit: OneStopUnit
    change: PromiseChange
    opens_at: datetime | None


def led_agencies(officer: Officer, *, on: date) -> frozenset[int]:
    """Return the agencies this officer leads on that day."""
    held = roles_by_agency(officer, on=on)
    return frozenset(agency for agency, roles in held.items() if Role.LEADER in roles)


def may_approve(change: PromiseChange, officer: Officer, *, on: date) -> bool:
    """Whether the officer leads an agency that answers for every unit concerned.

    For force majeure: each unit's own agency, or one above it. A calendar is one for all units:
    it is approved at a unit above which no other stands.
    """
    led = led_agencies(officer, on=on)
    if not led:
        return False
    above = _above()
    if change.kind == ChangeKind.FORCE_MAJEURE:
        concerned = change.units.values_list("agency_id", flat=True)
        return all(led & {agency, *above[agency]} for agency in concerned)
    units = set(OneStopUnit.objects.values_list("agency_id", flat=True))
    highest = {agency for agency in units if not units & set(above[agency])}
    return any(led & {agency, *above[agency]} for agency in highest)


def units_for(officer: Officer, *, on: date) -> QuerySet[OneStopUnit]:
    """Return the units an officer may propose force majeure for: those they lead or administer."""
    held = roles_by_agency(officer, on=on)
    own = {agency for agency, roles in held.items() if roles & {Role.LEADER, Role.ADMINISTRATOR}}
    above = _above()
    reached = [agency for agency in above if own & {agency, *above[agency]}]
    return (
        OneStopUnit.objects.filter(agency__in=reached)
        .select_related("agency")
        .order_by("-agency__kind", "name")
    )


def changes_newest_first() -> QuerySet[PromiseChange]:
    """Return every change, those that wait first, then the newest."""
    return (
        PromiseChange.objects.exclude(status=ChangeStatus.CANCELLED)
        .select_related("proposed_by", "approved_by")
        .annotate(moves_count=Count("moves"))
        .order_by("-pk")
    )


def moves_by_unit(change: PromiseChange) -> list[tuple[str, int, int]]:
    """Return of each unit how many dossiers are on the list, and how many of them are paused."""
    rows = (
        PromiseMove.objects.filter(change=change)
        .values("unit__name")
        .annotate(number=Count("pk"), paused=Count("pk", filter=Q(new_due_at=None)))
        .order_by("unit__name")
    )
    return [(row["unit__name"], row["number"], row["paused"]) for row in rows]


def moves_of(change: PromiseChange) -> QuerySet[PromiseMove]:
    """Return the lines of the list by unit, the earliest promise first."""
    return (
        PromiseMove.objects.filter(change=change)
        .select_related("dossier__version__procedure", "unit")
        .order_by("unit__name", "old_due_at", "dossier_id")
    )


def excused_periods(*, units: Collection[int]) -> Iterable[PromiseChange]:
    """Return the approved force majeure of these units."""
    return PromiseChange.objects.filter(
        kind=ChangeKind.FORCE_MAJEURE, status=ChangeStatus.APPROVED, units__in=units
    ).distinct()


def closures(at: datetime) -> list[Closure]:
    """Return the units that cannot work at `at`, or from a later instant announced already."""
    found = (
        PromiseChange.objects.filter(
            kind=ChangeKind.FORCE_MAJEURE, status=ChangeStatus.APPROVED, excused_until__gt=at
        )
        .order_by("excused_from", "pk")
        .prefetch_related("units")
    )
    seen: dict[tuple[int, datetime | None, datetime | None], Closure] = {}
    for change in found:
        for unit in change.units.all():
            key = (unit.pk, change.excused_from, change.excused_until)
            seen.setdefault(key, Closure(unit=unit, change=change, opens_at=_opens(change, unit)))
    return list(seen.values())


def _opens(change: PromiseChange, unit: OneStopUnit) -> datetime | None:
    assert change.excused_until is not None
    try:
        return opens_at(change.excused_until, office_time(unit.pk, current_edition()))
    except CalendarNotPublished:
        return None


def opens_at(at: datetime, hours: OfficeTime) -> datetime:
    """Return the first instant from `at` on at which an office with these hours is open.

    Raises CalendarNotPublished.
    """
    at = office(at)
    day = at.date()
    for opens, closes in hours.spans(day):
        if at < instant(day, closes):
            return max(at, instant(day, opens))
    return hours.opening(hours.next_working_day(day))


def _above() -> dict[int, tuple[int, ...]]:
    """Return of each agency those above it, the nearest first."""
    parent = dict(Agency.objects.values_list("pk", "parent_id"))
    found = {}
    for agency in list(parent):
        chain: list[int] = []
        while (higher := parent[chain[-1] if chain else agency]) is not None:
            chain.append(higher)
        found[agency] = tuple(chain)
    return found
