"""From the counter to those who settle: lists of paper dossiers, and their confirmation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Agency, Officer, OneStopUnit
from motcua.agencies.queries import roles_at
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder
from motcua.domain.permission import ROLES
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Dossier, HandOverLine, HandOverList
from motcua.dossiers.services import processing
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.sealing import seal_anew
from motcua.dossiers.services.serials import take
from motcua.dossiers.work_queries import HANDED_OVER_UNCONFIRMED

RECEIVING_ROLES = ROLES[Action.CONFIRM]


class ListConfirmedAlready(Exception):
    """Somebody confirmed the list before."""

    def __init__(self, confirmed: HandOverList) -> None:
        super().__init__(str(confirmed))
        self.confirmed = confirmed


class NotTheReceiver(Exception):
    """The officer takes no dossiers over for the agency the list is addressed to."""


class NoteMissing(Exception):
    """A dossier left unconfirmed needs a word on why."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Kết quả bàn giao: the lists made, and the dossiers left out with the reason of each."""

    lists: tuple[HandOverList, ...]
    left_out: tuple[tuple[Dossier, Exception], ...]


@transaction.atomic
def hand_over(
    *,
    unit: OneStopUnit,
    dossier_ids: Collection[int],
    officer: Officer,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> HandedOver:
    """Hand these dossiers over, with one numbered list for each agency that receives some.

    A dossier that cannot be handed over now, because a colleague has done it or the officer may
    not, is left out with its reason; the others go. Sent twice, it makes no second list. `seen`
    says which revision of a dossier the page showed, where it could be older than the row: one
    that moved since is left out too.

    Source: Decree 61/2018 art. 18.
    """
    waiting = unit.dossiers.filter(pk__in=dossier_ids).order_by("accepted_at", "pk")
    going: dict[int, list[Dossier]] = {}
    left_out: list[tuple[Dossier, Exception]] = []
    for dossier in waiting:
        try:
            with transaction.atomic():
                handed = processing.act(
                    dossier_id=dossier.pk,
                    action=Action.HAND_OVER,
                    officer=officer,
                    at=at,
                    seen_revision=seen.get(dossier.pk) if seen else None,
                )
        except (
            ActionNotAllowed,
            CalendarNotPublished,
            HistoryOutOfOrder,
            SomebodyActed,
        ) as problem:
            left_out.append((dossier, problem))
        else:
            going.setdefault(handed.holder_agency_id, []).append(dossier)
    receivers = Agency.objects.in_bulk(going)
    lists = tuple(
        _list(unit, receivers[key], dossiers, officer, at) for key, dossiers in going.items()
    )
    seal_anew(Dossier.objects.filter(hand_over_lines__hand_over_list__in=lists))
    return HandedOver(lists=lists, left_out=tuple(left_out))


def _list(
    unit: OneStopUnit,
    receiver: Agency,
    dossiers: list[Dossier],
    officer: Officer,
    at: datetime,
) -> HandOverList:
    year = office(at).year
    made = HandOverList.objects.create(
        unit=unit,
        to_agency=receiver,
        year=year,
        position=take(unit, "hand_over", str(year)),
        made_at=at,
        officer=officer,
    )
    HandOverLine.objects.bulk_create(
        HandOverLine(hand_over_list=made, position=position, dossier=dossier)
        for position, dossier in enumerate(dossiers, start=1)
    )
    return made


@transaction.atomic
def confirm(
    *, list_id: int, missing: Mapping[int, str], officer: Officer, at: datetime
) -> tuple[HandOverLine, ...]:
    """Confirm that the papers on the list arrived; return the lines that were confirmed.

    `missing` names what did not arrive: the line's key and why. Those dossiers stay
    unconfirmed; one that arrives later is confirmed on its own page.

    Raises NotTheReceiver, ListConfirmedAlready, NoteMissing. Nothing is written then.

    Source: Decree 61/2018 art. 18; the control sheet of Circular 01/2018 names both sides.
    """
    received = (
        HandOverList.objects.select_for_update(of=("self",))
        .select_related("to_agency")
        .get(pk=list_id)
    )
    roles = roles_at(officer, received.to_agency_id, on=office(at).date())
    if not roles & RECEIVING_ROLES:
        raise NotTheReceiver(received.to_agency.name)
    if received.confirmed_at is not None:
        raise ListConfirmedAlready(received)
    lines = list(received.lines.select_related("dossier"))
    absent = [line for line in lines if line.pk in missing]
    unexplained = [line for line in absent if not missing[line.pk].strip()]
    if unexplained:
        raise NoteMissing(tuple(str(line.dossier) for line in unexplained))
    for line in absent:
        line.note = tidy(missing[line.pk])
        line.save(update_fields=["note"])
    there = tuple(line for line in lines if line.pk not in missing)
    for line in there:
        if line.dossier.steps_taken.filter(HANDED_OVER_UNCONFIRMED).exists():
            processing.act(
                dossier_id=line.dossier_id, action=Action.CONFIRM, officer=officer, at=at
            )
    received.confirmed_at = at
    received.confirmed_by = officer
    received.save(update_fields=["confirmed_at", "confirmed_by"])
    seal_anew(Dossier.objects.filter(hand_over_lines__hand_over_list=received))
    return there
