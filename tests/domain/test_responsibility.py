"""Late minutes belong to who held a dossier beyond a budget, and add up to the dossier's."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.domain.consultation import OpinionsOutstanding
from motcua.domain.dossier import Action, actions_from
from motcua.domain.history import advance, fold
from motcua.domain.limit import TimeLimit
from motcua.domain.passage import NobodyNamed, ReasonMissing
from motcua.domain.pause import PausePolicy
from motcua.domain.process import Process
from motcua.domain.responsibility import late_minutes, shares
from motcua.domain.snapshot import HolderKind, Snapshot
from tests.domain.refusals import REFUSALS
from tests.domain.test_history import ACCEPTED, OFFICE, at, happening, terms
from tests.domain.test_roads import LATER, a_random_act

MINUTE = timedelta(minutes=1)
BUDGETS = {"handle": "3 working_day", "approve": "1 working_day", "seal": "4 working_hour"}


def budgeted(policy=PausePolicy.RESUME):
    """The terms of five working days whose steps have budgets of their own, the counter's none."""
    known = terms(policy)
    steps = tuple(
        replace(step, budget=TimeLimit.parse(BUDGETS[step.code])) if step.code in BUDGETS else step
        for step in known.process.steps
    )
    return replace(known, process=Process(steps), editions={1: OFFICE, 2: LATER})


def late_by_holder(*acts, moment):
    """Return the late minutes of each holding, and the dossier's, after these acts."""
    now = fold([happening(Action.RECEIVE, at(ACCEPTED), officer=5), *acts], budgeted())
    found = shares(now, at=at(moment), office_time=OFFICE)
    total = late_minutes(now, at=at(moment), office_time=OFFICE)
    return [share.late_minutes for share in found], total


def test_on_time_nobody_is_late():
    taken = happening(Action.TAKE, at("2021-03-01T10:00"), officer=7)
    assert late_by_holder(taken, moment="2021-03-08T17:00") == ([0, 0], 0)


def test_who_signs_a_late_dossier_within_the_budget_answers_for_nothing():
    late, total = late_by_holder(
        happening(Action.TAKE, at("2021-03-01T10:00"), officer=7),
        happening(Action.PROPOSE, at("2021-03-09T09:00"), officer=7, to_officer=8),
        moment="2021-03-09T11:00",
    )
    assert total == 240
    assert late == [0, 240, 0]


def test_who_keeps_it_beyond_the_own_budget_answers_for_the_latest_minutes():
    late, total = late_by_holder(
        happening(Action.TAKE, at("2021-03-01T10:00"), officer=7),
        happening(Action.PROPOSE, at("2021-03-09T09:00"), officer=7, to_officer=8),
        moment="2021-03-15T09:00",
    )
    assert sum(late) == total
    assert late[0] == 0 and late[1] > 0 and late[2] > 0


def test_while_the_applicant_is_waited_for_nobody_is_late():
    late, total = late_by_holder(
        happening(Action.TAKE, at("2021-03-01T10:00"), officer=7),
        happening(Action.REQUEST_SUPPLEMENT, at("2021-03-09T09:00"), officer=7),
        moment="2021-03-20T09:00",
    )
    assert total == 120 and late == [0, 120, 0]


def minutes_one_by_one(now, end):
    """Yield each opening minute of the clock with its holding, and whether a pause lay over it."""
    minute = now.accepted_at.replace(second=0)
    while minute < end:
        if OFFICE.opening_minutes_between(minute, minute + MINUTE):
            number = max(i for i, held in enumerate(now.holdings) if held.since <= minute)
            paused = any(
                p.start <= minute and (p.end is None or minute < p.end) for p in now.pauses
            )
            yield minute, number, paused
        minute += MINUTE


def naive(now, end):
    """Lay the late minutes as a clerk would, one minute after another."""
    late, beyond, rest = 0, [], []
    laid = [0] * len(now.holdings)
    for minute, number, paused in minutes_one_by_one(now, end):
        holding = now.holdings[number]
        if paused:
            continue
        late += minute >= now.due_at
        if holding.kind in (HolderKind.CITIZEN, HolderKind.NOBODY):
            continue
        run = [run for run in now.steps if run.started_at <= holding.since][-1]
        if run.due_at is not None and minute >= run.due_at:
            beyond.append(number)
        elif minute >= now.due_at:
            rest.append(number)
    chosen = beyond[len(beyond) - late :] if late <= len(beyond) else beyond
    chosen = chosen + rest[len(rest) - max(late - len(beyond), 0) :]
    for number in chosen:
        laid[number] += 1
    return late, laid


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happened_a_clerk_counting_minutes_agrees(seed):
    rng = random.Random(seed)
    known = budgeted(rng.choice(list(PausePolicy)))
    now, moment = Snapshot(), at(ACCEPTED)
    for _act in range(40):
        if not actions_from(now.state):
            break
        act = a_random_act(rng, now, moment, OFFICE)
        try:
            now = advance(now, act, known)
        except (*REFUSALS, ReasonMissing, OpinionsOutstanding, NobodyNamed):
            continue
        moment += timedelta(minutes=rng.choice([1, 60, 700, 3000]))
    if now.accepted_at is None:
        return
    moment += timedelta(days=3)
    found = shares(now, at=moment, office_time=OFFICE)
    late, laid = naive(now, min(now.clock_ended_at or moment, moment))
    assert late_minutes(now, at=moment, office_time=OFFICE) == late
    assert [share.late_minutes for share in found] == laid[: len(found)]
    assert not any(laid[len(found) :])
