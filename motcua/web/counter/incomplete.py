"""Not accepted yet: what waits to be completed, told to the applicant, and opened again."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.checklist import Mark, missing
from motcua.domain.condition import AnswerMissing
from motcua.domain.dossier import State
from motcua.domain.notice import NoticeKind
from motcua.domain.process import Role
from motcua.dossiers import counter_queries
from motcua.dossiers.labels import NOTICE_KIND_LABELS, NOTICE_STATUS_LABELS
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.notice_queries import not_yet_accepted
from motcua.dossiers.services import drafts, notices, submission
from motcua.dossiers.services.filings import Desk, Filing, NoCompetentDivision
from motcua.dossiers.services.reception import NotAtThisCounter
from motcua.web.access import begun_for, for_roles, front_door
from motcua.web.counter.page import ReceptionPage
from motcua.web.counter.reopened import values_of
from motcua.web.notice_forms import ListedPaper, NoticeForm
from motcua.web.paper_lists import handed_in
from motcua.web.wording import REFUSALS, explain

PER_PAGE: Final = 25
WAITING: Final = (State.SUBMITTED, State.INCOMPLETE)
TITLES: Final = {
    NoticeKind.SUPPLEMENT: "Hướng dẫn hoàn thiện hồ sơ (phiếu 02)",
    NoticeKind.REFUSAL: "Từ chối tiếp nhận hồ sơ (phiếu 03)",
    NoticeKind.WITHDRAWAL: "Người nộp rút hồ sơ",
}
BUTTONS: Final = {
    NoticeKind.SUPPLEMENT: "Lập phiếu và in",
    NoticeKind.REFUSAL: "Từ chối và in phiếu",
    NoticeKind.WITHDRAWAL: "Ghi nhận rút hồ sơ",
}
EFFECTS: Final = {
    NoticeKind.SUPPLEMENT: "Hồ sơ chờ hoàn thiện: chưa có mã số, chưa tính thời hạn. Khi người nộp "
    "trở lại, mở hồ sơ này ở ngăn “Chờ hoàn thiện”.",
    NoticeKind.REFUSAL: "Hồ sơ không được tiếp nhận, không tính thời hạn. Việc này không hoàn tác.",
    NoticeKind.WITHDRAWAL: "Hồ sơ kết thúc theo yêu cầu của người nộp. Việc này không hoàn tác.",
}
NOT_BEGUN: Final = (
    *REFUSALS,
    NoCompetentDivision,
    NotAtThisCounter,
    CalendarNotPublished,
    AnswerMissing,
)


@front_door(Role.RECEPTION)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what is not accepted yet at this unit, the longest waiting first."""
    unit = request.acting.unit
    page = Paginator(not_yet_accepted(unit), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "counter/incomplete.html",
        {
            "desk": "incomplete",
            "unit": unit,
            "page": page,
            "rows": [(row, row.last_notices[0] if row.last_notices else None) for row in page],
        },
    )


@for_roles(Role.RECEPTION)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one dossier not accepted, its papers to print, and what can be done."""
    dossier = begun_for(request.acting, pk)
    found = dossier.notices.select_related("unit", "drafted_by").order_by("-pk")
    return render(
        request,
        "counter/incomplete_one.html",
        {
            "desk": "incomplete",
            "dossier": dossier,
            "waits": State(dossier.state) in WAITING,
            "notices": [
                (notice, NOTICE_KIND_LABELS[notice.kind], NOTICE_STATUS_LABELS[notice.status])
                for notice in found
            ],
            "papers": [(paper, handed_in(paper)) for paper in dossier.papers.all()],
            "people": dossier.parties.order_by("pk"),
        },
    )


@for_roles(Role.RECEPTION)
@require_safe
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the reception page with all that is known: the applicant came again."""
    dossier = begun_for(request.acting, pk)
    if State(dossier.state) not in WAITING:
        messages.warning(request, "Hồ sơ này đã kết thúc trước khi tiếp nhận. Lập hồ sơ mới.")
        return redirect("counter:incomplete_one", pk=pk)
    page = ReceptionPage(request, values_of(dossier), uuid.uuid4())
    return render(request, "counter/reception.html", {"page": page, "desk": "reception"})


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def from_page(request: HttpRequest, token: uuid.UUID, kind: NoticeKind) -> HttpResponse:
    """Tell the applicant of what stands on a reception page why it is not accepted."""
    draft = counter_queries.drafts_of(request.acting.officer).filter(token=token).first()
    if draft is None:
        first = submission.notice_of(token)
        if first is None or first.unit != request.acting.unit:
            raise Http404
        return redirect("counter:incomplete_one", pk=first.dossier_id)
    page = ReceptionPage(request, draft.content, token)
    if not page.check_to_turn_away():
        messages.warning(request, "Còn chỗ cần nhập trước khi lập phiếu. Xem các chỗ nêu ở trang.")
        return redirect("counter:draft", token=token)
    form = _form(request, kind, _papers(page))
    about = {
        "back": reverse("counter:draft", args=[token]),
        "name": page.title,
        "round": _rounds(page.begun) + 1,
    }
    if request.method != "POST" or not form.is_valid():
        return _page(request, kind, form, about)
    try:
        told = _tell(page, form, kind)
    except NOT_BEGUN as problem:
        return _page(request, kind, form, about, problem=explain(problem))
    return _done(request, told)


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int, kind: NoticeKind) -> HttpResponse:
    """Refuse what waits, or note that its applicant takes it back."""
    dossier = begun_for(request.acting, pk)
    form = _form(request, kind, [], revision=dossier.revision)
    about = {
        "back": reverse("counter:incomplete_one", args=[pk]),
        "name": f"{dossier.applicant_name} · {dossier.version.procedure.name}",
        "round": 1,
    }
    if request.method != "POST" or not form.is_valid():
        return _page(request, kind, form, about)
    try:
        told = notices.hand_out(
            dossier_id=dossier.pk,
            kind=kind,
            words=form.words(),
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except REFUSALS as problem:
        return _page(request, kind, form, about, problem=explain(problem))
    return _done(request, told)


def _tell(page: ReceptionPage, form: NoticeForm, kind: NoticeKind) -> Notice:
    desk = Desk(unit=page.unit, counter=page.counter, officer=page.officer, at=page.at)
    answer = submission.Answer(kind=kind, words=form.words())
    filing: Filing = page.filings()[-1]
    if filing.begun is None:
        return submission.begin(desk=desk, filing=filing, answer=answer, token=page.token)
    told = submission.again(desk=desk, filing=filing, answer=answer)
    drafts.discard(token=page.token, officer=page.officer)
    return told


def _form(
    request: HttpRequest,
    kind: NoticeKind,
    papers: list[ListedPaper],
    *,
    revision: int | None = None,
) -> NoticeForm:
    return NoticeForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        on=office(request.at).date(),
        papers=papers,
        is_accepted=False,
        initial={"revision": revision},
    )


def _papers(page: ReceptionPage) -> list[ListedPaper]:
    """Return each paper of the procedure, marked as missing where it has to be there and is not."""
    brought = {paper.position: paper for paper in page.filing.papers()}
    absent = {paper.position for paper in missing(page.filing.required, page.filing.papers())}
    version = page.version
    assert version is not None, "the page was checked"
    sources = {document.position: document.state_source for document in version.documents.all()}
    rows = []
    for paper in page.filing.required:
        found = brought.get(paper.position)
        there = found is not None and found.is_there
        source = sources[paper.position]
        lacks = paper.position in absent and not source
        rows.append(
            ListedPaper(
                position=paper.position,
                name=paper.name,
                flaw=Mark.MISSING.value if lacks else "",
                source=source,
                handed_in="đã nộp" if there else "chưa nộp",
            )
        )
    return rows


def _rounds(begun: Dossier | None) -> int:
    if begun is None:
        return 0
    return begun.notices.filter(kind=NoticeKind.SUPPLEMENT.value, status="sent").count()


def _page(
    request: HttpRequest,
    kind: NoticeKind,
    form: NoticeForm,
    about: dict[str, Any],
    *,
    problem: str = "",
) -> HttpResponse:
    status = 409 if problem else 422 if form.errors else 200
    return render(
        request,
        "counter/incomplete_write.html",
        {
            "desk": "reception",
            "title": TITLES[kind],
            "button": BUTTONS[kind],
            "effect": EFFECTS[kind],
            "form": form,
            "problem": problem,
            "asks": kind is NoticeKind.SUPPLEMENT,
            **about,
        },
        status=status,
    )


def _done(request: HttpRequest, told: Notice) -> HttpResponse:
    if told.status == "sent":
        messages.success(request, f"Đã lập văn bản số {told}. In và giao cho người nộp.")
    else:
        messages.success(
            request,
            f"Đây là lần yêu cầu thứ {told.round}: phiếu chờ lãnh đạo ký duyệt, rồi mới gửi.",
        )
    return redirect("counter:incomplete_one", pk=told.dossier_id)
