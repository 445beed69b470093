"""With those who decide: take, pass on, propose, approve, settle, send back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency, Officer
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.history import Happening, Terms
from motcua.domain.permission import permitted
from motcua.domain.process import Performer, Process, Role, Step
from motcua.dossiers.facts import digest_of_stored
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger


class NotAColleague(Exception):
    """The officer named does not do that step at the agency the dossier goes to."""


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
) -> Dossier:
    """Do one of the acts the officer is permitted now; where it leads follows from the process.

    `to_officer` names the colleague the next step is meant for; None: whoever takes it.
    `result` is the result's row as this act leaves it, saved with the act.

    Raises ActionNotAllowed when the officer may not do this now, ReasonMissing, StepNotAllowed,
    NotAColleague, SomebodyActed when the dossier moved since the officer looked. Nothing is
    written then.

    Source: Decree 61/2018 art. 18-20.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version", "case", "competent_agency", "holder_agency")
        .get(pk=dossier_id)
    )
    terms = terms_of(dossier)
    if seen_revision is not None and dossier.revision != seen_revision:
        raise ledger.SomebodyActed(dossier.events.latest("position"))
    roles = roles_at(officer, working_agency(dossier), at=at)
    if action not in allowed(dossier, terms=terms, roles=roles):
        raise ActionNotAllowed(State(dossier.state), action)
    target = target_of(action, dossier, terms.process, to_step)
    receiver = performing_agency(dossier, target) if target else None
    if to_officer is not None:
        if target is None or not colleagues(dossier, target, at=at).contains(to_officer):
            raise NotAColleague(to_officer.full_name)
    elif action is Action.TAKE:
        to_officer = officer
    facts = ""
    if result is not None:
        facts = digest_of_stored(dossier, result=result)
        result.save()
    ledger.record(
        dossier,
        Happening(
            action=action,
            at=at,
            agency=officer.agency_id,
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
    return dossier


def allowed(dossier: Dossier, *, terms: Terms, roles: Collection[Role]) -> tuple[Action, ...]:
    """Return what an officer with these roles at the working agency may do now."""
    return permitted(
        state=State(dossier.state), step=dossier.step_code, process=terms.process, roles=roles
    )


def roles_at(officer: Officer, agency: Agency, *, at: datetime) -> frozenset[Role]:
    """Return what this officer may be asked to do at that agency on that day."""
    on = office(at).date()
    rows = officer.assignments.filter(agency=agency, valid_from__lte=on)
    return frozenset(
        Role(row.role) for row in rows if row.valid_until is None or row.valid_until >= on
    )


def working_agency(dossier: Dossier) -> Agency:
    """Return the agency whose officers may act now: the counter's until it hands over."""
    if dossier.state == State.RECEIVED or dossier.holder_agency is None:
        return dossier.unit.agency
    return dossier.holder_agency


def target_of(action: Action, dossier: Dossier, process: Process, to_step: str = "") -> Step | None:
    """Return the step this act leads to; None when the dossier stays at its step or ends."""
    match action:
        case Action.HAND_OVER | Action.FORWARD | Action.PROPOSE | Action.APPROVE:
            return process.after(dossier.step_code)
        case Action.ISSUE_RESULT:
            return process.last
        case Action.SEND_TO_STEP | Action.SEND_BACK_FOR_REWORK:
            return process.step(to_step) if to_step else process.before(dossier.step_code)[-1]
        case _:
            return None


def performing_agency(dossier: Dossier, step: Step) -> Agency:
    """Return the agency that does this step of the dossier."""
    match step.performer:
        case Performer.DIVISION:
            return dossier.competent_agency
        case Performer.AGENCY | Performer.UNIT:
            return dossier.unit.agency


def colleagues(dossier: Dossier, step: Step, *, at: datetime) -> QuerySet[Officer]:
    """Return who may be asked to do this step of the dossier on that day, by name."""
    on = office(at).date()
    return (
        Officer.objects.filter(
            Q(assignments__valid_until=None) | Q(assignments__valid_until__gte=on),
            assignments__agency=performing_agency(dossier, step),
            assignments__role=step.role.value,
            assignments__valid_from__lte=on,
        )
        .distinct()
        .order_by("full_name", "pk")
    )
