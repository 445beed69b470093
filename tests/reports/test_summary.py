"""The figures of a period are what a clerk would count dossier by dossier."""

import json
import random
from collections import Counter
from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import OneStopUnit
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.history import fold
from motcua.domain.tally import Tally
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services.ledger import happening_of
from motcua.reports.queries import PeriodEmpty, UnitUnknown, counted_for, counted_since, summary
from tests.lives import EARLIEST, add_district, clear, is_paused, random_life, write
from tests.world import MORNING, RETURNED, walk

COLUMNS = [field.name for field in fields(Tally)]
WORLDS = 200
PER_WORLD = 12


@pytest.fixture
def places(world):
    return add_district(world)


def lives_of(rng, world, places, number=PER_WORLD, until=MORNING):
    return [
        random_life(rng, *rng.choice(places), officer=world.officers["handler"], until=until)
        for _ in range(number)
    ]


def naive(dossiers, first, last, at):
    """Count by hand: what had happened to each dossier by `at`, and where that leaves it."""
    counted = Counter()
    for dossier in dossiers:
        happened = [happening_of(event) for event in dossier.events.all() if event.at <= at]
        now = fold(happened, terms_of(dossier))
        if now.accepted_at is None or office(now.accepted_at).date() > last:
            continue
        end = now.settled_at or now.ended_at
        carried = office(now.accepted_at).date() < first
        if carried and end is not None and office(end).date() < first:
            continue
        columns = ["carried_in" if carried else "received"]
        if now.settled_at is not None:
            days_over = office(now.settled_at).date() - office(now.due_at).date()
            late = now.settled_at > now.due_at
            columns += ["settled", "late" if late else "early" if days_over.days < 0 else "on_time"]
        elif now.ended_at is not None:
            columns.append("sent_back")
        elif is_paused(now.state):
            columns += ["open", "open_suspended"]
        else:
            columns += ["open", "open_overdue" if at > now.due_at else "open_within"]
        field = dossier.version.procedure.administrative_field
        unit = dossier.unit.agency
        for group in ("total", ("level", unit.kind), ("unit", unit.code), ("field", field.code)):
            counted.update((group, column) for column in columns)
    return counted


def cells(found):
    groups = [("total", found.total)]
    groups += [(("level", row.code), row) for row in found.by_level]
    groups += [(("unit", row.code), row) for row in found.by_unit]
    groups += [(("field", row.code), row) for row in found.by_field]
    return {(group, name): getattr(row.tally, name) for group, row in groups for name in COLUMNS}


def test_every_cell_of_every_random_world_is_what_a_clerk_counts(world, places):
    rng = random.Random(20210317)
    seen = Counter()
    for _ in range(WORLDS):
        write(lives_of(rng, world, places))
        dossiers = list(
            Dossier.objects.select_related(
                "unit__agency", "version__procedure__administrative_field", "case"
            ).prefetch_related("events")
        )
        span = (MORNING - EARLIEST).days
        for _ in range(3):
            days = sorted(rng.randrange(span) for _ in range(2))
            first, last = (EARLIEST.date() + timedelta(days=day) for day in days)
            instants = [event.at for dossier in dossiers for event in dossier.events.all()]
            promises = [dossier.due_at for dossier in dossiers if dossier.due_at]
            at = rng.choice(
                [
                    rng.choice(instants),
                    rng.choice(promises or instants),
                    datetime(last.year, last.month, last.day, 23, 59, tzinfo=OFFICE_ZONE),
                    EARLIEST + timedelta(minutes=rng.randrange(span * 1440)),
                    MORNING + timedelta(days=90),
                ]
            )
            expected = naive(dossiers, first, last, at)
            found = cells(summary(first, last, at))
            assert {cell: n for cell, n in found.items() if n} == dict(expected), (first, last, at)
            seen.update(name for (group, name), n in found.items() if n and group == "total")
        clear()
    assert set(seen) == set(COLUMNS), "some column was never filled: the worlds are too tame"


def test_the_front_page_and_the_report_count_the_same(world, places):
    rng = random.Random(50677)
    for _ in range(20):
        write(lives_of(rng, world, places, number=20))
        for first in (date(2020, 1, 1), date(2020, 9, 30), MORNING.date()):
            by_level = {
                row.code: row.tally for row in summary(first, MORNING.date(), MORNING).by_level
            }
            assert counted_since(first, MORNING) == by_level
        clear()


def test_the_figures_of_one_unit_are_what_the_report_counts_for_it(world, places):
    rng = random.Random(2292)
    starts = [date(2021, 1, 1), date(2020, 1, 1)]
    for _ in range(20):
        write(lives_of(rng, world, places, number=20))
        for unit in OneStopUnit.objects.select_related("agency"):
            counted = {
                start: summary(start, MORNING.date(), MORNING, unit.agency.code).total.tally
                for start in starts
            }
            assert counted_for(unit, starts, MORNING) == counted
        clear()


def test_what_happens_later_is_not_known_yet(world):
    walk(world, world.receive(), RETURNED)
    day = MORNING.date()
    then = summary(day, day, MORNING + timedelta(minutes=1)).total.tally
    assert (then.received, then.open_within, then.settled) == (1, 1, 0)
    now = summary(day, day).total.tally
    assert (now.settled, now.early, now.open) == (1, 1, 0)


def test_without_an_instant_things_stand_as_at_the_last_event_or_the_end_of_the_period(world):
    world.receive()
    day = MORNING.date()
    assert summary(day, day).at == MORNING
    ended = summary(date(2021, 3, 1), date(2021, 3, 2)).at
    assert ended == datetime(2021, 3, 2, 23, 59, 59, 999999, tzinfo=OFFICE_ZONE)


def test_one_unit_alone(world, places):
    world.receive()
    day = MORNING.date()
    found = summary(day, day, unit="361")
    assert [row.code for row in found.by_unit] == ["361"]
    assert [row.code for row in found.by_field] == ["DD"]
    assert found.total.tally == Tally()
    assert summary(day, day, unit="13891").total.tally.received == 1


def test_a_period_backwards_and_an_unknown_unit_are_refused(world):
    with pytest.raises(PeriodEmpty):
        summary(date(2021, 3, 2), date(2021, 3, 1))
    with pytest.raises(UnitUnknown):
        summary(date(2021, 3, 1), date(2021, 3, 1), unit="nowhere")


@pytest.mark.parametrize("what", ["front", "report"])
def test_the_figures_are_of_one_instant_while_the_office_works(town, what):
    with town.work(what, module="tests.read_between") as reading:
        found = json.loads(reading.stdout.read() or "null")
        assert reading.wait(60) == 0
    assert found == {"carried_in": 0, "received": 2, "open": 2}
