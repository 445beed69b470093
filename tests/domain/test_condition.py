"""The language of conditions: what it says, what it refuses, and that it is written as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.condition import (
    DEEPEST,
    LONGEST,
    AnswerMissing,
    Compare,
    ConditionUnreadable,
    Either,
    Every,
    Not,
    Vocabulary,
    flaws,
    parse,
    telling_answers,
)

VOCABULARY = Vocabulary(
    {"case": ("new", "change"), "channel": ("in_person", "online"), "answer.area": None}
)

HOLDS = [
    ("case = new", True),
    ("case != new", False),
    ("case in (change, new)", True),
    ("case in (change)", False),
    ("answer.area > 500", False),
    ("answer.area >= 500", True),
    ("answer.area < 501", True),
    ("answer.area <= 499", False),
    ("not case = change", True),
    ("case = change or case = new and channel = online", False),
    ("(case = change or case = new) and channel = in_person", True),
    ("not (case = change or channel = online)", True),
    ("case=new and answer.area>=500", True),
]


@pytest.mark.parametrize(("text", "expected"), HOLDS)
def test_a_condition_says_what_it_says(text, expected):
    answers = {"case": "new", "channel": "in_person", "answer.area": 500}
    assert parse(text).holds(answers) is expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 0),
        ("case", 4),
        ("case =", 6),
        ("case = = new", 7),
        ("case = new change", 11),
        ("case in ()", 9),
        ("(case = new", 11),
        ("case = new)", 10),
        ("case = new or", 13),
        ("Case = new", 0),
        ("answer.area = 1.5", 14),
        ("not", 3),
        ("and = new", 0),
        ("case = not", 7),
        ("500 = answer.area", 0),
        ("__import__ = 1", 0),
        ("case = 'new'", 7),
        ("case = new; case = change", 10),
    ],
)
def test_what_is_no_condition_is_refused_where_it_stops_being_one(text, at):
    with pytest.raises(ConditionUnreadable) as refused:
        parse(text)
    assert refused.value.at == at


def test_neither_depth_nor_length_is_without_end():
    with pytest.raises(ConditionUnreadable):
        parse("(" * (DEEPEST + 1) + "case = new" + ")" * (DEEPEST + 1))
    with pytest.raises(ConditionUnreadable):
        parse("not " * (DEEPEST + 1) + "case = new")
    with pytest.raises(ConditionUnreadable):
        parse("case = new" + " " * LONGEST)


@pytest.mark.parametrize(
    "text", ["case = new", "case = change or answer.area < 3", "answer.area < 3 and case = change"]
)
def test_an_unanswered_question_is_said_whatever_the_rest_says(text):
    with pytest.raises(AnswerMissing) as missing:
        parse(text).holds({"case": "new"} if "area" in text else {})
    assert missing.value.name in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("case = new and answer.area > 3", ()),
        ("case = old", ("case = old",)),
        ("case > new", ("case > new",)),
        ("answer.area = new", ("answer.area = new",)),
        ("answer.height > 3 or case in (new, old)", ("answer.height", "case in old")),
    ],
)
def test_what_the_vocabulary_does_not_have_is_named(text, expected):
    assert flaws(parse(text), VOCABULARY) == expected


def test_the_answers_that_make_a_difference():
    conditions = (parse("case = new"), parse("answer.area >= 500 or answer.area = 0"))
    assert telling_answers(conditions, VOCABULARY) == {
        "case": ("new", "change"),
        "answer.area": (499, 500, 501, 0, 1),
    }


names = st.sampled_from(["case", "channel", "answer.area", "answer.kind-of-land"])
values = st.one_of(st.integers(0, 10**6), st.sampled_from(["new", "change", "in_person", "a-b"]))
compares = st.one_of(
    st.builds(
        Compare, names, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.tuples(values)
    ),
    st.builds(Compare, names, st.just("in"), st.lists(values, min_size=1, max_size=3).map(tuple)),
)
conditions = st.recursive(
    compares,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Every, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(conditions)
def test_what_is_written_is_read_as_it_was_meant(condition):
    text = str(condition)
    if len(text) <= LONGEST:
        assert parse(text) == condition


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text)
    except ConditionUnreadable as problem:
        assert 0 <= problem.at <= len(text)
