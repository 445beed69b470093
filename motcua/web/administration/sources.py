"""Papers the State already holds: which database, for each paper of a procedure."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.catalogue.drafting import ProcessOfOthers
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.publication import in_force
from motcua.catalogue.sources import say_sources
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.web.access import for_roles
from motcua.web.wording import explain


class SourcesForm(forms.Form):
    """Nguồn dữ liệu: one line for each paper of the procedure."""

    def __init__(self, *args: Any, version: ProcedureVersion, **how: Any) -> None:
        super().__init__(*args, **how)
        for paper in version.documents.order_by("position"):
            self.fields[f"source_{paper.position}"] = forms.CharField(
                label=paper.name,
                required=False,
                max_length=255,
                initial=paper.state_source,
                error_messages={"max_length": "Rút gọn tên nguồn còn không quá 255 ký tự."},
            )

    def sources(self) -> dict[int, str]:
        """Return the source of each paper, by its position; call it when the form is valid."""
        return {
            int(name.removeprefix("source_")): value for name, value in self.cleaned_data.items()
        }


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, code: str) -> HttpResponse:
    """Show in which database the State holds each paper of a procedure, and note it."""
    version = (
        in_force(office(request.at).date())
        .filter(procedure__code=code)
        .select_related("procedure")
        .order_by("number")
        .last()
    )
    if version is None:
        raise Http404
    form = SourcesForm(request.POST if request.method == "POST" else None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            changed = say_sources(
                version,
                form.sources(),
                officer=request.acting.officer,
                on=office(request.at).date(),
            )
        except ProcessOfOthers as problem:
            form.add_error(None, explain(problem))
        else:
            said = "Đã ghi nguồn dữ liệu." if changed else "Không có gì thay đổi."
            messages.success(request, said)
            return redirect("administration:sources", code=code)
    return render(
        request,
        "administration/sources.html",
        {"desk": "catalogue", "tab": "catalogue", "version": version, "form": form},
        status=422 if form.errors else 200,
    )
