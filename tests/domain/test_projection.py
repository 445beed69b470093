"""Time without work in days, changes of a calendar, and the way of a change to its approval."""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import product

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain import spoken
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime
from motcua.domain.calendar_change import (
    CalendarChangeFlaw,
    CalendarChangeRefused,
    DayChange,
    DayKind,
    YearChange,
    changed,
    check_day_change,
    day_of,
    differences,
)
from motcua.domain.projection import (
    CHANGE_MOVES,
    ChangeMove,
    ChangeMoveNotAllowed,
    ChangeStatus,
    change_moved,
    lost_time,
)

CALENDAR = shipped_calendar()
HOURS = [OfficeTime(CALENDAR)]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("start", "end", "lost", "why"),
    [
        (
            "2021-03-18T07:00",
            "2021-03-19T17:00",
            ("2021-03-17T23:59:59", "2021-03-19T23:59:59"),
            "two whole days",
        ),
        (
            "2021-03-18T00:00",
            "2021-03-18T23:59",
            ("2021-03-17T23:59:59", "2021-03-18T23:59:59"),
            "one whole day",
        ),
        (
            "2021-03-18T09:00",
            "2021-03-19T11:00",
            ("2021-03-18T09:00", "2021-03-19T11:00"),
            "hours inside two days stay hours",
        ),
        (
            "2021-03-20T15:00",
            "2021-03-21T10:00",
            ("2021-03-19T23:59:59", "2021-03-21T23:59:59"),
            "a weekend has no opening to wait for",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_day_lost_from_opening_to_closing_is_lost_whole(start, end, lost, why):
    assert lost_time(at(start), at(end), HOURS) == tuple(map(at, lost)), why


def test_whole_days_are_said_as_days():
    start, end = lost_time(at("2021-03-18T07:00"), at("2021-03-19T17:00"), HOURS)
    assert spoken.period(start, end) == (
        "từ đầu ngày Thứ Năm, 18/03/2021 đến hết ngày Thứ Sáu, 19/03/2021"
    )
    assert spoken.period(at("2021-03-18T09:00"), end) == (
        "từ Thứ Năm, 18/03/2021, 09:00 đến hết ngày Thứ Sáu, 19/03/2021"
    )


@pytest.mark.parametrize(("status", "move"), list(product(ChangeStatus, ChangeMove)))
def test_every_step_of_a_change_is_in_the_table_or_refused(status, move):
    if (status, move) in CHANGE_MOVES:
        assert change_moved(status, move) is CHANGE_MOVES[status, move]
    else:
        with pytest.raises(ChangeMoveNotAllowed):
            change_moved(status, move)


def off(day, **how):
    return DayChange(day=day, kind=DayKind.OFF, name="Nghỉ thêm", source="Thông báo", **how)


def test_changes_of_days_and_the_differences_they_make_are_the_same():
    days = (
        off(date(2021, 3, 19)),
        DayChange(
            day=date(2021, 3, 27),
            kind=DayKind.MAKE_UP,
            name="Làm bù",
            source="Thông báo",
            sessions=((time(7), time(11)),),
        ),
        DayChange(day=date(2021, 4, 21), kind=DayKind.ORDINARY),
    )
    last = max(CALENDAR.years)
    years = (YearChange(year=last + 1, provisional=True, source="Dự kiến"),)
    after = changed(CALENDAR, days, years, edition=7)
    assert differences(CALENDAR, after) == (days, years)
    assert after.edition == 7 and day_of(after, date(2021, 3, 19)) == days[0]
    assert not OfficeTime(after).is_working_day(date(2021, 3, 19))
    assert OfficeTime(after).minutes(date(2021, 3, 27)) == 240
    assert OfficeTime(after).is_working_day(date(2021, 4, 21))
    back = changed(after, [day_of(CALENDAR, one.day) for one in days], (), edition=8)
    assert differences(CALENDAR, replace(back, years=CALENDAR.years))[0] == ()


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (off(date(2050, 1, 1)), CalendarChangeFlaw.YEAR_UNKNOWN),
        (DayChange(day=date(2021, 3, 19), kind=DayKind.ORDINARY), CalendarChangeFlaw.NOTHING_NAMED),
        (day_of(CALENDAR, date(2021, 4, 21)), CalendarChangeFlaw.AS_BEFORE),
    ],
)
def test_a_change_that_says_nothing_or_too_much_is_refused(change, flaw):
    with pytest.raises(CalendarChangeRefused) as told:
        check_day_change(CALENDAR, change, ())
    assert told.value.flaw is flaw


def test_a_provisional_year_becomes_final():
    provisional = max(CALENDAR.provisional)
    final = YearChange(year=provisional, provisional=False, source="Thông báo chính thức")
    after = changed(CALENDAR, (), [final], edition=2)
    assert provisional not in after.provisional and after.sources[provisional] == final.source
