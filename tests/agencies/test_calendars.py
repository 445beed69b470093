"""Calendars as rows: published, read back, printed; editions once used never change."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from motcua.agencies import queries
from motcua.agencies.models import Agency, CalendarDay, OneStopUnit, OpeningSession
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.domain.calendar import SessionsOverlap, SpecialDay, WorkingCalendar
from tests.world import MORNING

MORNING_ONLY = ((time(7), time(11, 30)),)


@pytest.fixture
def unit(db):
    agency = Agency.objects.create(
        code="1", name="UBND xã", kind="commune", valid_from=date(2016, 1, 1)
    )
    return OneStopUnit.objects.create(agency=agency, name="Bộ phận Một cửa")


def a_calendar(**how):
    return WorkingCalendar(years=frozenset({2021, 2022}), provisional=frozenset({2022}), **how)


def test_what_is_published_is_what_is_read(db):
    whole = shipped_calendar()
    publish_calendar(whole, at=MORNING, note="Lịch kèm phần mềm")
    read = queries.working_calendar(queries.current_edition())
    assert (read.years, read.provisional) == (whole.years, whole.provisional)
    assert (read.off_by_day, read.make_up_by_day) == (whole.off_by_day, whole.make_up_by_day)
    assert read.sources == whole.sources and all(whole.sources.values())


def test_a_make_up_day_keeps_its_own_hours_on_the_way(unit):
    made_up = SpecialDay(
        day=date(2021, 3, 20), name="Làm bù", source="Thông báo", sessions=MORNING_ONLY
    )
    publish_calendar(a_calendar(make_up=(made_up,)), at=MORNING, note="")
    assert CalendarDay.objects.get().hours == "07:00-11:30"
    office_time = queries.office_time(unit.pk, queries.current_edition())
    assert office_time.minutes(made_up.day) == 270
    assert queries.working_calendar(1).make_up == (made_up,)


def test_the_rows_refuse_hours_on_a_day_off(db):
    calendar = publish_calendar(a_calendar(), at=MORNING, note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(
            calendar=calendar,
            day=date(2021, 3, 17),
            kind="off",
            name="Nghỉ",
            source="Thông báo",
            hours="07:00-11:30",
        )


def test_a_later_edition_leaves_the_earlier_one_alone(db):
    publish_calendar(a_calendar(), at=MORNING, note="")
    day = SpecialDay(day=date(2021, 3, 17), name="Nghỉ", source="Thông báo")
    publish_calendar(a_calendar(off=(day,)), at=MORNING, note="")
    assert queries.current_edition() == 2
    assert queries.working_calendar(1).off == ()
    assert queries.working_calendar(2).off == (day,)


def test_overlapping_hours_of_a_unit_are_refused_and_said_where(unit):
    publish_calendar(a_calendar(), at=MORNING, note="")
    for opens, closes in ((time(7), time(11, 30)), (time(11), time(17))):
        OpeningSession.objects.create(
            unit=unit, weekday=2, opens=opens, closes=closes, valid_from=date(2016, 1, 1)
        )
    with pytest.raises(SessionsOverlap, match="weekday 2: 07:00-11:30 and 11:00-17:00"):
        queries.office_time(unit.pk, 1)


def test_hours_changed_in_the_rows_are_seen_within_a_minute(unit, monkeypatch):
    publish_calendar(a_calendar(), at=MORNING, note="")
    minute = [0.0]
    monkeypatch.setattr(queries, "monotonic", lambda: minute[0])
    assert queries.office_time(unit.pk, 1).minutes(MORNING.date()) == 480
    OpeningSession.objects.create(
        unit=unit, weekday=2, opens=time(7), closes=time(11, 30), valid_from=date(2016, 1, 1)
    )
    minute[0] += queries.REMEMBERED
    assert queries.office_time(unit.pk, 1).minutes(MORNING.date()) == 270


def test_hours_of_many_dossiers_are_read_once(unit, django_assert_num_queries):
    publish_calendar(a_calendar(), at=MORNING, note="")
    queries.office_time(unit.pk, 1)
    with django_assert_num_queries(0):
        for _ in range(50):
            queries.office_time(unit.pk, 1)


def test_a_calendar_about_to_end_is_said_ninety_days_ahead(db):
    assert queries.calendar_running_out(date(2022, 12, 1)) is None
    publish_calendar(a_calendar(), at=MORNING, note="")
    end = date(2022, 12, 31)
    assert queries.calendar_running_out(date(2022, 10, 1)) is None
    assert queries.calendar_running_out(date(2022, 10, 2)) == end
    assert queries.calendar_running_out(date(2023, 5, 1)) == end


def test_the_command_prints_each_day_with_its_source(db, capsys):
    call_command("calendar", "show")
    assert "Chạy: motcua calendar load" in capsys.readouterr().out
    call_command("calendar", "load")
    call_command("calendar", "show")
    told = capsys.readouterr().out
    assert "Lịch công bố lần 1: 118 ngày nghỉ và làm bù" in told
    assert "2027 (tạm thời)" in told
    assert "Thứ Bảy, 22/08/2026  Ngày làm bù  Làm bù cho ngày 31/08/2026 — Thông báo 9441" in told
    assert "Ngày Văn hóa Việt Nam — Nghị quyết 28/2026/QH16" in told
