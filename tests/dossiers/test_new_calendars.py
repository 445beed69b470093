"""A holiday announced late: which promises the new edition of the calendar moves, and to when."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from motcua.agencies import calendar_drafts
from motcua.agencies.models import Calendar, CalendarDraft, OneStopUnit
from motcua.agencies.queries import current_edition, working_calendar
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, CalendarNotPublished, OfficeTime, office
from motcua.domain.calendar_change import (
    CalendarChangeRefused,
    DayChange,
    DayKind,
    YearChange,
    differences,
)
from motcua.domain.deadline import due
from motcua.domain.dossier import OPEN, Action, State
from motcua.domain.snapshot import is_paused
from motcua.dossiers.models import Dossier, PromiseChange, PromiseMove
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import promise_changes
from motcua.dossiers.verification import verify
from tests.dossiers.moving_promises import (
    HOLIDAY,
    NOON,
    WHY,
    approved,
    at_hour,
    drafted,
    off,
    off_day,
    past,
    proposed,
    record,
    said,
)
from tests.lives import add_district, random_life, write
from tests.world import MORNING, TAKEN, officer_of, walk

pytestmark = pytest.mark.django_db


def test_a_dossier_whose_dates_stay_keeps_its_edition(world, administrator, leader):
    dossier = world.receive()
    change = approved(administrator, leader, off(date(2021, 5, 18)))
    dossier.refresh_from_db()
    assert not change.moves.exists()
    assert (dossier.edition, dossier.revision, current_edition()) == (1, 1, 2)
    assert world.receive(at=NOON + timedelta(minutes=9)).calendar_edition == 2


def test_a_promise_is_never_brought_forward(world, administrator, leader):
    at = datetime(2021, 4, 27, 8, 0, tzinfo=OFFICE_ZONE)
    dossier = world.receive(at=at)
    working = DayChange(day=date(2021, 5, 3), kind=DayKind.ORDINARY)
    change = approved(administrator, leader, working, at=at + timedelta(hours=1))
    dossier.refresh_from_db()
    assert not change.moves.filter(new_due_at__lt=dossier.promised_at).exists()
    assert dossier.due_at == dossier.promised_at


def test_a_pause_that_ends_later_is_counted_on_the_calendar_in_force(world, administrator, leader):
    dossier = walk(world, world.receive(), TAKEN)
    change = approved(administrator, leader, off(date(2021, 3, 26)), at=NOON)
    assert (
        not change.moves.filter(new_due_at__isnull=False)
        .exclude(new_due_at=dossier.due_at)
        .exists()
    )
    record(world, dossier, Action.SUSPEND, NOON + timedelta(hours=1))
    record(world, dossier, Action.RESUME, datetime(2021, 3, 22, 9, tzinfo=OFFICE_ZONE))
    dossier.refresh_from_db()
    assert dossier.edition == 2
    # 17/03 was not counted, 18 to 22 were passed over; 23, 24, 25, 29, 30 count: 26 is off.
    assert office(dossier.due_at) == at_hour(date(2021, 3, 30))
    assert verify(settings.FILES).first == []


def test_a_paused_dossier_takes_the_edition_for_its_later_count(world, administrator, leader):
    dossier = walk(world, world.receive(), [*TAKEN])
    record(world, dossier, Action.SUSPEND, MORNING + timedelta(hours=1))
    change = approved(administrator, leader)
    [line] = change.moves.all()
    assert line.new_due_at is None
    dossier.refresh_from_db()
    assert (dossier.state, dossier.edition) == (State.SUSPENDED, 2)
    assert verify(settings.FILES).first == []


def test_a_promise_beyond_the_calendar_stops_the_list_before_anything_is_written(
    world, administrator, leader
):
    last = max(shipped_calendar().years)
    at = datetime(last, 12, 22, 8, tzinfo=OFFICE_ZONE)
    world.receive(at=at)
    draft = drafted(administrator, *(off(date(last, 12, day)) for day in range(23, 32)), at=at)
    with pytest.raises(CalendarNotPublished):
        promise_changes.list_for_calendar(draft, officer=administrator, at=at, **WHY)
    assert not PromiseChange.objects.exists() and not PromiseMove.objects.exists()


def test_a_year_becomes_final_and_a_new_one_comes(world, administrator, leader):
    last = max(shipped_calendar().years)
    draft = calendar_drafts.begin_draft(officer=administrator, at=NOON)
    with pytest.raises(CalendarChangeRefused):
        drafted(administrator, off(date(last + 1, 1, 1)))
    draft = calendar_drafts.change_year(
        YearChange(year=last + 1, provisional=True, source="Dự kiến"),
        seen_revision=draft.revision,
        officer=administrator,
        at=NOON,
    )
    draft = drafted(administrator, off(date(last + 1, 1, 1)))
    change = promise_changes.list_for_calendar(draft, officer=administrator, at=NOON, **WHY)
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON)
    calendar = working_calendar(2)
    assert last + 1 in calendar.provisional and date(last + 1, 1, 1) in calendar.off_by_day
    assert differences(working_calendar(1), calendar) == (
        (off(date(last + 1, 1, 1)),),
        (YearChange(year=last + 1, provisional=True, source="Dự kiến"),),
    )
    assert CalendarDraft.objects.get().published == Calendar.objects.get(edition=2)


def test_a_draft_that_says_nothing_new_is_not_laid_before_a_leader(world, administrator):
    world.receive()
    draft = calendar_drafts.begin_draft(officer=administrator, at=NOON)
    change = promise_changes.list_for_calendar(draft, officer=administrator, at=NOON, **WHY)
    with pytest.raises(promise_changes.NothingToChange):
        said(promise_changes.propose, change, administrator, NOON)


def test_an_edition_published_by_the_command_is_caught_up_with(world, administrator, leader):
    dossier = world.receive()
    shipped = shipped_calendar()
    extra = replace(off_day(HOLIDAY), name="Nghỉ thêm")
    publish_calendar(replace(shipped, off=(*shipped.off, extra)), at=NOON, note="Nạp lại")
    draft = calendar_drafts.begin_draft(officer=administrator, at=NOON)
    change = promise_changes.list_for_calendar(draft, officer=administrator, at=NOON, **WHY)
    change = said(promise_changes.propose, change, administrator, NOON)
    said(promise_changes.approve, change, leader, NOON)
    dossier.refresh_from_db()
    assert (dossier.edition, Calendar.objects.count()) == (2, 2)
    assert office(dossier.due_at) == at_hour(date(2021, 3, 25))


def test_two_who_begin_a_draft_have_one_and_the_second_to_write_is_told(world, administrator):
    draft = drafted(administrator)
    again = calendar_drafts.begin_draft(officer=administrator, at=NOON)
    assert again.pk == draft.pk
    with pytest.raises(calendar_drafts.CalendarDraftMoved):
        calendar_drafts.take_back(day=HOLIDAY, seen_revision=0, officer=administrator, at=NOON)
    calendar_drafts.give_up_draft(seen_revision=draft.revision, officer=administrator, at=NOON)
    with pytest.raises(calendar_drafts.CalendarDraftGone):
        calendar_drafts.take_back(day=HOLIDAY, seen_revision=9, officer=administrator, at=NOON)


@pytest.mark.parametrize("seed", range(12))
def test_the_list_is_what_counting_every_dossier_alone_says(world, administrator, leader, seed):
    rng = random.Random(seed)
    offices = add_district(world)
    until = datetime(2021, 9, 15, 10, tzinfo=OFFICE_ZONE)
    lives = [
        random_life(rng, *rng.choice(offices), officer=world.officers["handler"], until=until)
        for _ in range(120)
    ]
    write(lives)
    days = rng.sample([date(2021, 9, 1) + timedelta(days=n) for n in range(40)], 4)
    changes = [
        DayChange(day=day, kind=DayKind.MAKE_UP, name="Làm bù", source="Thông báo 100")
        if day.weekday() > 4
        else off(day)
        for day in days
        if day not in working_calendar(1).off_by_day
    ]
    change = proposed(administrator, *changes, at=until)
    calendar = calendar_drafts.drafted_calendar(CalendarDraft.objects.get())
    expected = {}
    for dossier in Dossier.objects.filter(state__in=OPEN).select_related("unit", "version"):
        dates = alone(dossier, calendar)
        if dates is not None:
            expected[dossier.pk] = dates
    assert verify(settings.FILES).first == []
    found = {
        line.dossier_id: (line.new_due_at, line.new_step_due_at) for line in change.moves.all()
    }
    assert found == expected
    leads = officer_of(OneStopUnit.objects.get(agency__code="361").agency, "leader", "huyen")
    said(promise_changes.approve, change, leads, until)
    assert verify(settings.FILES).first == []
    for dossier in Dossier.objects.filter(pk__in=expected):
        assert dossier.counted_edition == 2
        assert expected[dossier.pk][0] in (None, dossier.due_at)


def alone(dossier, calendar):
    """Return the dates a dossier should have on the calendar, counted with nothing but the clock;
    None when they stay."""
    terms = terms_of(dossier)
    before = past(dossier)
    if is_paused(before):
        return (None, None)
    hours = OfficeTime(calendar, terms.office_time.sessions)
    day = office(before.due_at).date()
    stands = before.due_at
    if not hours.is_working_day(day):
        stands = hours.closing(hours.next_working_day(day))
    counted = due(
        accepted_at=before.accepted_at,
        limit=terms.limit,
        office_time=hours,
        pauses=before.pauses,
        ends=terms.ends,
        policy=terms.policy,
        threshold=terms.threshold,
    )
    step = replace(terms, office_time=hours).step_due(
        before.step.code, before.step.started_at, before.pauses
    )
    dates = (max(stands, counted), step)
    return None if dates == (before.due_at, before.step.due_at) else dates
