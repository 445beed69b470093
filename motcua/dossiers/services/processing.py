"""With those who decide: take, pass on, propose, approve, settle, send back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from motcua.agencies.models import Agency, Officer
from motcua.agencies.queries import holders, mandates
from motcua.domain.calendar import office
from motcua.domain.dossier import (
    ENDED_UNSETTLED,
    GOES_BACK,
    Action,
    ActionNotAllowed,
    State,
    actions_from,
)
from motcua.domain.notice import ACT_OF
from motcua.domain.permission import WORK, done_by, permitted, ways
from motcua.domain.process import Process, Role, Step, StepNotAllowed
from motcua.domain.snapshot import Happening
from motcua.domain.terms import Terms
from motcua.dossiers.facts import digest_of_stored
from motcua.dossiers.models import Dossier, HandBack, Result
from motcua.dossiers.queries import agency_id_of, agency_of, terms_of
from motcua.dossiers.services import ledger

# For whom somebody stands in on a day: the absent officers by agency and role.
Absent = Mapping[tuple[int, Role], Collection[int]]
NOBODY_ABSENT: Final[Absent] = MappingProxyType({})
# Refusals, requests, stops and whatever moves a promise: no officer does them without the paper.
_BY_NOTICE: Final = frozenset(ACT_OF.values())


class SentByNotice(Exception):
    """The act is told to the applicant in writing: it is done by sending the notice."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action} is done by sending its notice")
        self.action = action


class NotAColleague(Exception):
    """The officer named does not do that step at the agency the dossier goes to."""


class HeldByColleague(Exception):
    """A colleague has the dossier: whoever works on it in their stead takes it over first, and
    says why.
    """

    def __init__(self, holder: Officer) -> None:
        super().__init__(holder.full_name)
        self.holder = holder


class NotWhoDidIt(Exception):
    """The step belongs to who did an earlier one, who still does such steps."""

    def __init__(self, officer: Officer) -> None:
        super().__init__(officer.full_name)
        self.officer = officer


@transaction.atomic
def act(
    *,
    dossier_id: int,
    action: Action,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    to_step: str = "",
    to_officer: Officer | None = None,
    note: str = "",
    result: Result | None = None,
    hand_back: HandBack | None = None,
    holds_more: bool = False,
) -> Dossier:
    """Do one of the acts the officer is permitted now; where it leads follows from the process.

    `to_officer` names the colleague the next step is meant for; None: whoever takes it, or, when
    the dossier goes back to a step, who did that step before and still may, or, where the step
    belongs to who did an earlier one, that officer. `note` is the reason when a dossier is taken
    over from a colleague.
    `result` is the result's row as this act leaves it, `hand_back` says who fetched the papers;
    each is saved with the act. `holds_more`: papers or payments were written for this act, in the
    caller's transaction.

    Raises SentByNotice for what is told in writing, ActionNotAllowed when the officer may not do
    this now, ReasonMissing, StepNotAllowed, NotAColleague, HeldByColleague, NotWhoDidIt,
    SomebodyActed when the dossier moved since the officer looked. Nothing is written then.

    Source: Decree 61/2018 art. 18-20.
    """
    if action in _BY_NOTICE:
        raise SentByNotice(action)
    dossier = ledger.locked(dossier_id, seen_revision)
    terms = terms_of(dossier)
    today = mandates(officer.pk, on=office(at).date())
    if not may(action, dossier, terms=terms, roles=today.roles):
        raise ActionNotAllowed(State(dossier.state), action)
    takes_over = action is Action.TAKE and note.strip()
    if is_colleagues(action, dossier, officer, absent=today.absent) and not takes_over:
        raise HeldByColleague(dossier.holder_officer)
    target = target_of(action, dossier, terms.process, to_step)
    receiver = performing_agency(dossier, target) if target else None
    same = who_continues(target, dossier, terms.process, at=at) if target else None
    if to_officer is None and action is Action.TAKE:
        if same not in (None, officer) and not takes_over:
            raise NotWhoDidIt(same)
        to_officer = officer
    else:
        to_officer = _meant_for(to_officer, action, target, dossier, same, at=at)
    facts = ""
    if result is not None:
        facts = digest_of_stored(dossier, result=result)
        result.save()
    elif hand_back is not None:
        facts = digest_of_stored(dossier, hand_back=hand_back)
    elif holds_more:
        facts = digest_of_stored(dossier)
    ledger.record(
        dossier,
        Happening(
            action=action,
            at=at,
            agency=agency_for(action, dossier, terms.process),
            officer=officer.pk,
            to_step=target.code if target else "",
            to_agency=receiver.pk if receiver else None,
            to_officer=to_officer.pk if to_officer else None,
            note=note,
        ),
        terms=terms,
        seen_revision=seen_revision,
        facts=facts,
    )
    if hand_back is not None:
        hand_back.event = dossier.events.latest("position")
        hand_back.save(force_insert=True)
    return dossier


def _meant_for(
    named: Officer | None,
    action: Action,
    target: Step | None,
    dossier: Dossier,
    same: Officer | None,
    *,
    at: datetime,
) -> Officer | None:
    """Return whom the next step is meant for: who is named, or who did it or an earlier one before.

    Raises NotAColleague or NotWhoDidIt where the step may not be given to the officer named.
    """
    if named is None:
        did = _who_did(target, dossier, at=at) if target and action in GOES_BACK else None
        return did or same
    if target is None or not colleagues(dossier, target, at=at).contains(named):
        raise NotAColleague(named.full_name)
    if same not in (None, named):
        raise NotWhoDidIt(same)
    return named


def who_continues(
    step: Step, dossier: Dossier, process: Process, *, at: datetime
) -> Officer | None:
    """Return whose work this step is because they did an earlier one; None where it is nobody's,
    and where that officer no longer does such steps there."""
    if not step.same_as:
        return None
    return _who_did(process.step(step.same_as), dossier, at=at)


def _who_did(step: Step, dossier: Dossier, *, at: datetime) -> Officer | None:
    done = dossier.steps_taken.filter(code=step.code, officer__isnull=False).order_by("position")
    last = done.last()
    return last and colleagues(dossier, step, at=at).filter(pk=last.officer_id).first()


def is_colleagues(
    action: Action, dossier: Dossier, officer: Officer, *, absent: Absent = NOBODY_ABSENT
) -> bool:
    """Whether the act is the work of a step that somebody else has, by name.

    What lies at the counter is its unit's: whoever does the next step takes it from there. What
    an absent officer has is also their deputy's.
    """
    if action not in WORK or dossier.state != State.IN_PROCESS:
        return False
    is_others = dossier.holder_officer_id not in (None, officer.pk)
    return is_others and not is_deputy(dossier, absent=absent)


def is_deputy(dossier: Dossier, *, absent: Absent) -> bool:
    """Whether who stands in for these absent officers does so for the one who holds it."""
    if dossier.holder_officer_id is None or not dossier.step_role:
        return False
    place = (dossier.holder_agency_id, Role(dossier.step_role))
    return dossier.holder_officer_id in absent.get(place, ())


def may(
    action: Action, dossier: Dossier, *, terms: Terms, roles: Mapping[int, Collection[Role]]
) -> bool:
    """Whether an officer with these roles, by agency, may do this now."""
    is_confirmed = action is Action.CONFIRM and (
        dossier.steps_taken.filter(ended_at=None, confirmed_at__isnull=False).exists()
    )
    process = terms.process
    return action in allowed(dossier, process=process, roles=roles, is_confirmed=is_confirmed)


def allowed(
    dossier: Dossier,
    *,
    process: Process,
    roles: Mapping[int, Collection[Role]],
    is_confirmed: bool,
) -> tuple[Action, ...]:
    """Return what an officer with these roles, by agency, may do now.

    `is_confirmed`: the papers of the open step are known to have arrived.
    """
    state = State(dossier.state)
    fetched = state in ENDED_UNSETTLED and getattr(dossier, "hand_back", None) is not None
    found: list[Action] = []
    for agency, held in roles.items():
        found += (
            action
            for action in permitted(
                state=state,
                step=dossier.step_code,
                process=process,
                roles=held,
                is_confirmed=is_confirmed,
                is_handed_back=fetched,
            )
            if agency_for(action, dossier, process) == agency
        )
    return tuple(action for action in actions_from(state) if action in found)


def agency_for(action: Action, dossier: Dossier, process: Process) -> int:
    """Return the key of the agency where this act is done: there the officer's roles count."""
    performer = done_by(action, state=State(dossier.state), step=dossier.step_code, process=process)
    return agency_id_of(performer, dossier)


def working_agency(dossier: Dossier) -> int:
    """Return the key of the agency of the open step, also while the clock is paused; the
    counter's when no step is open."""
    if not dossier.step_code:
        return dossier.unit.agency_id
    return agency_id_of(terms_of(dossier).process.step(dossier.step_code).performer, dossier)


def target_of(action: Action, dossier: Dossier, process: Process, to_step: str = "") -> Step | None:
    """Return the step this act leads to; None when the dossier stays at its step or ends.

    Raises StepNotAllowed where the step named is none of the ways, and where none is named and
    there are several onward. Back, the nearest step is meant when none is named.
    """
    if not dossier.step_code:
        return None
    found = ways(action, step=dossier.step_code, process=process)
    if to_step:
        found = tuple(step for step in found if step.code == to_step)
        if not found:
            raise StepNotAllowed(f"{action} does not lead to {to_step!r}")
    if len(found) > 1 and action not in GOES_BACK:
        raise StepNotAllowed(f"{action} leads to {', '.join(step.code for step in found)}")
    return found[-1] if found else None


def performing_agency(dossier: Dossier, step: Step) -> Agency:
    """Return the agency that does this step of the dossier."""
    return agency_of(step.performer, dossier)


def colleagues(dossier: Dossier, step: Step, *, at: datetime) -> QuerySet[Officer]:
    """Return who may be asked to do this step of the dossier on that day, by name."""
    agency = agency_id_of(step.performer, dossier)
    return holders(step.role, agency_id=agency, on=office(at).date())
