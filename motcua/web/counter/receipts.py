"""After acceptance: the receipt's page, its paper, and the register."""

import uuid
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.dossiers import counter_queries, papers
from motcua.dossiers.models import Receipt
from motcua.web.access import for_roles, front_door
from motcua.web.counter.forms import RegisterForm

ROWS: Final = 25
LONGEST_DAY: Final = 60  # of what was typed for one, carried to the page that says why


@for_roles(Role.RECEPTION)
@require_safe
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
@require_safe
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


@front_door(Role.RECEPTION)
@require_safe
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
@require_safe
def register_pdf(request: HttpRequest) -> HttpResponse:
    """Show the dossier register of some days as PDF."""
    form, first, last = _days(request)
    if form.errors:
        days = {name: form.data[name][:LONGEST_DAY] for name in ("first", "last")}
        return redirect(f"{reverse('counter:register')}?{urlencode(days)}")
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


def _days(request: HttpRequest) -> tuple[RegisterForm, date, date]:
    today = office(request.at).date()
    form = RegisterForm(request.GET, on=today)
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        # The days are shown as they were understood: 01032021 as 01/03/2021.
        days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        return RegisterForm(days, on=today), first, last
    return form, today, today
