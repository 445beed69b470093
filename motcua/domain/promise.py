"""What moves a promise, and what only speaks of it: pauses, extension, apology, a new calendar."""

from dataclasses import replace
from datetime import datetime

from motcua.domain.calendar import office
from motcua.domain.deadline import moved_by
from motcua.domain.dossier import Action, State
from motcua.domain.passage import (
    Changes,
    closed,
    held,
    here_of,
    holder_kind,
    opened,
    with_last,
)
from motcua.domain.pause import Pause
from motcua.domain.process import StepNotAllowed
from motcua.domain.snapshot import Happening, HolderKind, Snapshot, is_paused
from motcua.domain.standing import (
    ApologyFlaw,
    ApologyRefused,
    ExtensionFlaw,
    ExtensionRefused,
    check_apology,
    check_extension,
)
from motcua.domain.terms import Terms


class NothingExcused(Exception):
    """The time that is not to count lies before the dossier was accepted, or is none."""


def pause(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    """Stop the clock; the applicant holds the dossier, or nobody."""
    begun = Pause(start=what.at, end=None, reason=what.action.value)
    kind = HolderKind.NOBODY if what.action is Action.SUSPEND else HolderKind.CITIZEN
    again = what.action is Action.REQUEST_SUPPLEMENT
    return {
        "pauses": (*before.pauses, begun),
        "holdings": held(before, what.at, kind),
        "asked_during": before.asked_during + again,
    }


def resume(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Let the clock run again; the pause moves the promise."""
    here = here_of(before)
    assert before.due_at is not None
    over = replace(before.pauses[-1], end=what.at)
    pauses = (*before.pauses[:-1], over)
    # The promise is never brought forward, whatever the policy of the pause. An extended one
    # follows from no count: the pause moves it, and every pause since the extension did.
    stands = moved_by(over, before.due_at, terms.office_time) if before.extended else before.due_at
    # A step does not answer for the time in which it had to wait.
    changes = _counted_anew(replace(before, state=State.IN_PROCESS), stands, pauses, terms)
    run = changes["steps"][-1]
    holdings = held(before, what.at, holder_kind(here.code, terms), run)
    # Counted anew, so on the calendar in force by now.
    edition = what.edition or before.edition
    return {"pauses": pauses, "holdings": holdings, "edition": edition, **changes}


def extend(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Move the promise, once.  Raises ExtensionRefused."""
    assert before.due_at is not None
    if what.new_due_at is None:
        raise ExtensionRefused(ExtensionFlaw.NO_DATE)
    check_extension(
        due_at=before.due_at,
        new_due_at=what.new_due_at,
        asked_at=what.at,
        already_extended=before.extended,
        office_time=terms.office_time,
    )
    return {"due_at": what.new_due_at, "extended": True}


def apologise(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Announce a date; promise and lateness stay.  Raises ApologyRefused."""
    assert before.due_at is not None
    if what.new_due_at is None:
        raise ApologyRefused(ApologyFlaw.NO_DATE)
    check_apology(
        due_at=before.due_at,
        announced_at=what.new_due_at,
        at=what.at,
        already_apologised=before.announced_at is not None,
        office_time=terms.office_time,
    )
    return {"announced_at": what.new_due_at}


def recalculate(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Count the promise anew on the calendar of `terms`; it is never brought forward."""
    assert before.due_at is not None
    stands = before.due_at
    if not terms.office_time.is_working_day(office(stands).date()):
        day = terms.office_time.this_or_next_working_day(office(stands).date())
        stands = terms.office_time.closing(day)
    return {"edition": what.edition, **_counted_anew(before, stands, before.pauses, terms)}


def move_to_version(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Follow the process of `terms`, another version's, from here on; the promise is never brought
    forward. The open step becomes the one named, or the one of its own code.

    Raises StepNotAllowed where that is no place for it.
    """
    assert before.due_at is not None
    here = here_of(before)
    code = what.to_step or here.code
    ends = (terms.process.first, terms.process.last)
    if code != here.code and (terms.process.step(code) in ends) != (before.state is State.RECEIVED):
        raise StepNotAllowed(f"{code!r} is no place for what is at {here.code!r}")
    terms.process.step(code)
    for run in before.steps[:-1]:
        terms.passed(run.code)  # what was done stays a step with a name
    changes: Changes = {}
    if code != here.code:
        going = replace(what, to_agency=what.to_agency or here.agency)
        changes = opened(before, closed(before, what), code, going, terms)
        if is_paused(before):
            del changes["holdings"]
    moved = replace(before, **changes)
    dates = _counted_anew(moved, before.due_at, before.pauses, terms)
    return {"version": what.version, **changes, **dates}


def excuse(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Leave out time in which nobody could work: the promise moves as after a pause."""
    assert before.due_at is not None
    excused = excused_time(before, what)
    if excused is None:
        raise NothingExcused
    # An open pause stays the last one: its end is still to come.
    over = tuple(pause for pause in before.pauses if pause.end is not None)
    pauses = (*over, excused, *before.pauses[len(over) :])
    stands = before.due_at
    if before.extended:
        stands = moved_by(excused, stands, terms.office_time)
    return {"pauses": pauses, **_counted_anew(before, stands, pauses, terms)}


def excused_time(before: Snapshot, what: Happening) -> Pause | None:
    """Return the part of the time without work that lies after acceptance; None when none does."""
    assert before.accepted_at is not None
    if what.excused_from is None or what.excused_until is None:
        return None
    start = max(what.excused_from, before.accepted_at)
    if what.excused_until <= start:
        return None
    return Pause(start=start, end=what.excused_until, reason=what.action.value)


def _counted_anew(
    before: Snapshot, stands: datetime, pauses: tuple[Pause, ...], terms: Terms
) -> Changes:
    """Return the later of the promise that stands and the count, and the open step's own date.

    While a pause is open there is no count: the end of the pause makes it.
    """
    assert before.accepted_at is not None
    if is_paused(before):
        return {"due_at": stands}
    here = here_of(before)
    run = replace(here, due_at=terms.step_due(here.code, here.started_at, pauses))
    return {
        "due_at": max(stands, terms.due(before.accepted_at, pauses)),
        "steps": with_last(before, run),
    }
