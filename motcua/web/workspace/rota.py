"""The rota of a unit's counters: who sits where, and who sits in for them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.agencies.absences import colleagues_at, may_name_substitutes, name_substitute
from motcua.agencies.accounts import administered_agencies
from motcua.agencies.models import Counter, Officer, OneStopUnit
from motcua.agencies.rota import rota
from motcua.domain import spoken
from motcua.domain.absence import AbsenceRefused
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.web.access import DOSSIER_ROLES, front_door
from motcua.web.wording import explain
from motcua.web.workspace.coming_days import ComingDay
from motcua.web.workspace.forms import named


class SubstituteForm(forms.Form):
    """Ai ngồi thay ở quầy nào, những ngày nào."""

    counter = forms.ModelChoiceField(
        Counter.objects.none(),
        label="Quầy",
        empty_label=None,
        error_messages={"required": "Chọn quầy.", "invalid_choice": "Chọn trong danh sách."},
    )
    substitute = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Người thay",
        empty_label="Chọn người thay",
        error_messages={"required": "Chọn người thay.", "invalid_choice": "Chọn trong danh sách."},
    )
    first = ComingDay(label="Từ ngày", error_messages={"required": "Ghi ngày đầu."})
    last = ComingDay(label="Đến hết ngày", error_messages={"required": "Ghi ngày cuối."})

    def __init__(self, *args: Any, units: list[OneStopUnit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counters = Counter.objects.filter(unit__in=units).select_related("unit")
        self.fields["counter"].queryset = counters.order_by("unit__name", "number")
        self.fields["counter"].label_from_instance = lambda one: f"{one}, {one.unit.name}"
        self.fields["substitute"].queryset = colleagues_at(
            [unit.agency for unit in units], on=today
        )
        self.fields["substitute"].label_from_instance = named
        for name in ("first", "last"):
            self.fields[name].today = today


@front_door(*DOSSIER_ROLES, Role.ADMINISTRATOR)
def show(request: HttpRequest) -> HttpResponse:
    """Show each counter with its people, and name who sits in."""
    today = office(request.at).date()
    units = _units(request, today)
    mine = [
        unit
        for unit in units
        if may_name_substitutes(request.acting.officer, unit.agency, on=today)
    ]
    how = {"units": mine, "today": today}
    if request.method != "POST" or not mine:
        return _page(request, units, SubstituteForm(**how) if mine else None)
    form = SubstituteForm(request.POST, **how)
    if not form.is_valid():
        return _page(request, units, form, status=422)
    try:
        made = name_substitute(**form.cleaned_data, officer=request.acting.officer, at=request.at)
    except AbsenceRefused as problem:
        form.add_error(None, explain(problem))
        return _page(request, units, form, status=422)
    messages.success(
        request,
        f"{made.officer.full_name} ngồi thay ở {str(made.counter).lower()} từ "
        f"{spoken.day(made.valid_from)} đến hết {spoken.day(made.valid_until)}.",
    )
    return redirect("workspace:rota")


def _units(request: HttpRequest, today: date) -> list[OneStopUnit]:
    """Return the units of the officer's agencies and of those they administer, by name."""
    administered = administered_agencies(request.acting.officer, on=today)
    keys = {*request.acting.agency_ids, *administered.order_by().values_list("pk", flat=True)}
    units = OneStopUnit.objects.filter(agency__in=keys).select_related("agency")
    return list(units.order_by("name"))


def _page(
    request: HttpRequest,
    units: list[OneStopUnit],
    form: SubstituteForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = office(request.at).date()
    shown = {
        "desk": "work",
        "units": [(unit, rota(unit, on=today)) for unit in units],
        "form": form,
        "today": today,
    }
    return render(request, "workspace/rota.html", shown, status=status)
