"""Open steps past the time they were given, or whose time ends today.

A step counts where its dossier's clock runs: nobody is late while the office waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, F, Min, Q, QuerySet, Value

from motcua.domain.calendar import midnight, office
from motcua.dossiers.models import Dossier, StepTaken
from motcua.dossiers.work_queries import Desk, reported_missing, running

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


@dataclass(frozen=True, slots=True)
class Cautions:
    """Điều cần lưu ý: the dossiers whose papers the receiver misses, and when the open step was or
    is due of those to be warned of."""

    missing: frozenset[int]
    step_due: Mapping[int, datetime]


def warned_of(desk: Desk, *, at: datetime) -> dict[str, QuerySet[StepTaken]]:
    """Return the steps on the desk that are late and those due today, by the names in Warned."""
    return {
        "late": _on(desk, at).filter(due_at__lt=at),
        "today": _on(desk, at).exclude(due_at__lt=at),
    }


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


def cautions_among(dossiers: Iterable[Dossier], *, at: datetime) -> Cautions:
    """Return of which of these dossiers a list warns, in one question."""
    keys = [dossier.pk for dossier in dossiers]
    steps = _warned_of(at).filter(dossier__in=running().filter(pk__in=keys).values("pk"))
    lines = reported_missing().filter(dossier__in=keys).order_by().select_related(None)
    rows = steps.values_list("dossier_id", "due_at").union(
        lines.values_list("dossier_id", Value(None, DateTimeField())), all=True
    )
    due, missing = {}, set()
    for key, due_at in rows if keys else ():
        if due_at is None:
            missing.add(key)
        else:
            due[key] = due_at
    return Cautions(missing=frozenset(missing), step_due=due)


def _on(desk: Desk, at: datetime) -> QuerySet[StepTaken]:
    return _warned_of(at).filter(dossier__in=desk.on_the_desk.order_by().values("pk"))


def _warned_of(at: datetime) -> QuerySet[StepTaken]:
    tomorrow = midnight(office(at).date() + DAY)
    return StepTaken.objects.filter(ended_at=None, due_at__lt=tomorrow).order_by()
