"""Writing to the applicant of an accepted dossier: a new notice, and one amended."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.dossier import ActionNotAllowed, State
from motcua.domain.limit import TimeLimit
from motcua.domain.notice import ACT_OF, NoticeKind, NoticeMove
from motcua.domain.terms import Terms
from motcua.dossiers.labels import NOTICE_KIND_LABELS
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.notice_queries import live_of
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import notices
from motcua.dossiers.services.notice_contents import words_of
from motcua.dossiers.services.processing import HeldByColleague, is_colleagues
from motcua.dossiers.services.signing import may_draft, rounds_before
from motcua.dossiers.services.supplements import open_request
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles, notice_for
from motcua.web.notice_forms import NoticeForm, initial_of
from motcua.web.paper_lists import listed_papers
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace.notices import AFTER_SENDING

TITLES: Final = {
    NoticeKind.SUPPLEMENT: "Yêu cầu bổ sung, hoàn thiện hồ sơ",
    NoticeKind.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    NoticeKind.STOP: "Đề nghị dừng giải quyết hồ sơ",
    NoticeKind.REFUSAL: "Từ chối tiếp nhận hồ sơ",
    NoticeKind.WITHDRAWAL: "Rút hồ sơ theo yêu cầu của người nộp",
}


@for_roles(*DOSSIER_ROLES)
def write(request: HttpRequest, number: str, kind: NoticeKind) -> HttpResponse:
    """Show the form of a new notice, and draft it."""
    dossier = dossier_for(request.acting, number)
    known = live_of(dossier).filter(kind=kind.value).first()
    if known is not None and request.method != "POST":
        messages.info(request, explain(notices.DraftedAlready(known)))
        return redirect("workspace:notice", pk=known.pk)
    terms = terms_of(dossier)
    problem = _why_not(request, dossier, kind, terms)
    if problem is not None and request.method != "POST":
        messages.warning(request, explain(problem))
        return redirect("workspace:dossier", number=number)
    form = _form(request, dossier, kind, terms)
    if request.method != "POST":
        return _page(request, dossier, kind, form)
    if not form.is_valid():
        return _page(request, dossier, kind, form, status=422)
    try:
        drafted = notices.draft(
            dossier_id=dossier.pk,
            kind=kind,
            words=form.words(),
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except REFUSALS as refused:
        return _page(request, dossier, kind, form, status=409, problem=explain(refused))
    messages.success(request, "Đã soạn văn bản, chờ lãnh đạo ký duyệt.")
    return redirect("workspace:notice", pk=drafted.pk)


@for_roles(*DOSSIER_ROLES)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a draft, and change what it says."""
    notice = notice_for(request.acting, pk)
    dossier, kind = notice.dossier, NoticeKind(notice.kind)
    acting = request.acting
    moves = notices.moves_for(
        notice, roles=acting.roles_by_agency, officer=acting.officer, at=request.at
    )
    if NoticeMove.AMEND not in moves or kind not in TITLES:
        messages.warning(request, "Văn bản này không sửa được nữa, hoặc không do ông/bà soạn.")
        return redirect("workspace:notice", pk=pk)
    form = _form(request, dossier, kind, terms_of(dossier), notice=notice)
    if request.method != "POST":
        return _page(request, dossier, kind, form, notice=notice)
    if not form.is_valid():
        return _page(request, dossier, kind, form, notice=notice, status=422)
    seen = form.cleaned_data["revision"]
    try:
        notices.amend(
            notice_id=notice.pk,
            words=form.words(),
            officer=acting.officer,
            at=request.at,
            seen_revision=notice.revision if seen is None else seen,
        )
    except REFUSALS as refused:
        said = explain(refused)
        return _page(request, dossier, kind, form, notice=notice, status=409, problem=said)
    messages.success(request, "Đã sửa văn bản, chờ lãnh đạo ký duyệt.")
    return redirect("workspace:notice", pk=pk)


def _why_not(
    request: HttpRequest, dossier: Dossier, kind: NoticeKind, terms: Terms
) -> Exception | None:
    acting, act = request.acting, ACT_OF[kind]
    if not may_draft(kind, dossier, terms=terms, roles=acting.roles_by_agency):
        return ActionNotAllowed(State(dossier.state), act)
    if is_colleagues(act, dossier, acting.officer, absent=acting.absent):
        return HeldByColleague(dossier.holder_officer)
    return None


def _form(
    request: HttpRequest,
    dossier: Dossier,
    kind: NoticeKind,
    terms: Terms,
    *,
    notice: Notice | None = None,
) -> NoticeForm:
    initial: dict[str, Any] = {"revision": dossier.revision}
    asked = words_of(notice).papers if notice else ()
    if notice is not None:
        initial = {"revision": notice.revision, **initial_of(words_of(notice))}
    else:
        initial |= {"answer_by": _answer_by(request, terms), "reason": _reason(dossier, kind)}
    return NoticeForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        on=office(request.at).date(),
        papers=listed_papers(dossier.version, dossier.case, dossier.papers.all(), asked),
        is_accepted=dossier.accepted_at is not None,
        initial=initial,
    )


def _answer_by(request: HttpRequest, terms: Terms) -> str:
    """Return the day proposed for the applicant; none where the calendar does not reach it."""
    limit = TimeLimit.parse(settings.ANSWER_LIMIT)
    try:
        until = terms.office_time.working_day_after(office(request.at).date(), int(limit.amount))
    except CalendarNotPublished:
        return ""
    return spoken.day(until)


def _reason(dossier: Dossier, kind: NoticeKind) -> str:
    """Return what a stop is most often for: a request that nobody answered."""
    if kind is not NoticeKind.STOP:
        return ""
    asked = open_request(dossier, NoticeKind.SUPPLEMENT)
    if (
        asked is None
        or asked.answer_by is None
        or State(dossier.state) is not State.AWAITING_SUPPLEMENT
    ):
        return ""
    return (
        f"Hết ngày {spoken.day(asked.answer_by)} người nộp chưa bổ sung theo phiếu yêu cầu số "
        f"{asked}."
    )


def _page(
    request: HttpRequest,
    dossier: Dossier,
    kind: NoticeKind,
    form: NoticeForm,
    *,
    notice: Notice | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    before = rounds_before(dossier, terms_of(dossier)) if kind is NoticeKind.SUPPLEMENT else 0
    return render(
        request,
        "workspace/notice_write.html",
        {
            "desk": "notices",
            "dossier": dossier,
            "notice": notice,
            "title": TITLES[kind],
            "kind": NOTICE_KIND_LABELS[kind],
            "form": form,
            "before": before,
            "effect": AFTER_SENDING[kind],
            "problem": problem,
        },
        status=status,
    )
