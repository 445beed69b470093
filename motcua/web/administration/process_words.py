"""The steps of a process as a person reads them; a word no list has stays as it is typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.agencies.labels import ROLE_LABELS
from motcua.agencies.models import Agency
from motcua.catalogue.labels import KIND_LABELS, PERFORMER_LABELS
from motcua.domain import spoken
from motcua.domain.condition import (
    Compare,
    Condition,
    ConditionUnreadable,
    Every,
    Not,
    Value,
    parse,
)
from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.limit import LimitUnreadable, TimeLimit
from motcua.domain.question import Question

_SIGNS: Final = {"<": "dưới", "<=": "đến", ">": "trên", ">=": "từ"}
ONWARD: Final = "bước kế tiếp"
NO_WAY: Final = "hết quy trình"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Tên gọi: what the codes of one process mean to a person."""

    steps: Mapping[str, str]
    cases: Mapping[str, str]
    questions: Mapping[str, Question]
    agencies: Mapping[str, str]

    def part(self, step: DraftStep, part: str, *, is_last: bool = False) -> str:
        """Return one part of a step in words, named as comparison.PARTS does."""
        match part:
            case "kind":
                return KIND_LABELS.get(step.kind, step.kind)
            case "role":
                return ROLE_LABELS.get(step.role, step.role)
            case "performer":
                return PERFORMER_LABELS.get(step.performer, step.performer)
            case "budget":
                return budget(step.budget) or "không có"
            case "outcomes":
                ways = "; ".join(self.way(outcome) for outcome in step.outcomes)
                return ways or (NO_WAY if is_last else ONWARD)
            case "same_as":
                return self.step(step.same_as) or "không ràng buộc"
            case "consulted":
                names = (self.agencies.get(code, code) for code in step.consulted)
                return ", ".join(names) or "không có"
            case _:
                return step.name

    def step(self, code: str) -> str:
        """Return the name of a step."""
        return self.steps.get(code) or code

    def way(self, outcome: DraftOutcome) -> str:
        """Return where a step may lead, and for which dossiers."""
        label = f" ({outcome.label})" if outcome.label else ""
        when = f", khi {self.condition(outcome.when)}" if outcome.when else ""
        return f"đến “{self.step(outcome.target)}”{label}{when}"

    def condition(self, text: str) -> str:
        """Return a condition in words; one that cannot be read as it is typed."""
        try:
            return self._said(parse(text))
        except ConditionUnreadable:
            return f"“{text}”"

    def _said(self, condition: Condition) -> str:
        if isinstance(condition, Compare):
            return self._compared(condition)
        if isinstance(condition, Not):
            return f"không phải ({self._said(condition.inside)})"
        word = " và " if isinstance(condition, Every) else " hoặc "
        return word.join(
            self._said(part) if isinstance(part, Compare) else f"({self._said(part)})"
            for part in condition.parts
        )

    def _compared(self, one: Compare) -> str:
        question = self.questions.get(one.name)
        name = "trường hợp" if one.name == "case" else one.name
        if question is not None:
            name = f"“{question.text}”"
        values = [self._value(one.name, value) for value in one.values]
        match one.sign:
            case "=":
                return f"{name} là {values[0]}"
            case "!=":
                return f"{name} khác {values[0]}"
            case "in":
                return f"{name} là một trong: {', '.join(values)}"
            case sign:
                return f"{name} {_SIGNS[sign]} {values[0]}"

    def _value(self, name: str, value: Value) -> str:
        if isinstance(value, int):
            return spoken.whole(value)
        if name == "case":
            return f"“{self.cases.get(value, value)}”"
        question = self.questions.get(name)
        return f"“{question.words(value) if question else value}”"


def names_of(
    steps: Sequence[DraftStep],
    questions: Iterable[Question] = (),
    cases: Iterable[tuple[str, str]] = (),
) -> Names:
    """Return what the codes of these steps mean; `cases` are codes with names."""
    consulted = {code for step in steps for code in step.consulted}
    known = Agency.objects.filter(code__in=consulted).values_list("code", "name")
    return Names(
        steps={step.code: step.name for step in steps},
        cases=dict(cases),
        questions={question.name: question for question in questions},
        agencies=dict(known) if consulted else {},
    )


def budget(text: str) -> str:
    """Return a budget in words; one that cannot be read as it is typed."""
    try:
        return spoken.limit(TimeLimit.parse(text))
    except LimitUnreadable:
        return text
