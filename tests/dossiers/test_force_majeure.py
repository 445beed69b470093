"""Days on which nobody could work: whose promises move, to when, and who approves."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from motcua.agencies.queries import working_calendar
from motcua.domain.calendar import OfficeTime, office
from motcua.domain.deadline import moved_by
from motcua.domain.dossier import Action
from motcua.domain.pause import Pause
from motcua.dossiers.promise_change_queries import closures, opens_at
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import promise_changes
from motcua.dossiers.verification import verify
from tests.dossiers.moving_promises import NOON, at_hour, excused, proposed, record, said
from tests.lives import add_district
from tests.world import MORNING, TAKEN, division_of, next_town, officer_of, walk

pytestmark = pytest.mark.django_db


def test_days_without_work_move_each_promise_as_a_pause_does(world, administrator, leader):
    dossier = walk(world, world.receive(), TAKEN)
    start, end = at_hour(date(2021, 3, 18), 7), at_hour(date(2021, 3, 22), 11, 30)
    change = excused(world, administrator, start, end)
    [line] = change.moves.all()
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON + timedelta(minutes=1))
    dossier.refresh_from_db()
    # The 18th was lost from its opening on, so it is passed over as a whole.
    pauses = [Pause(start=at_hour(date(2021, 3, 17), 23, 59), end=end)]
    assert dossier.due_at == line.new_due_at == terms_of(dossier).due(dossier.accepted_at, pauses)
    assert dossier.counted_edition is None
    step = dossier.steps_taken.get(ended_at=None)
    assert step.due_at == line.new_step_due_at > line.old_step_due_at
    [closure] = closures(NOON)
    assert closure.unit == world.unit and office(closure.opens_at) == at_hour(end.date(), 13, 30)
    assert not closures(end)
    assert verify(settings.FILES).first == []


def test_the_same_period_again_moves_only_what_was_received_since(world, administrator, leader):
    known = world.receive()
    start, end = at_hour(date(2021, 3, 17), 7), at_hour(date(2021, 3, 19), 7)
    change = excused(world, administrator, start, end)
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON)
    since = world.receive(at=NOON + timedelta(minutes=30))
    again = excused(world, administrator, start, end, at=NOON + timedelta(hours=1))
    assert [line.dossier_id for line in again.moves.all()] == [since.pk] != [known.pk]
    with pytest.raises(promise_changes.PeriodsOverlap):
        excused(world, administrator, start, end + timedelta(hours=1))


def test_a_step_opened_while_nobody_can_work_is_not_due_before_work_goes_on(
    world, administrator, leader
):
    dossier = world.receive()
    end = at_hour(date(2021, 3, 24), 7)
    change = excused(world, administrator, at_hour(date(2021, 3, 17), 10), end)
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON)
    walk(world, dossier, TAKEN)
    assert dossier.steps_taken.get(ended_at=None).due_at > end


def test_an_extended_promise_moves_by_the_days_without_work(world, administrator, leader):
    dossier = walk(world, world.receive(), TAKEN)
    new = at_hour(date(2021, 3, 30))
    record(world, dossier, Action.EXTEND, MORNING + timedelta(hours=1), new_due_at=new)
    start, end = at_hour(date(2021, 3, 18), 7), at_hour(date(2021, 3, 19))
    change = excused(world, administrator, start, end)
    [line] = change.moves.all()
    hours = terms_of(dossier).office_time
    lost = Pause(start=at_hour(date(2021, 3, 17), 23, 59), end=end)
    assert line.new_due_at == moved_by(lost, new, hours)
    assert office(line.new_due_at) == at_hour(date(2021, 4, 1))
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON)
    assert not excused(world, administrator, start, end).moves.exists(), "moved once"
    assert verify(settings.FILES).first == []


def test_an_office_opens_with_its_next_session(world):
    hours = OfficeTime(working_calendar(1))
    friday = date(2021, 3, 19)
    assert opens_at(at_hour(friday, 12), hours) == at_hour(friday, 13, 30)
    assert opens_at(at_hour(friday, 14), hours) == at_hour(friday, 14)
    assert opens_at(at_hour(friday, 18), hours) == at_hour(date(2021, 3, 22), 7)


def test_a_leader_elsewhere_does_not_approve_force_majeure_here(world, administrator):
    stranger = officer_of(next_town().agency, "leader", "rangdong.lanhdao")
    world.receive()
    change = excused(world, administrator, MORNING, MORNING + timedelta(days=1))
    change = said(promise_changes.propose, change, administrator, NOON)
    with pytest.raises(promise_changes.ApprovedElsewhere):
        said(promise_changes.approve, change, stranger, NOON)


def test_a_leader_above_approves_for_the_units_below(world, administrator):
    [(_unit, _version), (district, _land)] = add_district(world)
    above = officer_of(district.agency, "leader", "huyen.lanhdao")
    world.unit.agency.parent = district.agency
    world.unit.agency.save()
    world.receive()
    change = excused(world, administrator, MORNING, MORNING + timedelta(days=1))
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, above, NOON)
    # The calendar is one for all: approved where no unit stands above.
    with pytest.raises(promise_changes.ApprovedElsewhere):
        calendar = proposed(administrator)
        said(promise_changes.approve, calendar, world.officers["leader"], NOON)


def test_a_division_has_no_leader_of_its_units(world, administrator):
    division = division_of(world.unit.agency)
    inside = officer_of(division, "leader", "lieude.truongphong")
    world.receive()
    change = proposed(administrator)
    with pytest.raises(promise_changes.ApprovedElsewhere):
        said(promise_changes.approve, change, inside, NOON)
