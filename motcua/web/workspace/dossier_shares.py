"""Whose minutes they were, on the page of a dossier: by person and by agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.responsibility import Share, shares
from motcua.domain.snapshot import HolderKind, Holding
from motcua.dossiers.models import Dossier
from motcua.web.workspace.dossier_read import Read

UNTAKEN: Final = ", chưa ai nhận việc"
# The names of the agencies and of the officers met on the road, by key.
_Names = tuple[dict[int, str], dict[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """Thời gian một nơi giữ hồ sơ: who, how many times, how long in working time."""

    holder: str
    times: int
    length: str
    late: str


def held(read: Read) -> dict[str, Any]:
    """Return who held the dossier for how many working minutes, and their sum."""
    people = _names(read)
    try:
        found = shares(read.now, at=read.at, office_time=read.current.office_time)
    except CalendarNotPublished as problem:
        return {"lines": [], "unknown_year": problem.year}
    persons: dict[str, list[Share]] = {}
    agencies: dict[str, list[Share]] = {}
    for share in found:
        persons.setdefault(_holding(share.holding, people, read.dossier), []).append(share)
        place = _holding(replace(share.holding, officer=None), people, read.dossier)
        agencies.setdefault(place.removesuffix(UNTAKEN), []).append(share)
    late = sum(share.late_minutes for share in found)
    return {
        "lines": _share_lines(persons),
        "agencies": _share_lines(agencies) if len(agencies) > 1 else [],
        "total": spoken.minutes(sum(share.minutes for share in found)),
        "late": spoken.minutes(late) if late else "",
    }


def _names(read: Read) -> _Names:
    """Return the names of the agencies and officers met on the road, by key."""
    agencies, officers = {}, {}
    for row in (*read.events, *read.steps):
        agencies[row.agency_id] = row.agency.name
        if row.officer is not None:
            officers[row.officer_id] = row.officer.full_name
    for event in read.events:
        if event.to_agency is not None:
            agencies[event.to_agency_id] = event.to_agency.name
        if event.to_officer is not None:
            officers[event.to_officer_id] = event.to_officer.full_name
    return agencies, officers


def _share_lines(held: Mapping[str, Sequence[Share]]) -> list[ShareLine]:
    return [
        ShareLine(
            holder=holder,
            times=len(found),
            length=spoken.minutes(sum(share.minutes for share in found)),
            late=spoken.minutes(late) if (late := sum(s.late_minutes for s in found)) else "",
        )
        for holder, found in held.items()
    ]


def _holding(holding: Holding, people: _Names, dossier: Dossier) -> str:
    agencies, officers = people
    match holding.kind:
        case HolderKind.CITIZEN:
            return "Công dân"
        case HolderKind.NOBODY:
            return "Không tính cho ai"
    place = dossier.unit.name
    if holding.kind is not HolderKind.COUNTER and holding.agency is not None:
        place = agencies.get(holding.agency, "")
    who = officers.get(holding.officer) if holding.officer is not None else None
    if who is None:
        at_the_counter = holding.kind is HolderKind.COUNTER
        return place if at_the_counter else f"{place}{UNTAKEN}"
    return f"{who}, {place}"
