"""What an administrator does to processes: draft, copy, import and publish them.

A process is changed in its draft alone; published, it is a new version, and dossiers under way
keep the one they were received under.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from motcua.agencies.accounts import administered_agencies
from motcua.agencies.models import Officer
from motcua.catalogue.defect_words import sentence_of
from motcua.catalogue.models import (
    AdministrativeField,
    Procedure,
    ProcedureVersion,
    ProcessDraft,
)
from motcua.catalogue.publication import in_force
from motcua.catalogue.queries import (
    Staffing,
    agencies_handling,
    defects_of,
    draft_for,
    draft_steps,
    staffing,
)
from motcua.catalogue.services import publish_process
from motcua.domain.calendar import office
from motcua.domain.defect import Finding
from motcua.domain.draft import DraftStep
from motcua.domain.process_file import WrittenProcess, plain_of, questions_of, steps_of
from motcua.domain.question import Question


class ProcessOfOthers(Exception):
    """Agencies this administrator does not administer follow the process too."""

    def __init__(self, agencies: Sequence[str]) -> None:
        super().__init__(", ".join(agencies))
        self.agencies = agencies


class DraftMoved(Exception):
    """Somebody else saved the draft since it was shown."""

    def __init__(self, draft: ProcessDraft) -> None:
        super().__init__(f"{draft} is at revision {draft.revision}")
        self.draft = draft


class DraftGone(Exception):
    """The draft was published or given up since it was shown."""


class ProcessDefective(Exception):
    """The linter finds something, so the process is not published."""

    def __init__(
        self, version: ProcedureVersion, draft_steps: Sequence[DraftStep], found: Sequence[Finding]
    ) -> None:
        super().__init__(f"{version}: {', '.join(one.defect for one in found)}")
        self.version = version
        self.names = {step.code: step.name for step in draft_steps}
        self.found = tuple(found)


class BeginsInThePast(Exception):
    """A process is published from today on at the earliest."""


class ProcedureUnknown(Exception):
    """No procedure has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def latest_version(procedure: Procedure) -> ProcedureVersion | None:
    """Return the version published last, whether it is in force yet or not."""
    rows = ProcedureVersion.objects.filter(procedure=procedure)
    return (
        rows.select_related("procedure__administrative_field", "published_by")
        .order_by("number")
        .last()
    )


def foreign_agencies(version: ProcedureVersion, officer: Officer, *, on: date) -> list[str]:
    """Return the names of the agencies that follow the process and are not this officer's to
    administer."""
    mine = set(administered_agencies(officer, on=on).values_list("pk", flat=True))
    return [one.name for one in agencies_handling(version, on=on) if one.pk not in mine]


def findings_in(draft: ProcessDraft, version: ProcedureVersion, *, on: date) -> tuple[Finding, ...]:
    """Return what is wrong with the draft, were it published after this version."""
    return _findings(version, questions_of(draft.content), steps_of(draft.content), on=on)


@transaction.atomic
def open_draft(*, procedure: Procedure, officer: Officer, at: datetime) -> ProcessDraft:
    """Return the draft of the procedure's process; begun from the latest version if there is none.

    Raises ProcessOfOthers.
    """
    version = _own_version(procedure, officer, at)
    known = ProcessDraft.objects.filter(procedure=procedure).first()
    if known is not None:
        return known
    content = plain_of(questions_of({"questions": version.questions}), draft_steps(version.pk))
    return _write(procedure, version, content, officer=officer, at=at)


@transaction.atomic
def save_draft(
    *,
    procedure: Procedure,
    questions: Iterable[Question],
    steps: Iterable[DraftStep],
    seen_revision: int,
    officer: Officer,
    at: datetime,
) -> ProcessDraft:
    """Keep the draft as it is written now; anything may stand in it.

    Raises ProcessOfOthers, DraftMoved, DraftGone; nothing is written then.
    """
    _own_version(procedure, officer, at)
    draft = _seen(procedure, seen_revision)
    draft.content = plain_of(questions, steps)
    draft.revision += 1
    draft.changed_at, draft.changed_by = at, officer
    draft.save()
    return draft


@transaction.atomic
def give_up_draft(
    *, procedure: Procedure, seen_revision: int, officer: Officer, at: datetime
) -> None:
    """Throw the draft away.  Raises ProcessOfOthers, DraftMoved, DraftGone."""
    _own_version(procedure, officer, at)
    _seen(procedure, seen_revision).delete()


@transaction.atomic
def publish_draft(
    *,
    procedure: Procedure,
    seen_revision: int,
    valid_from: date,
    officer: Officer,
    at: datetime,
) -> ProcedureVersion:
    """Publish the draft as a new version from that day on, and throw it away.

    Raises ProcessOfOthers, DraftMoved, DraftGone, ProcessDefective, BeginsInThePast and
    VersionOverlaps; nothing is written then.
    """
    version = _own_version(procedure, officer, at)
    draft = _seen(procedure, seen_revision)
    published = _publish(
        version,
        questions_of(draft.content),
        steps_of(draft.content),
        valid_from=valid_from,
        officer=officer,
        at=at,
    )
    draft.delete()
    return published


@transaction.atomic
def copy_process(
    *,
    source: ProcedureVersion,
    into: Iterable[Procedure],
    officer: Officer,
    at: datetime,
    valid_from: date | None = None,
) -> list[ProcedureVersion]:
    """Let other procedures follow the process of this version: as drafts, or from a day on.

    A draft that was there is replaced. Returns what was published; nothing when it is drafted.
    Raises ProcessOfOthers, ProcessDefective, BeginsInThePast and VersionOverlaps; nothing is
    written then.
    """
    written = WrittenProcess(
        procedure=source.procedure.code,
        questions=questions_of({"questions": source.questions}),
        steps=draft_steps(source.pk),
    )
    pairs = [(procedure, written) for procedure in into]
    return _write_all(pairs, officer=officer, at=at, valid_from=valid_from)


@transaction.atomic
def import_processes(
    written: Iterable[WrittenProcess],
    *,
    officer: Officer | None,
    at: datetime,
    valid_from: date | None = None,
) -> list[ProcedureVersion]:
    """Take processes in as drafts, or publish them from a day on; `officer` None: by the console.

    A draft that was there is replaced. Returns what was published. Raises ProcedureUnknown,
    ProcessOfOthers, and when publishing ProcessDefective, BeginsInThePast and VersionOverlaps;
    nothing is written then.
    """
    pairs = [(_procedure(one.procedure), one) for one in written]
    return _write_all(pairs, officer=officer, at=at, valid_from=valid_from)


def check_written(written: Iterable[WrittenProcess], *, on: date) -> dict[str, tuple[Finding, ...]]:
    """Return by the code of its procedure what is wrong with each process that has something wrong.

    Raises ProcedureUnknown.
    """
    found = {}
    for one in written:
        version = _latest(_procedure(one.procedure))
        findings = _findings(version, one.questions, one.steps, on=on)
        if findings:
            found[one.procedure] = findings
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Thủ tục nhân bản đến: one that could follow another's process, and what would be wrong."""

    version: ProcedureVersion
    wrong: tuple[Finding, ...]
    names: Mapping[str, str]
    is_drafted: bool

    @property
    def sentences(self) -> list[str]:
        """What would be wrong, in sentences."""
        return [sentence_of(one, self.names) for one in self.wrong]


def targets_of(
    source: ProcedureVersion,
    *,
    field: AdministrativeField | None,
    limit: str | None,
    on: date,
) -> list[Target]:
    """Return the procedures of the same level that could follow this process, by name.

    Those of one field, or of all; those with that limit, or with any.
    """
    level = source.procedure.administrative_field.level
    rows = (
        in_force(on)
        .filter(procedure__administrative_field__level=level)
        .exclude(procedure=source.procedure)
        .select_related("procedure__process_draft")
        .prefetch_related("cases")
    )
    if field is not None:
        rows = rows.filter(procedure__administrative_field=field)
    if limit is not None:
        rows = rows.filter(limit=limit)
    questions, steps = questions_of({"questions": source.questions}), draft_steps(source.pk)
    agencies = agencies_handling(source, on=on)
    there: dict[str, Staffing] = {}
    targets = []
    for version in rows:
        if version.division_code not in there:
            there[version.division_code] = staffing(agencies, version, on=on)
        draft = draft_for(version, questions, steps)
        targets.append(
            Target(
                version=version,
                wrong=defects_of(draft, there[version.division_code]),
                names={step.code: step.name for step in steps},
                is_drafted=hasattr(version.procedure, "process_draft"),
            )
        )
    return targets


def written_of(version: ProcedureVersion) -> WrittenProcess:
    """Return the process of a version as a file says it."""
    return WrittenProcess(
        procedure=version.procedure.code,
        name=version.procedure.name,
        questions=questions_of({"questions": version.questions}),
        steps=draft_steps(version.pk),
    )


def _write_all(
    pairs: Sequence[tuple[Procedure, WrittenProcess]],
    *,
    officer: Officer | None,
    at: datetime,
    valid_from: date | None,
) -> list[ProcedureVersion]:
    published = []
    for procedure, one in pairs:
        version = _own_version(procedure, officer, at)
        if valid_from is None:
            content = plain_of(one.questions, one.steps)
            _write(procedure, version, content, officer=officer, at=at)
            continue
        published.append(
            _publish(
                version,
                one.questions,
                one.steps,
                valid_from=valid_from,
                officer=officer,
                at=at,
            )
        )
        ProcessDraft.objects.filter(procedure=procedure).delete()
    return published


def _publish(
    version: ProcedureVersion,
    questions: Sequence[Question],
    steps: Sequence[DraftStep],
    *,
    valid_from: date,
    officer: Officer | None,
    at: datetime,
) -> ProcedureVersion:
    on = office(at).date()
    if valid_from < on:
        raise BeginsInThePast(str(valid_from))
    found = _findings(version, questions, steps, on=on)
    if found:
        raise ProcessDefective(version, steps, found)
    return publish_process(
        version, questions=questions, steps=steps, valid_from=valid_from, officer=officer, at=at
    )


def _findings(
    version: ProcedureVersion,
    questions: Sequence[Question],
    steps: Sequence[DraftStep],
    *,
    on: date,
) -> tuple[Finding, ...]:
    there = staffing(agencies_handling(version, on=on), version, on=on)
    return defects_of(draft_for(version, questions, steps), there)


def _write(
    procedure: Procedure,
    version: ProcedureVersion,
    content: dict[str, object],
    *,
    officer: Officer | None,
    at: datetime,
) -> ProcessDraft:
    told = {"based_on": version, "content": content, "changed_at": at, "changed_by": officer}
    draft, _created = ProcessDraft.objects.update_or_create(
        procedure=procedure,
        defaults={**told, "revision": F("revision") + 1},
        create_defaults=told,
    )
    draft.refresh_from_db()
    return draft


def _own_version(procedure: Procedure, officer: Officer | None, at: datetime) -> ProcedureVersion:
    """Return the latest version, if the officer may change the process.  Raises ProcessOfOthers."""
    version = _latest(procedure)
    if officer is not None:
        foreign = foreign_agencies(version, officer, on=office(at).date())
        if foreign:
            raise ProcessOfOthers(foreign)
    return version


def _latest(procedure: Procedure) -> ProcedureVersion:
    version = latest_version(procedure)
    if version is None:
        raise ProcedureUnknown(procedure.code)
    return version


def _procedure(code: str) -> Procedure:
    found = Procedure.objects.filter(code=code).first()
    if found is None:
        raise ProcedureUnknown(code)
    return found


def _seen(procedure: Procedure, revision: int) -> ProcessDraft:
    """Return the draft, locked, as it was shown.  Raises DraftGone, DraftMoved."""
    draft = (
        ProcessDraft.objects.select_for_update(of=("self",))
        .select_related("changed_by")
        .filter(procedure=procedure)
        .first()
    )
    if draft is None:
        raise DraftGone
    if draft.revision != revision:
        raise DraftMoved(draft)
    return draft
