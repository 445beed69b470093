"""Handing over: what the counter received goes to those who settle it, by numbered lists."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from motcua.agencies.models import Agency, OneStopUnit
from motcua.agencies.queries import office_time
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import Action
from motcua.domain.hand_over import hand_over_by
from motcua.domain.process import Role
from motcua.dossiers import papers
from motcua.dossiers.models import Dossier, HandOverList
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import hand_over
from motcua.dossiers.services.processing import may, performing_agency
from motcua.dossiers.work_queries import lists_made_by, reported_missing, waiting_to_be_handed_over
from motcua.web.access import for_roles, front_door
from motcua.web.wording import explain

LATEST: Final = 10
PER_PAGE: Final = 25
WAITING_PER_PAGE: Final = 100
MOST_TICKED: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Một hồ sơ chờ bàn giao, với lúc muộn nhất phải giao."""

    dossier: Dossier
    by: datetime | None
    late: str


@front_door(Role.RECEPTION)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits to be handed over, agency by agency, and make a list of what is ticked."""
    if request.method == "POST":
        return _hand_over(request)
    unit, roles = request.acting.unit, request.acting.roles_by_agency
    queue = waiting_to_be_handed_over(unit)
    came = list(queue.values_list("accepted_at", "pk", "calendar_edition"))
    late = _number_late(unit, came, request.at)
    page = Paginator(came, WAITING_PER_PAGE).get_page(request.GET.get("page"))
    groups: dict[Agency, list[Line]] = {}
    for dossier in queue.filter(pk__in=[pk for _at, pk, _edition in page.object_list]):
        if may(Action.HAND_OVER, dossier, terms=terms_of(dossier), roles=roles):
            following = terms_of(dossier).process.onward(dossier.step_code)
            receiver = performing_agency(dossier, following)
            groups.setdefault(receiver, []).append(_line(dossier, request.at))
    return render(
        request,
        "counter/hand_over.html",
        {
            "desk": "hand_over",
            "unit": unit,
            "groups": groups.items(),
            "page": page,
            "query": "",
            "number": len(came),
            "late": late,
            "missing": list(reported_missing().filter(dossier__unit=unit)[:PER_PAGE]),
            "lists": list(lists_made_by(unit)[:LATEST]),
        },
    )


def _number_late(unit: OneStopUnit, came: Sequence[tuple[datetime, int, int]], at: datetime) -> int:
    """Return how many of these, in the order they came, should have been handed over by now.

    Each by when it was accepted, its key, and the edition of the calendar it was promised on.
    """

    def is_on_time(dossier: tuple[datetime, int, int]) -> bool:
        accepted_at, _pk, edition = dossier
        hours = office_time(unit.pk, edition)
        try:
            return at <= hand_over_by(accepted_at, hours, unit.hand_over_threshold)
        except CalendarNotPublished:
            return True

    # Who came first must go first: the late ones are at the head.
    return bisect(came, False, key=is_on_time)


def _line(dossier: Dossier, at: datetime) -> Line:
    hours = terms_of(dossier).office_time
    try:
        by = hand_over_by(dossier.accepted_at, hours, dossier.unit.hand_over_threshold)
    except CalendarNotPublished:
        return Line(dossier=dossier, by=None, late="")
    late = spoken.overdue_by(by, at, hours).replace("quá hạn", "muộn", 1) if at > by else ""
    return Line(dossier=dossier, by=by, late=late)


def _hand_over(request: HttpRequest) -> HttpResponse:
    ticked = [key for key in request.POST.getlist("ticked") if key.isascii() and key.isdigit()]
    keys = [int(key) for key in ticked if len(key) < 16][:MOST_TICKED]
    handed = hand_over.hand_over(
        unit=request.acting.unit,
        dossier_ids=keys,
        officer=request.acting.officer,
        at=request.at,
    )
    for dossier, problem in handed.left_out:
        messages.warning(request, f"{dossier.number}: {explain(problem)}")
    if not keys:
        messages.warning(request, "Chưa đánh dấu hồ sơ nào. Đánh dấu ô ở đầu dòng, rồi lập lại.")
    for made in handed.lists:
        said = f"Đã lập danh sách bàn giao số {made} cho {made.to_agency.name}."
        messages.success(request, f"{said} In danh sách và ký hai bên.")
    if len(handed.lists) == 1:
        return redirect("counter:hand_over_list", pk=handed.lists[0].pk)
    return redirect("counter:hand_over")


@for_roles(Role.RECEPTION)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show every list the unit made, the newest first."""
    unit = request.acting.unit
    page = Paginator(lists_made_by(unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {"desk": "hand_over", "unit": unit, "page": page, "lists": page.object_list}
    return render(request, "counter/hand_over_lists.html", {**context, "query": ""})


@for_roles(Role.RECEPTION)
@require_safe
def made(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list."""
    found = _list(request, pk)
    lines = found.lines.select_related("dossier__version__procedure", "dossier__case")
    return render(
        request,
        "counter/hand_over_list.html",
        {"desk": "hand_over", "list": found, "lines": list(lines.order_by("position"))},
    )


@for_roles(Role.RECEPTION)
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Print one list for both sides to sign."""
    found = _list(request, pk)
    response = HttpResponse(papers.hand_over_list(found), content_type="application/pdf")
    name = f"ban-giao-{found.position}-{found.year}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _list(request: HttpRequest, pk: int) -> HandOverList:
    own = HandOverList.objects.filter(unit=request.acting.unit)
    return get_object_or_404(
        own.select_related("unit__agency", "to_agency", "officer", "confirmed_by"), pk=pk
    )
