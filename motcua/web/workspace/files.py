"""Files of a dossier: added by those who work on it, served to those who may see it."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers.services import attachments
from motcua.dossiers.services.attachments import (
    AlreadyAttached,
    AttachmentNotAllowed,
    kinds_allowed,
)
from motcua.gateways.accepted import FileRefused
from motcua.gateways.archive import Archive, FileLost
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles
from motcua.web.uploaded import kept
from motcua.web.wording import explain
from motcua.web.workspace.dossier import page
from motcua.web.workspace.forms import FileForm

# A file that is opened in the browser after all may load and run nothing.
SANDBOX: Final = "sandbox; default-src 'none'"


@for_roles(*DOSSIER_ROLES)
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Add a file to the dossier."""
    dossier = dossier_for(request.acting, number)
    kinds = kinds_allowed(dossier, request.acting.roles_by_agency)
    if not kinds:
        messages.warning(request, explain(AttachmentNotAllowed()))
        return redirect("workspace:dossier", number=number)
    [kind] = kinds
    form = FileForm(request.POST, request.FILES, papers=dossier.papers.all(), kind=kind)
    if form.is_valid():
        try:
            row = attachments.attach(
                dossier_id=dossier.pk,
                file=kept(form.cleaned_data["file"], request.acting.officer),
                kind=kind,
                paper=form.cleaned_data.get("paper"),
                officer=request.acting.officer,
                at=request.at,
            )
        except (FileRefused, AlreadyAttached, AttachmentNotAllowed) as problem:
            form.add_error("file", explain(problem))
        else:
            messages.success(request, f"Đã thêm tệp “{row.name}” vào hồ sơ.")
            return redirect("workspace:dossier", number=number)
    return render(
        request, "workspace/dossier.html", page(request, dossier, file_form=form), status=422
    )


@for_roles(*DOSSIER_ROLES)
@require_safe
def download(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Hand out one file, to be saved, never shown as a page of this site."""
    dossier = dossier_for(request.acting, number)
    row = get_object_or_404(dossier.attachments, pk=pk)
    try:
        path = Archive(settings.FILES).path(row.digest)
    except FileLost as problem:
        messages.error(request, explain(problem))
        return redirect("workspace:dossier", number=number)
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
