"""What was received, settled and is still open: dossiers counted, never remembered.

Two ways to the same figures. `summary` counts the dossiers themselves, for any period and as
things stood at any instant. `counted_since` adds up the day book, so that a page costs the same
whatever the years behind it; a test holds the two together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from django.db.models import Max, Q, Sum

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import AdministrativeField
from motcua.domain.calendar import ONE_DAY, midnight, office
from motcua.domain.dossier import CLOCK_PAUSED, OPEN, PAUSING, RESUMING, State
from motcua.domain.snapshot import is_paused
from motcua.domain.standing import Standing, standing_settled
from motcua.domain.tally import Tally, total
from motcua.dossiers.models import DayBook, Dossier, DossierEvent
from motcua.dossiers.queries import state_is_one_of, terms_of
from motcua.dossiers.services.ledger import DAY_COLUMNS, past_of
from motcua.gateways.database import at_one_instant

COUNTED_FROM: Final = date(2020, 1, 1)  # the figures shown on pages begin here
LEVELS: Final = {"district": "Cấp huyện", "commune": "Cấp xã"}
# After one of these an open dossier may have stood otherwise than its row says now. Not after an
# extension: it is asked for before the due day, when the dossier is within its time either way.
CLOCK_TOUCHED: Final = PAUSING | RESUMING
IS_OPEN: Final = state_is_one_of(OPEN)
SETTLED: Final = ("early", "on_time", "late")
CHUNK: Final = 5000
Key = TypeVar("Key")


class UnitUnknown(Exception):
    """No one-stop unit belongs to an agency of that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PeriodEmpty(ValueError):
    """The period ends before it begins."""


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng: the figures of one level, unit or field, under its code and name."""

    code: str
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Số liệu giải quyết hồ sơ của một kỳ, as things stood at one instant."""

    first: date
    last: date
    at: datetime
    total: Row
    by_level: tuple[Row, ...]
    by_unit: tuple[Row, ...]
    by_field: tuple[Row, ...]


def summary(
    first: date, last: date, at: datetime | None = None, unit: str | None = None
) -> Summary:
    """Count the dossiers accepted from `first` to `last`, and those carried into the period.

    Carried in: accepted before `first`, and neither settled nor ended before it. Everything is
    judged as it stood at `at` (None: the end of `last`, or the last event where that is
    earlier): what happened later is not known. `unit` is the code of one agency.

    Raises PeriodEmpty and UnitUnknown.
    """
    if first > last:
        raise PeriodEmpty(f"{first} to {last}")
    with at_one_instant():
        return _summary(first, last, at, unit)


def _summary(first: date, last: date, at: datetime | None, unit: str | None) -> Summary:
    units = OneStopUnit.objects.select_related("agency").order_by("agency__code")
    if unit is not None:
        units = units.filter(agency__code=unit)
        if not units:
            raise UnitUnknown(unit)
    at = at or _last_known(last)
    counted = _count(first, last, at, [one.pk for one in units])
    fields = AdministrativeField.objects.order_by("code")
    if unit is not None:
        fields = fields.filter(level__in=[one.agency.kind for one in units])
    level_of = {one.pk: one.agency.kind for one in units}
    levels = LEVELS | {kind: kind for kind in level_of.values() if kind not in LEVELS}
    by_unit = _added((unit_id, tally) for (unit_id, _), tally in counted.items())
    by_field = _added((field_id, tally) for (_, field_id), tally in counted.items())
    by_level = _added((level_of[unit_id], tally) for unit_id, tally in by_unit.items())
    return Summary(
        first=first,
        last=last,
        at=office(at),
        total=Row("total", "Tổng số", total(counted.values())),
        by_level=tuple(Row(code, name, by_level[code]) for code, name in levels.items()),
        by_unit=tuple(Row(one.agency.code, one.name, by_unit[one.pk]) for one in units),
        by_field=tuple(Row(one.code, one.name, by_field[one.pk]) for one in fields),
    )


def counted_since(first: date, at: datetime) -> dict[str, Tally]:
    """Return the figures of each level since `first` as they stand now, from the day book.

    The same as `summary(first, today)` counts one by one, at a fraction of the cost. `at` is
    now: open dossiers are judged against it, and nothing may be recorded later.
    """
    with at_one_instant():  # else an act between the two is counted in one of them only
        columns = _columns_since(first, at)
    return {level: _balanced(counted) for level, counted in columns.items()}


def counted_for(unit: OneStopUnit, starts: Iterable[date], at: datetime) -> dict[date, Tally]:
    """Return the figures of one unit since each of these days as they stand now, in their order.

    The same as `summary(start, today, unit=…).total` counts one by one; `at` is now.
    """
    with at_one_instant():
        still_open: Counter[str] = Counter()
        for state, due_at in unit.dossiers.filter(IS_OPEN).values_list("state", "due_at"):
            still_open[_open_column(state, due_at, at)] += 1
        found = {}
        for start in starts:
            days = unit.day_books.filter(day__gte=start)
            entered = days.aggregate(**{name: Sum(name, default=0) for name in DAY_COLUMNS})
            found[start] = _balanced(Counter(entered) + still_open)
    return found


def _columns_since(first: date, at: datetime) -> dict[str, Counter[str]]:
    level_of = dict(OneStopUnit.objects.values_list("pk", "agency__kind"))
    columns: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
    for level in {*LEVELS, *level_of.values()}:
        units = [unit_id for unit_id, kind in level_of.items() if kind == level]
        # Level by level, not grouped by unit: the day book's rows are then added up unsorted.
        days = DayBook.objects.filter(day__gte=first, unit__in=units)
        entered = days.aggregate(**{name: Sum(name, default=0) for name in DAY_COLUMNS})
        columns[level] = Counter(entered)
    open_now = Dossier.objects.filter(IS_OPEN).values_list("unit_id", "state", "due_at")
    for unit_id, state, due_at in open_now.iterator(CHUNK):
        columns[level_of[unit_id]][_open_column(state, due_at, at)] += 1
    return columns


def _open_column(state: str, due_at: datetime, at: datetime) -> str:
    paused = State(state) in CLOCK_PAUSED
    standing = Standing.SUSPENDED if paused else _open_standing(due_at, at)
    return f"open_{standing.value}"


def _balanced(columns: Counter[str]) -> Tally:
    """Return the tally of these columns; what was carried in is what the others leave over."""
    settled = sum(columns[name] for name in SETTLED)
    still_open = sum(columns[name] for name in ("open_within", "open_overdue", "open_suspended"))
    gone = settled + still_open + columns["sent_back"]
    return Tally(**columns, settled=settled, open=still_open, carried_in=gone - columns["received"])


def _last_known(last: date) -> datetime:
    end = midnight(last + ONE_DAY) - timedelta(microseconds=1)
    latest: datetime | None = DossierEvent.objects.aggregate(at=Max("at"))["at"]
    return min(end, latest) if latest else end


Place = tuple[int, int]  # unit, administrative field


def _count(first: date, last: date, at: datetime, units: list[int]) -> dict[Place, Tally]:
    begins, ends = midnight(first), midnight(last + ONE_DAY)
    columns: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    field_of = dict(
        Dossier.objects.values_list(
            "version_id", "version__procedure__administrative_field_id"
        ).distinct()
    )
    known = Dossier.objects.filter(unit__in=units, accepted_at__lt=ends, accepted_at__lte=at)
    in_question = known.filter(
        Q(accepted_at__gte=begins)
        | Q(settled_at=None, ended_at=None)
        | Q(settled_at__gte=begins)
        | Q(ended_at__gte=begins)
        | Q(settled_at__gt=at)
        | Q(ended_at__gt=at)
    )
    rows = in_question.values_list(
        "pk", "unit_id", "version_id", "accepted_at", "due_at", "settled_at", "ended_at"
    )
    still_open: list[tuple[int, Place, datetime]] = []
    for pk, unit_id, version_id, accepted_at, due_at, settled_at, ended_at in rows.iterator(CHUNK):
        key = (unit_id, field_of[version_id])
        counted = columns[key]
        counted["received" if accepted_at >= begins else "carried_in"] += 1
        if settled_at is not None and settled_at <= at:
            counted["settled"] += 1
            counted[standing_settled(due_at=due_at, settled_at=settled_at).value] += 1
        elif ended_at is not None and ended_at <= at:
            counted["sent_back"] += 1
        else:
            counted["open"] += 1
            still_open.append((pk, key, due_at))
    standings = _standings(still_open, at)
    for pk, key, _due_at in still_open:
        columns[key][f"open_{standings[pk].value}"] += 1
    return {key: Tally(**counted) for key, counted in columns.items()}


def _standings(still_open: list[tuple[int, Place, datetime]], at: datetime) -> dict[int, Standing]:
    """Return how each open dossier stood: by its row, or by its events where the clock moved."""
    found = {pk: _open_standing(due_at, at) for pk, _key, due_at in still_open}
    for chunk in _chunks(list(found)):
        touched = (
            Dossier.objects.filter(
                pk__in=chunk, events__action__in=[action.value for action in CLOCK_TOUCHED]
            )
            .distinct()
            .select_related("unit__agency", "version", "case")
            .prefetch_related("events")
        )
        for dossier in touched:
            events = [event for event in dossier.events.all() if event.at <= at]
            then = past_of(events, terms_of(dossier)).snapshot
            assert then.due_at is not None, "an accepted dossier has its promise"
            paused = is_paused(then)
            found[dossier.pk] = Standing.SUSPENDED if paused else _open_standing(then.due_at, at)
    return found


def _open_standing(due_at: datetime, at: datetime) -> Standing:
    return Standing.OVERDUE if at > due_at else Standing.WITHIN


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _added(pairs: Iterable[tuple[Key, Tally]]) -> defaultdict[Key, Tally]:
    found: defaultdict[Key, Tally] = defaultdict(Tally)
    for key, tally in pairs:
        found[key] += tally
    return found
