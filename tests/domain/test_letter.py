"""When a letter of apology is owed, with which date, and who overran."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.domain.calendar import office
from motcua.domain.delay import NOT_FINISHED, OPINION_OUTSTANDING, SHIPPED
from motcua.domain.dossier import CLOCK_RUNS, Action, ActionNotAllowed, State
from motcua.domain.history import advance, fold
from motcua.domain.letter import (
    Lapse,
    check_date,
    day_named,
    done_by,
    lapse_of,
    letter_owed,
    letter_possible,
    proposed,
    proposed_date,
    responsible_step,
)
from motcua.domain.limit import TimeLimit
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.process import Outcome, Process
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.standing import (
    ApologyFlaw,
    ApologyRefused,
    ExtensionFlaw,
    ExtensionRefused,
    standing_settled,
)
from tests.domain.refusals import REFUSALS
from tests.domain.test_history import ACCEPTED, OFFICE, at, happening, terms
from tests.domain.test_values import a_process

# Accepted Monday 1 March 2021 at 9:00, five working days: due Monday the 8th at 17:00.
DUE = "2021-03-08T17:00"
LAST_DAY_TO_ASK = "2021-03-05T08:00"  # Friday
BUDGETS = {
    "receive": "0.5 working_day",
    "handle": "2 working_day",
    "approve": "1 working_day",
    "seal": "4 working_hour",
}


def budgeted(process=None):
    steps = [
        replace(step, budget=TimeLimit.parse(BUDGETS[step.code])) if step.code in BUDGETS else step
        for step in (process or a_process()).steps
    ]
    return replace(terms(), process=Process(tuple(steps)), editions={1: OFFICE, 2: OFFICE})


def road(*acts, known=None):
    """Return where a dossier taken on the first day stands after these acts."""
    start = [
        happening(Action.RECEIVE, at(ACCEPTED)),
        happening(Action.TAKE, at("2021-03-01T10:00"), officer=7),
    ]
    return fold([*start, *acts], known or budgeted())


def owed(moment, *acts):
    return letter_owed(road(*acts), budgeted(), at=at(moment))


EXTENDED = happening(Action.EXTEND, at("2021-03-03T09:00"), new_due_at=at("2021-03-11T17:00"))
APOLOGISED = happening(Action.APOLOGISE, at("2021-03-09T09:00"), new_due_at=at("2021-03-12T17:00"))


@pytest.mark.parametrize(
    ("moment", "acts", "letter"),
    [
        ("2021-03-04T08:00", [], None),
        (LAST_DAY_TO_ASK, [], NoticeKind.EXTENSION),
        ("2021-03-08T08:00", [], None),
        (DUE, [], None),
        ("2021-03-08T17:01", [], NoticeKind.APOLOGY),
        ("2021-03-20T08:00", [], NoticeKind.APOLOGY),
        (LAST_DAY_TO_ASK, [EXTENDED], None),
        ("2021-03-10T08:00", [EXTENDED], None),
        ("2021-03-12T08:00", [EXTENDED], NoticeKind.APOLOGY),
        ("2021-03-10T08:00", [APOLOGISED], None),
        ("2021-03-30T08:00", [APOLOGISED], None),
        ("2021-03-09T08:00", [happening(Action.SUSPEND, at("2021-03-08T09:00"))], None),
    ],
    ids=[
        "not due soon",
        "the remaining steps need longer than is left",
        "on the due date: too late to extend, too early to apologise",
        "at the due instant",
        "a minute late",
        "days late",
        "extended already",
        "before the extended date",
        "late after the extension",
        "apologised already",
        "late again: one apology is all",
        "paused",
    ],
)
def test_a_letter_is_owed_where_the_law_asks_for_one(moment, acts, letter):
    assert owed(moment, *acts) is letter


def test_none_is_owed_while_the_remaining_steps_fit():
    proposed_on = happening(Action.PROPOSE, at("2021-03-03T09:00"), officer=7)
    approved_on = happening(Action.APPROVE, at("2021-03-04T09:00"), officer=8)
    assert owed(LAST_DAY_TO_ASK, proposed_on, approved_on) is None


@pytest.mark.parametrize(
    ("moment", "acts", "flaw"),
    [
        ("2021-03-05T08:00", [EXTENDED], ExtensionFlaw.ALREADY_EXTENDED),
        ("2021-03-08T08:00", [], ExtensionFlaw.ASKED_TOO_LATE),
        ("2021-03-15T08:00", [APOLOGISED], ApologyFlaw.ALREADY_APOLOGISED),
    ],
)
def test_a_letter_that_may_not_be_written_is_refused_by_name(moment, acts, flaw):
    with pytest.raises((ExtensionRefused, ApologyRefused)) as refused:
        letter_possible(road(*acts), budgeted(), at=at(moment))
    assert refused.value.flaw is flaw


def test_no_letter_is_written_about_a_dossier_whose_clock_does_not_run():
    ended = road(happening(Action.SEND_BACK, at("2021-03-02T09:00")))
    for now in (Snapshot(), ended, road(happening(Action.SUSPEND, at("2021-03-02T09:00")))):
        with pytest.raises(ActionNotAllowed):
            letter_possible(now, budgeted(), at=at("2021-03-09T09:00"))


def test_what_has_not_left_the_counter_is_apologised_for_and_not_extended():
    at_the_counter = fold([happening(Action.RECEIVE, at(ACCEPTED))], budgeted())
    assert letter_owed(at_the_counter, budgeted(), at=at(LAST_DAY_TO_ASK)) is None
    late = letter_owed(at_the_counter, budgeted(), at=at("2021-03-09T08:00"))
    assert late is NoticeKind.APOLOGY


def test_the_new_date_is_what_the_remaining_budgets_need():
    # Two days again, for the step is over its time, one to sign, four hours to seal.
    assert done_by(road(), budgeted(), at=at(LAST_DAY_TO_ASK)) == at("2021-03-11T11:00")
    assert proposed_date(road(), budgeted(), at=at(LAST_DAY_TO_ASK)) == at("2021-03-11T17:00")


def test_a_step_within_its_time_has_until_its_own_date():
    assert done_by(road(), budgeted(), at=at("2021-03-02T08:00")) == at("2021-03-05T11:00")


def test_the_new_date_is_a_working_day_after_today_however_little_is_left():
    signed = [
        happening(Action.PROPOSE, at("2021-03-09T08:00"), officer=7),
        happening(Action.APPROVE, at("2021-03-12T08:00"), officer=8),
    ]
    now = road(*signed)
    assert done_by(now, budgeted(), at=at("2021-03-12T08:05")) == at("2021-03-12T14:00")
    assert proposed_date(now, budgeted(), at=at("2021-03-12T08:05")) == at("2021-03-15T17:00")


def test_where_the_road_forks_the_longer_way_counts():
    steps = {step.code: step for step in a_process().steps}
    steps["handle"] = replace(
        steps["handle"], outcomes=(Outcome(target="seal"), Outcome(target="approve"))
    )
    forked = budgeted(Process(tuple(steps.values())))
    straight = done_by(road(), budgeted(), at=at(LAST_DAY_TO_ASK))
    assert done_by(road(known=forked), forked, at=at(LAST_DAY_TO_ASK)) == straight


def test_the_step_that_overran_most_is_responsible():
    handled_late = happening(Action.PROPOSE, at("2021-03-08T15:00"), officer=7)
    now = road(handled_late)
    # Two and three quarters of a day over at the first, less than a day at the second.
    assert responsible_step(now, budgeted(), at=at("2021-03-10T08:00")) == "handle"
    assert responsible_step(now, budgeted(), at=at("2021-03-19T08:00")) == "approve"


def test_where_no_step_overran_the_open_one_answers():
    assert responsible_step(road(), terms(), at=at("2021-03-20T08:00")) == "handle"


@pytest.mark.parametrize(
    ("kind", "moment", "acts", "lapse"),
    [
        (NoticeKind.EXTENSION, LAST_DAY_TO_ASK, [], None),
        (NoticeKind.EXTENSION, "2021-03-02T08:00", [], Lapse.IN_TIME_AFTER_ALL),
        (NoticeKind.EXTENSION, "2021-03-08T08:00", [], Lapse.LAST_DAY_OVER),
        (NoticeKind.EXTENSION, "2021-03-09T08:00", [], Lapse.LATE_BY_NOW),
        (NoticeKind.EXTENSION, LAST_DAY_TO_ASK, [EXTENDED], Lapse.SAID_ALREADY),
        (NoticeKind.APOLOGY, "2021-03-09T08:00", [], None),
        (NoticeKind.APOLOGY, "2021-03-08T08:00", [], Lapse.NOT_LATE),
        (NoticeKind.APOLOGY, "2021-03-10T08:00", [APOLOGISED], Lapse.SAID_ALREADY),
        (NoticeKind.APOLOGY, "2021-03-12T08:00", [], Lapse.DATE_PAST),
        (NoticeKind.APOLOGY, "2021-03-15T08:00", [], Lapse.DATE_PAST),
        (
            NoticeKind.APOLOGY,
            "2021-03-09T08:00",
            [happening(Action.SUSPEND, at("2021-03-08T09:00"))],
            Lapse.PAUSED,
        ),
        (
            NoticeKind.APOLOGY,
            "2021-03-09T08:00",
            [happening(Action.SEND_BACK, at("2021-03-08T09:00"))],
            Lapse.ENDED,
        ),
        (
            NoticeKind.APOLOGY,
            "2021-03-09T08:00",
            [happening(Action.ISSUE_RESULT, at("2021-03-08T09:00"))],
            Lapse.SETTLED,
        ),
    ],
)
def test_a_draft_lapses_when_its_reason_is_gone(kind, moment, acts, lapse):
    found = lapse_of(
        kind,
        road(*acts),
        budgeted(),
        new_due_at=at("2021-03-12T17:00"),
        at=at(moment),
        is_proposal=True,
    )
    assert found is lapse


def test_an_extension_an_officer_asks_for_early_stays():
    asked_early = lapse_of(
        NoticeKind.EXTENSION,
        road(),
        budgeted(),
        new_due_at=at("2021-03-12T17:00"),
        at=at("2021-03-02T08:00"),
        is_proposal=False,
    )
    assert asked_early is None


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [(NoticeKind.EXTENSION, ExtensionRefused), (NoticeKind.APOLOGY, ApologyRefused)],
)
def test_a_letter_names_a_working_day_and_means_its_closing(kind, refusal):
    friday, saturday = at("2021-03-12T17:00"), at("2021-03-13T17:00")
    assert day_named(kind, road(), budgeted(), day=friday.date()) == friday
    with pytest.raises(refusal):
        day_named(kind, road(), budgeted(), day=saturday.date())


def test_the_draft_says_that_an_opinion_is_outstanding_when_it_is():
    asked = happening(
        Action.CONSULT,
        at("2021-03-02T09:00"),
        to_agency=30,
        new_due_at=at("2021-03-04T17:00"),
    )
    late = at("2021-03-09T08:00")
    assert proposed(NoticeKind.APOLOGY, road(), budgeted(), at=late).reason is NOT_FINISHED
    found = proposed(NoticeKind.APOLOGY, road(asked), budgeted(), at=late)
    assert found.reason is OPINION_OUTSTANDING


def test_the_shipped_reasons_are_sentences_with_codes_of_their_own():
    assert len({reason.code for reason in SHIPPED}) == len(SHIPPED)
    assert all(reason.sentence[0].isupper() for reason in SHIPPED)
    assert all(reason.sentence.endswith(".") for reason in SHIPPED)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_owed_may_always_be_sent_and_is_owed_once(seed):
    rng = random.Random(seed)
    known = budgeted()
    for _life in range(6):
        now, moment, sent = Snapshot(), at(ACCEPTED), []
        now = advance(now, happening(Action.RECEIVE, moment), known)
        for _act in range(25):
            moment += timedelta(minutes=rng.choice([1, 240, 700, 1500, 4300]))
            kind = letter_owed(now, known, at=moment)
            if kind is not None and rng.random() < 0.6:
                now = _sent(now, kind, known, moment)
                sent.append(kind)
                continue
            now = _something(rng, now, known, moment)
        assert sent.count(NoticeKind.EXTENSION) <= 1 and sent.count(NoticeKind.APOLOGY) <= 1
        if NoticeKind.APOLOGY in sent and now.settled_at is not None:
            settled = standing_settled(due_at=now.due_at, settled_at=now.settled_at)
            assert settled.value == "late"


def _sent(now, kind, known, moment):
    assert now.state in CLOCK_RUNS
    letter = proposed(kind, now, known, at=moment)
    assert office(letter.new_due_at).date() > office(moment).date()
    check_date(kind, now, known, new_due_at=letter.new_due_at, at=moment)
    assert letter.responsible_step in {step.code for step in now.steps}
    after = advance(now, happening(ACT_OF[kind], moment, new_due_at=letter.new_due_at), known)
    if kind is NoticeKind.APOLOGY:
        assert moment > now.due_at and after.due_at == now.due_at
    else:
        assert moment < now.due_at < after.due_at
    assert letter_owed(after, known, at=moment) is None
    return after


def _something(rng, now, known, moment):
    action = rng.choice(
        [Action.TAKE, Action.PROPOSE, Action.APPROVE, Action.SEND_BACK_FOR_REWORK]
        + [Action.REQUEST_SUPPLEMENT, Action.SUPPLEMENT, Action.SUSPEND, Action.RESUME]
        + ([Action.ISSUE_RESULT] if rng.random() < 0.2 else [])
    )
    to_step = "handle" if action is Action.SEND_BACK_FOR_REWORK else ""
    act = Happening(action=action, at=moment, agency=1, officer=7, note="Lý do", to_step=to_step)
    if action is Action.ISSUE_RESULT and now.state is not State.IN_PROCESS:
        return now
    try:
        return advance(now, act, known)
    except (*REFUSALS, ActionNotAllowed):
        return now
