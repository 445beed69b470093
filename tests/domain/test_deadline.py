"""The worked cases of the legal clock: each row says why it is there."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain import spoken
from motcua.domain.calendar import (
    OFFICE_ZONE,
    CalendarNotPublished,
    OfficeTime,
    Session,
    SpecialDay,
    WorkingCalendar,
    weekday_sessions,
)
from motcua.domain.deadline import due, left_when_suspended
from motcua.domain.explanation import explain
from motcua.domain.limit import Ends, LimitUnreadable, TimeLimit
from motcua.domain.pause import Pause, PauseImpossible, PausePolicy, Suspended

OFFICE = OfficeTime(shipped_calendar())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def paused(*spans):
    return tuple(Pause(start=at(a), end=at(b)) for a, b in spans)


def answer(accepted, limit, office=OFFICE, **how):
    return due(
        accepted_at=at(accepted), limit=TimeLimit.parse(limit), office_time=office, **how
    ).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("accepted", "limit", "expected", "why"),
    [
        ("2026-11-20T10:00", "1 working_day", "2026-11-23T17:00", "over a weekend"),
        ("2026-11-23T09:20", "1 working_day", "2026-11-25T17:00", "24/11 is off since 2026"),
        ("2026-11-23T09:20", "3 working_day", "2026-11-27T17:00", "24/11 within"),
        ("2026-11-20T10:00", "5 working_day", "2026-11-30T17:00", "two weekends"),
        ("2026-08-21T10:00", "1 working_day", "2026-08-22T17:00", "a Saturday made up"),
        ("2026-08-21T10:00", "5 working_day", "2026-08-27T17:00", "the make-up day counts"),
        ("2026-08-28T10:00", "3 working_day", "2026-09-07T17:00", "National Day with a swap"),
        ("2026-02-13T10:00", "1 working_day", "2026-02-23T17:00", "Tết between"),
        ("2026-02-13T10:00", "5 working_day", "2026-02-27T17:00", "after Tết"),
        ("2026-04-24T10:00", "3 working_day", "2026-05-04T17:00", "Giỗ Tổ and 30/4"),
        ("2026-04-29T10:00", "1 working_day", "2026-05-04T17:00", "30/4 and 1/5"),
        ("2026-12-31T10:00", "1 working_day", "2027-01-04T17:00", "into a provisional year"),
        ("2026-01-01T10:00", "1 working_day", "2026-01-05T17:00", "2/1 swapped away"),
        ("2026-01-09T10:00", "1 working_day", "2026-01-10T17:00", "10/1 worked for it"),
        ("2026-11-20T16:00", "4 working_hour", "2026-11-23T10:00", "hours over a weekend"),
        ("2026-11-23T15:30", "4 working_hour", "2026-11-25T09:30", "hours over a holiday"),
        ("2026-11-23T15:30", "same_day", "2026-11-25T17:00", "after 15:00"),
        ("2026-11-23T15:00", "same_day", "2026-11-23T17:00", "15:00 itself is in time"),
        ("2026-11-22T09:00", "same_day", "2026-11-23T17:00", "received on a Sunday"),
        ("2026-11-17T10:00", "7 calendar_day", "2026-11-25T17:00", "day 7 is off"),
        ("2021-03-01T09:00", "0.5 working_day", "2021-03-02T11:00", "half of 480 minutes"),
        ("2021-01-31T09:00", "1 month", "2021-03-01T17:00", "no 31 February; 28 is a Sunday"),
        ("2021-03-17T08:03", "150 working_minute", "2021-03-17T10:33", "within a session"),
        ("2021-03-17T07:30", "4 hour", "2021-03-17T11:30", "due at the closing, not at 13:30"),
        ("2021-03-17T23:59", "1 working_day", "2021-03-18T17:00", "whatever the hour"),
    ],
    ids=lambda value: value,
)
def test_due(accepted, limit, expected, why):
    assert answer(accepted, limit) == expected


def test_seconds_of_acceptance_matter_only_at_the_threshold():
    late = datetime(2026, 11, 23, 15, 0, 1, tzinfo=OFFICE_ZONE)
    how = {"office_time": OFFICE}
    assert due(accepted_at=late, limit=TimeLimit.parse("same_day"), **how).day == 25
    hours = due(accepted_at=late, limit=TimeLimit.parse("1 working_hour"), **how)
    assert hours == at("2026-11-23T16:00")


@pytest.mark.parametrize(
    ("limit", "pause", "expected", "why"),
    [
        ("5 working_day", ("03T10:00", "05T09:00"), "10T17:00", "4 and 5 passed over"),
        ("2 working_day", ("03T10:00", "08T14:00"), "09T17:00", "in force at closing"),
        ("2 working_day", ("03T10:00", "03T15:00"), "03T17:00", "over before the due instant"),
        ("5 calendar_day", ("04T09:00", "08T09:00"), "10T17:00", "5 to 8 passed over"),
        ("6 calendar_day", ("06T09:00", "08T09:00"), "09T17:00", "a Saturday counts"),
        ("5 calendar_day", ("06T09:00", "09T09:00"), "10T17:00", "moved, then left"),
        ("same_day", ("01T10:00", "04T08:00"), "05T17:00", "paused at closing"),
        ("4 working_hour", ("01T10:00", "01T14:00"), "01T17:00", "60 before, 180 after"),
    ],
    ids=str,
)
def test_due_with_a_pause(limit, pause, expected, why):
    span = tuple(f"2021-03-{end}" for end in pause)
    assert answer("2021-03-01T09:00", limit, pauses=paused(span)) == f"2021-03-{expected}"


def test_a_month_with_a_pause_counts_as_its_days():
    pause = paused(("2021-03-15T09:00", "2021-03-17T09:00"))
    assert answer("2021-03-01T09:00", "1 month", pauses=pause) == "2021-04-05T17:00"


def test_same_clock_with_a_pause():
    pause = paused(("2026-11-09T08:00", "2026-11-13T08:00"))
    found = answer("2026-11-05T08:00", "10 working_day", pauses=pause, ends=Ends.SAME_CLOCK)
    assert found == "2026-11-26T08:00"


def test_a_restart_counts_the_whole_limit_again():
    pause = paused(("2021-03-03T10:00", "2021-03-05T09:00"))
    found = answer("2021-03-01T09:00", "5 working_day", pauses=pause, policy=PausePolicy.RESTART)
    assert found == "2021-03-12T17:00"


def _rows():
    path = Path(__file__).parent / "cases/office_hours_2018.csv"
    return list(csv.DictReader(path.read_text().splitlines()))


@pytest.mark.parametrize(
    "row", _rows(), ids=lambda row: f"{row['accepted_at']}+{row['working_days']}"
)
def test_real_dossiers_of_2018(row):
    office = OfficeTime(
        WorkingCalendar(
            years=frozenset({2017, 2018, 2019}),
            off=tuple(
                SpecialDay(day=day, name="", source="")
                for day in (date(2018, 12, 31), date(2019, 1, 1))
            ),
            make_up=(SpecialDay(day=date(2019, 1, 5), name="", source=""),),
        ),
        weekday_sessions((time(7, 30), time(11, 30)), (time(13), time(17))),
    )
    found = answer(
        row["accepted_at"], f"{row['working_days']} working_day", office, ends=Ends.SAME_CLOCK
    )
    assert found[:10] == row["due_at"][:10]


def test_a_saturday_that_only_receives_does_not_count():
    saturday = Session(weekday=5, opens=time(7, 30), closes=time(11), counts=False)
    office = OfficeTime(shipped_calendar(), (*weekday_sessions((time(8), time(16))), saturday))
    assert answer("2021-03-19T09:00", "1 working_day", office) == "2021-03-22T16:00"


def test_an_unpublished_year_is_an_error_and_comes_quickly():
    for limit in ("1 working_day", "1000000 working_day", "900000 calendar_day", "99999 month"):
        with pytest.raises(CalendarNotPublished):
            answer("2027-12-31T09:00", limit)


def test_an_open_pause_suspends():
    with pytest.raises(Suspended):
        answer(
            "2021-03-01T09:00",
            "1 working_day",
            pauses=[Pause(start=at("2021-03-01T10:00"), end=None)],
        )


@pytest.mark.parametrize(
    ("limit", "pauses", "words"),
    [
        ("5 working_day", ["03T10:00/"], "còn 3 ngày làm việc"),
        ("5 working_day", ["02T10:00/04T09:00", "05T10:00/"], "còn 3 ngày làm việc"),
        ("1.5 working_day", ["02T10:00/"], "còn 0,5 ngày làm việc"),
        ("2 working_day", ["03T10:00/"], "đã tính đủ thời hạn"),
        ("1 working_day", ["05T10:00/"], "đã tính đủ thời hạn"),
        ("10 calendar_day", ["08T10:00/"], "còn 3 ngày khi"),
        ("1 month", ["15T09:00/"], "còn 17 ngày khi"),  # 31 days, 14 of them used
        ("4 working_hour", ["01T10:30/"], "còn 2 giờ 30 phút làm việc"),
        ("4 working_hour", ["01T09:30/01T10:00", "01T11:00/"], "còn 2 giờ 30 phút làm việc"),
        ("same_day", ["01T10:00/"], "còn nguyên thời hạn trong ngày"),
    ],
    ids=str,
)
def test_what_a_suspended_limit_still_has(limit, pauses, words):
    spans = [text.split("/") for text in pauses]
    found = left_when_suspended(
        accepted_at=at("2021-03-01T09:00"),
        limit=TimeLimit.parse(limit),
        office_time=OFFICE,
        pauses=[
            Pause(start=at(f"2021-03-{a}"), end=at(f"2021-03-{b}") if b else None) for a, b in spans
        ],
    )
    assert spoken.left(found).startswith(words)


@pytest.mark.parametrize("number", range(1, 12))
def test_what_is_left_is_what_is_counted_after_the_pause(number):
    limit, start, end = (
        TimeLimit.parse("12 working_day"),
        f"2021-03-{number:02}T10:00",
        "2021-03-20T10:00",
    )
    found = left_when_suspended(
        accepted_at=at("2021-03-01T09:00"),
        limit=limit,
        office_time=OFFICE,
        pauses=[Pause(start=at(start), end=None)],
    )
    resumed = answer("2021-03-01T09:00", str(limit), pauses=paused((start, end)))
    assert answer(end, f"{found.amount} working_day") == resumed


def test_a_restart_leaves_the_whole_limit():
    found = left_when_suspended(
        accepted_at=at("2021-03-01T09:00"),
        limit=TimeLimit.parse("5 working_day"),
        office_time=OFFICE,
        pauses=[Pause(start=at("2021-03-03T10:00"), end=None)],
        policy=PausePolicy.RESTART,
    )
    assert found.amount == 5


def test_impossible_pauses_are_refused():
    with pytest.raises(PauseImpossible):
        paused(("2021-03-02T09:00", "2021-03-02T09:00"))
    with pytest.raises(PauseImpossible):
        answer(
            "2021-03-03T09:00", "1 month", pauses=paused(("2021-03-02T09:00", "2021-03-04T09:00"))
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "0 working_day",
        "-1 month",
        "nan working_day",
        "inf month",
        "1e400 working_day",
        "5 days",
        "0.5 month",
        "2 same_day",
        "five working_day",
        "1e-99999999 working_hour",
        "1_0 working_day",
        "١ working_day",
        "1 2 month",
    ],
)
def test_what_is_no_limit_is_an_error(text):
    with pytest.raises(LimitUnreadable):
        TimeLimit.parse(text)


def test_the_explanation_names_the_holiday_and_sums_to_the_limit():
    found = explain(
        accepted_at=at("2026-11-23T09:20"),
        limit=TimeLimit.parse("2 working_day"),
        office_time=OFFICE,
    )
    assert [(entry.day.day, entry.rule) for entry in found.entries] == [
        (24, "holiday"),
        (25, "counted"),
        (26, "counted"),
    ]
    assert found.entries[0].name == "Ngày Văn hóa Việt Nam"


def test_a_pause_beyond_the_calendar_leaves_a_complete_hour_limit_alone():
    pause = paused(("2030-01-01T09:00", "2030-02-01T09:00"))
    assert answer("2021-03-17T08:03", "2 working_hour", pauses=pause) == "2021-03-17T10:03"


def test_an_impossible_pause_is_told_before_an_open_one():
    pauses = [
        Pause(start=at("2021-03-02T09:00"), end=None),
        *paused(("2021-03-01T08:00", "2021-03-01T09:30")),
    ]
    with pytest.raises(PauseImpossible):
        answer("2021-03-01T09:00", "1 working_day", pauses=pauses)


def test_a_limit_far_beyond_the_calendar_names_the_first_year_without_one():
    with pytest.raises(CalendarNotPublished) as told:
        answer("2021-03-17T09:00", "99999 month")
    assert told.value.year == 2028
