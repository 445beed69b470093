"""Which notices to applicants wait, for whom, and which were not answered in time."""

from collections.abc import Collection
from datetime import date

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet

from motcua.agencies.models import Officer, OneStopUnit
from motcua.domain.dossier import State
from motcua.domain.notice import LIVE, NoticeKind, NoticeStatus
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries import state_is_one_of

# The states in which the office waits for the applicant's answer, by what was asked.
WAITS_IN: dict[NoticeKind, State] = {
    NoticeKind.SUPPLEMENT: State.AWAITING_SUPPLEMENT,
    NoticeKind.PAYMENT: State.AWAITING_PAYMENT,
}
# What the row of a list says of a notice.
_SHOWN = (
    "dossier__version__procedure",
    "dossier__unit",
    "drafted_by",
    "approved_by",
)


def live() -> QuerySet[Notice]:
    """Return the notices on their way, read by the index that holds no other."""
    codes = ", ".join(f"'{status.value}'" for status in LIVE)
    is_live = Func(
        F("status"), template=f"%(expressions)s IN ({codes})", output_field=BooleanField()
    )
    return Notice.objects.filter(is_live).select_related(*_SHOWN).order_by("drafted_at", "pk")


def of_agencies(agencies: Collection[int]) -> Q:
    """Return the condition that the dossier of a notice is received or settled at one of these."""
    return Q(unit__agency__in=agencies) | Q(dossier__competent_agency__in=agencies)


def waiting_for_approval(agencies: Collection[int]) -> QuerySet[Notice]:
    """Return the drafts that wait for who signs at these agencies, the oldest first."""
    drafts = live().filter(status=NoticeStatus.DRAFT.value, returned_note="")
    return drafts.filter(of_agencies(agencies))


def waiting_to_be_sent(agencies: Collection[int]) -> QuerySet[Notice]:
    """Return the approved notices that nobody has sent yet, the oldest first."""
    return live().filter(status=NoticeStatus.APPROVED.value).filter(of_agencies(agencies))


def returned_to(officer: Officer) -> QuerySet[Notice]:
    """Return the drafts of this officer that came back to be amended, the oldest first."""
    drafts = live().filter(status=NoticeStatus.DRAFT.value, drafted_by=officer)
    return drafts.exclude(returned_note="")


def live_of(dossier: Dossier) -> QuerySet[Notice]:
    """Return the notices of the dossier that are on their way."""
    return live().filter(dossier=dossier)


def sent_of(dossier: Dossier) -> QuerySet[Notice]:
    """Return the notices of the dossier that were sent, the last first, with their papers."""
    sent = dossier.notices.filter(status=NoticeStatus.SENT.value)
    return (
        sent.select_related("unit__agency", "event", "drafted_by", "approved_by", "sent_by")
        .prefetch_related("items")
        .order_by("-event__position")
    )


def unanswered(*, on: date) -> QuerySet[Notice]:
    """Return the requests whose last day is over while their dossier still waits for the answer.

    A dossier for which a stop is on its way already is left out: this is what to propose next.
    """
    waits = Q()
    for kind, state in WAITS_IN.items():
        waits |= Q(kind=kind.value, dossier__state=state.value)
    stops = live().filter(dossier=OuterRef("dossier"), kind=NoticeKind.STOP.value)
    later = Notice.objects.filter(
        dossier=OuterRef("dossier"), event__position__gt=OuterRef("event__position")
    )
    paused = Dossier.objects.filter(state_is_one_of(tuple(WAITS_IN.values())))
    return (
        Notice.objects.filter(waits, dossier__in=paused.order_by().values("pk"))
        .filter(status=NoticeStatus.SENT.value, answer_by__lt=on)
        .exclude(Exists(stops))
        .exclude(Exists(later))
        .select_related(*_SHOWN)
        .order_by("answer_by", "pk")
    )


def not_yet_accepted(unit: OneStopUnit) -> QuerySet[Dossier]:
    """Return what was brought to the unit and is not accepted, the longest waiting first.

    Each with its notices that were not given up, the last first, as `last_notices`.
    """
    told = Notice.objects.exclude(status=NoticeStatus.CANCELLED.value).order_by("-pk")
    waiting = state_is_one_of((State.SUBMITTED, State.INCOMPLETE))
    return (
        Dossier.objects.filter(waiting, unit=unit)
        .select_related("version__procedure")
        .prefetch_related(Prefetch("notices", told, to_attr="last_notices"))
        .order_by("submitted_at", "pk")
    )
