"""Dossiers under way moved to the version in force: each old and new date first, then approved."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.catalogue.drafting import ProcessOfOthers
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import step_names
from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.condition import AnswerMissing
from motcua.domain.process import Role, StepNotAllowed
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import step_names_of
from motcua.dossiers.services.version_moves import (
    Candidate,
    candidates,
    move_dossiers,
    open_under_others,
)
from motcua.web.access import for_roles
from motcua.web.administration.process_page import others_with, shown_version, versions_of
from motcua.web.wording import explain

ROWS: Final = 50


class MoveForm(forms.Form):
    """Chuyển sang phiên bản mới."""

    note = forms.CharField(
        label="Lý do chuyển",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ghi vào diễn biến của từng hồ sơ.",
        error_messages={
            "required": "Ghi lý do chuyển.",
            "max_length": "Rút gọn lý do còn không quá 500 ký tự.",
        },
    )

    def clean_note(self) -> str:
        """Return the reason as it is stored; signs alone are none."""
        note = tidy(self.cleaned_data["note"])
        if not note:
            raise forms.ValidationError("Ghi lý do chuyển.")
        return note


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the version in force makes of each open dossier, and move those chosen."""
    version = shown_version(versions_of(code), "", office(request.at).date())
    if others_with(request, version):
        return redirect("administration:process", code)
    post = request.POST if request.method == "POST" else {}
    form = MoveForm(post if "move" in post else None, initial={"note": _reason(version)})
    found = Paginator(open_under_others(version), ROWS).get_page(request.GET.get("page"))
    shown = list(found)
    steps = {one.pk: tidy(post.get(f"to-{one.pk}", ""))[:30] for one in shown}
    seen = {one.pk: _revision(post, one) for one in shown if post.get(f"dossier-{one.pk}")}
    if "move" in post and not seen:
        form.add_error(None, "Chưa chọn hồ sơ nào. Đánh dấu ít nhất một hồ sơ trong danh sách.")
    elif "move" in post and form.is_valid():
        try:
            outcome = move_dossiers(
                version=version,
                seen=seen,
                to_steps=steps,
                note=form.cleaned_data["note"],
                officer=request.acting.officer,
                at=request.at,
            )
        except ProcessOfOthers as problem:
            form.add_error(None, explain(problem))
        else:
            number = spoken.whole(len(outcome.moved))
            messages.success(request, f"Đã chuyển {number} hồ sơ sang phiên bản {version.number}.")
            for dossier, why in outcome.left_out:
                messages.error(request, f"Chưa chuyển hồ sơ {dossier.number}: {_why_not(why)}")
            return redirect("administration:move_process", code)
    names = step_names(version.pk)
    page = {
        "desk": "catalogue",
        "tab": "processes",
        "procedure": version.procedure,
        "version": version,
        "page": found,
        "query": "",
        "form": form,
        "rows": [
            _row(one, names, steps, ticked=not post or one.dossier.pk in seen)
            for one in candidates(shown, version, at=request.at, chosen=steps)
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "administration/process_move.html", page, status=status)


def _row(
    one: Candidate, names: Mapping[str, str], steps: Mapping[int, str], *, ticked: bool
) -> dict[str, Any]:
    waits = one.is_paused and one.problem is None
    return {
        "dossier": one.dossier,
        "step": step_names_of(one.dossier).get(one.step, one.step),
        "places": [(step.code, names[step.code]) for step in one.places],
        "chosen": steps.get(one.dossier.pk, ""),
        "old_due_at": one.old_due_at,
        "new_due_at": one.new_due_at,
        "old_step_due_at": one.old_step_due_at,
        "new_step_due_at": one.new_step_due_at,
        "moves": one.new_due_at not in (None, one.old_due_at),
        "waits": waits,
        "problem": _why_not(one.problem) if one.problem else "",
        "ticked": ticked and one.problem is None,
    }


def _reason(version: ProcedureVersion) -> str:
    return f"Quy trình phiên bản {version.number}, áp dụng từ {spoken.day(version.valid_from)}"


def _revision(post: Mapping[str, str], dossier: Dossier) -> int:
    """Return the revision the page showed; none that fits where it says no number."""
    typed = post.get(f"seen-{dossier.pk}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _why_not(problem: Exception) -> str:
    match problem:
        case StepNotAllowed():
            return "Bước hiện nay không có trong phiên bản này. Chọn bước tương ứng, rồi xem lại."
        case AnswerMissing():
            return "Phiên bản này hỏi điều mà khi tiếp nhận chưa hỏi. Để hồ sơ theo phiên bản cũ."
        case KeyError():
            return "Phiên bản này không có trường hợp của hồ sơ. Để hồ sơ theo phiên bản cũ."
        case _:
            return explain(problem)
