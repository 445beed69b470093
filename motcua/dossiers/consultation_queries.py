"""What agencies ask each other about dossiers: what waits for an answer, and what was said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from motcua.agencies.models import Agency
from motcua.agencies.queries import in_force, valid_on
from motcua.domain.dossier import OPEN, Action
from motcua.domain.permission import ROLES
from motcua.dossiers.models import DossierEvent, OpinionAsked


@dataclass(slots=True, kw_only=True)
class Exchange:
    """Một lần lấy ý kiến: the question, and the answer when it has come, as the events say."""

    position: int
    opinion: OpinionAsked
    asked: DossierEvent
    answered: DossierEvent | None = None

    def is_late(self, at: datetime) -> bool:
        """Whether the answer came, or is still to come, after the time set for it."""
        return (self.opinion.replied_at or at) > self.opinion.reply_by


def exchanges(opinions: Iterable[OpinionAsked], events: Iterable[DossierEvent]) -> list[Exchange]:
    """Return each question of one dossier with its answer, in the order they were asked."""
    rows = iter(opinions)
    found: list[Exchange] = []
    for event in events:
        if event.action == Action.CONSULT:
            row = next(rows)
            found.append(Exchange(position=row.position, opinion=row, asked=event))
        elif event.action == Action.REPLY:
            mine = (one for one in found if one.opinion.agency_id == event.agency_id)
            next(one for one in mine if one.answered is None).answered = event
    return found


def waiting_for_answer(agency_ids: Collection[int]) -> QuerySet[OpinionAsked]:
    """Return what these agencies were asked and have not answered, the soonest first."""
    return _shown(OpinionAsked.objects.filter(_is_open(), agency__in=agency_ids))


def answered_by(agency_ids: Collection[int]) -> QuerySet[OpinionAsked]:
    """Return what these agencies answered, the latest first."""
    answered = OpinionAsked.objects.filter(agency__in=agency_ids, replied_at__isnull=False)
    return _shown(answered).order_by("-replied_at", "-pk")


def asked_by(agency_ids: Collection[int]) -> QuerySet[OpinionAsked]:
    """Return what these agencies wait to be told by others, the soonest first."""
    asking = DossierEvent.objects.filter(
        dossier=OuterRef("dossier"),
        action=Action.CONSULT,
        to_agency=OuterRef("agency"),
        at=OuterRef("asked_at"),
        agency__in=agency_ids,
    )
    return _shown(OpinionAsked.objects.filter(_is_open(), Exists(asking)))


def may_be_asked(on: date, *, but: int) -> QuerySet[Agency]:
    """Return the agencies where somebody may answer on that day, whoever stands above them first;
    `but` is the agency that asks."""
    answering = in_force(on).filter(
        agency=OuterRef("pk"), role__in=sorted(role.value for role in ROLES[Action.REPLY])
    )
    there = Exists(answering.filter(officer__user__is_active=True))
    found = Agency.objects.filter(valid_on(on), there).exclude(pk=but)
    return found.select_related("parent").order_by("parent__code", "code")


def _is_open() -> Q:
    # What ended with its dossier is answered by nobody any more.
    return Q(replied_at=None, dossier__state__in=[state.value for state in OPEN])


def _shown(opinions: QuerySet[OpinionAsked]) -> QuerySet[OpinionAsked]:
    question = DossierEvent.objects.filter(
        dossier=OuterRef("dossier"),
        action=Action.CONSULT,
        to_agency=OuterRef("agency"),
        at=OuterRef("asked_at"),
    ).order_by("position")
    return (
        opinions.select_related("dossier__version__procedure", "agency")
        .annotate(
            question=Subquery(question.values("note")[:1]),
            asking=Subquery(question.values("agency__name")[:1]),
        )
        .order_by("reply_by", "pk")
    )
