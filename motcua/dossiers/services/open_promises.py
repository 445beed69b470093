"""Every open promise as the rules need it to move it, read for many dossiers at once.

A dossier whose clock was never paused and whose promise never moved stands as its row says; of
the others all that happened is folded.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import F, QuerySet

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import OfficeTime, WorkingCalendar
from motcua.domain.dossier import OPEN, PAUSING, RESUMING, Action, State
from motcua.domain.history import fold
from motcua.domain.snapshot import Snapshot, StepRun
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, DossierEvent, StepTaken
from motcua.dossiers.queries import state_is_one_of, terms_for
from motcua.dossiers.services.ledger import happening_of

AT_A_TIME: Final = 2_000
# After these the row alone does not say how the promise was counted.
_MOVED_BY: Final = PAUSING | RESUMING | {Action.EXTEND, Action.RECALCULATE, Action.EXCUSE}
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
        ahead = {self.to_come.edition: hours}
        return replace(terms, editions=ChainMap(ahead, terms.editions))  # type: ignore[arg-type]


def open_promises(terms: KnownTerms, *, units: Collection[int] = ()) -> Iterator[OpenPromise]:
    """Yield the open dossiers of these units, or of all, in the order of their keys."""
    found = Dossier.objects.filter(state_is_one_of(OPEN)).order_by("pk")
    if units:
        found = found.filter(unit__in=units)
    keys = list(found.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_A_TIME):
        last = min(first + AT_A_TIME, len(keys)) - 1
        here = found.filter(pk__range=(keys[first], keys[last]))
        yield from _stretch(here, terms)


def _stretch(dossiers: QuerySet[Dossier], terms: KnownTerms) -> Iterator[OpenPromise]:
    keys = dossiers.order_by().values("pk")
    steps = {
        key: rest
        for key, *rest in StepTaken.objects.filter(dossier__in=keys, ended_at=None).values_list(
            *_STEP
        )
    }
    ends = {
        key: end
        for key, *end in DossierEvent.objects.filter(
            dossier__in=keys, position=F("dossier__revision")
        )
        .order_by()
        .values_list("dossier_id", "at", "digest")
    }
    pasts = _pasts(dossiers)
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


def _pasts(dossiers: QuerySet[Dossier]) -> dict[int, list[DossierEvent]]:
    """Return all events, in order, of the dossiers whose row alone does not say enough."""
    keys = dossiers.order_by().values("pk")
    moved = DossierEvent.objects.filter(dossier__in=keys, action__in=_MOVED_BY).order_by()
    pasts: dict[int, list[DossierEvent]] = defaultdict(list)
    told = DossierEvent.objects.filter(dossier__in=moved.values("dossier"))
    for event in told.order_by("dossier_id", "position"):
        pasts[event.dossier_id].append(event)
    return pasts


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
