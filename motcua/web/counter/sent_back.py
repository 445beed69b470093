"""Papers of what ended unsettled: whom to call, and handing them back to who comes for them."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.domain.dossier import ENDED_UNSETTLED, Action
from motcua.domain.process import Role
from motcua.dossiers.labels import STATE_LABELS
from motcua.dossiers.models import Dossier, DossierEvent, Party
from motcua.dossiers.queries import bringing_first
from motcua.dossiers.services import results
from motcua.dossiers.work_queries import papers_to_fetch
from motcua.web.access import for_roles
from motcua.web.counter.collecting import Errand, collect

PER_PAGE: Final = 25
HANDING_BACK: Final = Errand(
    action=Action.HAND_BACK,
    words="Trả lại giấy tờ",
    lists="Giấy tờ chờ nhận lại",
    address="counter:papers",
    hand=results.hand_papers_back,
    done="Đã trả lại giấy tờ hồ sơ {number} cho {name}.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """Giấy tờ chờ nhận lại: whom to call, and what to tell them."""

    dossier: Dossier
    name: str
    phone: str
    ended: str
    reason: str


@for_roles(Role.RECEPTION)
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Show whose papers wait at this unit, the longest waiting first."""
    unit = request.acting.unit
    page = Paginator(papers_to_fetch(unit), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "counter/papers.html",
        {"desk": "ready", "unit": unit, "page": page, "fetching": rows_of(page.object_list)},
    )


@for_roles(Role.RECEPTION)
def hand_back(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the papers back, and keep who took them."""
    return collect(request, number, HANDING_BACK)


def rows_of(dossiers: QuerySet[Dossier]) -> list[Fetching]:
    """Return what a list says of each of these dossiers."""
    # Whatever was written after it, the act that ended the dossier gave the reason.
    endings = DossierEvent.objects.filter(state_after__in=ENDED_UNSETTLED).order_by("position")
    return [
        _fetching(dossier)
        for dossier in dossiers.prefetch_related(
            Prefetch("parties", Party.objects.order_by("pk"), to_attr="people"),
            Prefetch("events", endings, to_attr="endings"),
        )
    ]


def _fetching(dossier: Dossier) -> Fetching:
    called = bringing_first(dossier.people)
    reached = next((party for party in called if party.phone), None)
    who = reached or next(iter(called), None)
    return Fetching(
        dossier=dossier,
        name=who.full_name if who else dossier.applicant_name,
        phone=who.phone if who else "",
        ended=STATE_LABELS[dossier.state],
        reason=dossier.endings[0].note,
    )
