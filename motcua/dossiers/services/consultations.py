"""Asking another agency for its opinion while the clock runs on: ask, remind, answer."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Agency, Officer
from motcua.agencies.queries import holders, mandates, roles_by_agency
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.permission import ROLES
from motcua.domain.snapshot import Happening
from motcua.domain.vietnamese import tidy_lines
from motcua.dossiers.models import Dossier, Enclosure
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import attachments, ledger, processing
from motcua.dossiers.services.attachments import Kept
from motcua.dossiers.services.processing import HeldByColleague
from motcua.dossiers.services.sealing import seal_anew


class NobodyAnswers(Exception):
    """Nobody at the agency may answer a question, or it is the agency that asks."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(agency.name)
        self.agency = agency


class NotAsked(Exception):
    """The officer does not answer for an agency that was asked, or not remind for one that did."""


@transaction.atomic
def ask(
    *,
    dossier_id: int,
    agencies: Collection[Agency],
    question: str,
    reply_by: datetime | None,
    officer: Officer,
    at: datetime,
    file: Kept | None = None,
    seen_revision: int | None = None,
) -> Dossier:
    """Ask these agencies the same question, each to answer on its own; the clock runs on.

    Raises ActionNotAllowed, HeldByColleague, NobodyAnswers, ConsultationRefused, ReasonMissing,
    SomebodyActed, AlreadyAttached. Nothing is written then: all are asked, or none.

    Source: Decree 61/2018 art. 19: in writing, with what is asked and until when.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    terms = terms_of(dossier)
    today = mandates(officer.pk, on=office(at).date())
    if not processing.may(Action.CONSULT, dossier, terms=terms, roles=today.roles):
        raise ActionNotAllowed(State(dossier.state), Action.CONSULT)
    if processing.is_colleagues(Action.CONSULT, dossier, officer, absent=today.absent):
        assert dossier.holder_officer is not None, "it is somebody's"
        raise HeldByColleague(dossier.holder_officer)
    asking = processing.agency_for(Action.CONSULT, dossier, terms.process)
    for agency in agencies or [None]:
        if agency is not None and (agency.pk == asking or not _can_answer(agency, at)):
            raise NobodyAnswers(agency)
        what = Happening(
            action=Action.CONSULT,
            at=at,
            agency=asking,
            officer=officer.pk,
            to_agency=agency and agency.pk,
            new_due_at=reply_by,
            note=tidy_lines(question),
        )
        ledger.record(dossier, what, terms=terms)
    _enclose(dossier, file, officer=officer, at=at)
    return dossier


@transaction.atomic
def remind(*, dossier_id: int, agency: Agency, officer: Officer, at: datetime) -> Dossier:
    """Remind an agency of what it was asked.

    Raises NotAsked when the officer works at no agency that asked, ActionNotAllowed,
    ConsultationRefused.
    """
    dossier = ledger.locked(dossier_id)
    terms = terms_of(dossier)
    asked = dossier.events.filter(action=Action.CONSULT, to_agency=agency).order_by("position")
    last = asked.last()
    roles = roles_by_agency(officer, on=office(at).date())
    if last is None or not roles.get(last.agency_id, frozenset()) & ROLES[Action.REMIND]:
        raise NotAsked
    what = Happening(
        action=Action.REMIND,
        at=at,
        agency=last.agency_id,
        officer=officer.pk,
        to_agency=agency.pk,
    )
    ledger.record(dossier, what, terms=terms)
    return dossier


@transaction.atomic
def reply(
    *,
    dossier_id: int,
    agency: Agency,
    answer: str,
    officer: Officer,
    at: datetime,
    file: Kept | None = None,
) -> Dossier:
    """Answer for an agency that was asked, also while the clock is paused.

    Raises NotAsked, ActionNotAllowed, ConsultationRefused, ReasonMissing, AlreadyAttached.
    Nothing is written then.
    """
    dossier = ledger.locked(dossier_id)
    terms = terms_of(dossier)
    roles = roles_by_agency(officer, on=office(at).date())
    if not roles.get(agency.pk, frozenset()) & ROLES[Action.REPLY]:
        raise NotAsked
    what = Happening(
        action=Action.REPLY,
        at=at,
        agency=agency.pk,
        officer=officer.pk,
        note=tidy_lines(answer),
    )
    ledger.record(dossier, what, terms=terms)
    _enclose(dossier, file, officer=officer, at=at)
    return dossier


def _can_answer(agency: Agency, at: datetime) -> bool:
    on = office(at).date()
    return any(holders(role, agency_id=agency.pk, on=on).exists() for role in ROLES[Action.REPLY])


def _enclose(dossier: Dossier, file: Kept | None, *, officer: Officer, at: datetime) -> None:
    if file is None:
        return
    row = attachments.record(dossier, file, kind="paper", officer=officer, at=at)
    Enclosure.objects.create(attachment=row, event=dossier.events.latest("position"))
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
