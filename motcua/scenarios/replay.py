"""The replay: a scenario's world and its year, written in one transaction.

Each unit's year is made and folded apart from the others, in processes of its own when it is
worth it; the rows are written in one order, whoever was ready first.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from motcua.agencies.models import Agency, Officer
from motcua.domain.calendar import OFFICE_ZONE
from motcua.dossiers.models import Dossier, ProcedureUse
from motcua.dossiers.services.courses import Books, Folded, HandOver, fold_course
from motcua.dossiers.services.door import Door, keep_counting
from motcua.scenarios.demand import Arrivals, Totals, apportion, arrivals, scaled
from motcua.scenarios.files import Scenario
from motcua.scenarios.people import known_people
from motcua.scenarios.places import Place
from motcua.scenarios.world import build
from motcua.scenarios.year import Order, Use, year_of

OWN_PROCESSES_FROM: Final = 5_000  # dossiers; fewer are made sooner than processes start
FAVOURITES: Final = 3
SQLITE_CACHE: Final = -300_000  # KiB, as PRAGMA cache_size writes them

Progress = Callable[[int, int], None]


class HomeInUse(Exception):
    """The home holds dossiers, or offices they could belong to; a replay wants an empty one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What was written."""

    units: int
    received: int
    events: int
    clock_start: datetime


@dataclass(slots=True, kw_only=True)
class _Rows:
    """One unit's year, folded."""

    folded: list[Folded]
    books: Books
    lists: list[HandOver]
    uses: dict[tuple[int, int], Use]


def replay(
    scenario: Scenario, *, seed: int, scale: float, progress: Progress = lambda done, total: None
) -> Replayed:
    """Write the scenario's world and year, and the home's scenario file.

    `progress` is told how many dossiers are written of how many. Raises HomeInUse; nothing is
    written then, nor when it is stopped halfway.
    """
    if Dossier.objects.exists() or Agency.objects.exists():
        raise HomeInUse
    clock_start = scenario.demand["ends"].astimezone(OFFICE_ZONE)
    with _roomy(), transaction.atomic():
        # Keys enter the digests: they begin at one, whatever a replay stopped halfway used up.
        keep_counting(_all_models())
        places = build(scenario)
        orders = _orders(scenario, places, seed=seed, scale=scale)
        total = sum(order.intake.received for order in orders)
        door = Door()
        done = events = 0
        uses: dict[tuple[int, int], Use] = {}
        with _years(orders, total) as years:
            for rows in years:
                keys = [door.add(folded) for folded in rows.folded]
                for handed in rows.lists:
                    door.add_hand_over(handed, keys)
                door.add_books(rows.books)
                uses.update(rows.uses)
                done += len(keys)
                events += sum(len(folded.events) for folded in rows.folded)
                progress(done, total)
        _remember(uses)
        door.close()
        keep_counting(_all_models())
        # Before the commit: a home whose file speaks of a year it does not hold is only empty.
        _write_file(
            settings.SCENARIO_FILE,
            {
                "scenario": scenario.name,
                "seed": seed,
                "scale": scale,
                "clock_start": clock_start.isoformat(),
            },
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the first pages already know which index serves
    return Replayed(units=len(places), received=done, events=events, clock_start=clock_start)


@contextmanager
def _roomy() -> Iterator[None]:
    """Let SQLite keep the whole year in memory until the commit."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size={SQLITE_CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size={usual}")


def _all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed]


def _orders(scenario: Scenario, places: list[Place], *, seed: int, scale: float) -> list[Order]:
    # The known persons come to the first unit of each level.
    first = {place.level: place.index for place in reversed(places)}
    known = tuple(known_people(scenario.people))
    return [
        Order(
            place=place,
            intake=intake,
            seed=seed,
            demand=scenario.demand,
            people=scenario.people,
            known=known if place.index == first[place.level] else (),
        )
        for place, intake in zip(places, _intakes(scenario, places, scale), strict=True)
    ]


def _intakes(
    scenario: Scenario, places: list[Place], scale: float
) -> Sequence[Totals] | Sequence[Arrivals]:
    """Return how many come to each unit: what was published, or so many a working day."""
    demand = scenario.demand
    if "communes" not in demand:
        return [arrivals(place.weight * scale, demand, place.office_time) for place in places]
    communes = scaled(demand["communes"], scale)
    counts = apportion(communes.settled_in_time, [p.weight for p in places if p.level == "commune"])
    return [
        scaled(demand["district"], scale),
        *(Totals(settled_in_time=count) for count in counts),
    ]


@contextmanager
def _years(orders: list[Order], total: int) -> Iterator[Iterable[_Rows]]:
    """Yield each order's rows in the order of the orders."""
    workers = min(len(orders), os.cpu_count() or 1)
    if total < OWN_PROCESSES_FROM or workers < 2:
        yield map(_fold_year, orders)
        return
    # An executor, unlike a pool, ends with an error when a process fails in a way of its own.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=django.setup
    ) as pool:
        yield pool.map(_fold_year, orders)


def _fold_year(order: Order) -> _Rows:
    year = year_of(order)
    instant = connection.ops.adapt_datetimefield_value
    lines = {n: [line] for handed in year.lists for n, line in handed.lines()}
    return _Rows(
        folded=[
            fold_course(course, instant, lines=lines.get(n, ()))
            for n, course in enumerate(year.courses)
        ],
        books=year.books,
        lists=year.lists,
        uses=year.uses,
    )


def _remember(uses: dict[tuple[int, int], Use]) -> None:
    """Let each officer's list begin with what he or she receives; a listed one has pinned some."""
    listed = set(Officer.objects.filter(is_listed_in_demo=True).values_list("pk", flat=True))
    ranked = sorted(uses.items(), key=lambda entry: (entry[0][0], -entry[1].times, entry[0][1]))
    rows, officer, rank = [], None, 0
    for (who, procedure), use in ranked:
        rank = rank + 1 if who == officer else 1
        officer = who
        rows.append(
            ProcedureUse(
                officer_id=who,
                procedure_id=procedure,
                is_favourite=who in listed and rank <= FAVOURITES,
                times=use.times,
                last_used_at=use.last_at,
            )
        )
    ProcedureUse.objects.bulk_create(rows, batch_size=500)


def _write_file(path: Path, content: dict[str, Any]) -> None:
    """Write the file whole or not at all."""
    half = path.with_suffix(".json.new")
    half.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    half.replace(path)
