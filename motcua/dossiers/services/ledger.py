"""The one place where a dossier moves and the event is written."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from motcua.agencies.queries import current_edition
from motcua.domain.calendar import office
from motcua.domain.consultation import Consultation, Consultations
from motcua.domain.dossier import DATING, Action
from motcua.domain.history import advance, fold
from motcua.domain.snapshot import Happening, Snapshot, StepRun
from motcua.domain.standing import standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.facts import canonical, plain
from motcua.dossiers.models import DayBook, Dossier, DossierEvent, OpinionAsked, StepTaken
from motcua.dossiers.services.deputies import in_whose_name

CHAIN_START: Final = "0" * 64
# The columns that repeat the events on the dossier's row, those of an event, of one passage
# through a step, and of a day: each named once, for whoever writes, moves or proves them.
REPEATED: Final = (
    "state",
    "submitted_at",
    "accepted_at",
    "promised_at",
    "due_at",
    "announced_at",
    "counted_edition",
    "followed_version_id",
    "settled_at",
    "ended_at",
    "returned_at",
    "step_code",
    "step_role",
    "holder_kind",
    "holder_agency_id",
    "holder_officer_id",
)
EVENT_COLUMNS: Final = (
    "position",
    "action",
    "state_before",
    "state_after",
    "at",
    "agency_id",
    "officer_id",
    "to_step",
    "to_agency_id",
    "to_officer_id",
    "new_due_at",
    "edition",
    "excused_from",
    "excused_until",
    "version_id",
    "for_officer_id",
    "note",
    "facts",
    "digest",
)
STEP_COLUMNS: Final = (
    "position",
    "code",
    "agency_id",
    "officer_id",
    "started_at",
    "due_at",
    "confirmed_at",
    "ended_at",
    "outcome",
)
OPINION_COLUMNS: Final = (
    "position",
    "agency_id",
    "step",
    "asked_at",
    "reply_by",
    "reminded_at",
    "replied_at",
)
DAY_COLUMNS: Final = ("received", "early", "on_time", "late", "sent_back")
# Two requests that cross are recorded in the order of their locks, not of their instants: a
# request's instant is read when it arrives. Further apart than this, a clock is wrong.
CROSSED: Final = timedelta(seconds=60)


class SomebodyActed(Exception):
    """The dossier is not as the officer last saw it; `last` says who did what since."""

    def __init__(self, last: DossierEvent) -> None:
        super().__init__(f"{last.action} at {last.at} came first")
        self.last = last


@dataclass(frozen=True, slots=True)
class Past:
    """What the events of a dossier fold to, and the end of their chain."""

    snapshot: Snapshot
    position: int
    digest: str


def happening_of(event: DossierEvent) -> Happening:
    """Return the event's row, or anything with its columns, as the value the rules take."""
    return Happening(
        action=Action(event.action),
        at=event.at,
        agency=event.agency_id,
        officer=event.officer_id,
        to_step=event.to_step,
        to_agency=event.to_agency_id,
        to_officer=event.to_officer_id,
        new_due_at=event.new_due_at,
        note=event.note,
        edition=event.edition,
        excused_from=event.excused_from,
        excused_until=event.excused_until,
        version=event.version_id,
        for_officer=event.for_officer_id,
    )


def digest_of(previous: str, position: int, what: Happening, facts: str = "") -> str:
    """Return the link of the chain: SHA-256 over the link before and this event's content.

    Whose event it is, `facts` says: the dossier's number is among them from reception on. What
    few acts speak of is part of the content only where it is said, so that digests taken before
    there were such acts stay what they are.
    """
    content = [
        previous,
        position,
        what.action.value,
        plain(what.at),
        what.agency,
        what.officer,
        what.to_step,
        what.to_agency,
        what.to_officer,
        plain(what.new_due_at),
        what.note,
        facts,
    ]
    if (what.edition, what.excused_from, what.excused_until) != (None, None, None):
        content += [what.edition, plain(what.excused_from), plain(what.excused_until)]
    if what.for_officer is not None:
        content += [{"for_officer": what.for_officer}]
    if what.version is not None:
        content += [{"version": what.version}]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def past_of(events: Iterable[DossierEvent], terms: Terms) -> Past:
    """Return what these events, in order, fold to.  Raises what `fold` raises."""
    ordered = list(events)
    last = ordered[-1] if ordered else None
    return Past(
        snapshot=fold((happening_of(event) for event in ordered), terms),
        position=last.position if last else 0,
        digest=last.digest if last else CHAIN_START,
    )


def locked(dossier_id: int, seen_revision: int | None = None) -> Dossier:
    """Return the dossier with what its rules ask for, locked until the transaction ends.

    Raises SomebodyActed when it moved since an officer saw it at `seen_revision`.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version__procedure", "case", "competent_agency")
        .select_related("holder_agency", "holder_officer")
        .get(pk=dossier_id)
    )
    check_seen(dossier, seen_revision)
    return dossier


def check_seen(dossier: Dossier, seen_revision: int | None) -> None:
    """Raise SomebodyActed unless the officer saw the dossier as it is now; None: just read."""
    if seen_revision is not None and dossier.revision != seen_revision:
        raise SomebodyActed(dossier.events.latest("position"))


def record(
    dossier: Dossier,
    what: Happening,
    *,
    terms: Terms,
    seen_revision: int | None = None,
    facts: str = "",
) -> Snapshot:
    """Move the dossier and write the event; returns where it stands now.

    A dossier not yet saved begins with its first event. `seen_revision` is the revision the
    officer's page showed; None when the page cannot be older than the row. `facts` is the
    digest of the dossier's other rows where this act changes them (see facts.py). An act that
    crossed with the one before it is recorded at that one's instant, never before it.

    Raises SomebodyActed when the dossier moved since, and what `advance` raises; nothing is
    written then. Call it inside the transaction of the service.
    """
    assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
    events: list[DossierEvent] = []
    if dossier.pk is not None:
        row = Dossier.objects.select_for_update().get(pk=dossier.pk)
        check_seen(row, seen_revision)
        events = list(dossier.events.order_by("position"))
        dossier.revision, dossier.seal = row.revision, row.seal
    past = past_of(events, terms)
    what = _on_the_calendar_in_force(what, dossier, past.snapshot)
    what = after_what_it_follows(what, past.snapshot.last_at)
    what = replace(what, for_officer=in_whose_name(what, past.snapshot, terms.process))
    after = advance(past.snapshot, what, terms)
    dossier.revision += 1
    repeat(dossier, after, terms)
    dossier.save()
    position = past.position + 1
    event = event_row(dossier, what, past.snapshot, after, position)
    event.facts = facts
    event.digest = digest_of(past.digest, position, what, facts)
    event.save(force_insert=True)
    _write_steps(dossier, past.snapshot.steps, after.steps)
    _write_opinions(dossier, past.snapshot.consultations, after.consultations)
    _write_day_book(dossier, past.snapshot, after)
    return after


def _on_the_calendar_in_force(what: Happening, dossier: Dossier, before: Snapshot) -> Happening:
    """Return the act with the edition its dates are counted on, where that is a later one."""
    if what.action not in DATING or what.edition is not None or before.accepted_at is None:
        return what
    edition = current_edition()
    counted = before.edition or dossier.calendar_edition
    return what if edition == counted else replace(what, edition=edition)


def after_what_it_follows(what: Happening, last_at: datetime | None) -> Happening:
    """Return the act at its instant, or at that of the act it crossed with."""
    if last_at is not None and timedelta() < last_at - what.at < CROSSED:
        return replace(what, at=last_at)
    return what


def event_row(
    dossier: Dossier, what: Happening, before: Snapshot, after: Snapshot, position: int
) -> DossierEvent:
    """Return the event's row, its digest still to come."""
    return DossierEvent(dossier=dossier, **event_columns(what, before, after, position))


def event_columns(
    what: Happening, before: Snapshot, after: Snapshot, position: int
) -> dict[str, object]:
    """Return the columns of one event; the facts it carries and its digest are still empty."""
    assert after.state is not None
    return {
        "position": position,
        "action": what.action.value,
        "state_before": before.state.value if before.state else "",
        "state_after": after.state.value,
        "at": what.at,
        "agency_id": what.agency,
        "officer_id": what.officer,
        "to_step": what.to_step,
        "to_agency_id": what.to_agency,
        "to_officer_id": what.to_officer,
        "new_due_at": what.new_due_at,
        "edition": what.edition,
        "excused_from": what.excused_from,
        "excused_until": what.excused_until,
        "version_id": what.version,
        "for_officer_id": what.for_officer,
        "note": what.note,
        "facts": "",
        "digest": "",
    }


def repeat(dossier: Dossier, after: Snapshot, terms: Terms) -> None:
    """Write onto the row what the events say, so that SQL can filter on it."""
    for column, value in repeated(after, terms).items():
        setattr(dossier, column, value)


def repeated(after: Snapshot, terms: Terms) -> dict[str, object]:
    """Return each column of the dossier's row that repeats its events, with its value."""
    assert after.state is not None
    step, holder = after.step, after.holder
    process = terms.under(after.version).process
    return {
        "state": after.state.value,
        "submitted_at": after.submitted_at,
        "accepted_at": after.accepted_at,
        "promised_at": after.promised_at,
        "due_at": after.due_at,
        "announced_at": after.announced_at,
        "counted_edition": after.edition,
        "followed_version_id": after.version,
        "settled_at": after.settled_at,
        "ended_at": after.ended_at,
        "returned_at": after.returned_at,
        "step_code": step.code if step else "",
        "step_role": process.step(step.code).role.value if step else "",
        "holder_kind": holder.kind.value if holder else "nobody",
        "holder_agency_id": holder.agency if holder else None,
        "holder_officer_id": holder.officer if holder else None,
    }


def step_columns(run: StepRun) -> dict[str, object]:
    """Return the columns of one passage through a step."""
    return {
        "position": run.position,
        "code": run.code,
        "agency_id": run.agency,
        "officer_id": run.officer,
        "started_at": run.started_at,
        "due_at": run.due_at,
        "confirmed_at": run.confirmed_at,
        "ended_at": run.ended_at,
        "outcome": run.outcome.value if run.outcome else "",
    }


def _write_steps(dossier: Dossier, before: tuple[StepRun, ...], after: tuple[StepRun, ...]) -> None:
    # In the order of position: a step is closed before the next one opens.
    for run in after:
        known = run.position <= len(before)
        if known and before[run.position - 1] == run:
            continue
        columns = step_columns(run)
        if known:
            dossier.steps_taken.filter(position=run.position).update(**columns)
        else:
            StepTaken.objects.create(dossier=dossier, **columns)


def opinion_columns(position: int, one: Consultation) -> dict[str, object]:
    """Return the columns of one question to another agency."""
    return {
        "position": position,
        "agency_id": one.agency,
        "step": one.step,
        "asked_at": one.asked_at,
        "reply_by": one.reply_by,
        "reminded_at": one.reminded_at,
        "replied_at": one.replied_at,
    }


def _write_opinions(dossier: Dossier, before: Consultations, after: Consultations) -> None:
    for position, one in enumerate(after, start=1):
        if position > len(before):
            OpinionAsked.objects.create(dossier=dossier, **opinion_columns(position, one))
        elif before[position - 1] != one:
            known = dossier.opinions.filter(position=position)
            known.update(**opinion_columns(position, one))


def day_book_changes(before: Snapshot, after: Snapshot) -> list[tuple[date, str]]:
    """Return the columns of the day book that one act adds one to, each with its day."""
    changes = []
    if after.accepted_at is not None and before.accepted_at is None:
        changes.append((office(after.accepted_at).date(), "received"))
    if after.settled_at is not None and before.settled_at is None:
        assert after.due_at is not None
        standing = standing_settled(due_at=after.due_at, settled_at=after.settled_at)
        changes.append((office(after.settled_at).date(), standing.value))
    ended_unsettled = after.ended_at is not None and before.ended_at is None
    if ended_unsettled and after.accepted_at is not None:
        assert after.ended_at is not None
        changes.append((office(after.ended_at).date(), "sent_back"))
    return changes


def _write_day_book(dossier: Dossier, before: Snapshot, after: Snapshot) -> None:
    # Last: its row stays locked until the commit, as the serials' rows do.
    for day, column in day_book_changes(before, after):
        key = {
            "unit_id": dossier.unit_id,
            "administrative_field_id": dossier.version.procedure.administrative_field_id,
            "day": day,
        }
        one_more = {column: F(column) + 1}
        if not DayBook.objects.filter(**key).update(**one_more):
            # The first of the day, or of two at once.
            DayBook.objects.update_or_create(**key, defaults=one_more, create_defaults={column: 1})
