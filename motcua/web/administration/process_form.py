"""The editor's page as it is typed: read into steps and questions, whatever stands in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.limit import LimitUnreadable, TimeLimit, Unit
from motcua.domain.process import Performer, Role, StepKind
from motcua.domain.process_file import LONGEST_TEXT, MOST_STEPS
from motcua.domain.question import Choice, Question
from motcua.domain.vietnamese import tidy, tidy_lines

MOST_QUESTIONS: Final = 20
MOST_WAYS: Final = 12
# A step's time as it is typed: the words of Vietnamese, and what they mean here.
_UNITS: Final = {
    "ngày": Unit.WORKING_DAY,
    "ngày làm việc": Unit.WORKING_DAY,
    "giờ": Unit.WORKING_HOUR,
    "giờ làm việc": Unit.WORKING_HOUR,
    "phút": Unit.WORKING_MINUTE,
    "phút làm việc": Unit.WORKING_MINUTE,
    "tháng": Unit.MONTH,
    "ngày lịch": Unit.CALENDAR_DAY,
}
_TYPED: Final = {unit: word for word, unit in reversed(_UNITS.items())}
_BUDGET: Final = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,12})?)\s*(\D+)")
SAME_DAY: Final = "trong ngày"


@dataclass(frozen=True, slots=True)
class Typed:
    """Nội dung đang soạn: what the page holds."""

    questions: tuple[Question, ...]
    steps: tuple[DraftStep, ...]


class NoSuchRow(Exception):
    """The button names a row the page does not have, or there is no room for one more."""


def read_page(post: Mapping[str, str]) -> Typed:
    """Return what the page says; a step whose code was changed is followed by those naming it."""
    questions = tuple(
        _question(post, f"question-{row}-")
        for row in range(MOST_QUESTIONS)
        if f"question-{row}-key" in post
    )
    rows = [row for row in range(MOST_STEPS) if f"step-{row}-code" in post]
    steps = [_step(post, f"step-{row}-") for row in rows]
    renamed = {
        post.get(f"step-{row}-was", ""): step.code for row, step in zip(rows, steps, strict=True)
    }
    renamed.pop("", None)
    return Typed(
        tuple(one for one in questions if one != Question(key="", text="")),
        tuple(_following(step, renamed) for step in steps),
    )


def changed(typed: Typed, do: str) -> tuple[Typed, str]:
    """Return the page after the smaller thing a button asks for, and the row to look at next.

    Raises NoSuchRow.
    """
    what, _, place = do.partition(":")
    row = int(place) if place.isdecimal() and len(place) < 4 else -1
    steps = list(typed.steps)
    match what:
        case "begin" if not steps:
            steps, seen = [_blank(steps)], "step-0"
        case "insert" if 0 <= row < len(steps) < MOST_STEPS:
            steps.insert(row + 1, _blank(steps))
            seen = f"step-{row + 1}"
        case "remove" if 0 <= row < len(steps):
            del steps[row]
            seen = f"step-{max(row - 1, 0)}"
        case "up" if 0 < row < len(steps):
            steps[row - 1], steps[row] = steps[row], steps[row - 1]
            seen = f"step-{row - 1}"
        case "down" if 0 <= row < len(steps) - 1:
            steps[row + 1], steps[row] = steps[row], steps[row + 1]
            seen = f"step-{row + 1}"
        case "forget" if 0 <= row < len(typed.questions):
            left = (*typed.questions[:row], *typed.questions[row + 1 :])
            return replace(typed, questions=left), "questions"
        case "save":
            seen = ""
        case _:
            raise NoSuchRow(do)
    return replace(typed, steps=tuple(steps)), seen


def read_budget(text: str) -> str:
    """Return a time as it is stored; what is none of its writings stays as it is typed.

    >>> read_budget("1,5 ngày"), read_budget("4 giờ"), read_budget("bốn giờ")
    ('1.5 working_day', '4 working_hour', 'bốn giờ')
    """
    said = tidy(text)
    if said.lower() == SAME_DAY:
        return Unit.SAME_DAY.value
    found = _BUDGET.fullmatch(said)
    unit = _UNITS.get(found[2].lower().strip()) if found else None
    written = f"{found[1].replace(',', '.')} {unit.value}" if found and unit else said
    try:
        return str(TimeLimit.parse(written))
    except LimitUnreadable:
        return said


def typed_budget(text: str) -> str:
    """Return a stored time as it is typed.

    >>> typed_budget("1.5 working_day"), typed_budget("bốn giờ")
    ('1,5 ngày', 'bốn giờ')
    """
    try:
        limit = TimeLimit.parse(text)
    except LimitUnreadable:
        return text
    if limit.unit is Unit.SAME_DAY:
        return SAME_DAY
    return f"{text.split(maxsplit=1)[0].replace('.', ',')} {_TYPED[limit.unit]}"


def typed_choices(question: Question) -> str:
    """Return the choices of a question as they are typed: one a line, code and words."""
    return "\n".join(f"{one.value} = {one.label}" for one in question.choices)


def _step(post: Mapping[str, str], at: str) -> DraftStep:
    return DraftStep(
        code=_said(post, f"{at}code"),
        name=_said(post, f"{at}name"),
        kind=_said(post, f"{at}kind"),
        role=_said(post, f"{at}role"),
        performer=_said(post, f"{at}performer"),
        budget=read_budget(_said(post, f"{at}budget")),
        same_as=_said(post, f"{at}same_as"),
        consulted=tuple(_said(post, f"{at}consulted").replace(",", " ").split()),
        outcomes=tuple(
            outcome
            for way in range(MOST_WAYS)
            for outcome in [_outcome(post, f"{at}to-{way}-")]
            if outcome.target
        ),
    )


def _outcome(post: Mapping[str, str], at: str) -> DraftOutcome:
    return DraftOutcome(
        target=_said(post, f"{at}target"),
        when=_said(post, f"{at}when"),
        label=_said(post, f"{at}label"),
    )


def _question(post: Mapping[str, str], at: str) -> Question:
    lines = tidy_lines(post.get(f"{at}choices", "")[: 10 * LONGEST_TEXT]).split("\n")
    pairs = [line.partition("=") for line in lines if line]
    return Question(
        key=_said(post, f"{at}key"),
        text=_said(post, f"{at}text"),
        choices=tuple(Choice(value=pair[0].strip(), label=pair[2].strip()) for pair in pairs),
    )


def _said(post: Mapping[str, str], name: str) -> str:
    return tidy(post.get(name, "")[:LONGEST_TEXT])


def _following(step: DraftStep, renamed: Mapping[str, str]) -> DraftStep:
    """Let a step go on naming the steps whose code was changed on the same page."""
    return replace(
        step,
        same_as=renamed.get(step.same_as, step.same_as),
        outcomes=tuple(
            replace(one, target=renamed.get(one.target, one.target)) for one in step.outcomes
        ),
    )


def _blank(steps: Sequence[DraftStep]) -> DraftStep:
    """Return a step to begin with, under a code no other has."""
    return DraftStep(
        code=_free(step.code for step in steps),
        name="",
        kind=StepKind.HANDLE.value,
        role=Role.HANDLER.value,
        performer=Performer.AGENCY.value,
    )


def _free(taken: Iterable[str]) -> str:
    known = set(taken)
    return next(code for n in range(1, MOST_STEPS + 2) if (code := f"buoc-{n}") not in known)
