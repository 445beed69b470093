"""Taking over: hand-over lists addressed to an agency, confirmed whole or with exceptions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from motcua.domain.process import Role
from motcua.dossiers.models import HandOverList
from motcua.dossiers.services import hand_over
from motcua.dossiers.services.hand_over import (
    ListConfirmedAlready,
    NoteMissing,
    NotTheReceiver,
)
from motcua.dossiers.work_queries import lists_confirmed, lists_to_confirm
from motcua.web.access import Acting, for_roles, front_door
from motcua.web.wording import REFUSALS, explain

LATEST = 10
LONGEST_NOTE = 255


def _receiving(acting: Acting) -> list[int]:
    return [
        agency
        for agency, roles in acting.roles_by_agency.items()
        if roles & hand_over.RECEIVING_ROLES
    ]


@front_door(Role.HANDLER, Role.APPROVER)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the lists nobody confirmed yet, and the latest that were."""
    agencies = _receiving(request.acting)
    return render(
        request,
        "workspace/incoming.html",
        {
            "desk": "incoming",
            "lists": list(lists_to_confirm(agencies)),
            "confirmed": list(lists_confirmed(agencies)[:LATEST]),
        },
    )


@for_roles(Role.HANDLER, Role.APPROVER)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list, and confirm it."""
    found = get_object_or_404(
        HandOverList.objects.select_related("unit", "to_agency", "officer", "confirmed_by"),
        pk=pk,
        to_agency__in=_receiving(request.acting),
    )
    lines = list(
        found.lines.select_related("dossier__version__procedure", "dossier__case").order_by(
            "position"
        )
    )
    if request.method != "POST":
        return _page(request, found, lines)
    arrived = set(request.POST.getlist("arrived"))
    missing = {
        line.pk: request.POST.get(f"note-{line.pk}", "")[:LONGEST_NOTE]
        for line in lines
        if str(line.pk) not in arrived
    }
    try:
        there = hand_over.confirm(
            list_id=found.pk, missing=missing, officer=request.acting.officer, at=request.at
        )
    except NoteMissing as problem:
        return _page(request, found, lines, missing=missing, problem=problem, status=422)
    except (ListConfirmedAlready, NotTheReceiver, *REFUSALS) as problem:
        messages.warning(request, explain(problem))
        return redirect("workspace:confirm_list", pk=pk)
    said = f"Đã xác nhận danh sách số {found}: nhận {len(there)} hồ sơ"
    messages.success(request, f"{said}, {len(missing)} chưa nhận được." if missing else f"{said}.")
    return redirect("workspace:incoming")


def _page(
    request: HttpRequest,
    found: HandOverList,
    lines: list,
    *,
    missing: dict[int, str] | None = None,
    problem: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    absent = missing or {}
    return render(
        request,
        "workspace/confirm_list.html",
        {
            "desk": "incoming",
            "list": found,
            "lines": [
                (
                    line,
                    line.pk not in absent,
                    absent.get(line.pk, line.note),
                    line.pk in absent and not absent[line.pk].strip(),
                )
                for line in lines
            ],
            "problem": explain(problem) if problem else "",
        },
        status=status,
    )
