"""What each road changes, by hand; what holds on every road, by random lives of any length."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OfficeTime, SpecialDay, office
from motcua.domain.consultation import ConsultationFlaw, ConsultationRefused, OpinionsOutstanding
from motcua.domain.dossier import (
    CLOCK_PAUSED,
    ENDED_UNSETTLED,
    FINAL,
    OPEN,
    SETTLED,
    TRANSITIONS,
    Action,
    State,
    actions_from,
)
from motcua.domain.history import advance, fold
from motcua.domain.passage import NobodyNamed, ReasonMissing, RecallFlaw, RecallRefused
from motcua.domain.pause import PausePolicy
from motcua.domain.promise import NothingExcused
from motcua.domain.responsibility import shares
from motcua.domain.snapshot import Happening, HolderKind, Snapshot
from motcua.domain.standing import ApologyFlaw, ApologyRefused
from tests.domain.refusals import REFUSALS
from tests.domain.test_history import ACCEPTED, OFFICE, at, happening, terms

DUE = "2021-03-08T17:00"
# The same calendar with Thursday the 4th and Monday the 8th of March off, announced late.
LATE_HOLIDAYS = [
    SpecialDay(day=day, name="Nghỉ đột xuất", source="Thông báo thử")
    for day in (date(2021, 3, 4), date(2021, 3, 8))
]
LATER = OfficeTime(replace(shipped_calendar(), off=(*shipped_calendar().off, *LATE_HOLIDAYS)))


def road(*acts, policy=PausePolicy.RESUME):
    """Return where a dossier taken by officer 7 stands after these acts."""
    start = [
        happening(Action.RECEIVE, at(ACCEPTED), officer=5),
        happening(Action.TAKE, at("2021-03-01T10:00"), officer=7),
    ]
    return fold([*start, *acts], replace(terms(policy), editions={1: OFFICE, 2: LATER}))


# Apology.


def apology(moment, announced):
    return happening(Action.APOLOGISE, at(moment), new_due_at=announced and at(announced))


def test_an_apology_announces_a_date_and_leaves_promise_and_lateness_alone():
    after = road(apology("2021-03-09T09:00", "2021-03-12T17:00"))
    assert after.announced_at == at("2021-03-12T17:00")
    assert after.due_at == after.promised_at == at(DUE)
    assert not after.extended


@pytest.mark.parametrize(
    ("letters", "flaw"),
    [
        ([("2021-03-08T17:00", "2021-03-12T17:00")], ApologyFlaw.NOT_LATE),
        ([("2021-03-09T09:00", None)], ApologyFlaw.NO_DATE),
        ([("2021-03-09T09:00", "2021-03-09T08:00")], ApologyFlaw.DATE_PAST),
        ([("2021-03-09T09:00", "2021-03-13T17:00")], ApologyFlaw.NO_WORKING_DAY),
        (
            [("2021-03-09T09:00", "2021-03-10T17:00"), ("2021-03-11T09:00", "2021-03-12T17:00")],
            ApologyFlaw.ALREADY_APOLOGISED,
        ),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_an_apology_out_of_place_is_refused_by_name(letters, flaw):
    with pytest.raises(ApologyRefused) as refused:
        road(*(apology(*letter) for letter in letters))
    assert refused.value.flaw is flaw


# Consultation.


def question(moment="2021-03-02T09:00", agency=30, by="2021-03-04T17:00"):
    return happening(
        Action.CONSULT, at(moment), officer=7, to_agency=agency, new_due_at=by and at(by)
    )


def answer(moment="2021-03-04T09:00", agency=30):
    return Happening(action=Action.REPLY, at=at(moment), agency=agency, officer=31, note="Đồng ý")


def onward(moment="2021-03-05T09:00", note=""):
    return Happening(action=Action.PROPOSE, at=at(moment), agency=1, officer=7, note=note)


def test_a_question_never_moves_the_promise_nor_the_holder():
    before, after = road(), road(question(), answer())
    assert (after.due_at, after.holdings, after.steps) == (
        before.due_at,
        before.holdings,
        before.steps,
    )
    [asked] = after.consultations
    assert (asked.agency, asked.step, asked.replied_at) == (30, "handle", at("2021-03-04T09:00"))
    assert not asked.is_late(at(DUE)) and not asked.is_open


def test_a_step_is_left_when_all_it_asked_have_answered_or_with_a_reason():
    both = (question(), question(agency=40))
    with pytest.raises(OpinionsOutstanding) as waits:
        road(*both, answer(), onward())
    assert waits.value.agencies == (40,)
    assert road(*both, answer(), answer(agency=40), onward()).step.code == "approve"
    assert road(*both, onward(note="Quá hạn, cơ quan 40 chưa trả lời")).step.code == "approve"


def test_an_answer_comes_also_while_the_clock_is_paused():
    after = road(question(), happening(Action.REQUEST_SUPPLEMENT, at("2021-03-03T09:00")), answer())
    assert after.state is State.AWAITING_SUPPLEMENT and not after.consultations[0].is_open


@pytest.mark.parametrize(
    ("acts", "flaw"),
    [
        ([question(agency=None)], ConsultationFlaw.NOBODY_ASKED),
        ([question(by=None)], ConsultationFlaw.NO_DATE),
        ([question(by="2021-03-02T09:00")], ConsultationFlaw.DATE_PAST),
        ([question(by="2021-03-09T17:00")], ConsultationFlaw.AFTER_THE_PROMISE),
        ([question(), question("2021-03-02T10:00")], ConsultationFlaw.ASKED_ALREADY),
        ([question(), answer(agency=40)], ConsultationFlaw.NOT_OPEN),
        ([question(), answer(), answer("2021-03-04T10:00")], ConsultationFlaw.NOT_OPEN),
        (
            [happening(Action.REMIND, at("2021-03-02T09:00"), to_agency=30)],
            ConsultationFlaw.NOT_OPEN,
        ),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_a_question_out_of_place_is_refused_by_name(acts, flaw):
    with pytest.raises(ConsultationRefused) as refused:
        road(*acts)
    assert refused.value.flaw is flaw


def test_who_answered_may_be_asked_again_and_a_late_dossier_may_still_ask():
    again = road(question(), answer(), question("2021-03-05T09:00", by="2021-03-08T17:00"))
    assert [one.is_open for one in again.consultations] == [False, True]
    late = road(question("2021-03-10T09:00", by="2021-03-12T17:00"))
    assert late.consultations[0].is_late(at("2021-03-15T09:00"))


# Assigned, called back.


def test_a_step_is_assigned_by_name_and_its_minutes_are_theirs_from_then_on():
    assigned = happening(Action.ASSIGN, at("2021-03-02T09:00"), officer=9, to_officer=8)
    after = road(assigned)
    assert after.step.officer == after.holder.officer == 8
    assert after.holder.since == at("2021-03-02T09:00") and after.holder.kind is HolderKind.STEP


def test_nobody_is_assigned_without_a_name_nor_taken_from_somebody_without_a_reason():
    with pytest.raises(NobodyNamed):
        road(happening(Action.ASSIGN, at("2021-03-02T09:00"), officer=9))
    with pytest.raises(ReasonMissing):
        road(replace(happening(Action.ASSIGN, at(DUE), officer=9, to_officer=8), note=" "))


def test_what_nobody_touched_is_called_back_by_who_passed_it_on():
    after = road(onward(), happening(Action.RECALL, at("2021-03-05T10:00"), officer=7))
    assert (after.step.code, after.step.officer) == ("handle", 7)
    assert after.step.confirmed_at == at("2021-03-05T10:00")
    passed = after.steps[-2]
    assert (passed.code, passed.outcome, passed.officer) == ("approve", Action.RECALL, None)


@pytest.mark.parametrize(
    ("between", "officer", "flaw"),
    [
        ([], 7, RecallFlaw.NOT_PASSED_ON),
        ([onward()], 8, RecallFlaw.NOT_YOURS),
        ([onward()], None, RecallFlaw.NOT_YOURS),
        (
            [onward(), happening(Action.TAKE, at("2021-03-05T09:30"), officer=9)],
            7,
            RecallFlaw.TOUCHED,
        ),
        (
            [onward(), happening(Action.CONFIRM, at("2021-03-05T09:30"), officer=9)],
            7,
            RecallFlaw.TOUCHED,
        ),
    ],
    ids=["nothing passed on", "another's", "nobody's", "taken", "confirmed"],
)
def test_what_cannot_be_called_back_is_refused_by_name(between, officer, flaw):
    with pytest.raises(RecallRefused) as refused:
        road(*between, happening(Action.RECALL, at("2021-03-05T10:00"), officer=officer))
    assert refused.value.flaw is flaw


# A later calendar, time that does not count.


def anew(moment="2021-03-02T09:00", edition=2):
    return happening(Action.RECALCULATE, at(moment), edition=edition)


def test_a_promise_is_counted_anew_on_the_later_calendar():
    after = road(anew())
    assert after.promised_at == at(DUE) and after.due_at == at("2021-03-10T17:00")
    assert after.edition == 2


def test_a_promise_is_never_brought_forward_by_a_calendar_with_fewer_days_off():
    after = road(anew(), anew("2021-03-03T09:00", edition=1))
    assert after.due_at == at("2021-03-10T17:00") and after.edition == 1


def test_what_comes_later_is_counted_on_the_later_calendar():
    pause = [
        happening(Action.SUSPEND, at("2021-03-03T10:00")),
        happening(Action.RESUME, at("2021-03-05T09:00")),
    ]
    # 2, 3 counted; 4 off, 5 passed over; 8 off; 9, 10, 11.
    assert road(anew(), *pause).due_at == at("2021-03-11T17:00")


def test_while_the_clock_is_paused_a_new_calendar_waits_for_the_end_of_the_pause():
    waits = road(happening(Action.SUSPEND, at("2021-03-02T09:00")), anew("2021-03-02T10:00"))
    assert waits.edition == 2 and waits.state is State.SUSPENDED
    moved = [
        happening(Action.SUSPEND, at("2021-03-02T09:00")),
        anew("2021-03-02T10:00"),
        happening(Action.RESUME, at("2021-03-02T11:00")),
    ]
    assert road(*moved).due_at == at("2021-03-10T17:00")


def test_an_extended_promise_leaves_a_day_that_is_now_off():
    extension = happening(Action.EXTEND, at("2021-03-02T09:00"), new_due_at=at("2021-03-09T17:00"))
    holiday = [SpecialDay(day=date(2021, 3, 9), name="Nghỉ", source="Thông báo thử")]
    calendar = replace(shipped_calendar(), off=(*shipped_calendar().off, *holiday))
    acts = [
        happening(Action.RECEIVE, at(ACCEPTED)),
        happening(Action.TAKE, at(ACCEPTED)),
        extension,
        anew("2021-03-03T09:00"),
    ]
    after = fold(acts, replace(terms(), editions={2: OfficeTime(calendar)}))
    assert after.due_at == at("2021-03-10T17:00")


def excused(since, until, moment="2021-03-05T09:00"):
    return happening(Action.EXCUSE, at(moment), excused_from=at(since), excused_until=at(until))


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("2021-03-02T07:00", "2021-03-04T17:00", "2021-03-10T17:00"),
        ("2021-02-20T07:00", "2021-03-03T17:00", "2021-03-10T17:00"),
        ("2021-03-04T08:00", "2021-03-04T16:00", DUE),
    ],
    ids=["two days passed over", "begun before acceptance", "within one day"],
)
def test_time_of_force_majeure_moves_the_promise_as_a_pause_does(since, until, due):
    assert road(excused(since, until)).due_at == at(due)


def test_time_before_acceptance_excuses_nothing():
    with pytest.raises(NothingExcused):
        road(excused("2021-02-20T07:00", "2021-02-25T17:00"))


def test_time_excused_during_a_pause_counts_once():
    pause = [
        happening(Action.SUSPEND, at("2021-03-02T09:00")),
        excused("2021-03-03T07:00", "2021-03-04T17:00", "2021-03-05T08:00"),
        happening(Action.RESUME, at("2021-03-05T09:00")),
    ]
    alone = [pause[0], pause[2]]
    assert road(*pause).due_at == road(*alone).due_at == at("2021-03-11T17:00")


# Whatever happens.


def a_random_act(rng, now, moment, hours):
    action = rng.choice(actions_from(now.state))
    later = hours.closing(hours.working_day_after(office(moment).date(), rng.randrange(1, 12)))
    back = action in (Action.SEND_TO_STEP, Action.SEND_BACK_FOR_REWORK)
    since = moment - timedelta(minutes=rng.choice([30, 1440, 9000]))
    return Happening(
        action=action,
        at=moment,
        agency=rng.choice([1, 30]),
        officer=rng.choice([None, 7, 8]),
        to_step=rng.choice(["handle", "approve"]) if back else "",
        to_agency=rng.choice([None, 30, 40]),
        to_officer=rng.choice([7, 8]) if action is Action.ASSIGN else None,
        new_due_at=later if now.due_at is None or rng.random() < 0.3 else max(later, now.due_at),
        note=rng.choice(["", "Lý do", "Lý do", "Lý do"]),
        edition=rng.choice([1, 2]) if action is Action.RECALCULATE else None,
        excused_from=since if action is Action.EXCUSE else None,
        excused_until=moment if action is Action.EXCUSE else None,
    )


REFUSED = (*REFUSALS, ReasonMissing, OpinionsOutstanding, NobodyNamed)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_happens_the_rules_hold(seed):
    rng = random.Random(seed)
    known = replace(terms(rng.choice(list(PausePolicy))), editions={1: OFFICE, 2: LATER})
    for _life in range(8):
        now, acts, moment = Snapshot(), [], at(ACCEPTED)
        for _act in range(rng.choice([5, 20, 80])):
            if not actions_from(now.state):
                break
            act = a_random_act(rng, now, moment, OFFICE)
            try:
                after = advance(now, act, known)
            except REFUSED:
                continue
            holds(now, act, after)
            acts.append(act)
            now = after
            moment += timedelta(minutes=rng.choice([1, 60, 700, 3000]))
        assert fold(acts, known) == now
        the_minutes_add_up(now, moment)


def holds(before, act, after):
    """Assert what every single act keeps."""
    assert TRANSITIONS[before.state, act.action] is after.state
    still_open = [pause for pause in after.pauses if pause.end is None]
    paused = after.state in CLOCK_PAUSED
    ended_while_paused = after.state in ENDED_UNSETTLED
    assert len(still_open) == 1 if paused else len(still_open) <= ended_while_paused
    if before.accepted_at is not None:
        assert after.promised_at == before.promised_at
        assert after.due_at >= before.due_at
        assert after.accepted_at == before.accepted_at
    if after.announced_at != before.announced_at:
        assert act.action is Action.APOLOGISE and act.at > before.due_at
        assert before.announced_at is None
    if act.action in (Action.CONSULT, Action.REMIND, Action.REPLY, Action.ASSIGN, Action.RECALL):
        assert after.due_at == before.due_at
    open_questions = [one.agency for one in after.consultations if one.is_open]
    assert len(open_questions) == len(set(open_questions))
    assert (after.step is not None) == (after.state in (*OPEN, State.RESULT_READY))
    assert (after.settled_at is not None) == (after.state in SETTLED)
    assert after.state in FINAL or any(
        TRANSITIONS[after.state, way] is not after.state for way in actions_from(after.state)
    )


def the_minutes_add_up(now, moment):
    found = shares(now, at=moment, office_time=OFFICE)
    if now.accepted_at is None:
        assert found == ()
        return
    end = min(now.clock_ended_at or moment, moment)
    total = OFFICE.opening_minutes_between(now.accepted_at, end)
    assert sum(share.minutes for share in found) == total
