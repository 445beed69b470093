"""Notes that officers leave for each other on a dossier."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.agencies.queries import roles_by_agency
from motcua.domain.calendar import office
from motcua.domain.process import PERFORMING, Role
from motcua.domain.vietnamese import tidy_lines
from motcua.dossiers.models import Dossier, InternalNote
from motcua.dossiers.queries import on_the_road
from motcua.dossiers.services.sealing import seal_anew

_WRITERS: Final = PERFORMING | {Role.LEADER}
# A button pressed twice, not a second note.
SENT_TWICE: Final = timedelta(minutes=1)


class NotOnTheRoad(Exception):
    """No agency of the officer lies on the dossier's road."""


class NothingSaid(Exception):
    """A note or a message has no words."""


@transaction.atomic
def write(*, dossier_id: int, text: str, officer: Officer, at: datetime) -> InternalNote:
    """Write a note for the officers on the dossier's road; the applicant never reads it.

    The same words sent twice within a minute are one note. Raises NothingSaid, NotOnTheRoad.
    """
    said = tidy_lines(text)
    if not said:
        raise NothingSaid
    roles = roles_by_agency(officer, on=office(at).date())
    agencies = [agency for agency, held in roles.items() if held & _WRITERS]
    here = Dossier.objects.filter(on_the_road(agencies), pk=dossier_id)
    dossier = here.select_for_update(of=("self",)).first()
    if dossier is None:
        raise NotOnTheRoad
    last = dossier.internal_notes.filter(officer=officer).last()
    if last is not None and last.text == said and at - last.at < SENT_TWICE:
        return last
    note = InternalNote.objects.create(dossier=dossier, officer=officer, at=at, text=said)
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return note
