"""Open steps past the time they were given, or whose time ends today.

A step counts where its dossier's clock runs: nobody is late while the office waits.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet

from motcua.domain.calendar import midnight, office
from motcua.dossiers.models import Dossier, StepTaken
from motcua.dossiers.work_queries import Desk, running

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Warned:
    """Số bước trễ, và số bước phải xong trong hôm nay."""

    late: int
    today: int

    def __bool__(self) -> bool:
        return bool(self.late or self.today)


@dataclass(frozen=True, slots=True)
class OfficersSteps:
    """Bước trễ của một người: who has the dossiers (None: nobody took them), and since when."""

    officer: str | None
    agency: str
    late: int
    today: int
    oldest: datetime


def warned(desk: Desk, *, at: datetime) -> Warned:
    """Return how many steps on the desk are late, and how many are due today."""
    is_late = Q(due_at__lt=at)
    found = _on(desk, at).aggregate(
        late=Count("pk", filter=is_late), today=Count("pk", filter=~is_late)
    )
    return Warned(**found)


def steps_on(desk: Desk, *, at: datetime) -> QuerySet[StepTaken]:
    """Return the late steps on the desk and those due today, the longest late first."""
    return (
        _on(desk, at)
        .select_related(
            "dossier__unit",
            "dossier__version__procedure",
            "dossier__case",
            "dossier__holder_agency",
            "dossier__holder_officer",
        )
        .order_by("due_at", "pk")
    )


def by_officer(desk: Desk, *, at: datetime) -> list[OfficersSteps]:
    """Return the same steps counted by who has the dossier, who has most late ones first."""
    is_late = Q(due_at__lt=at)
    rows = (
        _on(desk, at)
        .values_list("dossier__holder_officer__full_name", "dossier__holder_agency__name")
        .annotate(
            late=Count("pk", filter=is_late),
            today=Count("pk", filter=~is_late),
            oldest=Min("due_at"),
            who=F("dossier__holder_officer"),
        )
        .order_by("-late", "oldest", "who")
        .values_list(
            "dossier__holder_officer__full_name",
            "dossier__holder_agency__name",
            "late",
            "today",
            "oldest",
        )
    )
    return [OfficersSteps(*row) for row in rows]


def due_of_steps(dossiers: Iterable[Dossier], *, at: datetime) -> dict[int, datetime]:
    """Return when the open steps of these dossiers were or are due, of those to be warned of."""
    keys: Collection[int] = [dossier.pk for dossier in dossiers]
    if not keys:
        return {}
    found = _warned_of(at).filter(dossier__in=running().filter(pk__in=keys).values("pk"))
    return dict(found.values_list("dossier_id", "due_at"))


def _on(desk: Desk, at: datetime) -> QuerySet[StepTaken]:
    return _warned_of(at).filter(dossier__in=desk.on_the_desk.order_by().values("pk"))


def _warned_of(at: datetime) -> QuerySet[StepTaken]:
    tomorrow = midnight(office(at).date() + DAY)
    return StepTaken.objects.filter(ended_at=None, due_at__lt=tomorrow).order_by()
