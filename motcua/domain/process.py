"""Steps of a procedure, who does them, where each leads, how the limit is shared.

A process is a road from the counter and back to it: the first step receives, the last returns.
Between them a step leads to the next one, or where its outcomes say.
Source: internal processes (quy trình nội bộ) of Decree 61/2018 art. 7 and Circular 01/2018.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from motcua.domain.condition import Answers, Condition
from motcua.domain.limit import TimeLimit


class StepKind(StrEnum):
    """Loại bước: what is done at a step."""

    RECEIVE = "receive"
    HANDLE = "handle"
    CONSULT = "consult"
    APPRAISE = "appraise"
    INSPECT = "inspect"
    APPROVE = "approve"
    SEAL = "seal"
    RETURN = "return"


class Role(StrEnum):
    """Vai trò: what an officer may be asked to do."""

    RECEPTION = "reception"
    HANDLER = "handler"
    APPROVER = "approver"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


# The roles that do steps; a leader looks on, an administrator keeps the accounts.
PERFORMING: Final = frozenset({Role.RECEPTION, Role.HANDLER, Role.APPROVER})


class Performer(StrEnum):
    """Nơi thực hiện: which agency does a step."""

    UNIT = "unit"  # the one-stop unit that received
    DIVISION = "division"  # the division of the procedure's field
    AGENCY = "agency"  # the competent agency itself


_MAY_DO: Final = {
    StepKind.RECEIVE: frozenset({Role.RECEPTION}),
    StepKind.APPROVE: frozenset({Role.APPROVER}),
    StepKind.RETURN: frozenset({Role.RECEPTION}),
}


def may_do(kind: StepKind) -> frozenset[Role]:
    """Return the roles a step of this kind may be given to."""
    return _MAY_DO.get(kind, PERFORMING)


class ProcessFlawed(Exception):
    """The steps are no road from the counter back to it."""


class StepNotAllowed(Exception):
    """The move leads to no step, or to one the road does not allow from here."""


# Which steps follow each step, by code.
Arrows = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Kết quả của bước: where a step may lead, and for which dossiers."""

    target: str
    when: Condition | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Bước: one piece of work with its role and its budget of time.

    Without outcomes it leads to the step after it. `same_as` names an earlier step whose officer
    does this one too, `consulted` the agencies whose opinion it asks, by code.
    """

    code: str
    kind: StepKind
    role: Role
    performer: Performer
    budget: TimeLimit | None = None
    outcomes: tuple[Outcome, ...] = ()
    same_as: str = ""
    consulted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """Quy trình nội bộ: the steps in their order.  Raises ProcessFlawed.

    An outcome may lead to any step but the counter's first, also to one done before, as long as
    a road to the return is left.
    """

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        codes = [step.code for step in self.steps]
        if len(self.steps) < 2 or len(set(codes)) != len(codes):
            raise ProcessFlawed("a process has at least two steps, each with a code of its own")
        if self.steps[0].kind is not StepKind.RECEIVE or self.steps[-1].kind is not StepKind.RETURN:
            raise ProcessFlawed("a process begins by receiving and ends by returning")
        if any(s.kind in (StepKind.RECEIVE, StepKind.RETURN) for s in self.steps[1:-1]):
            raise ProcessFlawed("a dossier is received once and returned once")
        if any(step.role not in may_do(step.kind) for step in self.steps):
            raise ProcessFlawed("a step is given to a role that does such steps")
        for position, step in enumerate(self.steps):
            if not {outcome.target for outcome in step.outcomes} <= set(codes[1:]):
                raise ProcessFlawed(f"an outcome of {step.code} leads to no step, or to the first")
            if step.same_as and step.same_as not in codes[:position]:
                raise ProcessFlawed(f"{step.code} is done by who did a step before it")
        if self.last.outcomes:
            raise ProcessFlawed("nothing follows the return")
        if len({o.target for o in self.first.outcomes if o.when is None}) > 1:
            raise ProcessFlawed("the counter hands a dossier on in one direction")
        stuck = reachable(self.first.code, self._arrows) - leading_to(self.last.code, self._arrows)
        if stuck:
            raise ProcessFlawed(f"no road leads from {', '.join(sorted(stuck))} to the return")

    @property
    def first(self) -> Step:
        """The step that receives."""
        return self.steps[0]

    @property
    def last(self) -> Step:
        """The step that returns."""
        return self.steps[-1]

    def step(self, code: str) -> Step:
        """Return the step of that code.  Raises StepNotAllowed."""
        for step in self.steps:
            if step.code == code:
                return step
        raise StepNotAllowed(f"no step {code!r}")

    def targets(self, code: str) -> tuple[Step, ...]:
        """Return where the step may lead onward; nothing for the last one.

        Raises StepNotAllowed.
        """
        position = self.steps.index(self.step(code))
        outcomes = self.steps[position].outcomes
        if outcomes:
            return tuple(dict.fromkeys(self.step(outcome.target) for outcome in outcomes))
        return self.steps[position + 1 : position + 2]

    def label(self, code: str, target: str) -> str:
        """Return what the outcome that leads from one step to the other is called, if anything.

        Raises StepNotAllowed.
        """
        outcomes = self.step(code).outcomes
        return next((outcome.label for outcome in outcomes if outcome.target == target), "")

    def onward(self, code: str, to: str = "") -> Step:
        """Return the step that follows: the one named, or the only one there is.

        Raises StepNotAllowed where the road forks and none is named, where the named one does
        not follow, and after the last step.
        """
        targets = self.targets(code)
        chosen = [step for step in targets if to in ("", step.code)]
        if len(chosen) != 1:
            names = ", ".join(step.code for step in targets)
            raise StepNotAllowed(f"{code!r} leads to {names or 'nothing'}, not {to!r}")
        return chosen[0]

    @property
    def _arrows(self) -> Arrows:
        return {
            step.code: [target.code for target in self.targets(step.code)] for step in self.steps
        }

    def before(self, code: str) -> tuple[Step, ...]:
        """Return the steps further up that a dossier here may be sent to: not the counter's.

        Raises StepNotAllowed.
        """
        position = self.steps.index(self.step(code))
        on_the_road = leading_to(code, self._arrows)
        return tuple(step for step in self.steps[1:position] if step.code in on_the_road)

    def for_answers(self, answers: Answers) -> "Process":
        """Return the road of a dossier with these answers: every condition decided.

        Steps no answer leads to are left out; they were never part of its road.
        Raises AnswerMissing, and ProcessFlawed where the answers leave a step without a way on.
        """
        if not conditions_of(self.steps):
            return self
        decided: dict[str, Step] = {}
        ahead = [self.first.code]
        while ahead:
            step = self._decided(self.step(ahead.pop()), answers)
            decided[step.code] = step
            ahead += {outcome.target for outcome in step.outcomes} - decided.keys()
        return Process(tuple(decided[step.code] for step in self.steps if step.code in decided))

    def _decided(self, step: Step, answers: Answers) -> Step:
        # Named even where only one follows: the step after it may be left out.
        outcomes = step.outcomes or tuple(
            Outcome(target=target.code) for target in self.targets(step.code)
        )
        held = tuple(
            replace(outcome, when=None)
            for outcome in outcomes
            if outcome.when is None or outcome.when.holds(answers)
        )
        if outcomes and not held:
            raise ProcessFlawed(f"nothing follows {step.code} for {dict(answers)}")
        return replace(step, outcomes=held)


def conditions_of(steps: Iterable[Step]) -> tuple[Condition, ...]:
    """Return every condition of these steps, in their order."""
    return tuple(
        outcome.when for step in steps for outcome in step.outcomes if outcome.when is not None
    )


def reachable(start: str, arrows: Arrows) -> set[str]:
    """Return what can be reached along the arrows, `start` included."""
    found, ahead = {start}, [start]
    while ahead:
        for code in arrows.get(ahead.pop(), ()):
            if code not in found:
                found.add(code)
                ahead.append(code)
    return found


def leading_to(end: str, arrows: Arrows) -> set[str]:
    """Return from where `end` can be reached, `end` included."""
    against: dict[str, list[str]] = {}
    for code, targets in arrows.items():
        for target in targets:
            against.setdefault(target, []).append(code)
    return reachable(end, against)
