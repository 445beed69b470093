"""Absences: who acts for whom, set by a leader or by the absent officer."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.agencies.absences import (
    DELEGATED,
    agencies_worked_at,
    colleagues_at,
    delegate,
    end_delegation,
    led_agencies,
    may_end,
)
from motcua.agencies.labels import ROLE_LABELS
from motcua.agencies.models import Agency, Delegation, Officer
from motcua.domain import spoken
from motcua.domain.absence import AbsenceRefused
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.web.access import DOSSIER_ROLES, for_roles, front_door
from motcua.web.wording import explain
from motcua.web.workspace.coming_days import ComingDay
from motcua.web.workspace.forms import named

PAST = 10  # how many that are over the page still shows


class AbsenceForm(forms.Form):
    """Ai vắng, ai thay, ở đâu, những ngày nào."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Tại cơ quan",
        empty_label=None,
        error_messages={"required": "Chọn cơ quan.", "invalid_choice": "Chọn trong danh sách."},
    )
    absent = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Người vắng",
        empty_label="Chọn người vắng",
        error_messages={"required": "Chọn người vắng.", "invalid_choice": "Chọn trong danh sách."},
    )
    deputy = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Người thay",
        empty_label="Chọn người thay",
        error_messages={"required": "Chọn người thay.", "invalid_choice": "Chọn trong danh sách."},
    )
    role = forms.TypedChoiceField(
        label="Thay những việc nào",
        required=False,
        coerce=Role,
        empty_value=None,
        choices=[
            ("", "Mọi vai trò của người vắng"),
            *((role.value, f"Chỉ vai trò {ROLE_LABELS[role].lower()}") for role in DELEGATED),
        ],
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )
    first = ComingDay(label="Từ ngày", error_messages={"required": "Ghi ngày đầu."})
    last = ComingDay(label="Đến hết ngày", error_messages={"required": "Ghi ngày cuối."})
    reason = forms.CharField(
        label="Lý do vắng",
        max_length=255,
        error_messages={
            "required": "Ghi lý do, chẳng hạn nghỉ phép, đi học, ốm.",
            "max_length": "Rút gọn lý do còn không quá 255 ký tự.",
        },
    )

    def __init__(self, *args: Any, officer: Officer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = led_agencies(officer, on=today)
        own = agencies_worked_at(officer, on=today)
        places = Agency.objects.filter(Q(pk__in=led.values("pk")) | Q(pk__in=own.values("pk")))
        near = colleagues_at(places, on=today)
        self.fields["agency"].queryset = places.order_by("name")
        self.fields["deputy"].queryset = near
        leads = led.exists()
        absent = self.fields["absent"]
        absent.queryset = near if leads else Officer.objects.filter(pk=officer.pk)
        if not leads:
            absent.empty_label = None
        for name in ("absent", "deputy"):
            self.fields[name].label_from_instance = named
        for name in ("first", "last"):
            self.fields[name].today = today


@front_door(*DOSSIER_ROLES)
def absences(request: HttpRequest) -> HttpResponse:
    """List who acts for whom, and name another deputy."""
    officer, today = request.acting.officer, office(request.at).date()
    if request.method != "POST":
        return _page(request, AbsenceForm(officer=officer, today=today))
    form = AbsenceForm(request.POST, officer=officer, today=today)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = delegate(**form.cleaned_data, officer=officer, at=request.at)
    except AbsenceRefused as problem:
        form.add_error(None, explain(problem))
        return _page(request, form, status=422)
    messages.success(
        request,
        f"{made.deputy.full_name} thay {made.absent.full_name} tại {made.agency.name} từ "
        f"{spoken.day(made.valid_from)} đến hết {spoken.day(made.valid_until)}.",
    )
    return redirect("workspace:absences")


@for_roles(*DOSSIER_ROLES)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation before its last day."""
    if not _seen_by(request).filter(pk=pk).exists():
        raise Http404
    try:
        ended = end_delegation(delegation_id=pk, officer=request.acting.officer, at=request.at)
    except AbsenceRefused as problem:
        messages.warning(request, explain(problem))
    else:
        messages.success(
            request, f"{ended.deputy.full_name} thôi thay {ended.absent.full_name} từ lúc này."
        )
    return redirect("workspace:absences")


def _seen_by(request: HttpRequest) -> QuerySet[Delegation]:
    """Return the delegations at the officer's agencies, and those they are part of."""
    officer, today = request.acting.officer, office(request.at).date()
    here = Q(agency__in=request.acting.agency_ids) | Q(agency__in=led_agencies(officer, on=today))
    return Delegation.objects.filter(here | Q(absent=officer) | Q(deputy=officer))


def _page(request: HttpRequest, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    officer, today = request.acting.officer, office(request.at).date()
    seen = _seen_by(request).select_related("absent", "deputy", "agency", "set_by", "ended_by")
    now = Q(valid_until__gte=today, ended_at=None)
    lines = [
        {
            "row": row,
            "role": ROLE_LABELS[Role(row.role)] if row.role else "Mọi vai trò",
            "is_now": row.valid_from <= today,
            "may_end": may_end(row, officer, on=today),
        }
        for row in seen.filter(now).order_by("valid_from", "pk")
    ]
    over = seen.exclude(now).order_by("-valid_until", "-pk")[:PAST]
    shown = {"desk": "work", "form": form, "lines": lines, "over": over}
    return render(request, "workspace/absences.html", shown, status=status)
