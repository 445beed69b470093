"""What an administrator does to procedures: publish them, version by version."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import models, transaction

from motcua.agencies.models import Officer
from motcua.catalogue.models import (
    AdministrativeField,
    FeeRate,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
)
from motcua.domain.checklist import Required
from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.fee import FeeRule
from motcua.domain.limit import TimeLimit
from motcua.domain.pause import PausePolicy
from motcua.domain.process import Process, Step
from motcua.domain.process_file import plain_of
from motcua.domain.question import Question
from motcua.domain.vietnamese import fold, tidy

_Row = TypeVar("_Row", bound=models.Model)


class VersionOverlaps(Exception):
    """The version would begin on or before the day the one before it began."""

    def __init__(self, before: ProcedureVersion) -> None:
        super().__init__(f"{before} begins on {before.valid_from}")
        self.before = before


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOf:
    """Trường hợp: one way a procedure is applied for, with papers besides the common ones."""

    code: str
    name: str
    limit: TimeLimit | None = None  # None: the procedure's
    documents: tuple[Required, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Bản công bố: a procedure as published from one day on.

    `assumed` names what nobody has published and was made up ("limit", "documents", "fees",
    "legal_basis"); administrators see it.
    """

    code: str
    national_code: str = ""
    name: str
    administrative_field: AdministrativeField
    aliases: str = ""
    limit: TimeLimit
    legal_limit: str = ""
    pause_policy: PausePolicy = PausePolicy.RESUME
    is_settled_at_once: bool = False
    register_book: str = ""
    division_code: str = ""
    legal_basis: str = ""
    summary: str = ""
    result_name: str = ""
    applicant_kinds: str = ""
    documents: tuple[Required, ...] = ()
    cases: tuple[CaseOf, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    process: Process
    step_names: tuple[str, ...]
    assumed: tuple[str, ...] = field(default=())


@transaction.atomic
def publish(publications: Sequence[Publication], *, valid_from: date) -> list[ProcedureVersion]:
    """Publish a version of each procedure, in order; the version before it ends the day before.

    Dossiers keep the version they were accepted under. Raises VersionOverlaps; nothing is
    written then.

    Source: Decree 63/2010 art. 8 and 15: what a published procedure must say.
    """
    procedures = _procedures(publications)
    latest = _latest_versions(procedures.values())
    versions = []
    for publication in publications:
        before = latest.get(procedures[publication.code].pk)
        if before is not None:
            _end(before, valid_from)
        versions.append(
            ProcedureVersion(
                procedure=procedures[publication.code],
                number=before.number + 1 if before else 1,
                valid_from=valid_from,
                limit=str(publication.limit),
                pause_policy=publication.pause_policy.value,
                is_settled_at_once=publication.is_settled_at_once,
                register_book=publication.register_book,
                division_code=publication.division_code,
                legal_basis=publication.legal_basis,
                legal_limit=publication.legal_limit,
                summary=publication.summary,
                result_name=publication.result_name,
                applicant_kinds=publication.applicant_kinds,
                assumed=list(publication.assumed),
            )
        )
    ProcedureVersion.objects.bulk_create(versions)
    pairs = list(zip(versions, publications, strict=True))
    cases = [_cases(*pair) for pair in pairs]
    ProcedureCase.objects.bulk_create(row for found in cases for row, _papers in found)
    RequiredDocument.objects.bulk_create(
        _document(publication, paper, version=version, case=case)
        for (version, publication), found in zip(pairs, cases, strict=True)
        for case, papers in [(None, publication.documents), *found]
        for paper in papers
    )
    FeeRate.objects.bulk_create(row for pair in pairs for row in _fees(*pair))
    ProcessStep.objects.bulk_create(row for pair in pairs for row in _steps(*pair))
    return versions


@transaction.atomic
def publish_process(
    before: ProcedureVersion,
    *,
    questions: Sequence[Question],
    steps: Sequence[DraftStep],
    valid_from: date,
    officer: Officer | None,
    at: datetime,
) -> ProcedureVersion:
    """Publish a version that differs from the one before it in its process alone.

    Limit, papers, fees and cases are copied; the version before ends the day before, and its
    dossiers keep it. Raises VersionOverlaps; nothing is written then. What is wrong with the
    steps is for the linter to say first.

    Source: Decree 61/2018 art. 7: internal processes are published before they are followed.
    """
    _end(before, valid_from)
    version = _copied(
        before,
        number=before.number + 1,
        valid_from=valid_from,
        valid_until=None,
        questions=plain_of(questions, ())["questions"],
        published_at=at,
        published_by=officer,
    )
    cases = {
        row.pk: _copied(row, version=version)
        for row in ProcedureCase.objects.filter(version=before).order_by("pk")
    }
    for paper in RequiredDocument.objects.filter(version=before):
        _copied(paper, version=version, case=cases[paper.case_id] if paper.case_id else None)
    for rate in FeeRate.objects.filter(version=before).order_by("pk"):
        _copied(rate, version=version)
    ProcessStep.objects.bulk_create(_step_rows(version, steps))
    return version


def _end(before: ProcedureVersion, valid_from: date) -> None:
    """Let the version before end the day before.  Raises VersionOverlaps."""
    if before.valid_from >= valid_from:
        raise VersionOverlaps(before)
    before.valid_until = valid_from - timedelta(days=1)
    before.save(update_fields=["valid_until"])


def _copied(row: _Row, **other: object) -> _Row:
    """Save and return a row like this one, but for these columns."""
    new = copy(row)
    new._state = copy(row._state)
    new._state.adding, new.pk = True, None
    for column, value in other.items():
        setattr(new, column, value)
    new.save(force_insert=True)
    return new


def _procedures(publications: Sequence[Publication]) -> dict[str, Procedure]:
    codes = [publication.code for publication in publications]
    known = {row.code: row for row in Procedure.objects.filter(code__in=codes)}
    new = []
    for publication in publications:
        row = known.get(publication.code) or Procedure(code=publication.code)
        row.national_code = publication.national_code
        row.name = tidy(publication.name)
        row.administrative_field = publication.administrative_field
        row.aliases = tidy(publication.aliases)
        row.search_text = fold(f"{row.name} {row.aliases} {row.code}")
        if row.pk is None:
            new.append(row)
        else:
            row.save()
        known[publication.code] = row
    Procedure.objects.bulk_create(new)
    return known


def _latest_versions(procedures: Iterable[Procedure]) -> dict[int, ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(procedure__in=list(procedures)).order_by("number")
    return {row.procedure_id: row for row in rows}


_Cases = list[tuple[ProcedureCase, tuple[Required, ...]]]


def _cases(version: ProcedureVersion, publication: Publication) -> _Cases:
    """Return the rows of the cases, each with its papers."""
    return [
        (
            ProcedureCase(
                version=version,
                code=case.code,
                name=case.name,
                limit=str(case.limit) if case.limit else "",
            ),
            case.documents,
        )
        for case in publication.cases
    ]


def _document(
    publication: Publication,
    paper: Required,
    *,
    version: ProcedureVersion,
    case: ProcedureCase | None,
) -> RequiredDocument:
    return RequiredDocument(
        version=version,
        case=case,
        position=paper.position,
        name=paper.name,
        originals=paper.originals,
        certified=paper.certified,
        photocopies=paper.photocopies,
        is_compulsory=paper.compulsory,
        is_shown_only=paper.shown_only,
        is_assumed="documents" in publication.assumed,
    )


def _fees(version: ProcedureVersion, publication: Publication) -> list[FeeRate]:
    return [
        FeeRate(
            version=version,
            name=rule.name,
            kind=rule.kind.value,
            amount=rule.amount,
            per=rule.per,
            first=rule.first,
            further=rule.further,
            ceiling=rule.ceiling,
            is_assumed="fees" in publication.assumed,
        )
        for rule in publication.fees
    ]


def _steps(version: ProcedureVersion, publication: Publication) -> list[ProcessStep]:
    named = zip(publication.process.steps, publication.step_names, strict=True)
    return _step_rows(version, [_written(step, name) for step, name in named])


def _written(step: Step, name: str) -> DraftStep:
    return DraftStep(
        code=step.code,
        name=name,
        kind=step.kind.value,
        role=step.role.value,
        performer=step.performer.value,
        budget=str(step.budget) if step.budget else "",
        outcomes=tuple(
            DraftOutcome(target=to.target, when=str(to.when or ""), label=to.label)
            for to in step.outcomes
        ),
        same_as=step.same_as,
        consulted=step.consulted,
    )


def _step_rows(version: ProcedureVersion, steps: Iterable[DraftStep]) -> list[ProcessStep]:
    return [
        ProcessStep(
            version=version,
            position=position,
            code=step.code,
            name=step.name,
            kind=step.kind,
            role=step.role,
            performer=step.performer,
            budget=step.budget,
            outcomes=[asdict(outcome) for outcome in step.outcomes],
            same_as=step.same_as,
            consulted=list(step.consulted),
        )
        for position, step in enumerate(steps, start=1)
    ]
