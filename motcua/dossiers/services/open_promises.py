"""Every open promise as the rules need it to move it, read for many dossiers at once.

A dossier whose clock never rested and whose promise was never extended stands as its row says; of
the others all that happened is folded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from motcua.agencies.models import OneStopUnit
from motcua.agencies.queries import Editions
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import OfficeTime, WorkingCalendar
from motcua.domain.dossier import OPEN, PAUSING, RESUMING, Action, State
from motcua.domain.history import fold
from motcua.domain.snapshot import Snapshot, StepRun
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, DossierEvent, StepTaken
from motcua.dossiers.queries import state_is_one_of, terms_for
from motcua.dossiers.services.ledger import happening_of

AT_A_TIME: Final = 5_000
# After these the row alone does not say how the promise was counted.
_MOVED_BY: Final = PAUSING | RESUMING | {Action.EXTEND, Action.EXCUSE, Action.MOVE_TO_VERSION}
_ROW: Final = (
    "pk",
    "unit_id",
    "version_id",
    "case_id",
    "calendar_edition",
    "answers",
    "counted_edition",
    "state",
    "revision",
    "accepted_at",
    "due_at",
)
_STEP: Final = (
    "dossier_id",
    "pk",
    "position",
    "code",
    "agency_id",
    "officer_id",
    "started_at",
    "due_at",
    "confirmed_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """Hẹn trả đang chạy: one open dossier with the end of its chain of events.

    `step` is the key of the open step's row, `accepted_on` the edition of acceptance. Of the
    snapshot only what moves a promise is there, its edition always said.
    """

    dossier: int
    unit: int
    accepted_on: int
    revision: int
    digest: str
    step: int
    snapshot: Snapshot
    terms: Terms


@dataclass(slots=True, kw_only=True)
class KnownTerms:
    """Terms by what they follow from, each made once; `to_come` is an edition not yet published."""

    to_come: WorkingCalendar | None = None
    _terms: dict[tuple[Any, ...], Terms] = field(default_factory=dict)
    _units: dict[int, OneStopUnit] = field(default_factory=dict)
    _to_come: dict[int, OfficeTime] = field(default_factory=dict)

    def of(self, *key: Any) -> Terms:
        """Return what a dossier of this unit, version, case, edition and these answers has."""
        known = self._terms.get(key)
        if known is None:
            known = self._terms[key] = self._made(*key)
        return known

    def _made(self, unit: int, version: int, case: int | None, edition: int, answers: str) -> Terms:
        if unit not in self._units:
            self._units[unit] = OneStopUnit.objects.select_related("agency").get(pk=unit)
        terms = terms_for(
            unit=self._units[unit],
            version=ProcedureVersion.objects.get(pk=version),
            case=None if case is None else ProcedureCase.objects.get(pk=case),
            edition=edition,
            answers=answers,
        )
        if self.to_come is None:
            return terms
        hours = self._to_come.get(unit)
        if hours is None:
            sessions = terms.office_time.sessions
            hours = self._to_come[unit] = OfficeTime(self.to_come, sessions)
        return replace(terms, editions=Editions(unit, {self.to_come.edition: hours}))


def open_promises(terms: KnownTerms, *, units: Collection[int] = ()) -> Iterator[OpenPromise]:
    """Yield the open dossiers of these units, or of all, in the order of their keys."""
    found = Dossier.objects.filter(state_is_one_of(OPEN)).order_by("pk")
    if units:
        found = found.filter(unit__in=units)
    keys = list(found.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_A_TIME):
        last = min(first + AT_A_TIME, len(keys)) - 1
        yield from _stretch(found, (keys[first], keys[last]), terms)


def _stretch(
    found: QuerySet[Dossier], keys: tuple[int, int], terms: KnownTerms
) -> Iterator[OpenPromise]:
    # By the range of their keys alone: what else lies in it is read along, and passed over.
    open_steps = StepTaken.objects.filter(_in(keys), ended_at=None).order_by()
    steps = {key: rest for key, *rest in open_steps.values_list(*_STEP)}
    last_events = DossierEvent.objects.filter(_in(keys), position=F("dossier__revision")).order_by()
    ends = {key: end for key, *end in last_events.values_list("dossier_id", "at", "digest")}
    dossiers = found.filter(pk__range=keys)
    pasts = _pasts(dossiers, keys)
    for row in dossiers.values_list(*_ROW):
        pk, unit, version, case, accepted_on, answers, *promise = row
        counted_on, state, revision, accepted_at, due_at = promise
        last_at, digest = ends[pk]
        step, *run = steps[pk]
        promised = terms.of(unit, version, case, accepted_on, answers)
        if pk in pasts:
            snapshot = fold(map(happening_of, pasts[pk]), promised)
        else:
            snapshot = Snapshot(
                state=State(state),
                last_at=last_at,
                accepted_at=accepted_at,
                due_at=due_at,
                edition=counted_on,
                steps=(_step(*run),),
            )
        # Counted from the start on the edition of acceptance: said, so that it can be compared.
        snapshot = replace(snapshot, edition=snapshot.edition or accepted_on)
        yield OpenPromise(
            dossier=pk,
            unit=unit,
            accepted_on=accepted_on,
            revision=revision,
            digest=digest,
            step=step,
            snapshot=snapshot,
            terms=promised,
        )


def _pasts(dossiers: QuerySet[Dossier], keys: tuple[int, int]) -> dict[int, list[DossierEvent]]:
    """Return all events, in order, of the dossiers whose row alone does not say enough."""
    moved = DossierEvent.objects.filter(_in(keys), action__in=_MOVED_BY).order_by()
    theirs = set(moved.values_list("dossier_id", flat=True))
    theirs &= set(dossiers.values_list("pk", flat=True)) if theirs else set()
    pasts: dict[int, list[DossierEvent]] = defaultdict(list)
    told = DossierEvent.objects.filter(dossier__in=theirs).order_by("dossier_id", "position")
    for event in told:
        pasts[event.dossier_id].append(event)
    return pasts


def _in(keys: tuple[int, int]) -> Q:
    first, last = keys
    return Q(dossier__gte=first, dossier__lte=last)


def _step(
    position: int,
    code: str,
    agency: int,
    officer: int | None,
    started_at: datetime,
    due_at: datetime | None,
    confirmed_at: datetime | None,
) -> StepRun:
    return StepRun(
        position=position,
        code=code,
        agency=agency,
        officer=officer,
        started_at=started_at,
        due_at=due_at,
        confirmed_at=confirmed_at,
    )
