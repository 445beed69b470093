"""Dossiers sent back unsettled: their papers wait at the counter, and somebody has to be called."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch

from motcua.agencies.models import OneStopUnit
from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, DossierEvent, Party
from motcua.dossiers.work_queries import sent_back_since

SHOWN_FOR: Final = timedelta(days=30)
MOST: Final = 25
CALLED_FIRST: Final = ("submitter", "representative", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Một hồ sơ trả lại: whom to call, and what to tell them."""

    dossier: Dossier
    name: str
    phone: str
    reason: str


def to_fetch(unit: OneStopUnit, *, at: datetime) -> list[SentBack]:
    """Return what the unit sent back in the last thirty days, the latest first."""
    ended = DossierEvent.objects.filter(action=Action.SEND_BACK).order_by("-position")
    found = sent_back_since(unit, at - SHOWN_FOR).prefetch_related(
        Prefetch("parties", Party.objects.order_by("pk"), to_attr="people"),
        Prefetch("events", ended, to_attr="endings"),
    )
    return [_sent_back(dossier) for dossier in found[:MOST]]


def _sent_back(dossier: Dossier) -> SentBack:
    parties = {party.role: party for party in dossier.people}
    called = [parties[role] for role in CALLED_FIRST if role in parties]
    reached = next((party for party in called if party.phone), None)
    who = reached or next(iter(called), None)
    return SentBack(
        dossier=dossier,
        name=who.full_name if who else dossier.applicant_name,
        phone=who.phone if who else "",
        reason=dossier.endings[0].note if dossier.endings else "",
    )
