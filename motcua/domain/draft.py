"""A process being written: text, as a form or a file holds it. Anything may stand in it."""

from dataclasses import dataclass, field

from motcua.domain.condition import Condition, Vocabulary, parse
from motcua.domain.limit import TimeLimit
from motcua.domain.process import Outcome, Performer, Role, Step, StepKind
from motcua.domain.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOutcome:
    """Hướng đi tiếp đang soạn: where a step may lead, as written."""

    target: str
    when: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStep:
    """Bước đang soạn: a step as written."""

    code: str
    name: str
    kind: str
    role: str
    performer: str
    budget: str = ""
    outcomes: tuple[DraftOutcome, ...] = ()
    same_as: str = ""
    consulted: tuple[str, ...] = ()

    def read(self) -> Step:
        """Return the step these words say.

        Raises ValueError for a word no list has, LimitUnreadable, ConditionUnreadable.
        """
        return Step(
            code=self.code,
            kind=StepKind(self.kind),
            role=Role(self.role),
            performer=Performer(self.performer),
            budget=TimeLimit.parse(self.budget) if self.budget else None,
            outcomes=tuple(
                Outcome(target=one.target, when=_condition(one.when), label=one.label)
                for one in self.outcomes
            ),
            same_as=self.same_as,
            consulted=self.consulted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Quy trình đang soạn: what a version of a procedure is to be published with.

    `limit` is the legal limit; `vocabulary` what its conditions may ask about; `agencies` the
    codes of those that may be consulted.
    """

    limit: str
    legal_basis: str
    steps: tuple[DraftStep, ...]
    questions: tuple[Question, ...] = ()
    is_settled_at_once: bool = False
    agencies: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))


def _condition(text: str) -> Condition | None:
    return parse(text) if text else None
