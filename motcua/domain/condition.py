"""Conditions of a process: when a step leads where, in a small closed language.

`case = renewal and answer.area >= 500`, `not (channel = online)`, `answer.kind in (house, land)`.
Names and values come from a vocabulary; what is not in it is a flaw, found before publication.
Nothing is evaluated but comparisons: a condition cannot call, fetch or change anything.
"""

import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Value = str | int
Answers = Mapping[str, Value]

DEEPEST: Final = 20  # levels of parentheses and negations
LONGEST: Final = 500  # letters
RESERVED: Final = frozenset({"and", "or", "not", "in"})
_ORDERS: Final = MappingProxyType(
    {
        "<=": operator.le,
        ">=": operator.ge,
        "<": operator.lt,
        ">": operator.gt,
    }
)
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<sign><=|>=|!=|[<>=(),])|(?P<number>[0-9]{1,9})(?![\w.-])"
    r"|(?P<name>[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)?))"
)


class ConditionUnreadable(ValueError):
    """The text is no condition; `at` is the place of the first letter that cannot be read."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(f"{text!r} cannot be read from letter {at + 1}")
        self.text = text
        self.at = at


class AnswerMissing(Exception):
    """The condition asks for something nobody has answered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Bộ từ của điều kiện: the choices of each name; None for a name that takes whole numbers."""

    choices: Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Compare:
    """Phép so sánh: one name against one value, or against several of which one must fit (`in`)."""

    name: str
    sign: str
    values: tuple[Value, ...]

    def __str__(self) -> str:
        if self.sign == "in":
            return f"{self.name} in ({', '.join(map(str, self.values))})"
        return f"{self.name} {self.sign} {self.values[0]}"

    def holds(self, answers: Answers) -> bool:
        """Return whether the answers fit.  Raises AnswerMissing."""
        if self.name not in answers:
            raise AnswerMissing(self.name)
        given = answers[self.name]
        if self.sign in _ORDERS:
            [bound] = self.values
            # An order between words is a flaw of the process, found before it is published.
            return (
                isinstance(given, int)
                and isinstance(bound, int)
                and _ORDERS[self.sign](given, bound)
            )
        return (given in self.values) is (self.sign != "!=")

    def comparisons(self) -> Iterator["Compare"]:
        """Yield this one."""
        yield self


@dataclass(frozen=True, slots=True)
class Not:
    """Phủ định: the condition inside does not hold."""

    inside: "Condition"

    def __str__(self) -> str:
        return f"not {_grouped(self.inside)}"

    def holds(self, answers: Answers) -> bool:
        """Return whether the inner condition fails.  Raises AnswerMissing."""
        return not self.inside.holds(answers)

    def comparisons(self) -> Iterator[Compare]:
        """Yield the comparisons inside."""
        yield from self.inside.comparisons()


@dataclass(frozen=True, slots=True)
class Every:
    """Và: all parts hold."""

    parts: tuple["Condition", ...]

    def __str__(self) -> str:
        return " and ".join(map(_grouped, self.parts))

    def holds(self, answers: Answers) -> bool:
        """Return whether all hold.  Raises AnswerMissing, whatever the other parts say."""
        return all([part.holds(answers) for part in self.parts])

    def comparisons(self) -> Iterator[Compare]:
        """Yield the comparisons of all parts."""
        for part in self.parts:
            yield from part.comparisons()


@dataclass(frozen=True, slots=True)
class Either:
    """Hoặc: at least one part holds."""

    parts: tuple["Condition", ...]

    def __str__(self) -> str:
        return " or ".join(map(_grouped, self.parts))

    def holds(self, answers: Answers) -> bool:
        """Return whether one holds.  Raises AnswerMissing, whatever the other parts say."""
        return any([part.holds(answers) for part in self.parts])

    def comparisons(self) -> Iterator[Compare]:
        """Yield the comparisons of all parts."""
        for part in self.parts:
            yield from part.comparisons()


Condition = Compare | Not | Every | Either


def _grouped(part: Condition) -> str:
    return f"({part})" if isinstance(part, Every | Either) else str(part)


def parse(text: str) -> Condition:
    """Return the condition written there.  Raises ConditionUnreadable."""
    if len(text) > LONGEST:
        raise ConditionUnreadable(text, LONGEST)
    return _Reading(text).whole()


def flaws(condition: Condition, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return each name or value the vocabulary does not have, in the order of the text."""
    found: dict[str, None] = {}
    for one in condition.comparisons():
        if one.name not in vocabulary.choices:
            found[one.name] = None
            continue
        choices = vocabulary.choices[one.name]
        for value in one.values:
            if choices is None:
                fits = isinstance(value, int)
            else:
                fits = value in choices and one.sign not in _ORDERS
            if not fits:
                found[f"{one.name} {one.sign} {value}"] = None
    return tuple(found)


def telling_answers(
    conditions: tuple[Condition, ...], vocabulary: Vocabulary
) -> dict[str, tuple[Value, ...]]:
    """Return for each name the conditions ask about the answers that can make a difference.

    All choices of a name that has some; for a number each bound with its two neighbours.
    """
    telling: dict[str, dict[Value, None]] = {}
    for condition in conditions:
        for one in condition.comparisons():
            values = telling.setdefault(one.name, {})
            choices = vocabulary.choices.get(one.name)
            if choices is not None:
                values.update(dict.fromkeys(choices))
                continue
            for bound in one.values:
                if isinstance(bound, int):
                    values.update(dict.fromkeys((max(bound - 1, 0), bound, bound + 1)))
    return {name: tuple(values) for name, values in telling.items()}


class _Reading:
    """One reading of a text, from left to right: or binds least, then and, then not."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._text[self._at :].strip():
            raise self._unreadable()
        return condition

    def _either(self) -> Condition:
        parts = [self._every()]
        while self._took("or"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Condition:
        parts = [self._one()]
        while self._took("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._unreadable()
        if self._took("not"):
            condition: Condition = Not(self._one())
        elif self._took("("):
            condition = self._either()
            self._demand(")")
        else:
            condition = self._compare()
        self._depth -= 1
        return condition

    def _compare(self) -> Compare:
        start, name = self._at, self._word()
        if not isinstance(name, str):
            self._at = start
            raise self._unreadable()
        if self._took("in"):
            self._demand("(")
            values = [self._word()]
            while self._took(","):
                values.append(self._word())
            self._demand(")")
            return Compare(name, "in", tuple(values))
        for sign in ("=", "!=", *_ORDERS):
            if self._took(sign):
                return Compare(name, sign, (self._word(),))
        raise self._unreadable()

    def _word(self) -> Value:
        found = _TOKEN.match(self._text, self._at)
        if found is None or found["sign"] or found["name"] in RESERVED:
            raise self._unreadable()
        self._at = found.end()
        return int(found["number"]) if found["number"] else found["name"]

    def _took(self, wanted: str) -> bool:
        found = _TOKEN.match(self._text, self._at)
        if found is None or wanted not in (found["sign"], found["name"]):
            return False
        self._at = found.end()
        return True

    def _demand(self, wanted: str) -> None:
        if not self._took(wanted):
            raise self._unreadable()

    def _unreadable(self) -> ConditionUnreadable:
        rest = self._text[self._at :]
        return ConditionUnreadable(self._text, self._at + len(rest) - len(rest.lstrip()))
