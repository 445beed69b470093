"""Notes and messages, written on the dossier's page."""

from typing import Any

from django.contrib import messages as banners
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.dossiers.models import Dossier
from motcua.dossiers.services import messages, notes
from motcua.dossiers.services.messages import MessageNotAllowed
from motcua.dossiers.services.notes import NothingSaid, NotOnTheRoad
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles
from motcua.web.wording import explain
from motcua.web.workspace.dossier import page
from motcua.web.workspace.dossier_work import InternalNoteForm, MessageForm


@for_roles(*DOSSIER_ROLES)
@require_POST
def write_note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note for the officers on the dossier's road."""
    dossier = dossier_for(request.acting, number)
    form = InternalNoteForm(request.POST)
    if form.is_valid():
        try:
            notes.write(
                dossier_id=dossier.pk,
                text=form.cleaned_data["text"],
                officer=request.acting.officer,
                at=request.at,
            )
        except (NothingSaid, NotOnTheRoad) as problem:
            form.add_error("text", explain(problem))
        else:
            banners.success(request, "Đã ghi chú. Người nộp không thấy ghi chú này.")
            return redirect("workspace:dossier", number=number)
    return _again(request, dossier, note_form=form)


@for_roles(*DOSSIER_ROLES)
@require_POST
def write_message(request: HttpRequest, number: str) -> HttpResponse:
    """Write a message that the applicant reads where the dossier is looked up."""
    dossier = dossier_for(request.acting, number)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            messages.write(
                dossier_id=dossier.pk,
                text=form.cleaned_data["text"],
                delivery=form.cleaned_data["delivery"],
                officer=request.acting.officer,
                at=request.at,
            )
        except (NothingSaid, MessageNotAllowed) as problem:
            form.add_error("text", explain(problem))
        else:
            banners.success(request, "Đã ghi tin nhắn; người nộp đọc ở trang tra cứu hồ sơ.")
            return redirect("workspace:dossier", number=number)
    return _again(request, dossier, message_form=form)


def _again(request: HttpRequest, dossier: Dossier, **forms_filled: Any) -> HttpResponse:
    shown = page(request, dossier, **forms_filled)
    return render(request, "workspace/dossier.html", shown, status=422)
