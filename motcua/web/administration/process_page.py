"""What the pages of a process show: its steps in words, its drawing, what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import Http404, HttpRequest

from motcua.agencies.labels import ROLE_LABELS
from motcua.catalogue.defect_words import Words, sentence_of, words_of
from motcua.catalogue.drafting import foreign_agencies
from motcua.catalogue.labels import KIND_LABELS, PERFORMER_LABELS
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import agencies_handling, defects_of, draft_for, staffing
from motcua.domain.calendar import office
from motcua.domain.defect import Finding
from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.process import PERFORMING
from motcua.domain.question import Question
from motcua.web.administration.process_diagram import Drawing, draw
from motcua.web.administration.process_form import typed_budget, typed_choices
from motcua.web.administration.process_words import Names, names_of

_SHOWN: Final = ("kind", "role", "performer", "budget", "outcomes", "same_as", "consulted")


def versions_of(code: str) -> list[ProcedureVersion]:
    """Return the versions of the procedure with this code, the latest first.  Raises Http404."""
    rows = ProcedureVersion.objects.filter(procedure__code=code).select_related(
        "procedure__administrative_field", "published_by"
    )
    found = list(rows.order_by("-number"))
    if not found:
        raise Http404
    return found


def shown_version(versions: Sequence[ProcedureVersion], number: str, on: date) -> ProcedureVersion:
    """Return the version asked for, else the one in force, else the latest."""
    for version in versions:
        if str(version.number) == number:
            return version
    in_force = (
        version
        for version in versions
        if version.valid_from <= on and (version.valid_until is None or version.valid_until >= on)
    )
    return next(in_force, versions[0])


def others_with(request: HttpRequest, version: ProcedureVersion) -> list[str]:
    """Return the agencies that follow the process and are not this administrator's: empty where
    the process is theirs to change."""
    on = office(request.at).date()
    return foreign_agencies(version, request.acting.officer, on=on)


@dataclass(frozen=True)
class Row:
    """Dòng của bước: one step as the table shows it, with what is wrong there."""

    position: int
    step: DraftStep
    is_last: bool
    names: Names
    wrong: tuple[Words, ...]

    @property
    def index(self) -> int:
        """Its place, from nought."""
        return self.position - 1

    @cached_property
    def words(self) -> dict[str, str]:
        """Each part in words."""
        return {part: self.names.part(self.step, part, is_last=self.is_last) for part in _SHOWN}

    @property
    def ways(self) -> list[str]:
        """Where it may lead, each in words."""
        return [self.names.way(outcome) for outcome in self.step.outcomes]

    @property
    def role_is_elsewhere(self) -> bool:
        """Whether its role is none of those a step may be given."""
        return self.step.role not in {role.value for role in PERFORMING}

    @property
    def budget(self) -> str:
        """Its time as it is typed."""
        return typed_budget(self.step.budget)

    @property
    def consulted(self) -> str:
        """The codes of the agencies it consults, as they are typed."""
        return ", ".join(self.step.consulted)

    @property
    def typed_ways(self) -> list[tuple[int, DraftOutcome]]:
        """Where it may lead, and room for one more."""
        return list(enumerate([*self.step.outcomes, DraftOutcome(target="")]))


@dataclass(frozen=True)
class ProcessPage:
    """Trang quy trình: steps and questions, published or being written, of one version."""

    version: ProcedureVersion
    questions: tuple[Question, ...]
    steps: tuple[DraftStep, ...]
    on: date

    @cached_property
    def cases(self) -> list[tuple[str, str]]:
        """The cases of the version: codes with names."""
        return list(self.version.cases.order_by("code").values_list("code", "name"))

    @cached_property
    def names(self) -> Names:
        """What its codes mean."""
        return names_of(self.steps, self.questions, self.cases)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the linter finds, wherever the process is followed."""
        there = staffing(agencies_handling(self.version, on=self.on), self.version, on=self.on)
        return defects_of(draft_for(self.version, self.questions, self.steps), there)

    @cached_property
    def rows(self) -> list[Row]:
        """The steps, in their order."""
        return [
            Row(
                position=position,
                step=step,
                is_last=position == len(self.steps),
                names=self.names,
                wrong=tuple(words_of(one) for one in self.findings if self._is_at(one, position)),
            )
            for position, step in enumerate(self.steps, start=1)
        ]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every finding in a sentence, with the place on the page it concerns."""
        return [(sentence_of(one, self.names.steps), self._place(one)) for one in self.findings]

    @cached_property
    def drawing(self) -> Drawing:
        """The process drawn."""
        return draw(self.steps, self.names.condition)

    @property
    def asked(self) -> list[tuple[int, Question, str]]:
        """The questions as they are typed, and room for one more."""
        rows = [*self.questions, Question(key="", text="")]
        return [(index, one, typed_choices(one)) for index, one in enumerate(rows)]

    def _is_at(self, finding: Finding, position: int) -> bool:
        # Where two steps have one code the later one is told: there the code is to be changed.
        last = [place for place, step in enumerate(self.steps, 1) if step.code == finding.step]
        return bool(last) and last[-1] == position

    def _place(self, finding: Finding) -> str:
        for position in range(len(self.steps), 0, -1):
            if self.steps[position - 1].code == finding.step:
                return f"step-{position - 1}"
        return "questions" if finding.defect.startswith("question") else "limit"


def choices() -> dict[str, Any]:
    """Return what a step's lists offer."""
    return {
        "kinds": [(kind.value, words) for kind, words in KIND_LABELS.items()],
        "roles": [(role.value, ROLE_LABELS[role]) for role in ROLE_LABELS if role in PERFORMING],
        "performers": [(place.value, words) for place, words in PERFORMER_LABELS.items()],
    }
