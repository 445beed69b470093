"""Which dossiers may be owed a letter of apology, which letters wait, which were sent."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from motcua.agencies.queries import office_time
from motcua.domain.dossier import CLOCK_RUNS, OPEN
from motcua.domain.letter import LETTERS
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.domain.standing import due_soon_before
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.notice_queries import live, live_of, waiting_for_approval, waiting_to_be_sent
from motcua.dossiers.queries import state_is_one_of

KINDS: Final = [kind.value for kind in LETTERS]
_EDITION: Final = Coalesce("counted_edition", "calendar_edition")
# What the row of a list says of a letter beside what every notice says.
_SHOWN: Final = ("dossier__competent_agency", "dossier__case", "sent_by", "cancelled_by")


def may_owe(at: datetime) -> list[int]:
    """Return the keys of the dossiers that may be owed a letter, the most urgent first.

    Those whose clock runs, that are due soon or late and have had no apology; the rules decide
    of each.
    """
    running = Dossier.objects.filter(state_is_one_of(OPEN), announced_at=None).filter(
        state_is_one_of(CLOCK_RUNS)
    )
    pairs = list(running.order_by().values_list("unit_id", _EDITION).distinct())
    soon = [_soon(unit, edition, at) for unit, edition in pairs]
    if not soon:
        return []
    found = running.filter(reduce(or_, soon)).order_by("due_at", "pk")
    return list(found.values_list("pk", flat=True))


def _soon(unit: int, edition: int, at: datetime) -> Q:
    counted_on = Q(counted_edition=None, calendar_edition=edition) | Q(counted_edition=edition)
    bound = due_soon_before(at, office_time(unit, edition))
    here = Q(unit=unit) & counted_on
    return here if bound is None else here & Q(due_at__lt=bound)


def on_their_way() -> QuerySet[Notice]:
    """Return the letters that are drafted or approved, of every dossier."""
    return live().filter(kind__in=KINDS)


def live_letters_of(dossier: Dossier) -> QuerySet[Notice]:
    """Return the letters of the dossier that are on their way."""
    return live_of(dossier).filter(kind__in=KINDS)


def to_approve(agencies: Collection[int]) -> QuerySet[Notice]:
    """Return the drafts of letters that wait for who signs at these agencies, urgent first."""
    return _urgent_first(waiting_for_approval(agencies))


def to_send(agencies: Collection[int]) -> QuerySet[Notice]:
    """Return the approved letters that nobody has sent yet, urgent first."""
    return _urgent_first(waiting_to_be_sent(agencies))


def _urgent_first(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    # An extension lapses with the day; an apology is overdue already.
    lapses = Case(
        When(kind=NoticeKind.EXTENSION.value, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        notices.filter(kind__in=KINDS)
        .select_related(*_SHOWN)
        .prefetch_related("items")
        .order_by(lapses, F("dossier__due_at"), "pk")
    )


def sent_letters(agencies: Collection[int]) -> QuerySet[Notice]:
    """Return the letters of these agencies that were sent, the latest first."""
    own = Q(unit__agency__in=agencies) | Q(dossier__competent_agency__in=agencies)
    return _sent().filter(own)


def published(*, since: datetime) -> QuerySet[Notice]:
    """Return the letters sent since then, the latest first, as the public list shows them."""
    return _sent().filter(sent_at__gte=since).select_related("unit__agency")


def _sent() -> QuerySet[Notice]:
    return (
        Notice.objects.filter(status=NoticeStatus.SENT.value, kind__in=KINDS)
        .select_related("dossier__version__procedure", "dossier__unit", "approved_by", *_SHOWN)
        .order_by("-sent_at", "-pk")
    )


def letters_of(dossier: Dossier) -> QuerySet[Notice]:
    """Return the letters sent about the dossier, in the order they were sent."""
    sent = dossier.notices.filter(status=NoticeStatus.SENT.value, kind__in=KINDS)
    return sent.order_by("sent_at", "pk")


def last_letter_of(dossier: Dossier) -> Notice | None:
    """Return the letter sent last about the dossier; None when none was."""
    return letters_of(dossier).last()
