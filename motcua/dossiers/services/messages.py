"""Messages to the applicant: written by who works on the dossier, read where it is looked up."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.agencies.queries import roles_by_agency
from motcua.domain.calendar import office
from motcua.domain.dossier import State
from motcua.domain.process import PERFORMING, Role
from motcua.domain.vietnamese import tidy_lines
from motcua.dossiers.models import ApplicantMessage, Dossier
from motcua.dossiers.services import ledger
from motcua.dossiers.services.notes import SENT_TWICE, NothingSaid
from motcua.dossiers.services.processing import working_agency
from motcua.dossiers.services.sealing import seal_anew


class MessageNotAllowed(Exception):
    """The officer does not work on the dossier, or its result was returned."""


@transaction.atomic
def write(
    *, dossier_id: int, text: str, delivery: str, officer: Officer, at: datetime
) -> ApplicantMessage:
    """Write a message for the applicant; `delivery` says how they were told besides, if at all.

    The same words sent twice within a minute are one message. Raises NothingSaid,
    MessageNotAllowed.
    """
    said = tidy_lines(text)
    if not said:
        raise NothingSaid
    dossier = ledger.locked(dossier_id)
    if not may_write(dossier, roles_by_agency(officer, on=office(at).date())):
        raise MessageNotAllowed
    last = dossier.applicant_messages.last()
    if last is not None and last.text == said and at - last.at < SENT_TWICE:
        return last
    message = ApplicantMessage.objects.create(
        dossier=dossier, officer=officer, at=at, text=said, delivery=delivery
    )
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return message


def may_write(dossier: Dossier, roles: Mapping[int, Collection[Role]]) -> bool:
    """Whether an officer with these roles, by agency, writes to the applicant of this dossier:
    where it is worked on and at its counter, until the result is returned."""
    if dossier.number is None or State(dossier.state) is State.RETURNED:
        return False
    here = {working_agency(dossier), dossier.unit.agency_id}
    return any(PERFORMING & set(roles.get(agency, ())) for agency in here)


def read_by_applicant(dossier_id: int, *, at: datetime) -> list[ApplicantMessage]:
    """Return the messages of the dossier, the newest first, and keep when each was first read.

    Call it for who has shown to be the applicant.
    """
    messages = ApplicantMessage.objects.filter(dossier=dossier_id, at__lte=at)
    found = list(messages.order_by("-pk"))
    if any(message.first_read_at is None for message in found):
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=dossier_id)
            messages.filter(first_read_at=None).update(first_read_at=at)
            seal_anew(Dossier.objects.filter(pk=dossier_id))
    return found
