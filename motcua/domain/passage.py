"""From step to step: what an act changes of the steps taken and of who holds the dossier."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from motcua.domain.dossier import GOES_BACK, GOES_ON, Action, State
from motcua.domain.process import StepNotAllowed
from motcua.domain.snapshot import Happening, HolderKind, Holding, Snapshot, StepRun
from motcua.domain.terms import Terms

# What an act changes of the snapshot, by field: one new snapshot per act, not one per change.
Changes = dict[str, Any]
_DONE_AT_THE_STEP: Final = (
    GOES_ON | GOES_BACK | {Action.ISSUE_RESULT, Action.RETURN, Action.SEND_BACK}
)
# Whoever passed a dossier on so may call it back.
PASSED_ON: Final = (GOES_ON | GOES_BACK) - {Action.HAND_OVER}


class ReasonMissing(Exception):
    """The act needs a written reason (Decree 63/2010 art. 18)."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action} needs a written reason")
        self.action = action


class NobodyNamed(Exception):
    """A step is assigned to an officer, by name."""


class RecallFlaw(StrEnum):
    """Lý do không thu hồi được."""

    NOT_PASSED_ON = "not_passed_on"
    NOT_YOURS = "not_yours"
    TOUCHED = "touched"


class RecallRefused(Exception):
    """The dossier cannot be called back to the step before."""

    def __init__(self, flaw: RecallFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def receive(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Begin the clock and the road at the counter."""
    promise = terms.due(what.at)
    return {
        "submitted_at": before.submitted_at or what.at,
        "accepted_at": what.at,
        "promised_at": promise,
        "due_at": promise,
        **opened(before, before.steps, terms.process.first.code, what, terms),
    }


def go(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Go on to the next step, or back to an earlier one.  Raises StepNotAllowed."""
    here = here_of(before)
    if what.action in GOES_ON:
        code = terms.process.onward(here.code, what.to_step).code
    else:
        code = what.to_step
        if code not in (step.code for step in terms.process.before(here.code)):
            raise StepNotAllowed(f"{code!r} does not lie before {here.code}")
    return opened(before, closed(before, what), code, what, terms)


def take(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Take the open step, or what lies at the counter into the step after it."""
    if before.state is State.RECEIVED:
        code = terms.process.onward(terms.process.first.code).code
        taken = replace(what, to_agency=what.to_agency or what.agency, to_officer=_taker(what))
        return opened(before, closed(before, what), code, taken, terms)
    here = here_of(before)
    run = replace(here, officer=_taker(what), confirmed_at=here.confirmed_at or what.at)
    return {
        "steps": with_last(before, run),
        "holdings": held(before, what.at, HolderKind.STEP, run),
    }


def _taker(what: Happening) -> int | None:
    """Return whose work it becomes: what a deputy takes stays with whom they stand in for."""
    return what.for_officer or what.officer


def assign(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    """Give the open step to an officer.  Raises NobodyNamed, ReasonMissing."""
    here = here_of(before)
    if what.to_officer is None:
        raise NobodyNamed
    if here.officer not in (None, what.to_officer) and not what.note.strip():
        raise ReasonMissing(what.action)
    run = replace(here, officer=what.to_officer)
    return {
        "steps": with_last(before, run),
        "holdings": held(before, what.at, before.holdings[-1].kind, run),
    }


def recall(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    """Call back what the next step has not touched.  Raises RecallRefused."""
    here = here_of(before)
    last = before.steps[-2] if len(before.steps) > 1 else None
    if last is None or last.outcome not in PASSED_ON:
        raise RecallRefused(RecallFlaw.NOT_PASSED_ON)
    if what.officer is None or last.officer != what.officer:
        raise RecallRefused(RecallFlaw.NOT_YOURS)
    if here.confirmed_at is not None:
        raise RecallRefused(RecallFlaw.TOUCHED)
    back = replace(what, to_agency=last.agency, to_officer=last.officer)
    changes = opened(before, closed(before, what), last.code, back, terms)
    *passed, again = changes["steps"]
    # The papers never left whoever calls them back.
    return {**changes, "steps": (*passed, replace(again, confirmed_at=what.at))}


def ended(before: Snapshot, what: Happening) -> Changes:
    """Close the open step; nobody holds the dossier any more."""
    return {
        "steps": closed(before, what),
        "holdings": held(before, what.at, HolderKind.NOBODY),
    }


def opened(
    before: Snapshot, steps: tuple[StepRun, ...], code: str, what: Happening, terms: Terms
) -> Changes:
    """Add a passage through the step; its performer holds the dossier."""
    run = StepRun(
        position=len(steps) + 1,
        code=code,
        agency=what.to_agency or what.agency,
        officer=what.to_officer,
        started_at=what.at,
        # Time in which nobody could work may last beyond this act.
        due_at=terms.step_due(code, what.at, [pause for pause in before.pauses if pause.end]),
    )
    return {
        "steps": (*steps, run),
        "holdings": held(before, what.at, holder_kind(code, terms), run),
    }


def here_of(before: Snapshot) -> StepRun:
    """Return the open step of an accepted dossier that has not been returned."""
    here = before.step
    assert here is not None, "an accepted, unreturned dossier is at a step"
    return here


def closed(before: Snapshot, what: Happening) -> tuple[StepRun, ...]:
    """Return the steps with the open one closed by this act."""
    here = here_of(before)
    # Whoever does a step's work without having taken it first is who did it.
    officer = what.officer if what.action in _DONE_AT_THE_STEP and what.officer else here.officer
    run = replace(here, officer=officer, ended_at=what.at, outcome=what.action)
    return with_last(before, run)


def with_last(before: Snapshot, run: StepRun) -> tuple[StepRun, ...]:
    """Return the steps with the last one replaced."""
    return (*before.steps[:-1], run)


def held(
    before: Snapshot, since: datetime, kind: HolderKind, run: StepRun | None = None
) -> tuple[Holding, ...]:
    """Return the holdings with one more; without a run, no step holds the dossier."""
    if run is None:
        return (*before.holdings, Holding(since=since, kind=kind))
    holding = Holding(since=since, kind=kind, agency=run.agency, officer=run.officer, step=run.code)
    return (*before.holdings, holding)


def holder_kind(code: str, terms: Terms) -> HolderKind:
    """Return whether the counter or another step holds the dossier there."""
    at_the_counter = code in (terms.process.first.code, terms.process.last.code)
    return HolderKind.COUNTER if at_the_counter else HolderKind.STEP
