"""Questions of a process: what the counter asks so that a dossier's road is known.

An answer is one of the choices, or a whole number where there are none. Conditions name it
`answer.` and the key of its question.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from motcua.domain.condition import RESERVED, Condition, Value, Vocabulary

LARGEST_NUMBER: Final = 999_999_999
_WORD: Final = re.compile(r"[a-z][a-z0-9_-]*")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class AnswerUnreadable(ValueError):
    """What was answered is no whole number, or none of the choices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Phương án trả lời: what conditions compare with, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Câu hỏi của quy trình: answered at the counter; without choices it takes a whole number."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def name(self) -> str:
        """What conditions call the answer."""
        return f"answer.{self.key}"

    @property
    def is_sound(self) -> bool:
        """Whether it can be asked and its answers be compared with."""
        values = [choice.value for choice in self.choices]
        return (
            _is_word(self.key)
            and bool(self.text.strip())
            and len(values) != 1
            and len(set(values)) == len(values)
            and all(_is_word(one.value) and one.label.strip() for one in self.choices)
        )

    def read(self, typed: str) -> Value:
        """Return the answer that was typed or chosen.  Raises AnswerUnreadable."""
        if self.choices:
            if typed not in [choice.value for choice in self.choices]:
                raise AnswerUnreadable(typed)
            return typed
        figures = typed.replace(".", "").replace(" ", "")
        # Plain digits only: isdecimal would let the figures of other alphabets pass.
        if not _NUMBER.fullmatch(figures):
            raise AnswerUnreadable(typed)
        return int(figures)

    def words(self, answer: Value) -> str:
        """Return the answer as a person reads it."""
        labels = {choice.value: choice.label for choice in self.choices}
        return labels.get(str(answer), str(answer))


def write_answers(answers: Mapping[str, Value]) -> str:
    """Return answers, by the key of their question, as a dossier keeps them; empty for none.

    >>> write_answers({"land": "town", "area": 500})
    '{"area":500,"land":"town"}'
    """
    if not answers:
        return ""
    return json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_answers(text: str) -> tuple[tuple[str, Value], ...]:
    """Return the answers a dossier keeps, by key.  Raises ValueError for what is none.

    >>> read_answers('{"area":500,"land":"town"}')
    (('area', 500), ('land', 'town'))
    """
    if not text:
        return ()
    answers = json.loads(text)
    if not isinstance(answers, dict) or not all(
        isinstance(value, str | int) for value in answers.values()
    ):
        raise ValueError(f"{text!r} says no answers")
    return tuple(sorted(answers.items()))


def vocabulary_of(cases: Iterable[str], questions: Iterable[Question]) -> Vocabulary:
    """Return what the conditions of a process with these cases and questions may ask about."""
    known = tuple(cases)
    choices: dict[str, tuple[str, ...] | None] = {"case": known} if known else {}
    for question in questions:
        choices[question.name] = tuple(choice.value for choice in question.choices) or None
    return Vocabulary(choices)


def asked(questions: Iterable[Question], conditions: Iterable[Condition]) -> tuple[Question, ...]:
    """Return the questions whose answers these conditions ask about."""
    names = {one.name for condition in conditions for one in condition.comparisons()}
    return tuple(question for question in questions if question.name in names)


def _is_word(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and text not in RESERVED
