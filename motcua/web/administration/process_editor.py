"""The editor of a process: its draft opened, written, published or given up."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue.drafting import (
    BeginsInThePast,
    DraftGone,
    DraftMoved,
    ProcessDefective,
    ProcessOfOthers,
    give_up_draft,
    open_draft,
    publish_draft,
    save_draft,
)
from motcua.catalogue.models import ProcedureVersion, ProcessDraft
from motcua.catalogue.services import VersionOverlaps
from motcua.domain import spoken
from motcua.domain.calendar import ONE_DAY, office
from motcua.domain.dossier import OPEN
from motcua.domain.process import Role
from motcua.domain.process_file import questions_of, steps_of
from motcua.dossiers.models import Dossier
from motcua.web.access import for_roles
from motcua.web.administration.process_form import NoSuchRow, Typed, changed, read_page
from motcua.web.administration.process_page import (
    ProcessPage,
    choices,
    others_with,
    versions_of,
)
from motcua.web.wording import explain

NOT_WRITTEN: Final = (ProcessOfOthers, DraftMoved, DraftGone)
NOT_PUBLISHED: Final = (*NOT_WRITTEN, ProcessDefective, BeginsInThePast, VersionOverlaps)


class RevisionForm(forms.Form):
    """Bản soạn đã xem."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1)


def day_of_publication(
    *,
    required: bool = True,
    help_text: str = "Hồ sơ nhận từ ngày này đi theo quy trình mới. Gõ ngày/tháng/năm.",
) -> forms.DateField:
    """Return the field for the day from which on a process is followed."""
    return forms.DateField(
        label="Áp dụng từ ngày",
        required=required,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        help_text=help_text,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"],
        error_messages={
            "required": "Nhập ngày áp dụng.",
            "invalid": "Nhập ngày có thật, ví dụ 01/04/2021.",
        },
    )


class PublicationForm(RevisionForm):
    """Công bố bản soạn."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    valid_from = day_of_publication()


@for_roles(Role.ADMINISTRATOR)
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the draft of a process, or go on with the one there is."""
    procedure = versions_of(code)[0].procedure
    try:
        open_draft(procedure=procedure, officer=request.acting.officer, at=request.at)
    except ProcessOfOthers as problem:
        messages.error(request, explain(problem))
        return redirect("administration:process", code)
    return redirect("administration:edit_process", code)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show the draft; keep what the page says and do the smaller thing its button asks for."""
    version = versions_of(code)[0]
    draft = ProcessDraft.objects.filter(procedure=version.procedure).first()
    if draft is None or others_with(request, version):
        if request.method == "POST":
            messages.error(request, explain(DraftGone()))
        return redirect("administration:process", code)
    if request.method != "POST":
        return _show(request, version, draft, _kept(draft))
    typed = read_page(request.POST)
    form = RevisionForm(request.POST)
    try:
        after, seen = changed(typed, request.POST.get("do", "save"))
    except NoSuchRow:
        problem = "Trang gửi lên nêu một bước không có, hoặc quy trình đã đủ 60 bước. Chưa ghi gì."
        return _show(request, version, draft, typed, problem=problem)
    if not form.is_valid():
        problem = "Trang gửi lên thiếu dấu nhận biết nên chưa ghi gì. Kiểm tra lại rồi bấm lưu."
        return _show(request, version, draft, typed, problem=problem)
    try:
        save_draft(
            procedure=version.procedure,
            questions=after.questions,
            steps=after.steps,
            seen_revision=form.cleaned_data["revision"],
            officer=request.acting.officer,
            at=request.at,
        )
    except NOT_WRITTEN as problem:
        return _show(request, version, draft, typed, problem=explain(problem))
    if request.POST.get("do", "save") == "save":
        messages.success(request, "Đã lưu bản soạn.")
    place = f"#{seen}" if seen else ""
    return redirect(reverse("administration:edit_process", args=[code]) + place)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Ask from which day on, then publish the draft as a new version."""
    version = versions_of(code)[0]
    draft = ProcessDraft.objects.filter(procedure=version.procedure).first()
    if draft is None or others_with(request, version):
        return redirect("administration:process", code)
    tomorrow = office(request.at).date() + ONE_DAY
    form = PublicationForm(
        request.POST if request.method == "POST" else None,
        initial={"revision": draft.revision, "valid_from": tomorrow},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_draft(
                procedure=version.procedure,
                seen_revision=form.cleaned_data["revision"],
                valid_from=form.cleaned_data["valid_from"],
                officer=request.acting.officer,
                at=request.at,
            )
        except NOT_PUBLISHED as problem:
            form.add_error("valid_from", explain(problem))
        else:
            messages.success(
                request,
                f"Đã công bố phiên bản {made.number}, áp dụng từ {spoken.day(made.valid_from)}. Hồ "
                "sơ đang giải quyết giữ phiên bản cũ.",
            )
            return redirect(
                reverse("administration:process", args=[code]) + f"?version={made.number}"
            )
    page = {
        "desk": "catalogue",
        "tab": "processes",
        "procedure": version.procedure,
        "version": version,
        "form": form,
        "shown": _page(request, version, _kept(draft)),
        "open_dossiers": Dossier.objects.filter(
            version__procedure=version.procedure, state__in=OPEN
        ).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "administration/process_publish.html", page, status=status)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then throw the draft away."""
    version = versions_of(code)[0]
    draft = ProcessDraft.objects.filter(procedure=version.procedure).first()
    if draft is None or others_with(request, version):
        return redirect("administration:process", code)
    if request.method != "POST":
        page = {
            "desk": "catalogue",
            "tab": "processes",
            "procedure": version.procedure,
            "draft": draft,
        }
        return render(request, "administration/process_give_up.html", page)
    form = RevisionForm(request.POST)
    try:
        give_up_draft(
            procedure=version.procedure,
            seen_revision=form.cleaned_data["revision"] if form.is_valid() else 0,
            officer=request.acting.officer,
            at=request.at,
        )
    except NOT_WRITTEN as problem:
        messages.error(request, explain(problem))
    else:
        messages.success(request, "Đã bỏ bản soạn. Quy trình đang áp dụng không đổi.")
    return redirect("administration:process", code)


def _kept(draft: ProcessDraft) -> Typed:
    return Typed(questions_of(draft.content), steps_of(draft.content))


def _page(request: HttpRequest, version: ProcedureVersion, typed: Typed) -> ProcessPage:
    return ProcessPage(
        version=version,
        questions=typed.questions,
        steps=typed.steps,
        on=office(request.at).date(),
    )


def _show(
    request: HttpRequest,
    version: ProcedureVersion,
    draft: ProcessDraft,
    typed: Typed,
    *,
    problem: str = "",
) -> HttpResponse:
    revision = request.POST.get("revision", "") if problem else draft.revision
    page: dict[str, Any] = {
        "desk": "catalogue",
        "tab": "processes",
        "procedure": version.procedure,
        "version": version,
        "draft": draft,
        "revision": revision,
        "problem": problem,
        "shown": _page(request, version, typed),
        **choices(),
    }
    return render(request, "administration/process_edit.html", page, status=422 if problem else 200)
