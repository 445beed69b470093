"""Questions of the public list: what may be asked for, and all that is published about it.

Source: Decree 63/2010 art. 8 (mandatory parts), 15-18 (publication), 21 (nothing else may be
demanded).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from motcua.agencies.queries import valid_on
from motcua.catalogue.labels import ASSUMED_LABELS
from motcua.catalogue.models import (
    AdministrativeField,
    FeeRate,
    ProcedureVersion,
    RequiredDocument,
)
from motcua.domain.everyday_words import Named, index_of


def in_force(on: date) -> QuerySet[ProcedureVersion]:
    """Return the versions published for that day, of procedures not retired, by name."""
    return (
        ProcedureVersion.objects.filter(valid_on(on))
        .filter(Q(procedure__retired_on=None) | Q(procedure__retired_on__gt=on))
        .select_related("procedure__administrative_field")
        .order_by("procedure__administrative_field__code", "procedure__name", "pk")
    )


def fields_with_counts(on: date) -> list[AdministrativeField]:
    """Return the fields, each with `procedure_count`; a field without procedures is listed too."""
    listed = Q(procedures__in=in_force(on).order_by().values("procedure_id"))
    return list(
        AdministrativeField.objects.annotate(
            procedure_count=Count("procedures", filter=listed, distinct=True)
        ).order_by("level", "name")
    )


def found_by(typed: str, versions: QuerySet[ProcedureVersion]) -> list[int]:
    """Return the keys of those versions that answer everyday words, best first."""
    rows = versions.order_by("pk").values_list("pk", "procedure__name", "procedure__aliases")
    return index_of(tuple(Named(*row) for row in rows)).find(typed)


@dataclass(frozen=True)
class PublishedProcedure:
    """Thủ tục được công bố: one version with everything an applicant may rely on."""

    version: ProcedureVersion

    @cached_property
    def assumed(self) -> list[str]:
        """The published values that stand in for ones not known, as ASSUMED_LABELS names them."""
        return _named(
            self.version.assumed,
            any(document.is_assumed for document in self.version.documents.all()),
            any(fee.is_assumed for fee in self.version.fees.all()),
        )

    @cached_property
    def common_documents(self) -> list[RequiredDocument]:
        """The papers asked for whatever the case."""
        return [row for row in self.version.documents.all() if row.case_id is None]

    @cached_property
    def documents_by_case(self) -> list[tuple[str, list[RequiredDocument]]]:
        """The papers only one case asks for, under the case's name."""
        rows = self.version.documents.all()
        cases = [
            (case.name, [row for row in rows if row.case_id == case.pk])
            for case in self.version.cases.all()
        ]
        return [(name, documents) for name, documents in cases if documents]

    @cached_property
    def limits(self) -> list[tuple[str, str]]:
        """The time limit, and under its name that of each case with a limit of its own."""
        own = [(case.name, case.limit) for case in self.version.cases.all() if case.limit]
        return [("", self.version.limit), *own]


def published(code: str, on: date) -> PublishedProcedure | None:
    """Return the procedure as published on that day; None when there is none."""
    version = (
        in_force(on)
        .filter(procedure__code=code)
        .prefetch_related(
            "cases", "documents", "steps", Prefetch("fees", FeeRate.objects.order_by("pk"))
        )
        .last()
    )
    return None if version is None else PublishedProcedure(version)


def assumed_parts(on: date) -> dict[int, tuple[str, list[str]]]:
    """Return of every version in force its level, and which of its values are assumed."""
    documents = RequiredDocument.objects.filter(version=OuterRef("pk"), is_assumed=True)
    fees = FeeRate.objects.filter(version=OuterRef("pk"), is_assumed=True)
    rows = (
        in_force(on)
        .annotate(documents_assumed=Exists(documents), fees_assumed=Exists(fees))
        .values_list(
            "pk",
            "procedure__administrative_field__level",
            "assumed",
            "documents_assumed",
            "fees_assumed",
        )
    )
    return {pk: (level, _named(*parts)) for pk, level, *parts in rows}


def _named(assumed: list[str], documents: bool, fees: bool) -> list[str]:
    """Return the assumed values in the order of ASSUMED_LABELS, each once."""
    named = {*assumed, *(["documents"] if documents else []), *(["fees"] if fees else [])}
    return [name for name in ASSUMED_LABELS if name in named]
