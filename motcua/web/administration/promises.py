"""Promises moved together: proposed, looked at dossier by dossier, approved by a leader."""

import csv
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import OneStopUnit
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.calendar_change import CalendarChangeRefused
from motcua.domain.process import Role
from motcua.domain.projection import (
    CHANGE_MOVES,
    ChangeKind,
    ChangeMove,
    ChangeMoveNotAllowed,
    ChangeStatus,
)
from motcua.dossiers.labels import CHANGE_KIND_LABELS, CHANGE_STATUS_LABELS, OUTCOME_LABELS
from motcua.dossiers.models import PromiseChange, PromiseMove
from motcua.dossiers.promise_change_queries import (
    changes_newest_first,
    may_approve,
    moves_by_unit,
    moves_of,
    units_for,
)
from motcua.dossiers.services import promise_changes
from motcua.dossiers.services.together import DossierMoved
from motcua.web.access import for_roles, front_door
from motcua.web.administration.calendar_forms import ForceMajeureForm, ReturnForm, SeenForm
from motcua.web.wording import explain

ROWS: Final = 25
ROLES: Final = (Role.ADMINISTRATOR, Role.LEADER)
REFUSED: Final = (
    CalendarChangeRefused,
    CalendarNotPublished,
    ChangeMoveNotAllowed,
    DossierMoved,
    promise_changes.ApprovedElsewhere,
    promise_changes.ChangeSeenOtherwise,
    promise_changes.NothingToChange,
    promise_changes.OwnProposal,
    promise_changes.PeriodsOverlap,
)


@front_door(*ROLES)
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """List the changes this officer may look at, the newest first."""
    page = Paginator(_visible(request), ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "administration/promises.html",
        {
            **_frame(request),
            "page": page,
            "query": "",
            "rows": [(one, CHANGE_KIND_LABELS[one.kind], _status(one)) for one in page],
        },
    )


@for_roles(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Say where and when nobody could work; leads to the list of what that moves."""
    units = _units_here(request)
    form = ForceMajeureForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        period = promise_changes.Period(
            units=tuple(form.cleaned_data["units"]), start=form.start, end=form.end
        )
        try:
            change = promise_changes.list_for_force_majeure(
                period,
                reason=form.cleaned_data["reason"],
                legal_basis=form.cleaned_data["legal_basis"],
                officer=request.acting.officer,
                at=request.at,
            )
        except REFUSED as problem:
            form.add_error(None, explain(problem))
        else:
            return redirect("administration:promise_change", change.pk)
    status = 422 if form.errors else 200
    page = {**_frame(request), "form": form}
    return render(request, "administration/force_majeure.html", page, status=status)


@for_roles(*ROLES)
@require_safe
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Show what a change moves: by unit, then dossier by dossier."""
    return _show(request, _change(request, change_id))


@for_roles(*ROLES)
@require_safe
def change_csv(request: HttpRequest, change_id: int) -> HttpResponse:
    """Give the whole list as a table that spreadsheets open."""
    found = _change(request, change_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dieu-chinh-hen-tra-{found.pk}.csv"'
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(
        ["Đơn vị", "Mã số hồ sơ", "Thủ tục", "Hẹn cũ", "Hẹn mới", "Bước cũ", "Bước mới", "Kết quả"]
    )
    for line in _lines(request, found).iterator(chunk_size=2_000):
        dates = (
            line.old_due_at,
            line.new_due_at,
            line.old_step_due_at,
            line.new_step_due_at,
        )
        rows.writerow(
            [
                line.unit.name,
                line.dossier.number,
                line.dossier.version.procedure.name,
                *(spoken.short_moment(at) if at else "" for at in dates),
                OUTCOME_LABELS[line.outcome],
            ]
        )
    return response


@for_roles(*ROLES)
@require_POST
def propose(request: HttpRequest, change_id: int) -> HttpResponse:
    """Lay the list before the leader."""
    return _act(request, change_id, promise_changes.propose, "Đã trình lãnh đạo duyệt.")


@for_roles(Role.LEADER)
@require_POST
def approve(request: HttpRequest, change_id: int) -> HttpResponse:
    """Approve the list: every promise on it moves now."""
    said = "Đã duyệt. Hẹn trả mới đã ghi vào từng hồ sơ; người nộp thấy ngay khi tra cứu."
    return _act(request, change_id, promise_changes.approve, said)


@for_roles(Role.LEADER)
@require_POST
def send_back(request: HttpRequest, change_id: int) -> HttpResponse:
    """Give the list back to who proposed it."""
    found = _change(request, change_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, found, return_form=form)
    note = form.cleaned_data["note"]
    said = "Đã chuyển lại người đề nghị."
    return _act(request, change_id, promise_changes.send_back, said, note=note)


@for_roles(*ROLES)
@require_POST
def cancel(request: HttpRequest, change_id: int) -> HttpResponse:
    """Give the change up: no promise moves."""
    return _act(request, change_id, promise_changes.cancel, "Đã hủy. Không hẹn trả nào đổi.")


def _act(
    request: HttpRequest, change_id: int, service: Any, said: str, **more: Any
) -> HttpResponse:
    found = _change(request, change_id)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        service(
            change_id=found.pk,
            seen_revision=form.cleaned_data["revision"],
            officer=request.acting.officer,
            at=request.at,
            **more,
        )
    except REFUSED as problem:
        return _show(request, _change(request, change_id), problem=explain(problem))
    messages.success(request, said)
    return redirect("administration:promise_change", found.pk)


def _show(
    request: HttpRequest,
    found: PromiseChange,
    *,
    problem: str = "",
    return_form: ReturnForm | None = None,
) -> HttpResponse:
    acting, on = request.acting, office(request.at).date()
    lines = _lines(request, found)
    counts = moves_by_unit(found)
    names = sorted({name for name, _number, _paused in counts})
    asked = request.GET.get("unit", "")
    if asked in names:
        lines = lines.filter(unit__name=asked)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    status = ChangeStatus(found.status)
    approves = may_approve(found, acting.officer, on=on)
    return render(
        request,
        "administration/promise_change.html",
        {
            **_frame(request),
            "change": found,
            "kind": CHANGE_KIND_LABELS[found.kind],
            "status": _status(found),
            "period": spoken.period(found.excused_from, found.excused_until)
            if found.excused_from and found.excused_until
            else "",
            "units": list(found.units.order_by("name")),
            "counts": counts,
            "total": sum(number for _name, number, _paused in counts),
            "paused": sum(paused for _name, _number, paused in counts),
            "names": names,
            "asked": asked,
            "page": page,
            "query": urlencode({"unit": asked}) + "&" if asked else "",
            "rows": [(line, OUTCOME_LABELS[line.outcome]) for line in page],
            "may_see": acting.agency_ids,
            "problem": problem,
            "is_calendar": found.kind == ChangeKind.CALENDAR,
            "is_approved": status is ChangeStatus.APPROVED,
            "may_propose": (status, ChangeMove.PROPOSE) in CHANGE_MOVES,
            "may_cancel": (status, ChangeMove.CANCEL) in CHANGE_MOVES
            and (approves or found.proposed_by_id == acting.officer.pk),
            "may_approve": approves
            and (status, ChangeMove.APPROVE) in CHANGE_MOVES
            and found.proposed_by_id != acting.officer.pk,
            "form": return_form,
            "return_form": return_form or ReturnForm(initial={"revision": found.revision}),
        },
        status=422 if problem or return_form else 200,
    )


def _status(one: PromiseChange) -> str:
    return CHANGE_STATUS_LABELS[one.status]


def _visible(request: HttpRequest) -> QuerySet[PromiseChange]:
    """Return the calendars, which are everybody's, and the force majeure of one's own units."""
    own = PromiseChange.objects.filter(units__in=_units_here(request).values("pk"))
    mine = Q(kind=ChangeKind.CALENDAR) | Q(pk__in=own.values("pk"))
    return changes_newest_first().filter(mine)


def _change(request: HttpRequest, change_id: int) -> PromiseChange:
    """Return a change this officer may look at.  Raises Http404."""
    found = (
        PromiseChange.objects.select_related("proposed_by", "approved_by", "cancelled_by")
        .filter(pk=change_id)
        .first()
    )
    if found is None or (
        found.kind == ChangeKind.FORCE_MAJEURE
        and not _units_here(request).filter(pk__in=found.units.values("pk")).exists()
    ):
        raise Http404
    return found


def _units_here(request: HttpRequest) -> QuerySet[OneStopUnit]:
    return units_for(request.acting.officer, on=office(request.at).date())


def _lines(request: HttpRequest, found: PromiseChange) -> QuerySet[PromiseMove]:
    """Return the lines of one's own units; of all for who may approve them."""
    lines = moves_of(found)
    if may_approve(found, request.acting.officer, on=office(request.at).date()):
        return lines
    here: Collection[int] = list(_units_here(request).values_list("pk", flat=True))
    return lines.filter(unit__in=here)


def _frame(request: HttpRequest) -> dict[str, Any]:
    administers = Role.ADMINISTRATOR in request.acting.roles
    return {"desk": "catalogue" if administers else "promises", "tab": "promises"}
