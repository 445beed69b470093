"""The worked examples of docs/deadlines.md and the forty edge cases: read, computed, compared."""

import csv
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    OFFICE_ZONE,
    OfficeTime,
    Session,
    SpecialDay,
    WorkingCalendar,
    read_hours,
    weekday_sessions,
)
from motcua.domain.deadline import due, moved_by
from motcua.domain.explanation import explain
from motcua.domain.limit import Ends, TimeLimit
from motcua.domain.pause import Pause, PausePolicy

PAGE = (Path(__file__).parents[2] / "docs/deadlines.md").read_text()
EDGE_CASES = Path(__file__).parent / "cases/edge_cases.csv"
OFFICE = OfficeTime(shipped_calendar())
ANSWERS = {
    "Due": {},
    "Due with restart": {"policy": PausePolicy.RESTART},
    "Due at the same clock time": {"ends": Ends.SAME_CLOCK},
}


def examples(first="Accepted"):
    """Yield the rows of the page's tables whose first column is that one, as dictionaries."""
    names = None
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            names = None
        elif names is None:
            names = cells
        elif names[0] == first and not line.startswith("|---"):
            yield dict(zip(names, cells, strict=True))


def moment(text):
    weekday, _, instant = text.partition(" ")
    at = datetime.strptime(instant, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_ZONE)
    assert f"{at:%a}" == weekday, text
    return at


@pytest.mark.parametrize(
    "row", list(examples()), ids=lambda row: f"{row['Accepted']}+{row['Limit']}"
)
def test_a_worked_example(row):
    (column,) = set(row) & set(ANSWERS)
    pauses = ()
    if row.get("Paused from"):
        pauses = (Pause(start=moment(row["Paused from"]), end=moment(row["Paused until"])),)
    found = explain(
        accepted_at=moment(row["Accepted"]),
        limit=TimeLimit.parse(row["Limit"]),
        office_time=OFFICE,
        pauses=pauses,
        **ANSWERS[column],
    )
    assert found.due_at == moment(row[column])
    assert row["Why"] and row["Law"]


@pytest.mark.parametrize(
    "row", list(examples("Extended to")), ids=lambda row: f"{row['Extended to']}+{row['Why']}"
)
def test_an_extended_example(row):
    pause = Pause(start=moment(row["Paused from"]), end=moment(row["Paused until"]))
    found = moved_by(pause, moment(row["Extended to"]), OFFICE)
    assert found == moment(row["Due after the pause"])
    assert row["Why"] and row["Law"]


def test_the_page_has_all_its_examples():
    assert (len(list(examples())), len(list(examples("Extended to")))) == (49, 6)


def edge_cases():
    with EDGE_CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def the_office_of(case):
    def days(column):
        dates = (date.fromisoformat(text) for text in case[column].split())
        return tuple(SpecialDay(day=day, name="", source="") for day in dates)

    hours = case["hours"]
    sessions = weekday_sessions(*read_hours(hours)) if hours else DEFAULT_SESSIONS
    if case["saturday"]:
        sessions += tuple(
            Session(weekday=5, opens=opens, closes=closes)
            for opens, closes in read_hours(case["saturday"])
        )
    calendar = WorkingCalendar(
        years=frozenset(range(2018, 2026)), off=days("off"), make_up=days("make_up")
    )
    return OfficeTime(calendar, sessions)


@pytest.mark.parametrize("ends", list(Ends))
@pytest.mark.parametrize(
    "case", edge_cases(), ids=lambda case: f"{case['case']} {case['decision']}"
)
def test_an_edge_case(case, ends):
    found = due(
        accepted_at=datetime.fromisoformat(case["accepted_at"]).replace(tzinfo=OFFICE_ZONE),
        limit=TimeLimit.parse(case["limit"]),
        office_time=the_office_of(case),
        ends=ends,
    )
    assert f"{found:%Y-%m-%dT%H:%M}" == case[ends.value]


def test_the_page_lists_the_decisions_in_which_we_differ():
    listed = re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, re.M)
    cases = edge_cases()
    assert len(cases) == 40 and all(case["decision"] for case in cases)
    assert listed == [
        (case["case"], case["decision"]) for case in cases if case["same_clock"] != case["peer"]
    ]
