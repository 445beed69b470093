"""Opinions of other agencies: what we were asked, what we wait for; ask, remind, answer."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.consultation import reply_by_default
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.limit import TimeLimit
from motcua.dossiers.consultation_queries import (
    Exchange,
    answered_by,
    asked_by,
    exchanges,
    may_be_asked,
    waiting_for_answer,
)
from motcua.dossiers.models import Dossier, OpinionAsked
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import consultations, processing
from motcua.dossiers.services.attachments import AlreadyAttached
from motcua.dossiers.services.consultations import NobodyAnswers, NotAsked
from motcua.gateways.accepted import FileRefused
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles, front_door
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace.dossier_opinions import may
from motcua.web.workspace.files import kept
from motcua.web.workspace.opinion_forms import AskForm, ReplyForm
from motcua.web.workspace.tabs import Tab, tabbed

TABS: Final = {
    "asked": Tab(
        "Chờ cơ quan mình trả lời",
        "{} ý kiến chờ cơ quan mình trả lời",
        "Không có câu hỏi nào chờ cơ quan mình trả lời.",
    ),
    "waiting": Tab(
        "Chờ nơi khác trả lời",
        "{} ý kiến đang chờ nơi khác trả lời",
        "Không có câu hỏi nào đang chờ nơi khác trả lời.",
    ),
    "answered": Tab(
        "Đã trả lời",
        "{} ý kiến cơ quan mình đã trả lời",
        "Cơ quan mình chưa trả lời ý kiến nào.",
    ),
}


@front_door(*DOSSIER_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what the agency was asked, what it waits for, what it answered."""
    agencies = request.acting.agency_ids
    lists = {
        "asked": waiting_for_answer(agencies),
        "waiting": asked_by(agencies),
        "answered": answered_by(agencies),
    }
    late = lists["waiting"].filter(reply_by__lt=request.at)
    tab = request.GET.get("tab") or "asked"
    shown = tabbed(request, TABS, lists, tab=tab, besides={"late": late})
    rows = [(one, _is_late(one, request)) for one in shown["page"].object_list]
    return render(request, "workspace/opinions.html", {"desk": "opinions", "rows": rows, **shown})


def _is_late(one: OpinionAsked, request: HttpRequest) -> bool:
    return (one.replied_at or request.at) > one.reply_by


@for_roles(*DOSSIER_ROLES)
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Show whom to ask and what, and ask."""
    dossier = dossier_for(request.acting, number)
    terms = terms_of(dossier)
    roles = request.acting.roles_by_agency
    if not processing.may(Action.CONSULT, dossier, terms=terms, roles=roles):
        refused = ActionNotAllowed(State(dossier.state), Action.CONSULT)
        messages.warning(request, explain(refused))
        return redirect("workspace:dossier", number=number)
    asking = processing.agency_for(Action.CONSULT, dossier, terms.process)
    today = office(request.at).date()
    how: dict[str, Any] = {
        "agencies": may_be_asked(today, but=asking),
        "named": terms.process.step(dossier.step_code).consulted,
        "today": today,
        "office_time": terms.office_time,
    }
    if request.method != "POST":
        initial = {"revision": dossier.revision, "reply_by": _proposed(dossier, request)}
        return _page(request, dossier, AskForm(initial=initial, **how))
    form = AskForm(request.POST, request.FILES, **how)
    if not form.is_valid():
        return _page(request, dossier, form, status=422)
    values = form.cleaned_data
    reply_by = terms.office_time.closing(values["reply_by"])
    if dossier.due_at > request.at and office(dossier.due_at).date() == values["reply_by"]:
        reply_by = min(reply_by, dossier.due_at)
    try:
        file = values["file"]
        consultations.ask(
            dossier_id=dossier.pk,
            agencies=values["agencies"],
            question=values["note"],
            reply_by=reply_by,
            officer=request.acting.officer,
            at=request.at,
            file=kept(file, request.acting.officer) if file else None,
            seen_revision=values["revision"],
        )
    except (FileRefused, AlreadyAttached) as problem:
        form.add_error("file", explain(problem))
        return _page(request, dossier, form, status=422)
    except (NobodyAnswers, *REFUSALS) as problem:
        return _page(request, dossier, form, status=409, problem=explain(problem))
    names = ", ".join(agency.name for agency in values["agencies"])
    messages.success(
        request, f"Đã gửi câu hỏi đến {names}. Trả lời chậm nhất {spoken.moment(reply_by)}."
    )
    return redirect("workspace:dossier", number=number)


def _proposed(dossier: Dossier, request: HttpRequest) -> str:
    """Return the day proposed for the answer; nothing where the calendar does not reach."""
    try:
        until = reply_by_default(
            request.at,
            limit=TimeLimit.parse(settings.OPINION_LIMIT),
            due_at=dossier.due_at,
            time=terms_of(dossier).office_time,
        )
    except CalendarNotPublished:
        return ""
    return spoken.day(office(until).date())


@for_roles(*DOSSIER_ROLES)
@require_POST
def remind(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Remind an agency of what it was asked."""
    dossier = dossier_for(request.acting, number)
    opinion = get_object_or_404(dossier.opinions.select_related("agency"), position=position)
    try:
        consultations.remind(
            dossier_id=dossier.pk,
            agency=opinion.agency,
            officer=request.acting.officer,
            at=request.at,
        )
    except (NotAsked, *REFUSALS) as problem:
        messages.warning(request, explain(problem))
    else:
        messages.success(request, f"Đã nhắc {opinion.agency.name} trả lời.")
    return redirect("workspace:dossier", number=number)


@for_roles(*DOSSIER_ROLES)
def reply(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Show one question, and answer it for the agency that was asked."""
    dossier = dossier_for(request.acting, number)
    events = dossier.events.select_related("officer", "agency").order_by("position")
    opinions = dossier.opinions.select_related("agency").order_by("position")
    exchange = next((one for one in exchanges(opinions, events) if one.position == position), None)
    if exchange is None or not may(request.acting, Action.REPLY, exchange.opinion.agency_id):
        raise Http404
    if request.method != "POST":
        return _page(request, dossier, ReplyForm(), exchange=exchange)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, dossier, form, exchange=exchange, status=422)
    file = form.cleaned_data["file"]
    try:
        consultations.reply(
            dossier_id=dossier.pk,
            agency=exchange.opinion.agency,
            answer=form.cleaned_data["note"],
            officer=request.acting.officer,
            at=request.at,
            file=kept(file, request.acting.officer) if file else None,
        )
    except (FileRefused, AlreadyAttached) as problem:
        form.add_error("file", explain(problem))
        return _page(request, dossier, form, exchange=exchange, status=422)
    except (NotAsked, *REFUSALS) as problem:
        said = explain(problem)
        return _page(request, dossier, form, exchange=exchange, status=409, problem=said)
    messages.success(request, f"Đã trả lời ý kiến về hồ sơ {number}.")
    return redirect("workspace:opinions")


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: AskForm | ReplyForm,
    *,
    exchange: Exchange | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "workspace/opinion.html",
        {
            "desk": "opinions" if exchange else "work",
            "dossier": dossier,
            "form": form,
            "exchange": exchange,
            "is_late": exchange.is_late(request.at) if exchange else False,
            "problem": problem,
        },
        status=status,
    )
