"""Steps of a procedure, who does them, how the limit is shared.

A process is a road from the counter and back to it: the first step receives, the last returns.
Source: internal processes (quy trình nội bộ) of Decree 61/2018 art. 7 and Circular 01/2018.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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
    StepKind.RECEIVE: {Role.RECEPTION},
    StepKind.APPROVE: {Role.APPROVER},
    StepKind.RETURN: {Role.RECEPTION},
}


class ProcessFlawed(Exception):
    """The steps are no road from the counter back to it."""


class StepNotAllowed(Exception):
    """The move leads to no step, or to one the road does not allow from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Bước: one piece of work with its role and its budget of time."""

    code: str
    kind: StepKind
    role: Role
    performer: Performer
    budget: TimeLimit | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """Quy trình nội bộ: the steps in their order.  Raises ProcessFlawed."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        codes = [step.code for step in self.steps]
        if len(self.steps) < 2 or len(set(codes)) != len(codes):
            raise ProcessFlawed("a process has at least two steps, each with a code of its own")
        if self.steps[0].kind is not StepKind.RECEIVE or self.steps[-1].kind is not StepKind.RETURN:
            raise ProcessFlawed("a process begins by receiving and ends by returning")
        if any(s.kind in (StepKind.RECEIVE, StepKind.RETURN) for s in self.steps[1:-1]):
            raise ProcessFlawed("a dossier is received once and returned once")
        if any(step.role not in _MAY_DO.get(step.kind, PERFORMING) for step in self.steps):
            raise ProcessFlawed("a step is given to a role that does such steps")

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

    def after(self, code: str) -> Step:
        """Return the step that follows.  Raises StepNotAllowed after the last one."""
        position = self.steps.index(self.step(code))
        if position + 1 == len(self.steps):
            raise StepNotAllowed(f"nothing follows {code!r}")
        return self.steps[position + 1]

    def before(self, code: str) -> tuple[Step, ...]:
        """Return the earlier steps a dossier may be sent to: all but the counter's."""
        position = self.steps.index(self.step(code))
        return self.steps[1:position]
