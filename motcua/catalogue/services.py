"""What an administrator does to procedures: publish them, version by version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from motcua.catalogue.models import (
    AdministrativeField,
    FeeRate,
    Procedure,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
)
from motcua.domain.checklist import Required
from motcua.domain.fee import FeeRule
from motcua.domain.limit import TimeLimit
from motcua.domain.pause import PausePolicy
from motcua.domain.process import Process, Step
from motcua.domain.vietnamese import fold, tidy


class VersionOverlaps(Exception):
    """The version would begin on or before the day the one before it began."""


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
            if before.valid_from >= valid_from:
                raise VersionOverlaps(publication.code)
            before.valid_until = valid_from - timedelta(days=1)
            before.save(update_fields=["valid_until"])
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
    RequiredDocument.objects.bulk_create(row for pair in pairs for row in _documents(*pair))
    FeeRate.objects.bulk_create(row for pair in pairs for row in _fees(*pair))
    ProcessStep.objects.bulk_create(row for pair in pairs for row in _steps(*pair))
    return versions


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


def _documents(version: ProcedureVersion, publication: Publication) -> list[RequiredDocument]:
    return [
        RequiredDocument(
            version=version,
            position=paper.position,
            name=paper.name,
            originals=paper.originals,
            certified=paper.certified,
            photocopies=paper.photocopies,
            is_compulsory=paper.compulsory,
            is_shown_only=paper.shown_only,
            is_assumed="documents" in publication.assumed,
        )
        for paper in publication.documents
    ]


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
    named: list[tuple[Step, str]] = list(
        zip(publication.process.steps, publication.step_names, strict=True)
    )
    return [
        ProcessStep(
            version=version,
            position=position,
            code=step.code,
            name=name,
            kind=step.kind.value,
            role=step.role.value,
            performer=step.performer.value,
            budget=str(step.budget) if step.budget else "",
            outcomes=[
                {"target": to.target, "when": str(to.when) if to.when else "", "label": to.label}
                for to in step.outcomes
            ],
            same_as=step.same_as,
        )
        for position, (step, name) in enumerate(named, start=1)
    ]
