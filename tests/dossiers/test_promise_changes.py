"""A holiday announced late, and days on which nobody could work: who is moved, and to when."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.agencies import calendar_drafts
from motcua.agencies.models import Calendar, CalendarDraft, OneStopUnit
from motcua.agencies.queries import current_edition, working_calendar
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, CalendarNotPublished, OfficeTime, SpecialDay, office
from motcua.domain.calendar_change import (
    CalendarChangeRefused,
    DayChange,
    DayKind,
    YearChange,
    differences,
)
from motcua.domain.deadline import due, moved_by
from motcua.domain.dossier import OPEN, Action, State
from motcua.domain.pause import Pause
from motcua.domain.projection import ChangeMoveNotAllowed, Outcome
from motcua.domain.snapshot import Happening, is_paused
from motcua.dossiers.models import Dossier, PromiseChange, PromiseMove
from motcua.dossiers.promise_change_queries import closures, opens_at
from motcua.dossiers.queries import explanation_of, terms_of
from motcua.dossiers.services import ledger, promise_changes, together
from motcua.dossiers.services.ledger import past_of
from motcua.dossiers.services.processing import act
from motcua.dossiers.verification import verify
from tests.lives import add_district, random_life, write
from tests.world import MORNING, TAKEN, division_of, next_town, officer_of, walk

pytestmark = pytest.mark.django_db
HOLIDAY = date(2021, 3, 19)
WHY = {"reason": "Nghỉ thêm ngày 19/03", "legal_basis": "Thông báo 100/TB-UBND"}
NOON = MORNING + timedelta(hours=4)


@pytest.fixture
def administrator(world):
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def leader(world):
    return world.officers["leader"]


def drafted(administrator, *changes, at=NOON):
    draft = calendar_drafts.begin_draft(officer=administrator, at=at)
    for change in changes or [off(HOLIDAY)]:
        draft = calendar_drafts.change_day(
            change, seen_revision=draft.revision, officer=administrator, at=at
        )
    return draft


def off(day):
    return DayChange(day=day, kind=DayKind.OFF, name="Nghỉ thêm", source="Thông báo 100")


def listed(administrator, *changes, at=NOON):
    draft = drafted(administrator, *changes, at=at)
    return promise_changes.list_for_calendar(draft, officer=administrator, at=at, **WHY)


def proposed(administrator, *changes, at=NOON):
    change = listed(administrator, *changes, at=at)
    return said(promise_changes.propose, change, administrator, at)


def approved(administrator, leader, *changes, at=NOON):
    change = proposed(administrator, *changes, at=at)
    return said(promise_changes.approve, change, leader, at + timedelta(minutes=5))


def said(service, change, officer, at, **more):
    return service(
        change_id=change.pk, seen_revision=change.revision, officer=officer, at=at, **more
    )


def excused(world, officer, start, end, at=NOON, **units):
    period = promise_changes.Period(units=units.get("units", (world.unit,)), start=start, end=end)
    return promise_changes.list_for_force_majeure(
        period, reason="Bão số 3", legal_basis="Công điện 05/CĐ-UBND", officer=officer, at=at
    )


def past(dossier):
    terms = terms_of(dossier)
    return past_of(dossier.events.order_by("position"), terms).snapshot


def at_hour(day, hour=17, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=OFFICE_ZONE)


def test_nothing_moves_before_a_leader_approves_and_then_everything_on_the_list(
    world, administrator, leader
):
    dossier = world.receive()
    assert office(dossier.due_at).date() == date(2021, 3, 24)
    change = proposed(administrator)
    [line] = change.moves.all()
    assert (line.dossier_id, office(line.new_due_at)) == (dossier.pk, at_hour(date(2021, 3, 25)))
    dossier.refresh_from_db()
    assert office(dossier.due_at).date() == date(2021, 3, 24) and current_edition() == 1

    change = said(promise_changes.approve, change, leader, NOON + timedelta(minutes=1))
    dossier.refresh_from_db()
    assert office(dossier.due_at) == at_hour(date(2021, 3, 25))
    assert office(dossier.promised_at).date() == date(2021, 3, 24), "the first promise stays"
    assert (dossier.counted_edition, dossier.edition, current_edition()) == (2, 2, 2)
    event = dossier.events.get(action=Action.RECALCULATE)
    assert (event.officer, event.edition) == (leader, 2)
    assert event.note == "Nghỉ thêm ngày 19/03. Thông báo 100/TB-UBND"
    [line] = change.moves.all()
    assert (line.outcome, line.event_position) == (Outcome.APPLIED, event.position)
    explained = explanation_of(past(dossier), terms_of(dossier))
    assert explained.edition == 2 and explained.due_at == dossier.due_at
    assert "Thông báo 100" in {entry.source for entry in explained.entries}
    assert verify(settings.FILES).first == []


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


def record(world, dossier, action, at, **more):
    dossier.refresh_from_db()
    what = Happening(
        action=action,
        at=at,
        agency=world.unit.agency_id,
        officer=world.officers["approver"].pk,
        note="Chờ quyết định",
        **more,
    )
    with transaction.atomic():
        ledger.record(dossier, what, terms=terms_of(dossier))


def test_what_moved_between_list_and_approval_is_counted_again_and_said_so(
    world, administrator, leader
):
    stays, settled, paused = (world.receive(at=MORNING + timedelta(minutes=n)) for n in range(3))
    change = proposed(administrator)
    assert change.moves.count() == 3
    late = world.receive(at=NOON + timedelta(minutes=1))
    act(
        dossier_id=settled.pk,
        action=Action.SEND_BACK,
        officer=world.officers["reception"],
        at=NOON + timedelta(minutes=1),
        note="Không thuộc thẩm quyền",
    )
    walk(world, paused, TAKEN)
    record(world, paused, Action.SUSPEND, NOON + timedelta(minutes=2))
    change = said(promise_changes.approve, change, leader, NOON + timedelta(minutes=5))
    outcome = dict(change.moves.values_list("dossier_id", "outcome"))
    assert outcome == {
        stays.pk: Outcome.APPLIED,
        settled.pk: Outcome.LEFT_OUT,
        paused.pk: Outcome.RECOUNTED,
        late.pk: Outcome.ADDED,
    }
    assert change.moves.get(dossier=paused).listed_due_at is not None
    assert verify(settings.FILES).first == []


def test_who_proposes_does_not_approve_and_nobody_approves_twice(world, administrator, leader):
    change = proposed(leader)
    with pytest.raises(promise_changes.OwnProposal):
        said(promise_changes.approve, change, leader, NOON)
    second = officer_of(world.unit.agency, "leader", "lieude.phochutich")
    done = said(promise_changes.approve, change, second, NOON)
    with pytest.raises(promise_changes.ChangeSeenOtherwise):
        said(promise_changes.approve, change, second, NOON)
    with pytest.raises(ChangeMoveNotAllowed):
        said(promise_changes.approve, done, second, NOON)
    assert Calendar.objects.count() == 2


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


def off_day(day):
    return SpecialDay(day=day, name="Nghỉ", source="Thông báo")


def test_two_who_begin_a_draft_have_one_and_the_second_to_write_is_told(world, administrator):
    draft = drafted(administrator)
    again = calendar_drafts.begin_draft(officer=administrator, at=NOON)
    assert again.pk == draft.pk
    with pytest.raises(calendar_drafts.CalendarDraftMoved):
        calendar_drafts.take_back(day=HOLIDAY, seen_revision=0, officer=administrator, at=NOON)
    calendar_drafts.give_up_draft(seen_revision=draft.revision, officer=administrator, at=NOON)
    with pytest.raises(calendar_drafts.CalendarDraftGone):
        calendar_drafts.take_back(day=HOLIDAY, seen_revision=9, officer=administrator, at=NOON)


def test_an_approval_cut_off_between_batches_leaves_nothing(
    world, administrator, leader, monkeypatch
):
    for minute in range(5):
        world.receive(at=MORNING + timedelta(minutes=minute))
    change = proposed(administrator)
    monkeypatch.setattr(together, "BATCH", 2)
    written, write = [], together.write_rows

    def cut_off(*rows):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(write(*rows))

    monkeypatch.setattr(together, "write_rows", cut_off)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        said(promise_changes.approve, change, leader, NOON)
    assert current_edition() == 1
    assert not Dossier.objects.filter(counted_edition__isnull=False).exists()
    assert set(change.moves.values_list("outcome", flat=True)) == {Outcome.LISTED}
    monkeypatch.undo()
    said(promise_changes.approve, change, leader, NOON)
    assert Dossier.objects.filter(counted_edition=2).count() == 5
    assert verify(settings.FILES).first == []


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
    known = verify(settings.FILES).first
    found = {
        line.dossier_id: (line.new_due_at, line.new_step_due_at) for line in change.moves.all()
    }
    assert found == expected
    leads = officer_of(OneStopUnit.objects.get(agency__code="361").agency, "leader", "huyen")
    said(promise_changes.approve, change, leads, until)
    assert verify(settings.FILES).first == known
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


def test_a_division_has_no_leader_of_its_units(world, administrator):
    division = division_of(world.unit.agency)
    inside = officer_of(division, "leader", "lieude.truongphong")
    world.receive()
    change = proposed(administrator)
    with pytest.raises(promise_changes.ApprovedElsewhere):
        said(promise_changes.approve, change, inside, NOON)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (PromiseMove, {"new_due_at": MORNING + timedelta(days=30)}),
        (PromiseMove, {"old_due_at": MORNING}),
        (PromiseMove, {"new_step_due_at": None}),
        (PromiseMove, {"event_position": 1}),
        (PromiseMove, {"event_position": 9}),
        (PromiseChange, {"reason": "Lý do khác"}),
        (PromiseChange, {"legal_basis": "Văn bản khác"}),
        (PromiseChange, {"edition": 7}),
        (PromiseChange, {"kind": "force_majeure"}),
    ],
    ids=str,
)
def test_a_line_changed_behind_the_products_back_is_named(
    world, administrator, leader, table, change
):
    dossier = world.receive()
    approved(administrator, leader)
    try:
        with transaction.atomic():
            table.objects.update(**change)
    except IntegrityError:
        return  # the database itself refuses it
    assert any(words.startswith(dossier.number) for words in verify(settings.FILES).first)
