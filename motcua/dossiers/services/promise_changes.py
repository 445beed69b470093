"""Promises moved together: the list of what a change would move, its approval, what it then does.

Source: Labour Code 45/2019/QH14 art. 111-112 for days off announced late; Civil Code
91/2015/QH13 art. 156 for force majeure.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from motcua.agencies.calendar_drafts import drafted_calendar, publish_draft
from motcua.agencies.models import Calendar, CalendarDraft, Officer, OneStopUnit
from motcua.agencies.queries import current_edition, office_time
from motcua.domain.calendar import WorkingCalendar, office
from motcua.domain.dossier import OPEN
from motcua.domain.projection import (
    ACT_OF_CHANGE,
    ChangeKind,
    ChangeMove,
    ChangeStatus,
    Move,
    Outcome,
    change_moved,
    lost_time,
    move_of,
    projected,
)
from motcua.domain.snapshot import Happening
from motcua.dossiers.models import Dossier, PromiseChange, PromiseMove
from motcua.dossiers.promise_change_queries import (
    excused_periods,
    led_agencies,
    may_approve,
)
from motcua.dossiers.queries import state_is_one_of
from motcua.dossiers.services.ledger import after_what_it_follows
from motcua.dossiers.services.open_promises import KnownTerms, open_promises
from motcua.dossiers.services.together import LINE, Done, Row, record_together, write_lines


class ChangeSeenOtherwise(Exception):
    """Somebody acted on the change since the page was shown; `change` is as it is now."""

    def __init__(self, change: PromiseChange) -> None:
        super().__init__(f"revision {change.revision}")
        self.change = change


class OwnProposal(Exception):
    """Whoever proposes a change does not approve it."""


class ApprovedElsewhere(Exception):
    """None of the places this officer leads stands above every unit concerned."""


class PeriodsOverlap(Exception):
    """A unit has force majeure approved for a part of this period already."""

    def __init__(self, known: PromiseChange) -> None:
        super().__init__(f"{known.excused_from} - {known.excused_until}")
        self.known = known


class NothingToChange(Exception):
    """The draft says what the calendar in force says, and no promise is counted on an older one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Thời gian bất khả kháng: which units could not work, from when, until when."""

    units: tuple[OneStopUnit, ...]
    start: datetime
    end: datetime


@transaction.atomic
def list_for_calendar(
    draft: CalendarDraft, *, reason: str, legal_basis: str, officer: Officer, at: datetime
) -> PromiseChange:
    """Make, or make anew, the list of promises the draft would move; nothing moves yet.

    Raises CalendarNotPublished when a promise would fall in a year without a calendar,
    ChangeMoveNotAllowed while the list is with the leader.
    """
    live = [ChangeStatus.DRAFT, ChangeStatus.PROPOSED]
    change = (
        PromiseChange.objects.select_for_update(of=("self",))
        .filter(calendar_draft=draft, status__in=live)
        .first()
    )
    if change is None:
        change = PromiseChange(kind=ChangeKind.CALENDAR, status=ChangeStatus.DRAFT)
        change.calendar_draft = draft
    return _listed(change, reason=reason, legal_basis=legal_basis, officer=officer, at=at)


@transaction.atomic
def list_for_force_majeure(
    period: Period, *, reason: str, legal_basis: str, officer: Officer, at: datetime
) -> PromiseChange:
    """Make the list of promises that time without work would move; nothing moves yet.

    What is lost from an opening on, or to a closing, is the whole of that day (see lost_time).

    The same period may be listed again, for dossiers received since. Raises PeriodsOverlap, and
    CalendarNotPublished when a promise would fall in a year without a calendar.
    """
    edition = current_edition()
    hours = [office_time(unit.pk, edition) for unit in period.units]
    start, end = lost_time(period.start, period.end, hours)
    for known in excused_periods(units=[unit.pk for unit in period.units]):
        assert known.excused_from is not None and known.excused_until is not None
        same = (known.excused_from, known.excused_until) == (start, end)
        if not same and known.excused_from < end and start < known.excused_until:
            raise PeriodsOverlap(known)
    change = PromiseChange(kind=ChangeKind.FORCE_MAJEURE, status=ChangeStatus.DRAFT)
    change.excused_from, change.excused_until = start, end
    return _listed(
        change,
        reason=reason,
        legal_basis=legal_basis,
        officer=officer,
        at=at,
        units=period.units,
    )


@transaction.atomic
def propose(*, change_id: int, seen_revision: int, officer: Officer, at: datetime) -> PromiseChange:
    """Lay the list, counted again now, before the leader.

    Raises ChangeSeenOtherwise, ChangeMoveNotAllowed, CalendarNotPublished, NothingToChange.
    """
    change = _locked(change_id, seen_revision)
    status = change_moved(ChangeStatus(change.status), ChangeMove.PROPOSE)
    listed = _list(change, at=at)
    if change.calendar_draft is not None and not listed and not _publishes(change.calendar_draft):
        raise NothingToChange
    change.status, change.returned_note = status, ""
    change.proposed_by, change.proposed_at = officer, at
    return _saved(change)


@transaction.atomic
def send_back(
    *, change_id: int, seen_revision: int, note: str, officer: Officer, at: datetime
) -> PromiseChange:
    """Give the list back to who proposed it, with the leader's words.

    Raises ChangeSeenOtherwise, ChangeMoveNotAllowed, ApprovedElsewhere.
    """
    change = _locked(change_id, seen_revision)
    status = change_moved(ChangeStatus(change.status), ChangeMove.RETURN)
    _check_leader(change, officer, at)
    change.status, change.returned_note = status, note
    return _saved(change)


@transaction.atomic
def cancel(*, change_id: int, seen_revision: int, officer: Officer, at: datetime) -> PromiseChange:
    """Give the change up; promises stay.  Raises ChangeSeenOtherwise, ChangeMoveNotAllowed."""
    change = _locked(change_id, seen_revision)
    change.status = change_moved(ChangeStatus(change.status), ChangeMove.CANCEL)
    change.cancelled_by, change.cancelled_at = officer, at
    return _saved(change)


@transaction.atomic
def approve(*, change_id: int, seen_revision: int, officer: Officer, at: datetime) -> PromiseChange:
    """Approve the list and move every promise on it: all of them, or none.

    What moved since the list was made is counted again now, and its line says so. A calendar is
    published with it. Raises ChangeSeenOtherwise, ChangeMoveNotAllowed, OwnProposal,
    ApprovedElsewhere, CalendarNotPublished.
    """
    change = _locked(change_id, seen_revision)
    status = change_moved(ChangeStatus(change.status), ChangeMove.APPROVE)
    agency = _check_leader(change, officer, at)
    if change.proposed_by_id == officer.pk:
        raise OwnProposal
    if change.calendar_draft is not None:
        draft = CalendarDraft.objects.select_for_update().get(pk=change.calendar_draft_id)
        note = f"{change.reason}. {change.legal_basis}"[:255]
        change.edition = publish_draft(draft, at=at, note=note)
    change.status, change.approved_by, change.approved_at = status, officer, at
    _saved(change)
    units = _units_of(change)
    _lock_open(units)
    approval = _Approval(change, _lines_by_dossier(change))
    what = _happening(change, agency=agency, officer=officer.pk, at=at)
    record_together(approval.noting(_moved(what, KnownTerms(), units)))
    approval.write()
    return change


@dataclass(slots=True)
class _Approval:
    """What becomes of each line of the list while its dossiers are moved.

    `left` holds the lines that no act came for yet, by dossier.
    """

    change: PromiseChange
    left: dict[int, Row]
    lines: list[Row] = field(default_factory=list)

    def noting(self, acts: Iterable[Done]) -> Iterator[Done]:
        """Pass the acts on, each with its line as it became, or a new one."""
        for done in acts:
            move = move_of(done.before.snapshot, done.after)
            listed = self.left.pop(done.before.dossier, None)
            outcome, seen = Outcome.APPLIED, None
            if listed is None:
                outcome = Outcome.ADDED
            elif listed[1:3] != (move.old_due_at, move.new_due_at):
                outcome, seen = Outcome.RECOUNTED, listed[2]
            position = done.before.revision + 1
            self.lines.append(_line(self.change, done, move, outcome, seen, position))
            yield done

    def write(self) -> None:
        """Write the lines anew, as they became."""
        for dossier, line in self.left.items():
            self.lines.append((self.change.pk, dossier, *line, None, Outcome.LEFT_OUT.value, None))
        write_lines(self.change.pk, self.lines)


def _listed(
    change: PromiseChange,
    *,
    reason: str,
    legal_basis: str,
    officer: Officer,
    at: datetime,
    units: Collection[OneStopUnit] = (),
) -> PromiseChange:
    change.status = change_moved(ChangeStatus(change.status), ChangeMove.LIST)
    change.reason, change.legal_basis = reason, legal_basis
    change.proposed_by, change.listed_at = officer, at
    _saved(change)
    if units:
        change.units.set(units)
    _list(change, at=at)
    return change


def _list(change: PromiseChange, *, at: datetime) -> int:
    """Count the moves as of now and keep them as the change's list; returns how many there are."""
    draft = change.calendar_draft
    calendar = drafted_calendar(draft) if draft is not None else None
    what = _happening(
        change,
        agency=change.proposed_by.agency_id,
        officer=change.proposed_by_id,
        at=at,
        edition=calendar.edition if calendar is not None else None,
    )
    terms = KnownTerms(to_come=_to_come(calendar))
    lines = [
        _line(change, done, move_of(done.before.snapshot, done.after), Outcome.LISTED)
        for done in _moved(what, terms, _units_of(change))
    ]
    write_lines(change.pk, lines)
    change.listed_at = at
    change.save(update_fields=["listed_at"])
    return len(lines)


def _moved(what: Happening, terms: KnownTerms, units: Collection[int]) -> Iterator[Done]:
    """Yield the act on each open dossier that it moves."""
    for before in open_promises(terms, units=units):
        here = after_what_it_follows(what, before.snapshot.last_at)
        after = projected(before.snapshot, here, before.terms)
        if after is not None:
            yield Done(before, here, after)


def _happening(
    change: PromiseChange,
    *,
    agency: int,
    officer: int,
    at: datetime,
    edition: int | None = None,
) -> Happening:
    return Happening(
        action=ACT_OF_CHANGE[ChangeKind(change.kind)],
        at=at,
        agency=agency,
        officer=officer,
        note=f"{change.reason}. {change.legal_basis}",
        edition=change.edition or edition,
        excused_from=change.excused_from,
        excused_until=change.excused_until,
    )


def _line(
    change: PromiseChange,
    done: Done,
    move: Move,
    outcome: Outcome,
    seen: datetime | None = None,
    position: int | None = None,
) -> Row:
    """Return a line in the order of its columns."""
    return (
        change.pk,
        done.before.dossier,
        done.before.unit,
        move.old_due_at,
        move.new_due_at,
        move.old_step_due_at,
        move.new_step_due_at,
        seen,
        outcome.value,
        position,
    )


def _lines_by_dossier(change: PromiseChange) -> dict[int, Row]:
    rows = PromiseMove.objects.filter(change=change).values_list(*LINE[1:7])
    return {dossier: tuple(rest) for dossier, *rest in rows}


def _units_of(change: PromiseChange) -> list[int]:
    """Return the keys of the units concerned; none: every unit."""
    if change.kind == ChangeKind.CALENDAR:
        return []
    return list(change.units.values_list("pk", flat=True))


def _publishes(draft: CalendarDraft) -> bool:
    return drafted_calendar(draft).edition != current_edition()


def _to_come(calendar: WorkingCalendar | None) -> WorkingCalendar | None:
    """Return the calendar if it is not published yet."""
    if calendar is None or Calendar.objects.filter(edition=calendar.edition).exists():
        return None
    return calendar


def _lock_open(units: Collection[int]) -> None:
    """Hold every open dossier, so that none moves between its count and its rows."""
    open_now = Dossier.objects.filter(state_is_one_of(OPEN)).order_by("pk")
    if units:
        open_now = open_now.filter(unit__in=units)
    for _key in open_now.select_for_update().values_list("pk", flat=True).iterator():
        continue


def _check_leader(change: PromiseChange, officer: Officer, at: datetime) -> int:
    """Return the agency the officer leads from.  Raises ApprovedElsewhere."""
    on = office(at).date()
    if not may_approve(change, officer, on=on):
        raise ApprovedElsewhere
    led = led_agencies(officer, on=on)
    return officer.agency_id if officer.agency_id in led else min(led)


def _locked(change_id: int, seen_revision: int) -> PromiseChange:
    change = (
        PromiseChange.objects.select_for_update(of=("self",))
        .select_related("calendar_draft", "proposed_by")
        .get(pk=change_id)
    )
    if change.revision != seen_revision:
        raise ChangeSeenOtherwise(change)
    return change


def _saved(change: PromiseChange) -> PromiseChange:
    change.revision += 1
    change.save()
    return change
