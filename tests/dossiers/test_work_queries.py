"""The lists of work say in SQL what the rules say in Python, at every instant."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from motcua.agencies.models import OpeningSession
from motcua.agencies.queries import office_time
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.dossier import Action
from motcua.domain.history import advance
from motcua.domain.process import Role
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.standing import Standing, due_soon_before, due_soon_from, standing_open
from motcua.dossiers.models import Paper
from motcua.dossiers.queries import terms_for
from motcua.dossiers.work_queries import (
    Tab,
    agencys_desk,
    officers_desk,
    papers_to_fetch,
    ready_to_return,
)
from tests.lives import Life, write
from tests.world import MORNING, READY, TAKEN, done, walk


def office(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def desk_of(world, role, at):
    officer = world.officers[role]
    roles = {world.unit.agency_id: frozenset({Role(role)})}
    return officers_desk(officer_id=officer.pk, roles_by_agency=roles, at=at)


def listed(desk, tab):
    return set(desk.listed(tab))


@pytest.fixture(scope="module")
def instants():
    """Every edge of a working day around a weekend, New Year and Tết, and a minute either side."""
    days = ["2021-03-12", "2021-03-13", "2021-03-14", "2021-03-15", "2021-02-09", "2021-02-10"]
    days += ["2021-02-13", "2021-02-17", "2020-12-31", "2021-01-01", "2021-01-04", "2020-01-01"]
    days += ["2020-01-02", "2020-01-03", "2027-12-30", "2027-12-31"]
    hours = ["00:00", "06:59", "07:00", "07:01", "11:30", "13:30", "16:59", "17:00", "17:01"]
    return [office(f"{day}T{hour}") for day in days for hour in [*hours, "23:59"]]


@pytest.mark.parametrize("own_hours", [False, True], ids=["default hours", "hours of its own"])
def test_one_bound_for_a_unit_says_what_the_rule_says_of_each_dossier(world, instants, own_hours):
    if own_hours:
        for weekday, opens in [(0, "07:30"), (2, "08:00"), (4, "07:30"), (5, "07:00")]:
            OpeningSession.objects.create(
                unit=world.unit,
                weekday=weekday,
                opens=opens,
                closes="11:00",
                valid_from="2019-01-01",
            )
    hours = office_time(world.unit.pk, 1)
    dues = [due for due in instants if hours.is_working_day(due.date())]
    for at in instants:
        bound = due_soon_before(at, hours)
        for due_at in dues:
            if at > due_at:
                continue
            soon = at >= due_soon_from(due_at, hours)
            assert (bound is None or due_at < bound) == soon, (at, due_at)


def test_the_lists_and_the_standing_agree_at_every_instant(world):
    hours = ("08:00", "16:30")
    starts = [office(f"2021-03-{day:02d}T{hour}") for day in (8, 9, 10, 12) for hour in hours]
    dossiers = [walk(world, world.receive(at=at), TAKEN) for at in starts]
    hours = office_time(world.unit.pk, 1)
    edges = {dossier.due_at for dossier in dossiers}
    edges |= {due_soon_from(dossier.due_at, hours) for dossier in dossiers}
    edges |= {office("2021-03-13T12:00"), office("2021-03-20T07:00")}
    for edge in sorted(edges):
        for at in (edge + timedelta(seconds=n) for n in (-61, -1, 0, 1, 61)):
            desk = desk_of(world, "handler", at)
            expected = {Tab.DUE_SOON: set(), Tab.OVERDUE: set()}
            for dossier in dossiers:
                standing = standing_open(due_at=dossier.due_at, at=at, office_time=hours)
                if standing in (Standing.DUE_SOON, Standing.OVERDUE):
                    expected[Tab(standing.value)].add(dossier)
            assert {tab: listed(desk, tab) for tab in expected} == expected, at
            counts = desk.counts()
            assert {tab: counts[tab] for tab in expected} == {
                tab: len(found) for tab, found in expected.items()
            }


def test_each_dossier_lies_on_one_desk_at_a_time(world):
    at = MORNING + timedelta(hours=3)
    dossiers = [walk(world, world.receive(), READY[:length]) for length in range(6)]
    # The second and the fifth wait for whoever of the handlers takes them; the sixth is settled.
    expected = {
        "reception": {dossiers[0]},
        "handler": {dossiers[1], dossiers[2], dossiers[4]},
        "approver": {dossiers[3]},
        "leader": set(),
    }
    found = {role: listed(desk_of(world, role, at), Tab.DESK) for role in expected}
    assert found == expected
    new = listed(desk_of(world, "handler", at), Tab.NEW)
    assert new == {dossiers[1], dossiers[4]}
    waiting = {role: listed(desk_of(world, role, at), Tab.WAITING) for role in expected}
    assert waiting == {
        "reception": set(dossiers[1:5]),
        "handler": {dossiers[3]},
        "approver": {dossiers[4]},
        "leader": set(),
    }


def test_what_a_colleague_took_is_not_on_my_desk_but_on_the_agencys(world):
    dossier = walk(world, world.receive(), TAKEN)
    at = MORNING + timedelta(hours=1)
    other = world.officers["approver"]
    roles = {world.unit.agency_id: frozenset({Role.HANDLER})}
    mine = officers_desk(officer_id=other.pk, roles_by_agency=roles, at=at)
    assert listed(mine, Tab.DESK) == set()
    agency = agencys_desk(agency_ids={world.unit.agency_id}, at=at)
    assert listed(agency, Tab.DESK) == {dossier}


def test_a_paused_dossier_waits_and_is_never_overdue(world):
    dossier = walk(world, world.receive(), TAKEN)
    hour = MORNING + timedelta(hours=1)
    done(dossier, Action.REQUEST_SUPPLEMENT, officer=world.officers["handler"], at=hour)
    desk = desk_of(world, "handler", MORNING + timedelta(days=60))
    counts = desk.counts()
    assert counts == {**dict.fromkeys(Tab, 0), Tab.WAITING: 1}


def test_results_wait_in_the_order_they_came(world):
    first, second = (walk(world, world.receive(), READY) for _ in range(2))
    assert list(ready_to_return(world.unit)) == [first, second]


def test_nobody_fetches_the_papers_of_what_never_came_to_the_counter(world):
    sent, withdrawn = (
        Happening(action=action, at=MORNING, agency=world.unit.agency_id, note="Rút hồ sơ")
        for action in (Action.SUBMIT, Action.WITHDRAW)
    )
    terms = terms_for(unit=world.unit, version=world.version, case=None, edition=1)
    begun = advance(Snapshot(), sent, terms)
    snapshots = [begun, advance(begun, withdrawn, terms)]
    [online] = write([Life(world.unit, world.version, [sent, withdrawn], snapshots)])
    Paper.objects.create(dossier=online, position=1, name="Tờ khai", photocopies=1)
    taken_in = walk(world, world.receive(), [(Action.WITHDRAW, "reception")])
    assert list(papers_to_fetch(world.unit)) == [taken_in]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan of SQLite")
def test_a_desk_reads_only_open_dossiers(world):
    walk(world, world.receive(), TAKEN)
    desk = desk_of(world, "handler", MORNING)
    for tab in Tab:
        plan = desk.listed(tab).explain()
        assert "dossiers_dossier USING INDEX dossier_open_by_holder" in plan, plan
        assert "dossierevent_officer" not in plan, plan
