"""Giving a step to a colleague, one dossier or several; calling back what was passed on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.agencies.models import Officer
from motcua.domain import spoken
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.process import PERFORMING, Role
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import assignment
from motcua.dossiers.services.assignment import Candidate
from motcua.dossiers.work_queries import untouched
from motcua.web.access import dossier_for, for_roles, front_door
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace import outcomes, words
from motcua.web.workspace.forms import LONGEST_NOTE, ActForm, Words

PER_PAGE = 25
ASSIGNING = (Role.APPROVER, Role.LEADER)


class AssignForm(ActForm):
    """Phân công cho ai, vì sao."""

    to_officer = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Giao cho",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn một người.",
            "invalid_choice": "Người được chọn không còn làm bước này. Chọn người khác.",
        },
    )
    note = Words(
        label="Lý do",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Ghi lý do: hồ sơ đang có người giữ.",
            "max_length": "Rút gọn lý do còn không quá 2.000 ký tự.",
        },
    )
    field_order = ["to_officer", "note"]

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], is_somebodys: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        said = {one.officer.pk: _said_of(one) for one in candidates}
        field = self.fields["to_officer"]
        field.queryset = Officer.objects.filter(pk__in=said)
        field.choices = list(said.items())
        note = self.fields["note"]
        note.required = is_somebodys
        if is_somebodys:
            note.help_text = (
                "Người đang giữ và người được giao đọc lý do này; người nộp không thấy."
            )
        else:
            note.label = "Nội dung (không bắt buộc)"


def _said_of(one: Candidate) -> str:
    held = f"đang giữ {spoken.whole(one.open)} hồ sơ" if one.open else "chưa giữ hồ sơ nào"
    said = f"{one.officer.full_name}, {one.officer.position} – {held}"
    if one.absence is None:
        return said
    until = spoken.day(one.absence.valid_until)
    return f"{said}; vắng đến hết {until}, {one.absence.deputy.full_name} làm thay"


@for_roles(*ASSIGNING)
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Show who could do the open step, and give it to the one chosen."""
    dossier = dossier_for(request.acting, number)
    process, roles = terms_of(dossier).process, request.acting.roles_by_agency
    if assignment.assigning_agency(dossier, process, roles) is None:
        messages.warning(request, explain(ActionNotAllowed(State(dossier.state), Action.ASSIGN)))
        return redirect("workspace:dossier", number=number)
    how = {
        "candidates": assignment.candidates([dossier], at=request.at),
        "is_somebodys": dossier.holder_officer_id is not None,
        "initial": {"revision": dossier.revision},
    }
    if request.method != "POST":
        return _page(request, dossier, AssignForm(**how))
    form = AssignForm(request.POST, **how)
    if not form.is_valid():
        return _page(request, dossier, form, status=422)
    values = form.cleaned_data
    try:
        assignment.assign(
            dossier_id=dossier.pk,
            to_officer=values["to_officer"],
            officer=request.acting.officer,
            at=request.at,
            seen_revision=values["revision"],
            note=values["note"],
        )
    except REFUSALS as problem:
        dossier = dossier_for(request.acting, number)
        typed = request.POST.copy()
        typed["revision"] = dossier.revision
        form = AssignForm(typed, **how)
        return _page(request, dossier, form, status=409, problem=explain(problem))
    name = values["to_officer"].full_name
    messages.success(request, f"Đã phân công hồ sơ {number} cho {name}.")
    return redirect("workspace:dossier", number=number)


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: AssignForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    standing, standing_words = words.standing(dossier, request.at)
    shown = {
        "desk": "work",
        "dossier": dossier,
        "form": form,
        "problem": problem,
        "step": words.step(dossier),
        "holder": words.holder(dossier),
        "standing": standing,
        "standing_words": standing_words,
    }
    return render(request, "workspace/assign.html", shown, status=status)


def assign_many(
    request: HttpRequest, chosen: Sequence[Dossier], seen: dict[int, int], *, back: str
) -> HttpResponse:
    """Ask to whom these dossiers go, then give each, in a transaction of its own."""
    people = assignment.candidates(chosen, at=request.at)
    if not people:
        messages.warning(
            request,
            "Không ai làm được bước hiện nay của mọi hồ sơ đã đánh dấu. Đánh dấu những hồ sơ ở "
            "cùng một bước, rồi phân công lại.",
        )
        return redirect(back)
    is_somebodys = any(dossier.holder_officer_id for dossier in chosen)
    asked = "to_officer" in request.POST or "note" in request.POST
    form = AssignForm(request.POST if asked else None, candidates=people, is_somebodys=is_somebodys)
    if not asked or not form.is_valid():
        shown = {
            "desk": "work",
            "form": form,
            "chosen": [
                (f"{dossier.pk}.{seen[dossier.pk]}", dossier, words.holder(dossier))
                for dossier in chosen
            ],
            "back": back,
        }
        status = 422 if asked else 200
        return render(request, "workspace/assign_many.html", shown, status=status)
    done, refused = [], []
    for dossier in chosen:
        try:
            assignment.assign(
                dossier_id=dossier.pk,
                to_officer=form.cleaned_data["to_officer"],
                officer=request.acting.officer,
                at=request.at,
                seen_revision=seen[dossier.pk],
                note=form.cleaned_data["note"],
            )
        except REFUSALS as problem:
            refused.append((dossier, problem))
        else:
            done.append(dossier.number)
    said = f"{ACTION_LABELS[Action.ASSIGN]} cho {form.cleaned_data['to_officer'].full_name}"
    return outcomes.tell(request, said, done, refused, back=back)


@for_roles(*PERFORMING)
def recall(request: HttpRequest, number: str) -> HttpResponse:
    """Call back what the officer passed on and nobody has touched."""
    dossier = dossier_for(request.acting, number)
    if request.method != "POST":
        return redirect("workspace:dossier", number=number)
    revision = request.POST.get("revision", "")
    is_number = revision.isascii() and revision.isdigit() and len(revision) < 16
    try:
        assignment.recall(
            dossier_id=dossier.pk,
            officer=request.acting.officer,
            at=request.at,
            seen_revision=int(revision) if is_number else None,
        )
    except REFUSALS as problem:
        messages.warning(request, explain(problem))
    else:
        messages.success(request, f"Đã thu hồi hồ sơ {number} về bước của ông/bà.")
    return redirect("workspace:dossier", number=number)


@front_door(*PERFORMING)
@require_safe
def passed_on(request: HttpRequest) -> HttpResponse:
    """List what the officer passed on and the next step has not touched."""
    found = untouched(request.acting.officer.pk)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (dossier, words.step(dossier), words.holder(dossier), dossier.passed_at)
        for dossier in page.object_list
    ]
    number = page.paginator.count
    return render(
        request,
        "workspace/passed_on.html",
        {"desk": "work", "rows": rows, "page": page, "number": number, "query": ""},
    )
