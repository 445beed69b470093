"""Correcting what was mistyped: the page, and two officers who have it open at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.history import HistoryOutOfOrder
from motcua.domain.passage import ReasonMissing
from motcua.domain.process import Role
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services.corrections import (
    NothingToCorrect,
    also_on_the_slip,
    correct,
    correct_together,
)
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import may
from motcua.web.access import for_roles, received_by
from motcua.web.counter.correcting import CorrectionForm, stored_values
from motcua.web.wording import explain


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Correct mistyped values of an accepted dossier, with the reason."""
    sight = _Sight(request, received_by(request.acting, number))
    roles = request.acting.roles_by_agency
    if not may(Action.CORRECT, sight.dossier, terms=terms_of(sight.dossier), roles=roles):
        problem = ActionNotAllowed(State(sight.dossier.state), Action.CORRECT)
        messages.warning(request, explain(problem))
        return redirect("workspace:dossier", number=number)
    if request.method != "POST":
        return sight.page(sight.form(None))
    form = sight.form(request.POST)
    if not form.is_valid():
        return sight.page(form, status=422)
    write = correct_together if form.cleaned_data.get("together") else correct
    try:
        done = write(
            dossier_id=sight.dossier.pk,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except SomebodyActed as problem:
        return _overtaken(sight, form, problem)
    except (ActionNotAllowed, ReasonMissing, HistoryOutOfOrder, NothingToCorrect) as problem:
        form.add_error(None, explain(problem))
        return sight.page(form, status=422)
    whose = f"{len(done)} hồ sơ" if isinstance(done, list) else f"hồ sơ {number}"
    messages.success(request, f"Đã sửa thông tin {whose}.")
    if sight.dossier.receipt is None:
        return redirect("workspace:dossier", number=number)
    return redirect("counter:receipt", token=sight.dossier.receipt.token)


@dataclass(frozen=True, slots=True)
class _Sight:
    """Hồ sơ đang sửa: the dossier as one request reads it."""

    request: HttpRequest
    dossier: Dossier

    def form(self, data: Mapping[str, str] | None) -> CorrectionForm:
        parties = list(self.dossier.parties.order_by("pk"))
        officer, at = self.request.acting.officer, self.request.at
        return CorrectionForm(
            data,
            parties=parties,
            on=office(at).date(),
            others=len(also_on_the_slip(self.dossier, officer=officer, at=at)),
            stored=stored_values(self.dossier, parties),
            revision=self.dossier.revision,
        )

    def page(self, form: CorrectionForm, *, status: int = 200, problem: str = "") -> HttpResponse:
        return render(
            self.request,
            "counter/correction.html",
            {"desk": "reception", "dossier": self.dossier, "form": form, "problem": problem},
            status=status,
        )


def _overtaken(sight: _Sight, form: CorrectionForm, problem: SomebodyActed) -> HttpResponse:
    """Show the page over the dossier as it stands now: nothing a colleague wrote is undone."""
    now = _Sight(sight.request, received_by(sight.request.acting, sight.dossier.number))
    read = now.form(None)
    met = form.met_with(read.stored, now.dossier.revision)
    again = now.form(met.data)
    again.say_changed(met.changed)
    return now.page(again, status=422, problem=explain(problem))
