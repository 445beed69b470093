"""After acceptance: the receipt's page, its paper, the register, and corrections."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from motcua.domain.calendar import office
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder, ReasonMissing
from motcua.domain.process import Role
from motcua.dossiers import counter_queries, papers
from motcua.dossiers.models import Dossier, Party, Receipt
from motcua.dossiers.services.corrections import (
    NothingToCorrect,
    also_on_the_slip,
    correct,
    correct_together,
)
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.web.access import for_roles, front_door, received_by
from motcua.web.counter.forms import CorrectionForm, RegisterForm
from motcua.web.wording import explain

ROWS: Final = 25


@for_roles(Role.RECEPTION)
@require_GET
def receipt(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Say what was accepted, in large type, with the slip to print."""
    found = _receipt(request, token)
    dossiers = list(found.dossiers.all())
    issues = list(found.issues.all())
    return render(
        request,
        "counter/receipt.html",
        {
            "desk": "reception",
            "receipt": found,
            "dossiers": dossiers,
            "issues": issues,
            "last_issue": issues[-1],
            "fee": sum(dossier.fee_total for dossier in dossiers),
            "is_returned": all(dossier.returned_at == found.issued_at for dossier in dossiers),
        },
    )


@for_roles(Role.RECEPTION)
@require_GET
def receipt_pdf(request: HttpRequest, token: uuid.UUID, issue: int) -> HttpResponse:
    """Show one issue of the slip as PDF."""
    found = _receipt(request, token)
    printed = next((row for row in found.issues.all() if row.position == issue), None)
    if printed is None:
        raise Http404
    lookup = reverse("portal:lookup")
    address = (
        f"{settings.PUBLIC}{lookup}" if settings.PUBLIC else request.build_absolute_uri(lookup)
    )
    content = papers.receipt(found, issue=printed, lookup_address=address)
    return pdf(content, f"giay-tiep-nhan-{found.position}-{found.year}-{issue}.pdf")


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Correct mistyped values of an accepted dossier, with the reason."""
    dossier = received_by(request.acting, number)
    parties = list(dossier.parties.order_by("pk"))
    others = also_on_the_slip(dossier, officer=request.acting.officer, at=request.at)
    how = {"parties": parties, "on": office(request.at).date(), "others": len(others)}
    if request.method == "GET":
        form = CorrectionForm(None, **how, initial=_initial(dossier, parties))
        return _show_correction(request, dossier, form)
    form = CorrectionForm(request.POST, **how)
    if not form.is_valid():
        return _show_correction(request, dossier, form, status=422)
    write = correct_together if form.cleaned_data.get("together") else correct
    try:
        done = write(
            dossier_id=dossier.pk,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except (
        ActionNotAllowed,
        ReasonMissing,
        HistoryOutOfOrder,
        NothingToCorrect,
        SomebodyActed,
    ) as problem:
        form.add_error(None, explain(problem))
        # The page shows what is typed beside the row as it is now; sent again, it holds.
        form.data = form.data.copy()
        form.data["revision"] = str(dossier.revision)
        return _show_correction(request, dossier, form, status=422)
    whose = f"{len(done)} hồ sơ" if isinstance(done, list) else f"hồ sơ {dossier.number}"
    messages.success(request, f"Đã sửa thông tin {whose}.")
    if dossier.receipt is None:
        return redirect("workspace:dossier", number=dossier.number)
    return redirect("counter:receipt", token=dossier.receipt.token)


@front_door(Role.RECEPTION)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the dossier register of some days."""
    form, first, last = _days(request)
    rows = counter_queries.register_of(request.acting.unit, first=first, last=last)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return render(
        request,
        "counter/register.html",
        {
            "desk": "register",
            "form": form,
            "first": first,
            "last": last,
            "page": page,
            "query": urlencode(days) + "&",
            "address": f"{reverse('counter:register_pdf')}?{urlencode(days)}",
        },
        status=422 if form.errors else 200,
    )


@for_roles(Role.RECEPTION)
@require_GET
def register_pdf(request: HttpRequest) -> HttpResponse:
    """Show the dossier register of some days as PDF."""
    form, first, last = _days(request)
    if form.errors:
        return redirect(f"{reverse('counter:register')}?{request.GET.urlencode()}")
    content = papers.register(request.acting.unit, first=first, last=last, at=request.at)
    return pdf(content, f"so-theo-doi-{first:%Y%m%d}-{last:%Y%m%d}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF the browser shows in place."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _receipt(request: HttpRequest, token: uuid.UUID) -> Receipt:
    found = counter_queries.receipt_with(token, unit=request.acting.unit)
    if found is None:
        raise Http404
    return found


def _show_correction(
    request: HttpRequest, dossier: Dossier, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "counter/correction.html",
        {"desk": "reception", "dossier": dossier, "form": form},
        status=status,
    )


def _initial(dossier: Dossier, parties: Iterable[Party]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "subject": dossier.subject,
        "return_channel": dossier.return_channel,
        "revision": dossier.revision,
    }
    for party in parties:
        values |= {
            f"{party.role}_name": party.full_name,
            f"{party.role}_id": party.personal_id,
            f"{party.role}_born": f"{party.born_on:%d/%m/%Y}" if party.born_on else "",
            f"{party.role}_address": party.address,
            f"{party.role}_phone": party.phone,
            f"{party.role}_email": party.email,
        }
    return values


def _days(request: HttpRequest) -> tuple[RegisterForm, date, date]:
    today = office(request.at).date()
    form = RegisterForm(request.GET, on=today)
    if form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, today, today
