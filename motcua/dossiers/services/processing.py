"""With those who decide: take, pass on, propose, approve, settle, send back."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Agency, Officer
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.history import Happening
from motcua.domain.permission import permitted
from motcua.domain.process import Performer, Process, Role, Step
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger


@transaction.atomic
def act(
    *,
    dossier_id: int,
    action: Action,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    to_step: str = "",
    note: str = "",
) -> Dossier:
    """Do one of the acts the officer is permitted now; where it leads follows from the process.

    Raises ActionNotAllowed when the officer may not do this now, ReasonMissing, StepNotAllowed,
    SomebodyActed when the dossier moved since the officer looked. Nothing is written then.

    Source: Decree 61/2018 art. 18-20.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version", "case", "competent_agency")
        .get(pk=dossier_id)
    )
    terms = terms_of(dossier)
    if seen_revision is not None and dossier.revision != seen_revision:
        raise ledger.SomebodyActed(dossier.events.latest("position"))
    state = State(dossier.state)
    roles = roles_at(officer, _working_agency(dossier), at=at)
    allowed = permitted(state=state, step=dossier.step_code, process=terms.process, roles=roles)
    if action not in allowed:
        raise ActionNotAllowed(state, action)
    target = _target(action, dossier, terms.process, to_step)
    ledger.record(
        dossier,
        Happening(
            action=action,
            at=at,
            agency=officer.agency_id,
            officer=officer.pk,
            to_step=target.code if target else "",
            to_agency=_performing_agency(dossier, target).pk if target else None,
            to_officer=officer.pk if action is Action.TAKE else None,
            note=note,
        ),
        terms=terms,
        seen_revision=seen_revision,
    )
    return dossier


def roles_at(officer: Officer, agency: Agency, *, at: datetime) -> frozenset[Role]:
    """Return what this officer may be asked to do at that agency on that day."""
    on = office(at).date()
    rows = officer.assignments.filter(agency=agency, valid_from__lte=on)
    return frozenset(
        Role(row.role) for row in rows if row.valid_until is None or row.valid_until >= on
    )


def _working_agency(dossier: Dossier) -> Agency:
    if dossier.state == State.RECEIVED or dossier.holder_agency is None:
        return dossier.unit.agency
    return dossier.holder_agency


def _target(action: Action, dossier: Dossier, process: Process, to_step: str) -> Step | None:
    match action:
        case Action.HAND_OVER | Action.FORWARD | Action.PROPOSE | Action.APPROVE:
            return process.after(dossier.step_code)
        case Action.ISSUE_RESULT:
            return process.last
        case Action.SEND_TO_STEP | Action.SEND_BACK_FOR_REWORK:
            return process.step(to_step) if to_step else process.before(dossier.step_code)[-1]
        case _:
            return None


def _performing_agency(dossier: Dossier, step: Step) -> Agency:
    match step.performer:
        case Performer.DIVISION:
            return dossier.competent_agency
        case Performer.AGENCY | Performer.UNIT:
            return dossier.unit.agency
