"""Every kind of defect planted in a sound process is found, at its step, and no other."""

from dataclasses import replace
from random import Random
from time import perf_counter

import pytest

from motcua.domain.condition import Vocabulary, telling_answers
from motcua.domain.defect import Defect, Finding
from motcua.domain.linter import lint
from motcua.domain.process import Performer, ProcessFlawed, Role, conditions_of
from motcua.domain.question import Question
from tests.domain.drafts import SOUND, STAFF, a_step, changed, road_of, to, with_more, without

ON = (to("approve"),)
AREA = Question(key="area", text="Diện tích, m²")


def found(draft, staff=STAFF):
    return [(one.defect, one.step) for one in lint(draft, staff)]


PLANTED = [
    (replace(SOUND, legal_basis=" "), Defect.BASIS_MISSING, ""),
    (replace(SOUND, limit="ten days"), Defect.LIMIT_UNREADABLE, ""),
    (replace(SOUND, limit="4 working_day"), Defect.BUDGETS_BEYOND_LIMIT, ""),
    (replace(SOUND, steps=SOUND.steps[:1]), Defect.NO_STEPS, ""),
    (without("receive"), Defect.RECEIPT_MISSING, "handle"),
    (without("return"), Defect.NEVER_RETURNED, "seal"),
    (changed("inspect", kind="receive", role="reception"), Defect.RECEIVED_TWICE, "inspect"),
    (changed("seal", kind="return", role="reception"), Defect.RETURNED_TWICE, "seal"),
    (changed("seal", code=" "), Defect.CODE_MISSING, " "),
    (changed("seal", code="approve"), Defect.CODE_REPEATED, "approve"),
    (changed("seal", code="Đóng dấu"), Defect.CODE_UNFIT, "Đóng dấu"),
    (changed("seal", code="s" * 31), Defect.CODE_UNFIT, "s" * 31),
    (changed("seal", name=""), Defect.NAME_MISSING, "seal"),
    (changed("seal", name="a" * 256), Defect.NAME_TOO_LONG, "seal"),
    (changed("seal", kind="stamp"), Defect.KIND_UNKNOWN, "seal"),
    (changed("seal", role="clerk"), Defect.ROLE_UNKNOWN, "seal"),
    (changed("seal", performer="province"), Defect.PERFORMER_UNKNOWN, "seal"),
    (changed("approve", role="handler"), Defect.ROLE_UNFIT, "approve"),
    (changed("receive", outcomes=(to("handle"), to("inspect"))), Defect.RECEIPT_FORKS, "receive"),
    (
        changed(
            "receive", outcomes=(to("handle", "case = new"), to("inspect", "answer.area >= 0"))
        ),
        Defect.RECEIPT_FORKS,
        "receive",
    ),
    (changed("seal", outcomes=(to("archive"),)), Defect.TARGET_UNKNOWN, "seal"),
    (changed("inspect", outcomes=(*ON, *ON)), Defect.TARGET_REPEATED, "inspect"),
    (changed("inspect", outcomes=(to("inspect"), *ON)), Defect.LEADS_TO_ITSELF, "inspect"),
    (changed("inspect", outcomes=(to("receive"), *ON)), Defect.LEADS_TO_RECEIPT, "inspect"),
    (changed("return", outcomes=(to("seal"),)), Defect.RETURN_LEADS_ON, "return"),
    (with_more(a_step("archive", outcomes=ON), at=2), Defect.UNREACHABLE, "archive"),
    (
        changed("seal", outcomes=(to("approve"),)),
        Defect.LOOP_WITHOUT_EXIT,
        "seal",
    ),
    (changed("handle", outcomes=(to("seal"), to("inspect"))), Defect.UNSIGNED, "return"),
    (changed("seal", budget="soon"), Defect.BUDGET_UNREADABLE, "seal"),
    (changed("seal", budget=""), Defect.BUDGET_MISSING, "seal"),
    (
        changed("inspect", outcomes=(to("approve", "case is new"),)),
        Defect.CONDITION_UNREADABLE,
        "inspect",
    ),
    (
        changed("inspect", outcomes=(to("approve", "answer.height < 9"),)),
        Defect.CONDITION_UNKNOWN,
        "inspect",
    ),
    (
        changed("inspect", outcomes=(to("approve", "case = other"),)),
        Defect.CONDITION_UNKNOWN,
        "inspect",
    ),
    (
        changed("inspect", outcomes=(to("approve", "case < new"),)),
        Defect.CONDITION_UNKNOWN,
        "inspect",
    ),
    (
        changed("inspect", outcomes=(*ON, to("seal", "case = new and case = change"))),
        Defect.CONDITION_NEVER_HOLDS,
        "inspect",
    ),
    (
        changed("handle", outcomes=(to("inspect", "case = new"), to("approve", "answer.area < 9"))),
        Defect.ANSWERS_LEAD_NOWHERE,
        "handle",
    ),
    (changed("inspect", same_as="survey"), Defect.SAME_AS_UNKNOWN, "inspect"),
    (changed("approve", same_as="handle"), Defect.SAME_AS_UNFIT, "approve"),
    (changed("handle", same_as="inspect"), Defect.SAME_AS_NOT_BEFORE, "handle"),
    (changed("inspect", consulted=("H40",)), Defect.CONSULTED_ELSEWHERE, "inspect"),
    (changed("inspect", kind="consult", consulted=("H41",)), Defect.CONSULTED_UNKNOWN, "inspect"),
    (replace(SOUND, questions=(Question(key="area", text=""),)), Defect.QUESTION_UNSOUND, ""),
    (replace(SOUND, questions=(AREA, AREA)), Defect.QUESTION_REPEATED, ""),
    (replace(SOUND, questions=(Question(key="age", text="Tuổi"),)), Defect.QUESTION_IDLE, ""),
    (
        changed("seal", same_as="inspect", performer="division"),
        Defect.SAME_AS_NOT_BEFORE,
        "seal",
    ),
]


def test_a_sound_process_has_no_defect():
    assert lint(SOUND, STAFF) == ()
    asks = replace(changed("inspect", kind="consult", consulted=("H40",)), questions=(AREA,))
    assert lint(replace(asks, agencies=frozenset({"H40"})), STAFF) == ()


@pytest.mark.parametrize(
    ("draft", "defect", "step"), PLANTED, ids=[f"{one[1]}-{n}" for n, one in enumerate(PLANTED)]
)
def test_a_planted_defect_is_named_with_its_step(draft, defect, step):
    assert (defect, step) in found(draft)


def test_every_kind_of_defect_is_planted_here():
    planted = {defect for _draft, defect, _step in PLANTED}
    elsewhere = {Defect.NOBODY_THERE, Defect.TOO_MANY_ANSWERS, Defect.DEAD_END}
    assert planted | elsewhere == set(Defect)


@pytest.mark.parametrize("step", SOUND.steps, ids=lambda step: step.code)
def test_a_step_nobody_can_do_is_named(step):
    gone = {**STAFF, (Role(step.role), Performer(step.performer)): 0}
    steps = [code for defect, code in found(SOUND, gone) if defect is Defect.NOBODY_THERE]
    assert step.code in steps


def test_what_can_not_be_walked_with_every_answer_is_refused():
    names = {f"answer.q{n}": ("a", "b", "c", "d") for n in range(7)}
    asked = " and ".join(f"{name} = a" for name in names)
    draft = replace(
        changed("inspect", outcomes=(*ON, to("seal", asked))),
        vocabulary=Vocabulary({**SOUND.vocabulary.choices, **names}),
    )
    assert (Defect.TOO_MANY_ANSWERS, "") in found(draft)


def test_the_answers_with_which_a_step_leads_nowhere_are_said():
    draft = changed("handle", outcomes=(to("inspect", "case = new"),))
    assert Finding(Defect.ANSWERS_LEAD_NOWHERE, "handle", "case = change") in lint(draft, STAFF)


def test_a_loop_with_a_way_out_is_no_defect():
    draft = changed("approve", outcomes=(to("handle"), to("seal")))
    assert lint(draft, STAFF) == ()


def test_the_longest_road_counts_not_the_sum_of_all_steps():
    # handle 1, inspect 3, approve 1, seal 0.5 days and two hours: just within six days.
    assert lint(replace(SOUND, limit="6 working_day"), STAFF) == ()
    assert lint(replace(SOUND, limit="5 working_day"), STAFF) != ()
    short = changed("handle", outcomes=(to("approve"),))
    assert (Defect.BUDGETS_BEYOND_LIMIT, "") not in found(replace(short, limit="3 working_day"))


def test_only_a_procedure_settled_at_once_goes_unsigned():
    steps = [one for one in SOUND.steps if one.code in ("receive", "return")]
    at_once = replace(SOUND, steps=tuple(steps), is_settled_at_once=True)
    assert lint(at_once, STAFF) == ()
    assert found(replace(at_once, is_settled_at_once=False)) == [(Defect.UNSIGNED, "return")]


def test_what_the_linter_lets_pass_is_a_road_with_every_answer():
    """Random changes of the sound process: no finding means every dossier comes home."""
    rng, passed = Random(7), 0
    for _ in range(3000):
        draft = _shaken(rng)
        if lint(draft, STAFF):
            continue
        passed += 1
        process = road_of(draft)
        telling = telling_answers(conditions_of(process.steps), draft.vocabulary)
        for _try in range(6):
            answers = {name: rng.choice(values) for name, values in telling.items()}
            road = process.for_answers(answers)
            assert road.first.code == "receive" and road.last.code == "return"
            here, steps = road.first, 0
            while here is not road.last:
                here, steps = rng.choice(road.targets(here.code)), steps + 1
                assert steps < 1000
    assert passed > 100


def _shaken(rng):
    draft = SOUND
    for _ in range(rng.randint(1, 3)):
        step = rng.choice(draft.steps)
        others = [one.code for one in draft.steps]
        conditions = ["", "case = new", "case = change", "answer.area > 10", "not (case = new)"]
        targets = [to(rng.choice(others), rng.choice(conditions)) for _ in range(rng.randint(0, 3))]
        fields = rng.choice(
            [
                {"outcomes": tuple(targets)},
                {"same_as": rng.choice(["", *others])},
                {"budget": "9 working_hour"},
            ]
        )
        steps = tuple(replace(one, **fields) if one is step else one for one in draft.steps)
        draft = replace(draft, steps=steps)
    return draft


def test_what_the_linter_refuses_for_its_shape_the_process_refuses_too():
    shapes = {
        Defect.LOOP_WITHOUT_EXIT,
        Defect.CODE_REPEATED,
        Defect.TARGET_UNKNOWN,
        Defect.ROLE_UNFIT,
    }
    for draft, defect, _step in PLANTED:
        if defect in shapes:
            with pytest.raises(ProcessFlawed):
                road_of(draft)


def test_a_thousand_processes_are_looked_through_in_five_seconds():
    started = perf_counter()
    for _ in range(1000):
        assert lint(SOUND, STAFF) == ()
    assert perf_counter() - started < 5
