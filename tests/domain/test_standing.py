"""Early, on time, late; due soon and overdue; the one extension."""

from datetime import datetime

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime
from motcua.domain.standing import (
    ExtensionRefused,
    Standing,
    check_extension,
    due_soon_from,
    standing_open,
    standing_settled,
)

OFFICE = OfficeTime(shipped_calendar())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def test_standing_at_every_edge():
    promise = at("2021-03-24T17:00")

    def open_at(text):
        return standing_open(due_at=promise, at=at(text), office_time=OFFICE)

    assert open_at("2021-03-23T06:59") is Standing.WITHIN
    assert open_at("2021-03-23T07:00") is Standing.DUE_SOON
    assert open_at("2021-03-24T17:00") is Standing.DUE_SOON
    assert open_at("2021-03-24T17:01") is Standing.OVERDUE
    settled = [
        standing_settled(due_at=promise, settled_at=at(text))
        for text in ("2021-03-23T23:59", "2021-03-24T00:00", "2021-03-24T17:00", "2021-03-24T17:01")
    ]
    assert settled == [Standing.EARLY, Standing.ON_TIME, Standing.ON_TIME, Standing.LATE]


@pytest.mark.parametrize(
    ("asked", "new", "again"),
    [
        ("2021-03-24T08:00", "2021-03-30T17:00", False),
        ("2021-03-22T08:00", "2021-03-24T17:00", False),
        ("2021-03-22T08:00", "2021-03-27T17:00", False),
        ("2021-03-22T08:00", "2021-03-30T17:00", True),
    ],
    ids=["asked too late", "not later", "a Saturday", "a second time"],
)
def test_an_extension_is_refused(asked, new, again):
    how = {"due_at": at("2021-03-24T17:00"), "office_time": OFFICE, "already_extended": again}
    with pytest.raises(ExtensionRefused):
        check_extension(new_due_at=at(new), asked_at=at(asked), **how)


@pytest.mark.parametrize(
    ("due", "asked", "new"),
    [
        ("2021-03-24T17:00", "2021-03-23T16:59", "2021-03-30T17:00"),
        ("2021-03-22T17:00", "2021-03-19T16:59", "2021-03-23T17:00"),
    ],
    ids=["the day before", "the Friday before a Monday"],
)
def test_an_extension_may_be_asked_for_until_the_last_working_day_before(due, asked, new):
    check_extension(
        due_at=at(due),
        new_due_at=at(new),
        asked_at=at(asked),
        already_extended=False,
        office_time=OFFICE,
    )


def test_on_the_first_working_day_of_the_calendar_a_dossier_can_be_due_soon():
    promise = at("2020-01-02T17:00")
    assert due_soon_from(promise, OFFICE) == at("2020-01-02T07:00")
