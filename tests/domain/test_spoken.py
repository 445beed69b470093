"""What pages and papers say about a promise, word for word."""

from datetime import date, datetime, time

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain import reasons, spoken
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime, Session
from motcua.domain.explanation import Rule, explain
from motcua.domain.limit import TimeLimit
from motcua.domain.pause import Pause
from motcua.domain.standing import Standing

OFFICE = OfficeTime(shipped_calendar())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("due_at", "now", "words"),
    [
        ("2026-11-23T17:00", "2026-11-23T08:00", "hẹn trả hôm nay 17:00"),
        ("2026-11-23T17:00", "2026-11-23T17:00", "hẹn trả hôm nay 17:00"),
        ("2026-11-26T10:30", "2026-11-25T16:00", "hẹn trả ngày mai 10:30"),
        ("2026-11-23T17:00", "2026-11-20T08:00", "còn 1 ngày làm việc"),  # over a weekend
        ("2026-11-27T17:00", "2026-11-23T08:00", "còn 3 ngày làm việc"),  # 24/11 is off
        ("2027-01-05T17:00", "2026-12-29T08:00", "còn 4 ngày làm việc"),  # over the year's end
        ("2031-01-10T17:00", "2031-01-01T08:00", "còn 9 ngày"),  # a year without a calendar
    ],
)
def test_an_open_dossier_says_what_is_left(due_at, now, words):
    assert spoken.remaining(at(due_at), at(now), OFFICE) == words


@pytest.mark.parametrize(
    ("due_at", "now", "words"),
    [
        ("2026-11-23T17:00", "2026-11-23T17:00:30", "quá hạn chưa đến 1 phút"),
        ("2026-11-23T17:00", "2026-11-23T17:35", "quá hạn 35 phút"),
        ("2026-11-23T09:00", "2026-11-23T11:15", "quá hạn 2 giờ 15 phút"),
        ("2026-11-20T17:00", "2026-11-21T09:00", "quá hạn chưa đến 1 ngày làm việc"),
        ("2026-11-23T17:00", "2026-11-26T08:00", "quá hạn 2 ngày làm việc"),
        ("2019-11-23T17:00", "2021-03-17T08:00", "quá hạn 480 ngày"),
    ],
)
def test_an_overdue_dossier_says_by_how_much(due_at, now, words):
    assert spoken.overdue_by(at(due_at), at(now), OFFICE) == words


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.WITHIN, "còn 2 ngày làm việc"),
        (Standing.DUE_SOON, "còn 2 ngày làm việc"),
        (Standing.SUSPENDED, "đang tạm dừng, thời hạn không chạy"),
        (Standing.EARLY, "có kết quả trước hạn"),
        (Standing.ON_TIME, "có kết quả đúng hạn"),
    ],
)
def test_each_standing_has_its_words(standing, words):
    due_at, now = at("2021-03-19T17:00"), at("2021-03-17T08:03")
    assert spoken.standing_in_words(standing, due_at, now, OFFICE) == words


def test_late_is_measured_from_the_due_instant_to_the_settling():
    how = (at("2021-03-17T17:00"), at("2021-03-19T08:00"), OFFICE)
    assert spoken.standing_in_words(Standing.LATE, *how) == "có kết quả trễ hạn 2 ngày làm việc"
    assert spoken.standing_in_words(Standing.OVERDUE, *how) == "quá hạn 2 ngày làm việc"


def said(accepted, limit, *pauses):
    found = explain(
        accepted_at=at(accepted),
        limit=TimeLimit.parse(limit),
        office_time=OFFICE,
        pauses=tuple(Pause(start=at(a), end=at(b)) for a, b in pauses),
    )
    return [f"{line.day:%d/%m} {line.words}" for line in reasons.explanation_lines(found)]


@pytest.mark.parametrize(
    ("accepted", "limit", "pauses", "words"),
    [
        (
            "2026-11-23T09:20",
            "1 working_day",
            [],
            [
                "24/11 không tính, ngày nghỉ (Ngày Văn hóa Việt Nam)",
                "25/11 tính, ngày làm việc thứ 1",
            ],
        ),
        (
            "2021-03-01T09:00",
            "1.5 working_day",
            [],
            ["02/03 tính, ngày làm việc thứ 1", "03/03 tính 0,5 ngày làm việc"],
        ),
        (
            "2021-03-05T09:00",
            "1 calendar_day",
            [],
            [
                "06/03 tính, ngày thứ 1",
                "07/03 không tính, nghỉ cuối tuần",
                "08/03 không tính thêm, hẹn dời đến ngày làm việc này",
            ],
        ),
        (
            "2026-11-23T15:30",
            "4 working_hour",
            [],
            [
                "23/11 tính 1 giờ 30 phút",
                "24/11 không tính, ngày nghỉ (Ngày Văn hóa Việt Nam)",
                "25/11 tính 2 giờ 30 phút",
            ],
        ),
        (
            "2021-03-01T18:00",
            "1 working_hour",
            [],
            ["01/03 không tính, ngoài giờ làm việc", "02/03 tính 1 giờ"],
        ),
        (
            "2021-03-01T16:00",
            "2 working_hour",
            [("2021-03-02T07:00", "2021-03-02T17:00")],
            ["01/03 tính 1 giờ", "02/03 không tính, đang tạm dừng", "03/03 tính 1 giờ"],
        ),
        ("2021-03-01T09:00", "same_day", [], ["01/03 tính, trả trong ngày"]),
        (
            "2021-03-01T15:30",
            "same_day",
            [("2021-03-02T10:00", "2021-03-03T08:00")],
            [
                "02/03 không tính, đang tạm dừng",
                "03/03 không tính, đang tạm dừng",
                "04/03 tính, trả trong ngày",
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_reasons_of_a_promise(accepted, limit, pauses, words):
    assert said(accepted, limit, *pauses) == words


def test_a_month_passes_and_is_completed():
    lines = said("2021-03-01T09:00", "1 month")
    assert lines[0] == "02/03 trong thời hạn"
    assert lines[-1] == "01/04 tính, đủ 1 tháng"


def test_a_make_up_day_names_the_swap_and_its_source():
    found = explain(
        accepted_at=at("2026-08-21T10:00"),
        limit=TimeLimit.parse("1 working_day"),
        office_time=OFFICE,
    )
    (line,) = reasons.explanation_lines(found)
    assert line.counts and line.amount == "1 ngày làm việc" and line.source
    assert line.words.startswith("tính, ngày làm bù, ngày làm việc thứ 1 (Làm bù")


def test_every_rule_has_words():
    assert set(reasons.RULE_WORDS) == set(Rule)


@pytest.mark.parametrize(
    ("accepted", "limit", "words"),
    [
        (
            "2021-04-20T09:00",
            "2 working_day",
            ["Thứ Tư, 21/04 Giỗ Tổ Hùng Vương", "Thứ Năm, 22/04 ngày 1", "Thứ Sáu, 23/04 ngày 2"],
        ),
        (
            "2021-03-05T09:00",
            "1 working_day",
            [
                "Thứ Bảy, 06/03 nghỉ cuối tuần",
                "Chủ Nhật, 07/03 nghỉ cuối tuần",
                "Thứ Hai, 08/03 ngày 1",
            ],
        ),
        (
            "2020-12-31T09:00",
            "1 calendar_day",
            ["Thứ Sáu, 01/01 ngày 1", "Thứ Bảy, 02/01", "Chủ Nhật, 03/01", "Thứ Hai, 04/01 hẹn"],
        ),
        ("2021-03-01T16:00", "2 working_hour", ["Thứ Hai, 01/03 1 giờ", "Thứ Ba, 02/03 1 giờ"]),
    ],
)
def test_the_reasons_are_short_on_a_narrow_slip(accepted, limit, words):
    found = explain(accepted_at=at(accepted), limit=TimeLimit.parse(limit), office_time=OFFICE)
    lines = reasons.explanation_lines(found)
    said = [f"{line.brief_day} {line.brief_words}" for line in lines]
    assert len(said) == len(words)
    assert all(line.startswith(start) for line, start in zip(said, words, strict=True)), said


def test_dates_of_two_years_keep_their_years():
    found = explain(
        accepted_at=at("2020-12-30T09:00"),
        limit=TimeLimit.parse("2 working_day"),
        office_time=OFFICE,
    )
    first = reasons.explanation_lines(found)[0]
    assert first.brief_day == "Thứ Năm, 31/12/2020"


def test_a_session_for_reception_only_is_named_on_a_day_that_also_counts():
    friday, saturday = 4, 5
    sessions = (
        Session(weekday=friday, opens=time(13, 0), closes=time(16, 30)),
        Session(weekday=friday, opens=time(7, 30), closes=time(11, 30)),
        Session(weekday=friday, opens=time(16, 30), closes=time(18, 0), counts=False),
        Session(weekday=saturday, opens=time(7, 30), closes=time(11, 0), counts=False),
    )
    hours = spoken.opening_hours(OfficeTime(shipped_calendar(), sessions), date(2026, 11, 23))
    assert hours == (
        "Thứ Sáu: 07:30–11:30, 13:00–16:30; 16:30–18:00 (chỉ tiếp nhận)",
        "Thứ Bảy: 07:30–11:00 (chỉ tiếp nhận)",
    )
