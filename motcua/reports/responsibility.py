"""Who held the dossiers of a period for how long, and whose the late minutes are.

A dossier belongs to the period in which its clock stopped: settled, or ended without settlement.
All its minutes count there, once, from acceptance on; they add up by agency, step and person
alike, for every dossier and for the period (domain/responsibility.py says how).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Final

from django.db.models import Q

from motcua.agencies.models import Agency, Officer, OneStopUnit
from motcua.catalogue.queries import step_names
from motcua.domain.calendar import ONE_DAY, CalendarNotPublished, midnight
from motcua.domain.responsibility import NOT_ANSWERING, Share, shares
from motcua.domain.snapshot import HolderKind
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services.ledger import past_of

CHUNK: Final = 500
APPLICANT: Final = "Công dân"
NOT_COUNTED: Final = "Không tính cho ai"
UNTAKEN: Final = "Chưa ai nhận việc"


class By(StrEnum):
    """Tính theo: what the minutes are added up by."""

    AGENCY = "agency"
    STEP = "step"
    PERSON = "person"


@dataclass(slots=True)
class Line:
    """Một dòng: how many dossiers somebody held, for how long, and how late."""

    name: str
    place: str = ""
    dossiers: int = 0
    late_dossiers: int = 0
    minutes: int = 0
    late_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Trách nhiệm theo thời gian giữ hồ sơ, of one period.

    `total` counts each dossier once; the lines' minutes sum to its minutes, their dossiers do
    not: several hold one. `uncounted` are dossiers whose calendar does not reach far enough.
    """

    lines: tuple[Line, ...]
    total: Line
    uncounted: tuple[str, ...]


def responsibility(
    first: date, last: date, *, unit_ids: Iterable[int], by: By, at: datetime
) -> Responsibility:
    """Add up the dossiers of these units whose clock stopped from `first` to `last`."""
    lines: dict[tuple[str, str], Line] = {}
    total, uncounted = Line("Tổng số"), []
    names = _Names()
    for dossier, events in _stopped(first, last, unit_ids):
        terms = terms_of(dossier)
        snapshot = past_of(events, terms).snapshot
        try:
            found = shares(snapshot, at=at, office_time=terms.office_time)
        except CalendarNotPublished:
            uncounted.append(dossier.number)
            continue
        of_this: dict[tuple[str, str], list[Share]] = {}
        for share in found:
            if not share.minutes:
                continue  # passed on at once: nobody held it in working time
            of_this.setdefault(names.key(share, dossier, by), []).append(share)
        for key, held in of_this.items():
            _add(lines.setdefault(key, Line(*key)), held)
        _add(total, found)
    ordered = sorted(lines.values(), key=lambda line: (-line.late_minutes, line.place, line.name))
    return Responsibility(lines=tuple(ordered), total=total, uncounted=tuple(uncounted))


def _add(line: Line, held: Sequence[Share]) -> None:
    late = sum(share.late_minutes for share in held)
    line.dossiers += 1
    line.late_dossiers += late > 0
    line.minutes += sum(share.minutes for share in held)
    line.late_minutes += late


def _stopped(
    first: date, last: date, unit_ids: Iterable[int]
) -> Iterator[tuple[Dossier, list[DossierEvent]]]:
    since, until = midnight(first), midnight(last + ONE_DAY)
    found = (
        Dossier.objects.filter(unit__in=list(unit_ids), accepted_at__isnull=False)
        .filter(
            Q(settled_at__gte=since, settled_at__lt=until)
            | Q(settled_at=None, ended_at__gte=since, ended_at__lt=until)
        )
        .select_related("unit__agency", "version", "case", "competent_agency")
        .order_by("pk")
    )
    rows = found.iterator(CHUNK)
    while some := list(islice(rows, CHUNK)):
        events: dict[int, list[DossierEvent]] = {}
        keys = [dossier.pk for dossier in some]
        for event in DossierEvent.objects.filter(dossier__in=keys).order_by("dossier", "position"):
            events.setdefault(event.dossier_id, []).append(event)
        for dossier in some:
            yield dossier, events[dossier.pk]


class _Names:
    """What those who held dossiers are called."""

    def __init__(self) -> None:
        self._agencies = dict(Agency.objects.values_list("pk", "name"))
        self._units = dict(OneStopUnit.objects.values_list("agency", "name"))
        self._officers = dict(Officer.objects.values_list("pk", "full_name"))

    def key(self, share: Share, dossier: Dossier, by: By) -> tuple[str, str]:
        """Return the line a share belongs to: its name and its place."""
        holding = share.holding
        if holding.kind in NOT_ANSWERING:
            return (APPLICANT if holding.kind is HolderKind.CITIZEN else NOT_COUNTED, "")
        place = self._place(share)
        if by is By.AGENCY:
            return (place, "")
        if by is By.STEP:
            return (step_names(dossier.version_id).get(holding.step, holding.step), place)
        return (self._officers.get(holding.officer or 0, UNTAKEN), place)

    def _place(self, share: Share) -> str:
        agency = share.holding.agency or 0
        named = self._units if share.holding.kind is HolderKind.COUNTER else self._agencies
        return named.get(agency) or self._agencies[agency]
