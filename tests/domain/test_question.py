"""What the counter asks so that a dossier's road is known."""

import pytest

from motcua.domain.condition import parse
from motcua.domain.question import AnswerUnreadable, Choice, Question, asked, vocabulary_of

AREA = Question(key="area", text="Diện tích thửa đất, m²")
LAND = Question(
    key="land",
    text="Thửa đất ở đâu?",
    choices=(Choice(value="town", label="Thị trấn"), Choice(value="village", label="Xã")),
)


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [(AREA, "500", 500), (AREA, "1.200", 1200), (AREA, "0", 0), (LAND, "town", "town")],
)
def test_an_answer_is_read_as_conditions_compare_it(question, typed, answer):
    assert question.read(typed) == answer


@pytest.mark.parametrize(
    ("question", "typed"),
    [(AREA, ""), (AREA, "-1"), (AREA, "1,5"), (AREA, "٣"), (AREA, "9" * 10), (LAND, "city")],
)
def test_what_is_no_answer_is_refused(question, typed):
    with pytest.raises(AnswerUnreadable):
        question.read(typed)


def test_answers_are_spoken_as_their_choices_are():
    assert LAND.words("town") == "Thị trấn"
    assert AREA.words(500) == "500"


@pytest.mark.parametrize(
    "unsound",
    [
        Question(key="", text="Diện tích"),
        Question(key="Diện", text="Diện tích"),
        Question(key="and", text="Diện tích"),
        Question(key="area", text=" "),
        Question(key="land", text="Ở đâu?", choices=LAND.choices[:1]),
        Question(key="land", text="Ở đâu?", choices=LAND.choices[:1] * 2),
        Question(key="land", text="Ở đâu?", choices=(*LAND.choices, Choice(value="c", label=""))),
    ],
    ids=str,
)
def test_a_question_nobody_could_answer_or_compare_is_unsound(unsound):
    assert AREA.is_sound and LAND.is_sound and not unsound.is_sound


def test_conditions_may_ask_about_the_cases_and_the_questions():
    choices = vocabulary_of(["new"], [AREA, LAND]).choices
    assert choices == {"case": ("new",), "answer.area": None, "answer.land": ("town", "village")}
    assert vocabulary_of([], []).choices == {}


def test_only_what_a_condition_uses_is_asked():
    conditions = [parse("case = new and answer.area >= 500")]
    assert asked([AREA, LAND], conditions) == (AREA,)
