"""What the page of a dossier says of the opinions asked for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from motcua.domain.dossier import OPEN, Action, State
from motcua.domain.permission import ROLES
from motcua.dossiers.consultation_queries import Exchange, exchanges
from motcua.dossiers.models import Dossier, DossierEvent, Enclosure
from motcua.web.access import Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Một lần lấy ý kiến trên trang hồ sơ."""

    exchange: Exchange
    is_late: bool
    files: Sequence[Enclosure]
    may_remind: bool
    may_reply: bool


def lines(request: HttpRequest, dossier: Dossier, events: Iterable[DossierEvent]) -> list[Line]:
    """Return what the dossier's page says of the opinions asked for it."""
    events = list(events)
    if not any(event.action == Action.CONSULT for event in events):
        return []
    files: dict[int, list[Enclosure]] = {}
    for one in Enclosure.objects.filter(event__dossier=dossier).select_related("attachment"):
        files.setdefault(one.event_id, []).append(one)
    opinions = dossier.opinions.select_related("agency").order_by("position")
    acting: Acting = request.acting
    return [
        Line(
            exchange=one,
            is_late=one.is_late(request.at),
            files=[
                file
                for event in (one.asked, one.answered)
                if event is not None
                for file in files.get(event.pk, ())
            ],
            may_remind=one.opinion.is_open
            and dossier.state == State.IN_PROCESS
            and may(acting, Action.REMIND, one.asked.agency_id),
            may_reply=one.opinion.is_open
            and dossier.state in OPEN
            and may(acting, Action.REPLY, one.opinion.agency_id),
        )
        for one in exchanges(opinions, events)
    ]


def may(acting: Acting, action: Action, agency: int) -> bool:
    """Whether the officer may do this act of the exchange for that agency."""
    return bool(acting.roles_by_agency.get(agency, frozenset()) & ROLES[action])
