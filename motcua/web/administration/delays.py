"""The list of reasons a letter of apology may give."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import delay_reasons
from motcua.catalogue.labels import ANSWERABLE_LABELS
from motcua.domain.delay import Answerable
from motcua.domain.process import Role
from motcua.web.access import for_roles, front_door
from motcua.web.wording import explain


class ReasonForm(forms.Form):
    """Thêm lý do chậm."""

    sentence = forms.CharField(
        label="Lý do, viết thành một câu",
        max_length=250,
        error_messages={"required": "Nhập lý do.", "max_length": "Nhiều nhất 250 ký tự."},
        help_text="Câu này in trên thư và hiện ở trang công khai: không nêu tên người.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answerable = forms.ChoiceField(
        label="Trách nhiệm thuộc về",
        choices=[(code.value, words) for code, words in ANSWERABLE_LABELS.items()],
        error_messages={"required": "Chọn trách nhiệm.", "invalid_choice": "Chọn trong danh sách."},
    )


@front_door(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest) -> HttpResponse:
    """List the reasons, and add one."""
    if request.method != "POST":
        return _page(request, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        added = delay_reasons.add(
            sentence=form.cleaned_data["sentence"],
            answerable=Answerable(form.cleaned_data["answerable"]),
        )
    except delay_reasons.SaidAlready as problem:
        form.add_error("sentence", explain(problem))
        return _page(request, form, status=422)
    messages.success(request, f"Đã thêm lý do: {added.sentence}")
    return redirect("administration:delay_reasons")


@for_roles(Role.ADMINISTRATOR)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a reason off the list."""
    try:
        reason = delay_reasons.withdraw(code)
    except KeyError:
        raise Http404 from None
    except delay_reasons.LastReason as problem:
        messages.warning(request, explain(problem))
    else:
        messages.success(request, f"Thư mới không dùng lý do này nữa: {reason.sentence}")
    return redirect("administration:delay_reasons")


def _page(request: HttpRequest, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": "catalogue",
        "tab": "delay_reasons",
        "form": form,
        "rows": [
            (reason, ANSWERABLE_LABELS[reason.answerable], is_offered)
            for reason, is_offered in delay_reasons.all_reasons()
        ],
    }
    return render(request, "administration/delay_reasons.html", context, status=status)
