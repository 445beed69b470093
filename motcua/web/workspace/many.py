"""One act on several dossiers ticked in a list, each in a transaction of its own."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.domain.dossier import Action
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import hand_over, processing
from motcua.web.access import DOSSIER_ROLES, for_roles, visible_to
from motcua.web.wording import REFUSALS
from motcua.web.workspace import assigning, outcomes
from motcua.web.workspace.offers import COMMON
from motcua.web.workspace.outcomes import Refused

MOST: int = 25  # as many as a page of a list shows


@for_roles(*DOSSIER_ROLES)
@require_POST
def act_on_many(request: HttpRequest) -> HttpResponse:
    """Do one common act to each ticked dossier; of assigning, ask first to whom."""
    action = next((each for each in COMMON if each == request.POST.get("action")), None)
    if action is None:
        raise Http404
    seen, back = ticked(request), _back_to(request)
    chosen = list(
        visible_to(request.acting)
        .filter(pk__in=seen)
        .select_related("unit__agency", "version", "case", "holder_agency", "competent_agency")
        .select_related("holder_officer", "version__procedure")
        .order_by("due_at", "pk")
    )
    if not chosen:
        messages.warning(request, "Chưa đánh dấu hồ sơ nào. Đánh dấu ô ở đầu dòng, rồi chọn việc.")
        return redirect(back)
    if action is Action.ASSIGN:
        return assigning.assign_many(request, chosen, seen, back=back)
    if action is Action.HAND_OVER:
        return _hand_over(request, chosen, seen, back)
    return _each(request, action, chosen, seen, back)


def _each(
    request: HttpRequest,
    action: Action,
    chosen: Iterable[Dossier],
    seen: dict[int, int],
    back: str,
) -> HttpResponse:
    done, refused = [], []
    for dossier in chosen:
        try:
            processing.act(
                dossier_id=dossier.pk,
                action=action,
                officer=request.acting.officer,
                at=request.at,
                seen_revision=seen[dossier.pk],
            )
        except REFUSALS as problem:
            refused.append((dossier, problem))
        else:
            done.append(dossier.number)
    return outcomes.tell(request, ACTION_LABELS[action], done, refused, back=back)


def _hand_over(
    request: HttpRequest, chosen: Iterable[Dossier], seen: dict[int, int], back: str
) -> HttpResponse:
    by_unit: dict = {}
    for dossier in chosen:
        by_unit.setdefault(dossier.unit, []).append(dossier)
    done: list[str] = []
    refused: list[Refused] = []
    for unit, dossiers in by_unit.items():
        handed = hand_over.hand_over(
            unit=unit,
            dossier_ids=[dossier.pk for dossier in dossiers],
            officer=request.acting.officer,
            at=request.at,
            seen=seen,
        )
        left = {dossier.pk for dossier, _problem in handed.left_out}
        done += [dossier.number for dossier in dossiers if dossier.pk not in left]
        refused += handed.left_out
        for made in handed.lists:
            messages.success(
                request, f"Đã bàn giao cho {made.to_agency.name}: danh sách số {made}."
            )
    if refused:
        return outcomes.tell(request, ACTION_LABELS[Action.HAND_OVER], done, refused, back=back)
    return redirect(back)


def ticked(request: HttpRequest) -> dict[int, int]:
    """Return the ticked dossiers with the revision each row showed; what is no such pair is not
    ticked."""
    seen = {}
    for text in request.POST.getlist("ticked")[:MOST]:
        key, _point, revision = text.partition(".")
        if all(part.isascii() and part.isdigit() and len(part) < 16 for part in (key, revision)):
            seen[int(key)] = int(revision)
    return seen


def _back_to(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return back
    return reverse("workspace:work")
