"""Who may do what where, written out by hand; no dossier ever lies where nobody may act."""

from datetime import datetime, timedelta
from random import Random

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import DEFAULT_SESSIONS, OFFICE_ZONE, OfficeTime
from motcua.domain.dossier import CLOCK_PAUSED, CLOCK_RUNS, FINAL, Action, State
from motcua.domain.history import advance
from motcua.domain.limit import TimeLimit
from motcua.domain.permission import ASKED_OTHERWISE, done_by, permitted
from motcua.domain.process import Performer, Process, ProcessFlawed, Role, Step, StepKind
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.terms import Terms
from tests.domain.refusals import REFUSALS


def road(*kinds, **roles):
    """A process of these kinds of steps; a kind's role is the usual one unless it is named."""
    usual = {
        StepKind.RECEIVE: Role.RECEPTION,
        StepKind.APPROVE: Role.APPROVER,
        StepKind.RETURN: Role.RECEPTION,
    }
    return Process(
        tuple(
            Step(
                code=kind,
                kind=StepKind(kind),
                role=roles.get(kind) or usual.get(StepKind(kind), Role.HANDLER),
                performer=Performer.AGENCY,
            )
            for kind in kinds
        )
    )


LONG = road("receive", "handle", "consult", "approve", "seal", "return")
SIGNED_LAST = road("receive", "handle", "approve", "return")
SIGNED_ONLY = road("receive", "approve", "return")
AT_ONCE = road("receive", "return")
BY_THE_COUNTER = road("receive", "approve", "seal", "return", seal=Role.RECEPTION)

# Where a dossier stands: its road, its state, its open step. Then the acts of each role there, at
# the agency that does them. Who is not named may do nothing; an administrator never.
PLACES = {
    "sent online": (LONG, State.SUBMITTED, ""),
    "sent online, papers missing": (LONG, State.INCOMPLETE, ""),
    "received": (LONG, State.RECEIVED, "receive"),
    "received, to be signed": (SIGNED_ONLY, State.RECEIVED, "receive"),
    "received, settled at once": (AT_ONCE, State.RECEIVED, "receive"),
    "at the counter again": (LONG, State.IN_PROCESS, "receive"),
    "at the counter again, to be signed": (SIGNED_ONLY, State.IN_PROCESS, "receive"),
    "at the counter again, settled at once": (AT_ONCE, State.IN_PROCESS, "receive"),
    "handled, work follows": (LONG, State.IN_PROCESS, "handle"),
    "handled, signing follows": (SIGNED_LAST, State.IN_PROCESS, "handle"),
    "consulted on, signing follows": (LONG, State.IN_PROCESS, "consult"),
    "to be signed": (LONG, State.IN_PROCESS, "approve"),
    "to be signed first": (BY_THE_COUNTER, State.IN_PROCESS, "approve"),
    "to be signed, then returned": (SIGNED_LAST, State.IN_PROCESS, "approve"),
    "to be sealed": (LONG, State.IN_PROCESS, "seal"),
    "to be sealed by the counter": (BY_THE_COUNTER, State.IN_PROCESS, "seal"),
    "waits for papers": (LONG, State.AWAITING_SUPPLEMENT, "handle"),
    "waits for papers at the counter": (LONG, State.AWAITING_SUPPLEMENT, "receive"),
    "waits for money": (LONG, State.AWAITING_PAYMENT, "handle"),
    "suspended": (LONG, State.SUSPENDED, "handle"),
    "suspended before signing": (LONG, State.SUSPENDED, "approve"),
    "ready": (LONG, State.RESULT_READY, "return"),
    "refused": (LONG, State.REFUSED, ""),
    "returned": (LONG, State.RETURNED, ""),
    "sent back": (LONG, State.SENT_BACK, ""),
    "withdrawn": (LONG, State.WITHDRAWN, ""),
    "discontinued": (LONG, State.DISCONTINUED, ""),
}
TABLE = {
    "sent online": {
        "reception": "receive refuse request_supplement withdraw",
        "handler": "request_supplement",
    },
    "sent online, papers missing": {"reception": "supplement receive refuse withdraw"},
    "received": {
        "reception": "hand_over correct request_supplement send_back withdraw",
        "handler": "take",
        "approver": "apologise",
    },
    "received, to be signed": {
        "reception": "hand_over correct request_supplement send_back withdraw",
        "approver": "take apologise",
    },
    "received, settled at once": {
        "reception": "issue_result correct request_supplement send_back withdraw",
        "approver": "apologise",
    },
    "at the counter again": {
        "reception": "take forward correct request_supplement withdraw",
        "approver": "extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "at the counter again, to be signed": {
        "reception": "take propose correct request_supplement withdraw",
        "approver": "extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "at the counter again, settled at once": {
        "reception": "take issue_result correct request_supplement withdraw",
        "approver": "extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "handled, work follows": {
        "reception": "correct withdraw",
        "handler": "confirm take forward request_supplement request_payment consult",
        "approver": "confirm extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "handled, signing follows": {
        "reception": "correct withdraw",
        "handler": "confirm take propose request_supplement request_payment consult",
        "approver": "confirm extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "consulted on, signing follows": {
        "reception": "correct withdraw",
        "handler": "confirm take propose send_to_step request_supplement request_payment consult",
        "approver": "confirm extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "to be signed": {
        "reception": "correct withdraw",
        "handler": "confirm",
        "approver": "confirm take approve send_back_for_rework extend apologise suspend send_back "
        "discontinue consult assign",
        "leader": "assign",
    },
    "to be signed first": {
        "reception": "correct withdraw",
        "handler": "confirm",
        "approver": "confirm take approve extend apologise suspend send_back discontinue consult "
        "assign",
        "leader": "assign",
    },
    "to be signed, then returned": {
        "reception": "correct withdraw",
        "handler": "confirm",
        "approver": "confirm take issue_result send_back_for_rework extend apologise suspend "
        "send_back discontinue consult assign",
        "leader": "assign",
    },
    "to be sealed": {
        "reception": "correct withdraw",
        "handler": "confirm take issue_result send_to_step request_supplement request_payment "
        "consult",
        "approver": "confirm extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "to be sealed by the counter": {
        "reception": "take issue_result correct request_supplement withdraw",
        "handler": "confirm",
        "approver": "confirm extend apologise suspend discontinue assign",
        "leader": "assign",
    },
    "waits for papers": {
        "reception": "supplement correct withdraw",
        "approver": "discontinue",
    },
    "waits for papers at the counter": {
        "reception": "supplement correct withdraw",
        "approver": "discontinue",
    },
    "waits for money": {"reception": "pay correct withdraw", "approver": "discontinue"},
    "suspended": {"reception": "correct withdraw", "approver": "resume discontinue"},
    "suspended before signing": {"reception": "correct withdraw", "approver": "resume discontinue"},
    "ready": {"reception": "return correct"},
    "refused": {},
    "returned": {"reception": "correct"},
    "sent back": {"reception": "correct hand_back"},
    "withdrawn": {"reception": "correct hand_back"},
    "discontinued": {"reception": "correct hand_back"},
}


@pytest.mark.parametrize("place", PLACES)
def test_who_may_do_what_where(place):
    process, state, step = PLACES[place]
    for role in Role:
        may = permitted(state=state, step=step, process=process, roles=[role])
        assert set(may) == set(TABLE[place].get(role, "").split()), role


def test_the_table_speaks_of_every_state_and_every_kind_of_step():
    assert TABLE.keys() == PLACES.keys()
    assert {state for _process, state, _step in PLACES.values()} == set(State)
    acts = {act for rows in TABLE.values() for words in rows.values() for act in words.split()}
    assert acts == set(Action) - {Action.SUBMIT} - ASKED_OTHERWISE


def test_only_who_signs_extends_and_never_before_the_office_has_it_nor_while_it_waits():
    for place, rows in TABLE.items():
        who = {role for role, acts in rows.items() if "extend" in acts.split()}
        in_process = PLACES[place][1] is State.IN_PROCESS
        assert who == ({"approver"} if in_process else set()), place


@pytest.mark.parametrize("place", PLACES)
def test_papers_once_confirmed_are_not_confirmed_again(place):
    process, state, step = PLACES[place]
    for role in Role:
        how = {"state": state, "step": step, "process": process, "roles": [role]}
        assert set(permitted(**how, is_confirmed=True)) == set(permitted(**how)) - {Action.CONFIRM}


@pytest.mark.parametrize("place", PLACES)
def test_papers_once_fetched_are_not_handed_back_again(place):
    process, state, step = PLACES[place]
    for role in Role:
        how = {"state": state, "step": step, "process": process, "roles": [role]}
        left = set(permitted(**how)) - {Action.HAND_BACK}
        assert set(permitted(**how, is_handed_back=True)) == left


def test_papers_are_handed_back_at_the_unit_that_received():
    for process, state, step in PLACES.values():
        done = done_by(Action.HAND_BACK, state=state, step=step, process=process)
        assert done is Performer.UNIT


def test_two_roles_together_do_no_more_than_each_of_them():
    for process, state, step in PLACES.values():
        how = {"state": state, "step": step, "process": process}
        each = {action for role in Role for action in permitted(**how, roles=[role])}
        assert set(permitted(**how, roles=list(Role))) == each


@pytest.mark.parametrize(
    "roles",
    [{"approve": Role.HANDLER}, {"receive": Role.HANDLER}, {"return": Role.APPROVER}]
    + [{"handle": role} for role in (Role.LEADER, Role.ADMINISTRATOR)],
)
def test_a_road_with_a_step_nobody_could_do_is_no_process(roles):
    with pytest.raises(ProcessFlawed):
        road("receive", "handle", "approve", "return", **roles)


ONWARD = {
    Action.HAND_OVER,
    Action.FORWARD,
    Action.PROPOSE,
    Action.APPROVE,
    Action.ISSUE_RESULT,
    Action.RETURN,
}
RESUMING = {Action.SUPPLEMENT, Action.PAY, Action.RESUME}
DATED = {Action.EXTEND, Action.APOLOGISE, Action.CONSULT}
BACK = {Action.SEND_TO_STEP, Action.SEND_BACK_FOR_REWORK}
# A town whose one-stop unit belongs to the committee, and a division below it.
AGENCY_OF = {Performer.UNIT: 1, Performer.AGENCY: 1, Performer.DIVISION: 2}


def a_random_process(rng):
    working = [kind for kind in StepKind if kind not in (StepKind.RECEIVE, StepKind.RETURN)]
    kinds = [StepKind.RECEIVE, *rng.choices(working, k=rng.randrange(6)), StepKind.RETURN]
    at_the_counter = (StepKind.RECEIVE, StepKind.RETURN)
    return Process(
        tuple(
            Step(
                code=f"{position}",
                kind=kind,
                role=Role.RECEPTION
                if kind in at_the_counter
                else Role.APPROVER
                if kind is StepKind.APPROVE
                else rng.choice([Role.RECEPTION, Role.HANDLER, Role.APPROVER]),
                performer=Performer.UNIT
                if kind in at_the_counter
                else rng.choice([Performer.AGENCY, Performer.DIVISION]),
            )
            for position, kind in enumerate(kinds)
        )
    )


def possible_acts(now, process):
    """Every act somebody may do now, with the role and the agency it is done with."""
    step = now.step.code if now.step else ""
    how = {"state": now.state, "step": step, "process": process}
    confirmed = bool(now.step and now.step.confirmed_at)
    return {
        (action, role, AGENCY_OF[done_by(action, **how)])
        for role in Role
        for action in permitted(**how, roles=[role], is_confirmed=confirmed)
    }


def happening(rng, now, process, action, agency, at):
    target = None
    is_taken_over = action is Action.TAKE and now.state is State.RECEIVED
    if is_taken_over or action in ONWARD - {Action.RETURN, Action.ISSUE_RESULT}:
        target = process.onward(now.step.code)
    elif action is Action.ISSUE_RESULT:
        target = process.last
    elif action in BACK:
        target = rng.choice(process.before(now.step.code))
    return Happening(
        action=action,
        at=at,
        agency=agency,
        to_step=target.code if target else "",
        to_agency=AGENCY_OF[target.performer] if target else agency,
        to_officer=rng.choice([7, 8]) if action is Action.ASSIGN else None,
        new_due_at=max(now.due_at, at) + timedelta(days=1) if action in DATED else None,
        note="Lý do",
    )


def test_on_every_road_each_dossier_lies_on_the_desk_of_somebody_who_may_act():
    rng = Random(61)
    office_time = OfficeTime(shipped_calendar(), DEFAULT_SESSIONS)
    start = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)
    reached = set()
    for _road in range(400):
        process = a_random_process(rng)
        terms = Terms(
            limit=TimeLimit.parse("20 working_day"), process=process, office_time=office_time
        )
        at = start
        now = advance(Snapshot(), Happening(action=Action.RECEIVE, at=at, agency=1), terms)
        for _act in range(30):
            possible = possible_acts(now, process)
            if now.state in CLOCK_RUNS:
                here = process.step(now.step.code)
                # The desk: this role, at this agency.
                assert now.holder.agency == now.step.agency == AGENCY_OF[here.performer]
                acts = {a for a, role, place in possible if role is here.role}
                assert acts & ONWARD, (now.state, here)
                onward = {(r, p) for a, r, p in possible if a in ONWARD}
                assert onward == {(here.role, now.holder.agency)}, (now.state, here)
            elif now.state in CLOCK_PAUSED:
                assert any(action in RESUMING for action, _role, _place in possible)
            elif now.state is State.RESULT_READY:
                assert (Action.RETURN, Role.RECEPTION, 1) in possible
            reached.add(now.state)
            if now.state in FINAL:
                break
            # Onward more often than not, so that roads are walked to their end.
            ordered = sorted(possible)
            onward_acts = [each for each in ordered if each[0] in ONWARD | RESUMING]
            chosen = onward_acts if onward_acts and rng.random() < 0.5 else ordered
            action, _role, agency = rng.choice(chosen)
            at += timedelta(minutes=rng.randrange(1, 200))
            try:
                now = advance(now, happening(rng, now, process, action, agency, at), terms)
            except REFUSALS:
                continue  # a second extension, one to a day off, an apology for nothing …
    assert reached == set(State) - {State.SUBMITTED, State.INCOMPLETE, State.REFUSED}
