"""An extension and the pauses after it: the promise moves on, never back, never into a pause."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime, days_after, office
from motcua.domain.dossier import Action
from motcua.domain.history import ActionNotFolded, fold
from motcua.domain.limit import TimeLimit
from motcua.domain.passage import take
from motcua.domain.pause import PausePolicy
from motcua.domain.process import Process
from motcua.domain.snapshot import Happening
from motcua.domain.standing import ExtensionFlaw, ExtensionRefused
from motcua.domain.terms import Terms
from tests.domain.test_values import a_process

OFFICE = OfficeTime(shipped_calendar())
ACCEPTED = "2021-03-01T09:00"  # a Monday; five working days end on Monday the 8th
EXTENDED = "2021-03-11T17:00"  # a Thursday


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def terms(policy=PausePolicy.RESUME):
    return Terms(
        limit=TimeLimit.parse("5 working_day"),
        process=a_process(),
        office_time=OFFICE,
        editions={2: OFFICE},
        policy=policy,
    )


def happening(action, moment, **more):
    return Happening(action=action, at=moment, agency=1, note="lý do", **more)


def extended(*pauses, until=EXTENDED, asked="2021-03-03T09:00", policy=PausePolicy.RESUME):
    """Return where the dossier stands after an extension and pauses, each a pair of instants."""
    road = [
        happening(Action.RECEIVE, at(ACCEPTED)),
        happening(Action.TAKE, at(ACCEPTED)),
        happening(Action.EXTEND, at(asked), new_due_at=at(until)),
    ]
    for start, end in pauses:
        road.append(happening(Action.SUSPEND, at(start)))
        road.append(happening(Action.RESUME, at(end)))
    road.sort(key=lambda what: what.at)
    return fold(road, terms(policy))


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], EXTENDED),
        ([("2021-03-05T10:00", "2021-03-09T10:00")], "2021-03-15T17:00"),
        ([("2021-03-05T10:00", "2021-03-05T15:00")], EXTENDED),
        ([("2021-03-05T16:00", "2021-03-07T09:00")], EXTENDED),
        ([("2021-03-11T10:00", "2021-03-15T09:00")], "2021-03-16T17:00"),
        ([("2021-03-11T10:00", "2021-03-11T15:00")], EXTENDED),
        ([("2021-03-11T10:00", "2021-03-11T17:30")], "2021-03-12T17:00"),
        ([("2021-03-11T17:00", "2021-03-15T09:00")], "2021-03-16T17:00"),
        ([("2021-03-12T10:00", "2021-03-17T09:00")], EXTENDED),
        ([("2021-03-02T08:00", "2021-03-02T15:00")], EXTENDED),
        (
            [("2021-03-05T10:00", "2021-03-08T10:00"), ("2021-03-10T10:00", "2021-03-11T10:00")],
            "2021-03-15T17:00",
        ),
    ],
    ids=[
        "no pause",
        "two working days passed over",
        "within a day",
        "over a weekend",
        "paused at the extended closing",
        "resumed before the extended closing",
        "resumed after the extended closing",
        "begun at the very instant of the promise",
        "begun when the promise was broken",
        "before the extension",
        "two pauses",
    ],
)
def test_a_pause_moves_the_extended_promise_by_the_working_days_passed_over(pauses, due):
    assert extended(*pauses).due_at == at(due)


def test_the_extended_hour_stays_and_a_closing_stays_a_closing():
    pause = ("2021-03-05T10:00", "2021-03-08T10:00")
    assert extended(pause, until="2021-03-11T10:30").due_at == at("2021-03-12T10:30")
    assert extended(pause, until="2021-03-11T12:00").due_at == at("2021-03-12T13:30")


def test_where_the_limit_runs_anew_the_later_of_both_holds():
    pause = ("2021-03-05T10:00", "2021-03-09T10:00")
    assert extended(pause, policy=PausePolicy.RESTART).due_at == at("2021-03-16T17:00")


@pytest.mark.parametrize(
    ("how", "flaw"),
    [
        ({"new_due_at": None}, ExtensionFlaw.NO_DATE),
        ({"new_due_at": "2021-03-08T17:00"}, ExtensionFlaw.NOT_LATER),
        ({"new_due_at": "2021-03-13T17:00"}, ExtensionFlaw.NO_WORKING_DAY),
        ({"asked": "2021-03-08T08:00"}, ExtensionFlaw.ASKED_TOO_LATE),
        ({"again": True}, ExtensionFlaw.ALREADY_EXTENDED),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_an_unlawful_extension_is_refused_by_name(how, flaw):
    new = how.get("new_due_at", EXTENDED)
    what = happening(
        Action.EXTEND, at(how.get("asked", "2021-03-03T09:00")), new_due_at=new and at(new)
    )
    road = [happening(Action.RECEIVE, at(ACCEPTED)), happening(Action.TAKE, at(ACCEPTED)), what]
    if "again" in how:
        road.append(happening(Action.EXTEND, at("2021-03-04T09:00"), new_due_at=at(EXTENDED)))
    with pytest.raises(ExtensionRefused) as refused:
        fold(road, terms())
    assert refused.value.flaw is flaw


def test_however_long_the_pauses_the_promise_is_never_earlier_nor_inside_one():
    chance = random.Random(107_2021)
    for _ in range(400):
        road = [
            happening(Action.RECEIVE, at(ACCEPTED)),
            happening(Action.TAKE, at(ACCEPTED)),
        ]
        new = OFFICE.closing(OFFICE.working_day_after(date(2021, 3, 8), chance.randrange(1, 12)))
        road.append(happening(Action.EXTEND, at("2021-03-03T09:00"), new_due_at=new))
        expected, moment = new, at("2021-03-03T09:00")
        for _pause in range(chance.randrange(1, 4)):
            start = moment + timedelta(minutes=chance.choice([0, 60, 600, 3000, 9000]))
            end = start + timedelta(minutes=chance.choice([1, 300, 1440, 4000, 20000]))
            road.append(happening(Action.SUSPEND, start))
            road.append(happening(Action.RESUME, end))
            expected = by_hand(expected, start, end)
            before = fold(road[:-2], terms()).due_at
            after = fold(road, terms()).due_at
            assert after == expected >= before, road
            assert OFFICE.is_working_day(office(after).date())
            assert not start <= after < end
            moment = end


def by_hand(promise, start, end):
    """What was left of the extension on the day of the pause is left again after its end."""
    if promise < start or (promise >= end and start.date() == end.date()):
        return promise
    left = [day for day in upto(promise.date(), start.date()) if OFFICE.is_working_day(day)]
    return OFFICE.closing(OFFICE.working_day_after(end.date(), max(1, len(left))))


def upto(last, first):
    for day in days_after(first):
        if day > last:
            return
        yield day


@pytest.mark.parametrize(
    ("before", "action", "officer", "done_by"),
    [
        ([], Action.HAND_OVER, 5, 5),
        ([], Action.TAKE, 7, None),
        ([(Action.TAKE, 7)], Action.PROPOSE, 7, 7),
        ([(Action.HAND_OVER, 5)], Action.PROPOSE, 7, 7),
        ([(Action.TAKE, 7)], Action.WITHDRAW, 5, 7),
        ([(Action.TAKE, 7), (Action.PROPOSE, 7)], Action.SEND_BACK_FOR_REWORK, 9, 9),
        ([(Action.TAKE, 7), (Action.PROPOSE, 7)], Action.SEND_BACK, 9, 9),
        ([(Action.TAKE, 7), (Action.PROPOSE, 7)], Action.DISCONTINUE, 9, None),
    ],
)
def test_a_closed_step_names_who_did_its_work(before, action, officer, done_by):
    """Also who did it without taking it first; never who only took it over or ended it."""
    acts = [*before, (action, officer)]
    to_step = "handle" if action is Action.SEND_BACK_FOR_REWORK else ""
    road = [happening(Action.RECEIVE, at(ACCEPTED), officer=5)] + [
        happening(act, at(ACCEPTED), officer=who, to_step=to_step if act is action else "")
        for act, who in acts
    ]
    closed = [run for run in fold(road, terms()).steps if run.ended_at is not None]
    assert closed[-1].officer == done_by


def test_a_step_does_not_answer_for_a_pause_from_its_very_beginning():
    handle = replace(a_process().step("handle"), budget=TimeLimit.parse("1 working_day"))
    steps = [handle if step.code == "handle" else step for step in a_process().steps]
    road = [
        happening(Action.RECEIVE, at(ACCEPTED)),
        happening(Action.TAKE, at("2021-03-02T09:00")),
        happening(Action.SUSPEND, at("2021-03-02T09:00")),
        happening(Action.RESUME, at("2021-03-09T09:00")),
    ]
    step = fold(road, replace(terms(), process=Process(tuple(steps)))).step
    assert step.due_at == at("2021-03-10T17:00"), "not on the 3rd, while it had to wait"


def test_an_act_of_the_table_that_no_rule_folds_is_named(monkeypatch):
    """One forgotten there stops loudly, also where Python skips what is only asserted."""
    monkeypatch.setattr("motcua.domain.history._RULES", {Action.TAKE: take})
    taken = [happening(Action.RECEIVE, at(ACCEPTED)), happening(Action.TAKE, at(ACCEPTED))]
    with pytest.raises(ActionNotFolded) as told:
        fold([*taken, happening(Action.SUSPEND, at(ACCEPTED))], terms())
    assert told.value.action is Action.SUSPEND
