"""What is wrong with a process, found before it is published.

The linter names the step and the defect; what to do about it is said beside the label of the
defect. Source: Decree 61/2018 art. 7 and 19: a process keeps within the legal limit, says who does
what, and ends with the result in the applicant's hands.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from motcua.domain.condition import ConditionUnreadable, flaws, parse
from motcua.domain.defect import Defect, Finding
from motcua.domain.draft import Draft, DraftStep
from motcua.domain.limit import LimitUnreadable, TimeLimit
from motcua.domain.process import Performer, Role, StepKind, may_do
from motcua.domain.walk import on_the_roads

LONGEST_NAME: Final = 255  # letters
_CODE: Final = re.compile(r"[a-z][a-z0-9_-]{0,29}")
# How many officers hold a role where a step of that performer is done.
Staff = Mapping[tuple[Role, Performer], int]


def lint(draft: Draft, staff: Staff) -> tuple[Finding, ...]:
    """Return every defect, the whole process's first, then step by step, each once.

    What can be found only on a road that can be walked waits until the words are right.
    """
    found = dict.fromkeys(_whole(draft))
    for position, step in enumerate(draft.steps):
        found |= dict.fromkeys(_words(draft, position, step, staff))
    if not found.keys() - {one for one in found if one.defect in _WALKABLE}:
        found |= dict.fromkeys(on_the_roads(draft))
    order = {step.code: position for position, step in enumerate(draft.steps)}
    return tuple(sorted(found, key=lambda one: order.get(one.step, -1)))


# With these the road can still be walked, to find what else is wrong.
_WALKABLE: Final = frozenset(
    {
        Defect.BASIS_MISSING,
        Defect.CODE_UNFIT,
        Defect.NAME_MISSING,
        Defect.NAME_TOO_LONG,
        Defect.NOBODY_THERE,
        Defect.BUDGET_MISSING,
        Defect.SAME_AS_UNFIT,
        Defect.LEADS_TO_ITSELF,
        Defect.NEVER_RETURNED,
        Defect.CONSULTED_UNKNOWN,
        Defect.CONSULTED_ELSEWHERE,
        Defect.QUESTION_IDLE,
    }
)


def _whole(draft: Draft) -> Iterator[Finding]:
    if not draft.legal_basis.strip():
        yield Finding(Defect.BASIS_MISSING)
    try:
        TimeLimit.parse(draft.limit)
    except LimitUnreadable:
        yield Finding(Defect.LIMIT_UNREADABLE, seen=draft.limit)
    yield from _questions(draft)
    if len(draft.steps) < 2:
        yield Finding(Defect.NO_STEPS)
        return
    kinds = [step.kind for step in draft.steps]
    if kinds[0] != StepKind.RECEIVE:
        yield Finding(Defect.RECEIPT_MISSING, draft.steps[0].code)
    if kinds[-1] != StepKind.RETURN:
        yield Finding(Defect.NEVER_RETURNED, draft.steps[-1].code)
    for step in draft.steps[1:]:
        if step.kind == StepKind.RECEIVE:
            yield Finding(Defect.RECEIVED_TWICE, step.code)
    for step in draft.steps[:-1]:
        if step.kind == StepKind.RETURN:
            yield Finding(Defect.RETURNED_TWICE, step.code)


def _questions(draft: Draft) -> Iterator[Finding]:
    keys = [question.key for question in draft.questions]
    used = {word for step in draft.steps for one in step.outcomes for word in _names(one.when)}
    for position, question in enumerate(draft.questions):
        seen = question.key.strip() or f"{position + 1}"
        if not question.is_sound:
            yield Finding(Defect.QUESTION_UNSOUND, seen=seen)
        elif question.key in keys[:position]:
            yield Finding(Defect.QUESTION_REPEATED, seen=seen)
        elif question.name not in used:
            yield Finding(Defect.QUESTION_IDLE, seen=seen)


def _names(when: str) -> set[str]:
    """Return what the condition asks about; nothing for one that cannot be read."""
    if not when:
        return set()
    try:
        return {one.name for one in parse(when).comparisons()}
    except ConditionUnreadable:
        return set()  # said of its step


def _words(draft: Draft, position: int, step: DraftStep, staff: Staff) -> Iterator[Finding]:
    codes = [one.code for one in draft.steps]
    if not step.code.strip():
        yield Finding(Defect.CODE_MISSING, step.code, f"{position + 1}")
    elif step.code in codes[:position]:
        yield Finding(Defect.CODE_REPEATED, step.code)
    elif not _CODE.fullmatch(step.code):
        yield Finding(Defect.CODE_UNFIT, step.code, step.code)
    if not step.name.strip():
        yield Finding(Defect.NAME_MISSING, step.code)
    elif len(step.name) > LONGEST_NAME:
        yield Finding(Defect.NAME_TOO_LONG, step.code)
    yield from _who(step, staff)
    yield from _budget(step)
    yield from _outcomes(draft, position, step)
    if step.same_as:
        yield from _same_as(draft, position, step)
    if step.consulted and step.kind != StepKind.CONSULT:
        yield Finding(Defect.CONSULTED_ELSEWHERE, step.code)
    for agency in step.consulted:
        if agency not in draft.agencies:
            yield Finding(Defect.CONSULTED_UNKNOWN, step.code, agency)


def _who(step: DraftStep, staff: Staff) -> Iterator[Finding]:
    kind = StepKind(step.kind) if step.kind in set(StepKind) else None
    role = Role(step.role) if step.role in set(Role) else None
    performer = Performer(step.performer) if step.performer in set(Performer) else None
    if kind is None:
        yield Finding(Defect.KIND_UNKNOWN, step.code, step.kind)
    if role is None:
        yield Finding(Defect.ROLE_UNKNOWN, step.code, step.role)
    elif kind is not None and role not in may_do(kind):
        yield Finding(Defect.ROLE_UNFIT, step.code, step.role)
    if performer is None:
        yield Finding(Defect.PERFORMER_UNKNOWN, step.code, step.performer)
    elif role is not None and not staff.get((role, performer)):
        yield Finding(Defect.NOBODY_THERE, step.code)


def _budget(step: DraftStep) -> Iterator[Finding]:
    if not step.budget:
        if step.kind not in (StepKind.RECEIVE, StepKind.RETURN):
            yield Finding(Defect.BUDGET_MISSING, step.code)
        return
    try:
        TimeLimit.parse(step.budget)
    except LimitUnreadable:
        yield Finding(Defect.BUDGET_UNREADABLE, step.code, step.budget)


def _outcomes(draft: Draft, position: int, step: DraftStep) -> Iterator[Finding]:
    codes = [one.code for one in draft.steps]
    if step.outcomes and step.kind == StepKind.RETURN:
        yield Finding(Defect.RETURN_LEADS_ON, step.code)
    seen: set[tuple[str, str]] = set()
    for outcome in step.outcomes:
        if outcome.target not in codes:
            yield Finding(Defect.TARGET_UNKNOWN, step.code, outcome.target)
        elif outcome.target == step.code:
            yield Finding(Defect.LEADS_TO_ITSELF, step.code)
        elif outcome.target == codes[0]:
            yield Finding(Defect.LEADS_TO_RECEIPT, step.code)
        if (outcome.target, outcome.when) in seen:
            yield Finding(Defect.TARGET_REPEATED, step.code, outcome.target)
        seen.add((outcome.target, outcome.when))
        if outcome.when:
            try:
                unknown = flaws(parse(outcome.when), draft.vocabulary)
            except ConditionUnreadable as problem:
                marked = f"{problem.text[: problem.at]}▸{problem.text[problem.at :]}"
                yield Finding(Defect.CONDITION_UNREADABLE, step.code, marked)
            else:
                for one in unknown:
                    yield Finding(Defect.CONDITION_UNKNOWN, step.code, one)
    if position == 0 and len({one.target for one in step.outcomes if not one.when}) > 1:
        yield Finding(Defect.RECEIPT_FORKS, step.code)


def _same_as(draft: Draft, position: int, step: DraftStep) -> Iterator[Finding]:
    named = {one.code: one for one in draft.steps}.get(step.same_as)
    if named is None:
        yield Finding(Defect.SAME_AS_UNKNOWN, step.code, step.same_as)
        return
    if named.code not in [one.code for one in draft.steps[:position]]:
        yield Finding(Defect.SAME_AS_NOT_BEFORE, step.code, step.same_as)
    elif (named.role, named.performer) != (step.role, step.performer):
        yield Finding(Defect.SAME_AS_UNFIT, step.code, step.same_as)
