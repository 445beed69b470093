"""Field inspections: the week's list, an appointment, its papers, its minutes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.models import Officer
from motcua.domain import spoken
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.inspection import InspectionFlaw, InspectionRefused, InspectionStatus
from motcua.domain.process import PERFORMING
from motcua.domain.vietnamese import tidy
from motcua.dossiers import papers
from motcua.dossiers.inspection_queries import inspections_between, inspections_of
from motcua.dossiers.labels import INSPECTION_STATUS_LABELS
from motcua.dossiers.models import Dossier, Inspection
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import inspections, processing
from motcua.dossiers.services.attachments import AlreadyAttached
from motcua.dossiers.services.inspections import Appointment, InspectorBusy
from motcua.gateways.accepted import FileRefused
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles, front_door
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace.coming_days import ComingDay, Hour
from motcua.web.workspace.files import kept
from motcua.web.workspace.forms import LONGEST_NOTE, Words, named
from motcua.web.workspace.opinion_forms import EnclosedFile

_PROBLEMS = (InspectionRefused, InspectorBusy, *REFUSALS)


class PlanForm(forms.Form):
    """Hẹn kiểm tra: ở đâu, khi nào, ai đi, mời ai."""

    place = forms.CharField(
        label="Địa điểm",
        max_length=255,
        error_messages={
            "required": "Ghi địa điểm kiểm tra.",
            "max_length": "Rút gọn địa điểm còn không quá 255 ký tự.",
        },
    )
    day = ComingDay(label="Ngày", error_messages={"required": "Ghi ngày kiểm tra."})
    starts = Hour(label="Từ giờ", error_messages={"required": "Ghi giờ bắt đầu."})
    ends = Hour(label="Đến giờ", error_messages={"required": "Ghi giờ kết thúc."})
    inspectors = forms.ModelMultipleChoiceField(
        Officer.objects.none(),
        label="Cán bộ đi kiểm tra",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Đánh dấu ít nhất một cán bộ.",
            "invalid_choice": "Có người không còn làm bước này. Tải lại trang rồi chọn lại.",
        },
    )
    participants = Words(
        label="Thành phần mời (không bắt buộc)",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ngoài người nộp. Mỗi người, mỗi cơ quan một dòng.",
        error_messages={"max_length": "Rút gọn còn không quá 2.000 ký tự."},
    )

    def __init__(self, *args: Any, going: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].today = today
        self.fields["inspectors"].queryset = going
        self.fields["inspectors"].label_from_instance = named

    def appointment(self) -> Appointment:
        """Return what was filled in."""
        said = self.cleaned_data
        return Appointment(
            place=said["place"],
            starts_at=_moment(said["day"], said["starts"]),
            ends_at=_moment(said["day"], said["ends"]),
            inspectors=tuple(said["inspectors"]),
            participants=said["participants"],
        )


class MinutesForm(forms.Form):
    """Biên bản kiểm tra."""

    minutes = Words(
        label="Nội dung biên bản",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Người nộp không đọc biên bản ở trang tra cứu.",
        error_messages={
            "required": "Ghi nội dung biên bản.",
            "max_length": "Rút gọn biên bản còn không quá 10.000 ký tự.",
        },
    )
    participants = Words(
        label="Thành phần có mặt (không bắt buộc)",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Rút gọn còn không quá 2.000 ký tự."},
    )
    file = EnclosedFile()


class CancelForm(forms.Form):
    """Lý do hủy buổi kiểm tra."""

    reason = forms.CharField(
        label="Lý do hủy",
        max_length=500,
        help_text="Đổi ngày thì hủy buổi này rồi hẹn buổi khác.",
        error_messages={
            "required": "Ghi lý do hủy.",
            "max_length": "Rút gọn lý do còn không quá 500 ký tự.",
        },
    )


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=OFFICE_ZONE)


@front_door(*DOSSIER_ROLES)
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """List the inspections of the officer's agencies, day by day, for one week."""
    today = office(request.at).date()
    monday = _monday(request.GET.get("day", ""), today)
    since = _moment(monday, time())
    found = list(inspections_between(request.acting.agency_ids, since, since + timedelta(days=7)))
    days = [
        (day, [_line(one) for one in found if office(one.starts_at).date() == day])
        for day in (monday + timedelta(days=number) for number in range(7))
    ]
    return render(
        request,
        "workspace/inspections.html",
        {
            "desk": "work",
            "number": len(found),
            "days": [(day, lines) for day, lines in days if lines or day.weekday() < 5],
            "monday": monday,
            "sunday": monday + timedelta(days=6),
            "before": (monday - timedelta(days=7)).isoformat(),
            "after": (monday + timedelta(days=7)).isoformat(),
            "today": today,
        },
    )


def _monday(text: str, today: date) -> date:
    """Return the Monday of the week of the day asked for; of this week when none can be read."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if abs(day.year - today.year) > 50:
        day = today
    return day - timedelta(days=day.weekday())


def _line(one: Inspection) -> dict[str, Any]:
    return {
        "row": one,
        "status": INSPECTION_STATUS_LABELS[InspectionStatus(one.status)],
        "who": ", ".join(inspector.officer.full_name for inspector in one.inspectors.all()),
    }


@for_roles(*PERFORMING)
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Ask when and where, and plan the inspection."""
    dossier = dossier_for(request.acting, number)
    process = terms_of(dossier).process
    if not inspections.may_plan(dossier, process, request.acting.roles_by_agency):
        messages.warning(request, explain(InspectionRefused(InspectionFlaw.NOT_AT_SUCH_A_STEP)))
        return redirect("workspace:dossier", number=number)
    step = process.step(dossier.step_code)
    going = processing.colleagues(dossier, step, at=request.at)
    how = {"going": going, "today": office(request.at).date()}
    if request.method != "POST":
        own = {"inspectors": [request.acting.officer.pk]}
        return _plan_page(request, dossier, PlanForm(initial=own, **how))
    form = PlanForm(request.POST, **how)
    if not form.is_valid():
        return _plan_page(request, dossier, form, status=422)
    try:
        made = inspections.plan(
            dossier_id=dossier.pk,
            appointment=form.appointment(),
            officer=request.acting.officer,
            at=request.at,
        )
    except _PROBLEMS as problem:
        form.add_error(None, explain(problem))
        return _plan_page(request, dossier, form, status=422)
    messages.success(
        request, f"Đã hẹn kiểm tra {spoken.moment(made.starts_at)}. In giấy mời ở trang này."
    )
    return redirect("workspace:inspection", number=number, pk=made.pk)


def _plan_page(
    request: HttpRequest, dossier: Dossier, form: PlanForm, *, status: int = 200
) -> HttpResponse:
    shown = {"desk": "work", "dossier": dossier, "form": form}
    return render(request, "workspace/inspection_plan.html", shown, status=status)


@for_roles(*DOSSIER_ROLES)
def inspection(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show an inspection, and write its minutes."""
    dossier, found = _found(request, number, pk)
    if request.method != "POST":
        return _page(request, dossier, found)
    form = MinutesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, dossier, found, minutes=form, status=422)
    said, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        inspections.hold(
            inspection_id=found.pk,
            minutes=said["minutes"],
            participants=said["participants"],
            officer=request.acting.officer,
            at=request.at,
            file=kept(file, request.acting.officer) if file else None,
        )
    except (FileRefused, AlreadyAttached) as problem:
        form.add_error("file", explain(problem))
        return _page(request, dossier, found, minutes=form, status=422)
    except _PROBLEMS as problem:
        form.add_error(None, explain(problem))
        return _page(request, dossier, found, minutes=form, status=422)
    messages.success(request, "Đã ghi biên bản kiểm tra.")
    return redirect("workspace:inspection", number=number, pk=pk)


@for_roles(*DOSSIER_ROLES)
@require_POST
def cancel(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Drop an appointment, with the reason."""
    dossier, found = _found(request, number, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, found, cancelling=form, status=422)
    try:
        inspections.cancel(
            inspection_id=found.pk,
            reason=form.cleaned_data["reason"],
            officer=request.acting.officer,
            at=request.at,
        )
    except _PROBLEMS as problem:
        form.add_error(None, explain(problem))
        return _page(request, dossier, found, cancelling=form, status=422)
    messages.success(request, "Đã hủy buổi kiểm tra.")
    return redirect("workspace:dossier", number=number)


@for_roles(*DOSSIER_ROLES)
@require_safe
def invitation(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Print the invitation."""
    _dossier, found = _found(request, number, pk)
    return _pdf(papers.inspection_invitation(found, at=request.at), f"giay-moi-{number}")


@for_roles(*DOSSIER_ROLES)
@require_safe
def minutes(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Print the minutes, or the sheet to write them on."""
    _dossier, found = _found(request, number, pk)
    return _pdf(papers.inspection_minutes(found, at=request.at), f"bien-ban-{number}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _found(request: HttpRequest, number: str, pk: int) -> tuple[Dossier, Inspection]:
    dossier = dossier_for(request.acting, number)
    if pk >= 2**63:
        raise Http404
    found = get_object_or_404(inspections_of(dossier), pk=pk)
    found.dossier = dossier
    return dossier, found


def _page(
    request: HttpRequest,
    dossier: Dossier,
    found: Inspection,
    *,
    minutes: MinutesForm | None = None,
    cancelling: CancelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    acting = request.acting
    here = acting.roles_by_agency.get(found.agency_id, frozenset())
    is_theirs = inspections.may_close(found, acting.officer, here, terms_of(dossier).process)
    is_planned = found.status == InspectionStatus.PLANNED
    begun = found.starts_at <= request.at
    shown = {
        "desk": "work",
        "dossier": dossier,
        **_line(found),
        "place": tidy(found.place),
        "minutes_form": (minutes or MinutesForm(initial={"participants": found.participants}))
        if is_planned and is_theirs and begun
        else minutes,
        "cancel_form": (cancelling or CancelForm()) if is_planned and is_theirs else cancelling,
        "waits": is_planned and is_theirs and not begun,
        "problems": minutes or cancelling,
    }
    return render(request, "workspace/inspection.html", shown, status=status)
