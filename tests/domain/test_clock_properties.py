"""The legal clock against a deliberately naive count, and the promises behind it."""

import random
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

from motcua.domain.calendar import OFFICE_ZONE, OfficeTime, Session, SpecialDay, WorkingCalendar
from motcua.domain.deadline import due
from motcua.domain.explanation import explain
from motcua.domain.limit import Ends, TimeLimit, Unit
from motcua.domain.pause import Pause, PausePolicy
from tests.domain.naive_clock import NaiveOffice, naive_due

CASES = 10_000
YEARS = frozenset(range(2020, 2025))
HOURS = [
    [(time(7), time(11, 30)), (time(13, 30), time(17))],
    [(time(7, 30), time(11, 30)), (time(13), time(17))],
    [(time(8), time(12)), (time(13), time(16))],
    [(time(8), time(11))],
]


SUMMER = date(2021, 4, 16)


def an_office(chance):
    """Return one office twice, for the rules and for the clerk, with its days off and made up."""
    seasons = [(date.min, weekly_hours(chance))]
    if chance.random() < 0.4:
        seasons.append((SUMMER, weekly_hours(chance)))
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(900)]
    off = set(chance.sample(days, chance.randrange(60)))
    weekend = [day for day in days if day.weekday() >= 5 and day not in off]
    make_up = {
        day: chance.choice([None, None, *HOURS])
        for day in chance.sample(weekend, chance.randrange(12))
    }
    until = [first - timedelta(days=1) for first, _ in seasons[1:]] + [date.max]
    sessions = [
        Session(weekday=weekday, opens=opens, closes=closes, valid_from=first, valid_until=last)
        for (first, weekly), last in zip(seasons, until, strict=True)
        for weekday, spans in weekly.items()
        for opens, closes in spans
    ]
    if chance.random() < 0.3:  # open on Sunday mornings, for reception only
        sessions.append(Session(weekday=6, opens=time(8), closes=time(10), counts=False))
    real = OfficeTime(a_calendar(off, make_up), tuple(sessions))
    return real, NaiveOffice(seasons, off, make_up), off, make_up


def weekly_hours(chance):
    hours = {weekday: chance.choice(HOURS) for weekday in range(5)}
    if chance.random() < 0.3:
        hours[5] = [(time(7, 30), time(11, 30))]
    return hours


def a_calendar(off, make_up):
    return WorkingCalendar(
        years=YEARS,
        off=tuple(SpecialDay(day=day, name="", source="") for day in sorted(off)),
        make_up=tuple(
            SpecialDay(day=day, name="", source="", sessions=tuple(make_up[day] or ()))
            for day in sorted(make_up)
        ),
    )


def an_instant(chance):
    return datetime(2020, 1, 1) + timedelta(
        days=chance.randrange(700),
        minutes=chance.choice([0, 420, 690, 810, 900, 1020, 1439, None]) or chance.randrange(1440),
        seconds=chance.choice([0, 0, 1, 59]),
    )


def a_limit(chance):
    unit = chance.choice(list(Unit))
    amount = Fraction(1)
    if unit is Unit.WORKING_DAY:
        amount = Fraction(chance.randrange(1, 160), chance.choice([1, 1, 1, 4, 10]))
    elif unit is Unit.CALENDAR_DAY:
        amount = Fraction(chance.randrange(1, 60))
    elif unit is Unit.MONTH:
        amount = Fraction(chance.randrange(1, 5))
    elif unit is Unit.WORKING_HOUR:
        amount = Fraction(chance.randrange(1, 60), chance.choice([1, 2, 4]))
    elif unit is Unit.WORKING_MINUTE:
        amount = Fraction(chance.randrange(1, 2000))
    return TimeLimit(amount, unit)


def some_pauses(chance, accepted):
    """Return pauses that begin and end at any second, and often exactly as a session closes."""
    pauses = []
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        start = on_an_edge(chance, accepted + timedelta(minutes=chance.randrange(0, 20_000)))
        longest = chance.choice([300, 15_000])
        length = timedelta(minutes=chance.randrange(1, longest), seconds=chance.choice([0, 0, 31]))
        end = on_an_edge(chance, start + length)
        if accepted <= start < end:
            pauses.append((start, end))
    return pauses


def on_an_edge(chance, at):
    if chance.random() < 0.6:
        return at
    edge = chance.choice([time(11), time(11, 30), time(16), time(17)])
    return datetime.combine(at.date(), edge)


def zoned(at):
    return at.replace(tzinfo=OFFICE_ZONE)


def as_pauses(spans):
    return tuple(Pause(start=zoned(a), end=zoned(b)) for a, b in spans)


def test_a_naive_count_agrees_and_every_promise_is_kept():
    chance = random.Random(61_2018)
    for number in range(CASES):
        if number % 50 == 0:
            office, naive, off, make_up = an_office(chance)
        accepted, limit = an_instant(chance), a_limit(chance)
        spans = some_pauses(chance, accepted)
        ends, policy = chance.choice(list(Ends)), chance.choice(list(PausePolicy))
        threshold = chance.choice([time(15), time(15), time(11), time(16, 30)])
        how = {"limit": limit, "ends": ends, "policy": policy, "threshold": threshold}
        found = due(accepted_at=zoned(accepted), office_time=office, pauses=as_pauses(spans), **how)
        expected = naive_due(
            accepted,
            limit.amount,
            limit.unit.value,
            naive,
            spans,
            ends.value,
            policy is PausePolicy.RESTART,
            threshold,
        )
        case = (number, accepted, str(limit), spans, ends, policy, threshold)
        assert found.replace(tzinfo=None) == expected, case
        assert naive.works(found.date()), case
        assert any(a <= found.time() <= b for a, b in naive.sessions(found.date())), case
        if number % 5:
            continue
        same_clock = ends is Ends.SAME_CLOCK
        why = explain(
            accepted_at=zoned(accepted), office_time=office, pauses=as_pauses(spans), **how
        )
        assert_the_reasons_add_up(why, found, limit, naive, case)
        without = due(accepted_at=zoned(accepted), office_time=office, **how)
        restarted = policy is PausePolicy.RESTART and same_clock
        assert found >= without or (restarted and found.date() >= without.date()), case
        later = accepted + timedelta(minutes=chance.randrange(1, 5000))
        second = due(accepted_at=zoned(later), office_time=office, **how)
        assert second.date() >= without.date(), case
        assert second >= without or same_clock, case
        extra = accepted.date() + timedelta(days=chance.randrange(1, 10))
        if extra not in make_up:
            stricter = OfficeTime(a_calendar(off | {extra}, make_up), office.sessions)
            assert due(accepted_at=zoned(accepted), office_time=stricter, **how) >= without, case


def assert_the_reasons_add_up(why, found, limit, naive, case):
    assert why.due_at == found, case
    assert sum(entry.counted for entry in why.entries) == limit.amount, case
    days = [entry.day for entry in why.entries]
    assert days == sorted(set(days)) and days[-1] == found.date(), case
    if limit.unit in (Unit.WORKING_HOUR, Unit.WORKING_MINUTE):
        per_amount = 60 if limit.unit is Unit.WORKING_HOUR else 1
        assert sum(entry.minutes for entry in why.entries) == ceil(limit.amount * per_amount), case
    if limit.unit not in (Unit.CALENDAR_DAY, Unit.MONTH):
        assert all(naive.works(entry.day) for entry in why.entries if entry.counted), case
