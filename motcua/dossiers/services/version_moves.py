"""Dossiers under way moved to a new version of their process: seen first, then done one by one.

A dossier keeps the version it was received under until somebody moves it. Its promise is never
brought forward by that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Case, F, Prefetch, Q, QuerySet, When

from motcua.agencies.models import Officer
from motcua.catalogue.drafting import ProcessOfOthers, foreign_agencies
from motcua.catalogue.models import ProcedureVersion
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.condition import AnswerMissing
from motcua.domain.dossier import OPEN, Action
from motcua.domain.history import advance
from motcua.domain.process import Step, StepNotAllowed
from motcua.domain.snapshot import Happening, Snapshot, is_paused
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.queries import agency_id_of, state_is_one_of, terms_of
from motcua.dossiers.services import ledger
from motcua.dossiers.services.processing import colleagues

UNFIT: Final = (KeyError, AnswerMissing, StepNotAllowed, CalendarNotPublished)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Hồ sơ có thể chuyển: where an open dossier stands, and what the new version makes of it.

    `places` are the steps its open one may become, empty where the new version has the same step;
    `problem` is why it cannot be moved as it stands.
    """

    dossier: Dossier
    step: str
    places: tuple[Step, ...]
    old_due_at: datetime
    new_due_at: datetime | None
    old_step_due_at: datetime | None
    new_step_due_at: datetime | None
    is_paused: bool
    problem: Exception | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Kết quả chuyển: what was moved, and what was left out and why."""

    moved: tuple[Dossier, ...]
    left_out: tuple[tuple[Dossier, Exception], ...]


def open_under_others(version: ProcedureVersion) -> QuerySet[Dossier]:
    """Return the open dossiers of the procedure that follow another version, most urgent first."""
    follows = Q(followed_version=version) | Q(followed_version=None, version=version)
    return (
        Dossier.objects.filter(state_is_one_of(OPEN), version__procedure=version.procedure_id)
        .exclude(follows)
        .annotate(
            follows_number=Case(
                When(followed_version=None, then=F("version__number")),
                default=F("followed_version__number"),
            )
        )
        .select_related("unit__agency", "version", "case", "competent_agency", "holder_officer")
        .prefetch_related(Prefetch("events", DossierEvent.objects.order_by("position")))
        .order_by("due_at", "number")
    )


def candidates(
    dossiers: QuerySet[Dossier] | list[Dossier],
    version: ProcedureVersion,
    *,
    at: datetime,
    chosen: Mapping[int, str],
) -> Iterator[Candidate]:
    """Yield what moving each of these to the version would do; `chosen` names steps by dossier."""
    for dossier in dossiers:
        terms = terms_of(dossier)
        before = ledger.past_of(dossier.events.all(), terms).snapshot
        assert before.due_at is not None and before.step is not None
        after, places, problem = None, (), None
        try:
            new = terms.under(version.pk)
            places = _places(before, terms, new)
            what = _happening(dossier, before, version, new, chosen.get(dossier.pk, ""), at=at)
            after = advance(before, what, terms)
        except UNFIT as unfit:
            problem = unfit
        yield Candidate(
            dossier=dossier,
            step=before.step.code,
            places=places,
            old_due_at=before.due_at,
            new_due_at=after.due_at if after else None,
            old_step_due_at=before.step.due_at,
            new_step_due_at=after.step.due_at if after and after.step else None,
            is_paused=is_paused(before),
            problem=problem,
        )


@transaction.atomic
def move_dossiers(
    *,
    version: ProcedureVersion,
    seen: Mapping[int, int],
    to_steps: Mapping[int, str],
    note: str,
    officer: Officer,
    at: datetime,
) -> Moved:
    """Move these dossiers to the version, each recorded in its ledger.

    `seen` are the revisions that were shown, by the key of the dossier. What moved on meanwhile,
    or does not fit the version, is left out. Raises ProcessOfOthers; nothing is written then.
    """
    foreign = foreign_agencies(version, officer, on=office(at).date())
    if foreign:
        raise ProcessOfOthers(foreign)
    moved: list[Dossier] = []
    left_out: list[tuple[Dossier, Exception]] = []
    locked = open_under_others(version).filter(pk__in=seen).order_by("pk")
    for dossier in locked.select_for_update(of=("self",)):
        try:
            _move(dossier, version, to_steps.get(dossier.pk, ""), seen, note, officer, at)
        except (*UNFIT, ledger.SomebodyActed) as problem:
            left_out.append((dossier, problem))
        else:
            moved.append(dossier)
    return Moved(tuple(moved), tuple(left_out))


def _move(
    dossier: Dossier,
    version: ProcedureVersion,
    to_step: str,
    seen: Mapping[int, int],
    note: str,
    officer: Officer,
    at: datetime,
) -> None:
    terms = terms_of(dossier)
    before = ledger.past_of(dossier.events.all(), terms).snapshot
    what = _happening(
        dossier,
        before,
        version,
        terms.under(version.pk),
        to_step,
        at=at,
        officer=officer,
        note=note,
    )
    with transaction.atomic():
        ledger.record(dossier, what, terms=terms, seen_revision=seen[dossier.pk])


def _happening(
    dossier: Dossier,
    before: Snapshot,
    version: ProcedureVersion,
    terms: Terms,
    to_step: str,
    *,
    at: datetime,
    officer: Officer | None = None,
    note: str = "",
) -> Happening:
    assert before.step is not None
    step = terms.process.step(to_step or before.step.code)
    held = before.step.officer
    # Whose it stays moves no date: what is only shown does not ask.
    still = officer and held and colleagues(dossier, step, at=at).filter(pk=held).exists()
    return Happening(
        action=Action.MOVE_TO_VERSION,
        at=at,
        agency=officer.agency_id if officer else dossier.unit.agency_id,
        officer=officer.pk if officer else None,
        to_step=to_step if to_step != before.step.code else "",
        to_agency=agency_id_of(step.performer, dossier),
        to_officer=held if still else None,
        note=note,
        version=version.pk,
    )


def _places(before: Snapshot, terms: Terms, new: Terms) -> tuple[Step, ...]:
    assert before.step is not None
    here = before.step.code
    if here in [step.code for step in new.process.steps]:
        return ()
    at_the_counter = here == terms.process.first.code
    return (new.process.first,) if at_the_counter else new.process.steps[1:-1]
