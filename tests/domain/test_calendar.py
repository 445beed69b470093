"""Which dates count and which minutes of them: years, days off, make-up days, sessions."""

from datetime import date, datetime, time

import pytest

from motcua.calendars import calendar_in, shipped_calendar
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    OFFICE_ZONE,
    CalendarNotPublished,
    HoursUnreadable,
    OfficeTime,
    Session,
    SessionsOverlap,
    SpecialDay,
    WorkingCalendar,
    check_sessions,
    read_hours,
    weekday_sessions,
    write_hours,
)
from motcua.domain.deadline import due
from motcua.domain.explanation import explain
from motcua.domain.limit import TimeLimit

MORNING = (time(7), time(11, 30))
AFTERNOON = (time(13, 30), time(17))
SATURDAY = date(2021, 3, 20)


def a_day(day, *hours):
    return SpecialDay(day=day, name="Làm bù", source="Thông báo", sessions=hours)


def an_office(*sessions, off=(), make_up=()):
    calendar = WorkingCalendar(years=frozenset({2020, 2021}), off=off, make_up=make_up)
    return OfficeTime(calendar, sessions or DEFAULT_SESSIONS)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def answer(office, accepted, limit):
    found = due(accepted_at=at(accepted), limit=TimeLimit.parse(limit), office_time=office)
    return found.strftime("%Y-%m-%dT%H:%M")


def test_a_make_up_day_is_worked_as_a_monday():
    monday = Session(weekday=0, opens=time(8), closes=time(12))
    rest = tuple(s for s in DEFAULT_SESSIONS if s.weekday)
    office = an_office(monday, *rest, make_up=(a_day(SATURDAY),))
    assert office.spans(SATURDAY) == ((480, 720),)


@pytest.mark.parametrize(
    ("accepted", "limit", "expected"),
    [
        ("2021-03-19T09:00", "1 working_day", "2021-03-20T11:30"),
        ("2021-03-19T09:00", "2 working_day", "2021-03-22T17:00"),
        ("2021-03-19T09:00", "0.5 working_day", "2021-03-20T09:15"),  # half of its 270 minutes
        ("2021-03-19T16:00", "4 working_hour", "2021-03-20T10:00"),
        ("2021-03-19T16:00", "6 working_hour", "2021-03-22T07:30"),  # across the made-up morning
        ("2021-03-20T10:00", "same_day", "2021-03-20T11:30"),
        ("2021-03-20T12:00", "same_day", "2021-03-22T17:00"),  # after its own closing
        ("2021-03-15T10:00", "5 calendar_day", "2021-03-20T11:30"),
    ],
)
def test_a_make_up_day_may_have_hours_of_its_own(accepted, limit, expected):
    assert answer(an_office(make_up=(a_day(SATURDAY, MORNING),)), accepted, limit) == expected


def test_the_explanation_of_hours_across_a_make_up_day_sums_to_the_limit():
    found = explain(
        accepted_at=at("2021-03-19T16:00"),
        limit=TimeLimit.parse("6 working_hour"),
        office_time=an_office(make_up=(a_day(SATURDAY, MORNING),)),
    )
    assert [(entry.day.day, entry.minutes, entry.rule) for entry in found.entries] == [
        (19, 60, "counted"),
        (20, 270, "make_up_day"),
        (21, 0, "rest_day"),
        (22, 30, "counted"),
    ]
    assert sum(entry.minutes for entry in found.entries) == 360


def test_overlapping_hours_are_refused_and_said_where():
    with pytest.raises(SessionsOverlap, match=r"20/03/2021: 07:00-11:30 and 11:00-17:00"):
        a_day(SATURDAY, (time(11), time(17)), MORNING)
    session = Session(weekday=2, opens=time(7), closes=time(11, 30))
    late = Session(weekday=2, opens=time(11), closes=time(17), counts=False)
    with pytest.raises(SessionsOverlap, match="weekday 2"):
        an_office(session, late)
    with pytest.raises(SessionsOverlap, match="weekday 2"):
        check_sessions([session, session])


def test_hours_that_touch_or_belong_to_other_dates_do_not_overlap():
    summer = {"valid_from": date(2021, 4, 16), "valid_until": date(2021, 10, 15)}
    winter = {"valid_until": date(2021, 4, 15)}
    check_sessions(
        [
            *weekday_sessions((time(7), time(9)), (time(9), time(11))),
            Session(weekday=5, opens=time(7), closes=time(11), **summer),
            Session(weekday=5, opens=time(7, 30), closes=time(11, 30), **winter),
        ]
    )


def test_summer_hours_begin_on_their_date():
    office = an_office(
        Session(weekday=3, opens=time(7, 30), closes=time(16, 30), valid_until=date(2021, 4, 15)),
        Session(weekday=3, opens=time(7), closes=time(17), valid_from=date(2021, 4, 16)),
        Session(weekday=4, opens=time(7), closes=time(16), valid_from=date(2021, 4, 16)),
    )
    assert answer(office, "2021-04-14T09:00", "1 working_day") == "2021-04-15T16:30"
    assert answer(office, "2021-04-14T09:00", "2 working_day") == "2021-04-16T16:00"
    assert answer(office, "2021-04-14T09:00", "3 working_day") == "2021-04-22T17:00"


def test_a_session_that_only_receives_adds_no_minutes():
    evening = Session(weekday=0, opens=time(17), closes=time(19), counts=False)
    office = an_office(*DEFAULT_SESSIONS, evening)
    assert answer(office, "2021-03-15T16:00", "2 working_hour") == "2021-03-16T08:00"
    assert office.closing(date(2021, 3, 15)).hour == 17


def test_a_year_without_a_calendar_is_no_year_without_holidays():
    office = an_office()
    for question in (office.is_working_day, office.minutes, office.next_working_day):
        with pytest.raises(CalendarNotPublished) as told:
            question(date(2022, 1, 1))
        assert told.value.year == 2022
    with pytest.raises(CalendarNotPublished):
        office.next_working_day(date(2021, 12, 31))
    with pytest.raises(CalendarNotPublished):
        office.last_working_day_before(date(2020, 1, 1))


def test_a_calendar_names_only_days_of_its_years_and_each_once():
    with pytest.raises(ValueError, match="2022-01-01 lies in no year"):
        an_office(off=(a_day(date(2022, 1, 1)),))
    with pytest.raises(ValueError, match="both off and worked: 2021-03-20"):
        an_office(off=(a_day(SATURDAY),), make_up=(a_day(SATURDAY),))
    with pytest.raises(ValueError, match="2021-03-17 is off and has opening hours"):
        an_office(off=(a_day(date(2021, 3, 17), MORNING),))


def test_a_promise_on_a_provisional_year_is_marked():
    office = OfficeTime(shipped_calendar())
    limit = TimeLimit.parse("1 working_day")
    marked = [
        explain(accepted_at=at(text), limit=limit, office_time=office).provisional
        for text in ("2026-12-30T09:00", "2026-12-31T09:00", "2027-03-01T09:00")
    ]
    assert marked == [False, True, True]


def test_working_days_between_excludes_the_first_date_and_includes_the_last():
    office = OfficeTime(shipped_calendar())
    assert office.working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert office.working_days_between(date(2026, 12, 31), date(2027, 1, 4)) == 1
    assert office.working_days_between(date(2021, 3, 17), date(2021, 3, 17)) == 0
    assert office.working_days_between(date(2021, 3, 18), date(2021, 3, 17)) == 0


@pytest.mark.parametrize(
    "text",
    ["", "7-11", "07:00", "07:00-07:00", "25:00-26:00", "07:00-11:30;13:30-17:00", "٠7:00-8:00"],
)
def test_what_are_no_hours_is_an_error(text):
    with pytest.raises(HoursUnreadable):
        read_hours(text)


def test_hours_are_written_as_they_are_read():
    assert read_hours(" 13:30 - 17:00,7:00-11:30") == (MORNING, AFTERNOON)
    assert write_hours((MORNING, AFTERNOON)) == "07:00-11:30,13:30-17:00"
    assert write_hours(()) == ""


def test_a_calendar_file_may_give_a_make_up_day_its_hours(tmp_path):
    (tmp_path / "2021.toml").write_text(
        'year = 2021\nstatus = "final"\n[[make_up]]\nday = 2021-03-20\n'
        'name = "Làm bù"\nsource = "Thông báo"\nhours = "07:00-11:30"\n'
    )
    assert calendar_in(tmp_path).make_up == (a_day(SATURDAY, MORNING),)


def test_every_shipped_day_names_its_source_and_each_swap_has_its_day_off():
    calendar = shipped_calendar()
    assert calendar.years == frozenset(range(2020, 2028))
    assert calendar.provisional == frozenset({2027})
    for special in (*calendar.off, *calendar.make_up):
        assert special.name and special.source, special
    assert all(special.day.weekday() >= 5 for special in calendar.make_up)
    swapped = [special for special in calendar.off if special.name.startswith("Hoán đổi")]
    assert len(swapped) == len(calendar.make_up)
