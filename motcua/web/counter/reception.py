"""Receiving at the counter: the page, its fragments, its drafts."""

import json
import uuid
from typing import Any, Final

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.condition import AnswerMissing
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.numbering import NumbersExhausted, NumberUnreadable
from motcua.domain.process import Role
from motcua.dossiers import counter_queries
from motcua.dossiers.models import Draft, Receipt
from motcua.dossiers.services import drafts, favourites
from motcua.dossiers.services.filings import NoCompetentDivision
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.reception import (
    NotAtThisCounter,
    NotSettledAtOnce,
    PapersMissing,
    ReceivedBefore,
    receipt_of,
    receive_together,
)
from motcua.gateways.storage import storage_failure
from motcua.web.access import for_roles, front_door
from motcua.web.counter.forms import TokenForm
from motcua.web.counter.page import ReceptionPage
from motcua.web.counter.page_values import typed_values
from motcua.web.counter.people import PERSON_PARTS
from motcua.web.errors import REASONS
from motcua.web.wording import explain

NOT_RECEIVED: Final = (
    PapersMissing,
    NoCompetentDivision,
    CalendarNotPublished,
    AnswerMissing,
    NumbersExhausted,
    NumberUnreadable,
    NotAtThisCounter,
    NotSettledAtOnce,
    ActionNotAllowed,
    SomebodyActed,
)
# Instead of accepting: what is asked for, or why not at all.
TURNED_AWAY: Final = {"incomplete": "counter:ask_to_complete", "refuse": "counter:refuse"}
UNMARKED: Final = (
    "Trang gửi lên thiếu dấu nhận biết nên chưa ghi gì. Nội dung đã gõ còn ở dưới: kiểm tra lại, "
    "rồi bấm tiếp nhận lần nữa."
)
STILL_HERE: Final = "Nội dung đã gõ còn trên trang này: đừng đóng trang, gửi lại khi ghi được."
NOT_ASKED: Final = (
    "Trang gửi lên không nói việc cần làm nên chưa ghi gì. Nội dung đã gõ còn ở dưới: kiểm tra "
    "lại, rồi chọn tiếp nhận hoặc lưu nháp."
)


@front_door(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: HttpRequest) -> HttpResponse:
    """Show a new page; receive what a page brings, or do one of its smaller things."""
    if request.method == "POST":
        page = _own_page(request)
        try:
            return _posted(request, page)
        except (DatabaseError, OSError) as problem:
            failure = storage_failure(problem)
            if failure is None:
                raise
            page.problem = f"{explain(failure)} {STILL_HERE}"
            response = _show(request, page, status=503)
            response.reason_phrase = REASONS[failure.trouble]
            return response
    page = ReceptionPage(request, {"procedure": request.GET.get("procedure", "")}, uuid.uuid4())
    return _show(request, page)


@front_door(Role.RECEPTION)
@require_safe
def certified(request: HttpRequest) -> HttpResponse:
    """Show a new page with what is settled at once already chosen: certified copies first.

    `previous` fills in who stood here last, for a second kind of copy.
    """
    page = ReceptionPage(request, {}, uuid.uuid4())
    if request.GET.get("previous"):
        page.fill_previous()
    page.choose(page.at_hand.at_once_code())
    return _show(request, page)


@for_roles(Role.RECEPTION)
@require_safe
def draft(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Go on with one of the officer's own drafts."""
    receipt = Receipt.objects.filter(token=token, officer=request.acting.officer).first()
    if receipt is not None:
        return redirect("counter:receipt", token=token)
    found = counter_queries.drafts_of(request.acting.officer).filter(token=token).first()
    if found is None:
        raise Http404
    return _show(request, ReceptionPage(request, found.content, token), draft=found)


@for_roles(Role.RECEPTION)
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """Show the officer's drafts, the latest first."""
    found = counter_queries.drafts_of(request.acting.officer)[:100]
    return render(request, "counter/reception_drafts.html", {"drafts": found, "desk": "reception"})


@for_roles(Role.RECEPTION)
@require_POST
def draft_discard(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Throw one of the officer's own drafts away."""
    if not drafts.discard(token=token, officer=request.acting.officer):
        raise Http404
    messages.success(request, "Đã bỏ hồ sơ nháp.")
    return redirect("counter:drafts")


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_discard_all(request: HttpRequest) -> HttpResponse:
    """Ask, then throw all of the officer's own drafts away."""
    if request.method != "POST":
        found = list(counter_queries.drafts_of(request.acting.officer)[:100])
        if not found:
            return redirect("counter:drafts")
        page = {"drafts": found, "desk": "reception"}
        return render(request, "counter/reception_drafts_discard.html", page)
    number = drafts.discard_all(officer=request.acting.officer)
    messages.success(request, f"Đã bỏ {spoken.whole(number)} hồ sơ nháp.")
    return redirect("counter:drafts")


@for_roles(Role.RECEPTION)
@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed so far and show the slip to be."""
    page = _own_page(request)
    response = render(
        request,
        "counter/reception_slip.html",
        {"page": page, "kept": _keep(page)},
    )
    if page.days_read:
        response["HX-Trigger"] = json.dumps({"days": page.days_read})
    return response


@for_roles(Role.RECEPTION)
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Say who is known by the number typed, or what a scanned card says; fill in what is blank."""
    page = _own_page(request)
    asked = dict(page.values)
    if request.POST.get("do") == "previous":
        page.fill_previous()
    else:
        page.look_up(clear_broken_scans=True)
    filled = {
        name: page.values.get(name, "")
        for block in ("person", "owner")
        for name in (f"{block}_{part}" for part in PERSON_PARTS)
        if page.values.get(name, "") != asked.get(name, "")
    }
    response = render(request, "counter/reception_person_note.html", {"page": page})
    response["HX-Trigger-After-Swap"] = json.dumps(
        {"person": {"asked": _ids(asked), "filled": filled, "again": page.looked.again}}
    )
    return response


@for_roles(Role.RECEPTION)
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """List the procedures that the everyday words mean."""
    page = ReceptionPage(request, {"search": request.GET.get("search", "")[:200]})
    return render(request, "counter/reception_procedures.html", {"page": page})


@for_roles(Role.RECEPTION)
@require_POST
def filing(request: HttpRequest) -> HttpResponse:
    """Choose a procedure or a case, or mark all papers: the filing's part with its slip."""
    page = _own_page(request)
    _change(request, page)
    return render(
        request, "counter/reception_filing_answer.html", {"page": page, "kept": _keep(page)}
    )


def _posted(request: HttpRequest, page: ReceptionPage) -> HttpResponse:
    if _change(request, page):
        return _show(request, page)
    do = request.POST.get("do", "")
    if do == "save":
        return _save(request, page)
    if do in TURNED_AWAY:
        return _turn_away(request, page, TURNED_AWAY[do])
    if do == "add":
        page.look_up()
        if page.add():
            _keep(page)
            return _show(request, page)
        return _refused(request, page)
    if do != "accept":
        page.problem = NOT_ASKED
        return _refused(request, page)
    if not TokenForm(request.POST).is_valid():
        # Only by its token is a page that is sent twice known again.
        page.problem = UNMARKED
        return _refused(request, page)
    return _accept(request, page)


def _change(request: HttpRequest, page: ReceptionPage) -> bool:
    """Do the smaller thing a button asks for; whether there was one."""
    if "choose" in request.POST:
        page.choose(request.POST["choose"])
    elif "drop" in request.POST:
        page.drop(request.POST["drop"])
    else:
        match request.POST.get("do"):
            case "look":
                page.look_up(clear_broken_scans=True)
            case "previous":
                page.fill_previous()
            case "papers":
                page.all_papers()
            case "pin" if page.version is not None:
                favourites.pin(officer=page.officer, procedure=page.version.procedure)
            case "search" | "case" | "pin":
                pass
            case _:
                return False
    return True


def _turn_away(request: HttpRequest, page: ReceptionPage, address: str) -> HttpResponse:
    """Go on to telling the applicant why it is not accepted."""
    page.look_up()
    if not page.check_to_turn_away():
        return _refused(request, page)
    if not TokenForm(request.POST).is_valid():
        page.problem = UNMARKED
        return _refused(request, page)
    _keep(page)
    return redirect(address, token=page.token)


def _save(request: HttpRequest, page: ReceptionPage) -> HttpResponse:
    if _keep(page) is None:
        messages.info(request, "Chưa có gì để lưu nháp.")
        return _show(request, page)
    messages.success(request, "Đã lưu nháp. Mở lại từ “Hồ sơ nháp” ở trang tiếp nhận.")
    return redirect("counter:draft", token=page.token)


def _accept(request: HttpRequest, page: ReceptionPage) -> HttpResponse:
    page.look_up()
    if not page.check():
        first = receipt_of(page.token)
        return _other_page(request, page, first) if first else _refused(request, page)
    try:
        filings = page.filings()
        receive_together(
            unit=page.unit,
            counter=page.counter,
            filings=filings,
            officer=page.officer,
            at=page.at,
            token=page.token,
        )
    except ReceivedBefore as problem:
        return _other_page(request, page, problem.receipt)
    except NOT_RECEIVED as problem:
        page.problem = explain(problem)
        return _refused(request, page)
    signed = [filing.signer for filing in filings if filing.signer]
    if signed:
        request.session["signer"] = signed[-1]
    return redirect("counter:receipt", token=page.token)


def _refused(request: HttpRequest, page: ReceptionPage) -> HttpResponse:
    return _show(request, page, status=422, kept=_keep(page))


def _other_page(request: HttpRequest, page: ReceptionPage, first: Receipt) -> HttpResponse:
    """Say that the page was received before, saying something else; keep this as a new one."""
    page.problem = explain(ReceivedBefore(first))
    page.token = uuid.uuid4()
    return _refused(request, page)


def _keep(page: ReceptionPage) -> Draft | None:
    if page.is_empty:
        return None
    return drafts.keep(
        token=page.token,
        officer=page.officer,
        unit=page.unit,
        title=page.title,
        content=page.values,
        at=page.at,
    )


def _own_page(request: HttpRequest) -> ReceptionPage:
    """Return the page that was sent.  Raises Http404 when its token is another officer's."""
    page = ReceptionPage(request, typed_values(request.POST))
    officer = page.officer
    for rows in (Receipt, Draft):
        if rows.objects.filter(token=page.token).exclude(officer=officer).exists():
            raise Http404
    return page


def _show(
    request: HttpRequest, page: ReceptionPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(
        request,
        "counter/reception.html",
        {"page": page, "desk": "reception", **more},
        status=status,
    )


def _ids(values: dict[str, str]) -> dict[str, str]:
    return {name: values.get(name, "") for name in ("person_id", "owner_id")}
