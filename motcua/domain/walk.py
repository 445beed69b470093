"""A process walked from the counter and back, once for every set of answers that can matter.

What no single step shows: a step nobody comes to, a loop without a way out, answers that lead
nowhere, a result nobody signed, steps that take longer than the law gives.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise, product
from math import prod
from typing import Final

from motcua.domain.condition import Answers, telling_answers
from motcua.domain.defect import Defect, Finding
from motcua.domain.draft import Draft
from motcua.domain.limit import TimeLimit
from motcua.domain.process import Step, StepKind, conditions_of, leading_to, reachable

MOST_ANSWERS: Final = 4096  # sets of answers walked for one process


def on_the_roads(draft: Draft) -> Iterator[Finding]:
    """Yield what shows only when the process is walked.  Raises what reading its steps raises."""
    steps = [step.read() for step in draft.steps]
    telling = telling_answers(conditions_of(steps), draft.vocabulary)
    if prod(map(len, telling.values())) > MOST_ANSWERS:
        yield Finding(Defect.TOO_MANY_ANSWERS, seen=", ".join(telling))
        return
    walks = [
        _Walk(draft, steps, dict(zip(telling, values, strict=True)))
        for values in product(*telling.values())
    ]
    for walk in walks:
        yield from walk.findings()
    for step in steps:
        if not any(step.code in walk.reached for walk in walks):
            yield Finding(Defect.UNREACHABLE, step.code)
        yield from _idle_conditions(step, walks)


def _idle_conditions(step: Step, walks: Collection["_Walk"]) -> Iterator[Finding]:
    for outcome in step.outcomes:
        held = [w for w in walks if outcome.when is not None and outcome.when.holds(w.answers)]
        if outcome.when is not None and not held:
            yield Finding(Defect.CONDITION_NEVER_HOLDS, step.code, outcome.target)


class _Walk:
    """One process with one set of answers: which step leads where."""

    def __init__(self, draft: Draft, steps: list[Step], answers: Answers) -> None:
        self.answers = answers
        self._draft = draft
        self._steps = {step.code: step for step in steps}
        self._end = steps[-1].code
        self._arrows = {
            step.code: _held(step, after, answers)
            for step, after in pairwise([*steps, None])
            if step is not None
        }
        self.reached = reachable(steps[0].code, self._arrows)

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong on this road."""
        first = next(iter(self._steps))
        if len(self._arrows[first]) > 1:
            yield Finding(Defect.RECEIPT_FORKS, first, _in_words(self.answers))
        leads_home = leading_to(self._end, self._arrows)
        for code in self._steps:
            if code in self.reached and code not in leads_home:
                yield from self._stuck(code)
        if self._end in self.reached:
            yield from self._unsigned(first)
            yield from self._too_long(first)
        for code in self.reached:
            same = self._steps[code].same_as
            if same and (same not in self.reached or code not in reachable(same, self._arrows)):
                yield Finding(Defect.SAME_AS_NOT_BEFORE, code, same)

    def _stuck(self, code: str) -> Iterator[Finding]:
        targets = self._arrows[code]
        if any(code in reachable(target, self._arrows) for target in targets):
            yield Finding(Defect.LOOP_WITHOUT_EXIT, code)
        elif not targets and self._steps[code].outcomes:
            yield Finding(Defect.ANSWERS_LEAD_NOWHERE, code, _in_words(self.answers))
        elif not targets:
            yield Finding(Defect.DEAD_END, code)

    def _unsigned(self, first: str) -> Iterator[Finding]:
        if self._draft.is_settled_at_once:
            return
        unsigned = {
            code: [] if self._steps[code].kind is StepKind.APPROVE else targets
            for code, targets in self._arrows.items()
        }
        if self._end in reachable(first, unsigned):
            yield Finding(Defect.UNSIGNED, self._end, _in_words(self.answers))

    def _too_long(self, first: str) -> Iterator[Finding]:
        limit = TimeLimit.parse(self._draft.limit)
        if _longest(first, self._arrows, self._minutes()) > limit.least_minutes:
            yield Finding(Defect.BUDGETS_BEYOND_LIMIT, seen=_in_words(self.answers))

    def _minutes(self) -> dict[str, int]:
        return {
            code: step.budget.least_minutes if step.budget else 0
            for code, step in self._steps.items()
        }


def _longest(first: str, arrows: Mapping[str, Collection[str]], minutes: Mapping[str, int]) -> int:
    """Return how many minutes the longest road from `first` takes, no step done twice.

    `minutes` are in the order of the steps; arrows back up lengthen no road.
    """
    order = {code: position for position, code in enumerate(minutes)}
    longest_to = {first: minutes[first]}
    for code, position in order.items():
        if code not in longest_to:
            continue
        for target in arrows[code]:
            if order[target] > position:
                so_far = longest_to[code] + minutes[target]
                longest_to[target] = max(longest_to.get(target, 0), so_far)
    return max(longest_to.values())


def _held(step: Step, after: Step | None, answers: Answers) -> list[str]:
    if not step.outcomes:
        return [] if after is None else [after.code]
    return [
        outcome.target
        for outcome in step.outcomes
        if outcome.when is None or outcome.when.holds(answers)
    ]


def _in_words(answers: Answers) -> str:
    return ", ".join(f"{name} = {value}" for name, value in answers.items())
