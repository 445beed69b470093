"""Processes taken over: from another procedure, to many at once, from a file."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.catalogue import publication
from motcua.catalogue.drafting import (
    BeginsInThePast,
    ProcedureUnknown,
    ProcessDefective,
    ProcessOfOthers,
    Target,
    copy_process,
    import_processes,
    targets_of,
)
from motcua.catalogue.models import Procedure, ProcessDraft
from motcua.catalogue.services import VersionOverlaps
from motcua.domain import spoken
from motcua.domain.calendar import ONE_DAY, office
from motcua.domain.process import Role
from motcua.domain.process_file import LARGEST_FILE, ProcessFileUnreadable, WrittenProcess, read
from motcua.web.access import for_roles
from motcua.web.administration.process_editor import day_of_publication
from motcua.web.administration.process_page import others_with, shown_version, versions_of
from motcua.web.wording import explain

FOUND: Final = 25
NOT_COPIED: Final = (ProcessOfOthers, ProcessDefective, BeginsInThePast, VersionOverlaps)


class ImportForm(forms.Form):
    """Nhận quy trình từ tệp."""

    file = forms.FileField(
        label="Tệp quy trình (.toml)",
        help_text="Tệp do nút “Xuất tệp” hoặc lệnh motcua process export viết ra, sửa được bằng "
        "trình soạn thảo văn bản.",
        error_messages={
            "required": "Chọn tệp.",
            "empty": "Tệp rỗng. Chọn tệp khác.",
            "missing": "Chọn tệp.",
            "invalid": "Chọn tệp.",
        },
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )
    replaces = forms.BooleanField(
        label="Thay bản soạn đang có của các thủ tục trong tệp", required=False
    )

    written: tuple[WrittenProcess, ...] = ()

    def clean_file(self) -> UploadedFile:
        """Read the processes.  Raises ValidationError saying which line is wrong."""
        file = self.cleaned_data["file"]
        if file.size > 4 * LARGEST_FILE:
            raise forms.ValidationError("Tệp quá lớn. Chia thành nhiều tệp.")
        try:
            self.written = read(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "Tệp không phải chữ UTF-8. Chọn tệp quy trình, hoặc lưu lại ở dạng UTF-8."
            ) from None
        except ProcessFileUnreadable as problem:
            raise forms.ValidationError(explain(problem)) from None
        return file


class SpreadForm(forms.Form):
    """Nhân bản cho nhiều thủ tục."""

    how = forms.ChoiceField(
        label="Làm gì với quy trình nhân bản",
        choices=[
            ("draft", "Để ở bản soạn, xem lại từng thủ tục rồi công bố"),
            ("publish", "Công bố ngay cho mọi thủ tục đã chọn"),
        ],
        initial="draft",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một cách.", "invalid_choice": "Chọn một cách."},
    )
    valid_from = day_of_publication(
        required=False, help_text="Chỉ dùng khi công bố ngay. Gõ ngày/tháng/năm."
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day only where something is published."""
        cleaned = super().clean()
        is_asked = cleaned.get("how") == "publish" and "valid_from" not in self.errors
        if is_asked and not cleaned.get("valid_from"):
            self.add_error("valid_from", "Nhập ngày áp dụng.")
        return cleaned


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a procedure whose process this one is to follow too, as its draft."""
    on = office(request.at).date()
    version = versions_of(code)[0]
    if others_with(request, version):
        return redirect("administration:process", code)
    if request.method == "POST":
        source = shown_version(versions_of(request.POST.get("source", "")[:40]), "", on)
        try:
            copy_process(
                source=source,
                into=[version.procedure],
                officer=request.acting.officer,
                at=request.at,
            )
        except NOT_COPIED as problem:
            messages.error(request, explain(problem))
            return redirect("administration:process", code)
        messages.success(
            request,
            f"Bản soạn nay theo quy trình của “{source.procedure.name}”. Sửa tiếp rồi công bố.",
        )
        return redirect("administration:edit_process", code)
    typed = " ".join(request.GET.get("q", "")[:200].split())
    versions = publication.in_force(on).exclude(procedure=version.procedure)
    keys = (
        publication.found_by(typed, versions)[:FOUND]
        if typed
        else list(
            versions.filter(
                procedure__administrative_field=version.procedure.administrative_field
            ).values_list("pk", flat=True)[:FOUND]
        )
    )
    found = versions.in_bulk(keys)
    page = {
        "desk": "catalogue",
        "tab": "processes",
        "procedure": version.procedure,
        "typed": typed,
        "found": [found[key] for key in keys],
        "drafted": ProcessDraft.objects.filter(procedure=version.procedure).exists(),
    }
    return render(request, "administration/process_take_over.html", page)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def spread(request: HttpRequest, code: str) -> HttpResponse:
    """Show which procedures could follow this process, then let those chosen do so."""
    on = office(request.at).date()
    version = shown_version(versions_of(code), "", on)
    if others_with(request, version):
        return redirect("administration:process", code)
    level = version.procedure.administrative_field.level
    fields = [one for one in publication.fields_with_counts(on) if one.level == level]
    by_code = {field.code: field for field in fields}
    asked = request.GET.get("field", version.procedure.administrative_field.code)
    chosen = by_code.get(asked)
    any_limit = request.GET.get("limit") == "any"
    targets = targets_of(
        version,
        field=chosen,
        limit=None if any_limit else version.limit,
        on=on,
    )
    tomorrow = on + ONE_DAY
    form = SpreadForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": tomorrow}
    )
    ticked = set(request.POST.getlist("procedure"))
    if request.method == "POST" and form.is_valid():
        picked = [one for one in targets if one.version.procedure.code in ticked]
        if _copied(request, version, picked, form):
            drafted = "?drafted=1" if form.cleaned_data["how"] == "draft" else ""
            return redirect(reverse("administration:processes") + drafted)
    page = {
        "desk": "catalogue",
        "tab": "processes",
        "procedure": version.procedure,
        "version": version,
        "fields": fields,
        "chosen": chosen,
        "any_limit": any_limit,
        "form": form,
        "targets": [
            (
                one,
                one.version.procedure.code in ticked
                if request.method == "POST"
                else not one.wrong and not one.is_drafted,
            )
            for one in targets
        ],
        "sound": sum(not one.wrong for one in targets),
    }
    status = 422 if form.errors else 200
    return render(request, "administration/process_spread.html", page, status=status)


def _copied(request: HttpRequest, version: Any, picked: list[Target], form: SpreadForm) -> bool:
    """Copy, or say on the form why not; whether it was done."""
    if not picked:
        form.add_error(None, "Chưa chọn thủ tục nào. Đánh dấu ít nhất một thủ tục trong danh sách.")
        return False
    publishes = form.cleaned_data["how"] == "publish"
    valid_from = form.cleaned_data["valid_from"] if publishes else None
    try:
        copy_process(
            source=version,
            into=[one.version.procedure for one in picked],
            officer=request.acting.officer,
            at=request.at,
            valid_from=valid_from,
        )
    except NOT_COPIED as problem:
        form.add_error(None, explain(problem))
        return False
    number = spoken.whole(len(picked))
    messages.success(
        request,
        f"Đã công bố quy trình cho {number} thủ tục, áp dụng từ {spoken.day(valid_from)}."
        if valid_from
        else f"Đã nhân bản quy trình vào bản soạn của {number} thủ tục.",
    )
    return True


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def imported(request: HttpRequest) -> HttpResponse:
    """Take the processes of a file in as drafts."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        codes = [one.procedure for one in form.written]
        there = list(
            Procedure.objects.filter(code__in=codes, process_draft__isnull=False)
            .order_by("code")
            .values_list("code", flat=True)
        )
        if there and not form.cleaned_data["replaces"]:
            names = ", ".join(there[:5])
            more = f" và {len(there) - 5} thủ tục nữa" if len(there) > 5 else ""
            form.add_error(
                "replaces",
                f"Đang có bản soạn của {names}{more}. Đánh dấu ô này để thay, rồi chọn lại tệp.",
            )
        else:
            try:
                import_processes(form.written, officer=request.acting.officer, at=request.at)
            except (ProcedureUnknown, *NOT_COPIED) as problem:
                form.add_error("file", explain(problem))
            else:
                messages.success(
                    request,
                    f"Đã nhận {spoken.whole(len(codes))} quy trình vào bản soạn. Xem các chỗ cần "
                    "sửa ở từng bản soạn, rồi công bố.",
                )
                if len(codes) == 1:
                    return redirect("administration:edit_process", codes[0])
                return redirect(reverse("administration:processes") + "?drafted=1")
    page = {"desk": "catalogue", "tab": "processes", "form": form}
    return render(
        request, "administration/process_import.html", page, status=422 if form.errors else 200
    )
