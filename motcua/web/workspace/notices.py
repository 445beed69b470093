"""What is written to applicants: lists of who waits for whom, one notice, what is done to it."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.calendar import office
from motcua.domain.dossier import State, actions_from
from motcua.domain.notice import (
    ACT_OF,
    ROUNDS_WITHOUT_ASKING,
    NoticeKind,
    NoticeMove,
    NoticeStatus,
)
from motcua.dossiers import notice_queries, papers
from motcua.dossiers.labels import DELIVERY_LABELS, MARK_LABELS, NOTICE_KIND_LABELS
from motcua.dossiers.models import Notice
from motcua.dossiers.services import notices
from motcua.web.access import DOSSIER_ROLES, Acting, for_roles, front_door, notice_for
from motcua.web.notice_forms import LONGEST_REASON, REFUSALS, Words
from motcua.web.wording import REFUSALS as PROBLEMS
from motcua.web.wording import explain
from motcua.web.workspace.tabs import Tab, tabbed

TABS: Final = {
    "approve": Tab(
        "Chờ duyệt",
        "{} văn bản chờ duyệt",
        "Không có văn bản nào chờ duyệt.",
    ),
    "send": Tab(
        "Chờ gửi",
        "{} văn bản đã duyệt, chờ gửi",
        "Không có văn bản nào chờ gửi.",
    ),
    "returned": Tab(
        "Chuyển lại tôi",
        "{} văn bản chuyển lại tôi để sửa",
        "Không có văn bản nào chuyển lại ông/bà.",
    ),
    "unanswered": Tab(
        "Quá hạn bổ sung",
        "{} hồ sơ đề nghị dừng: quá hạn mà người nộp chưa thực hiện",
        "Không có yêu cầu nào quá hạn mà người nộp chưa thực hiện.",
    ),
}
DONE: Final = {
    NoticeMove.APPROVE: "Đã duyệt văn bản. Văn bản chờ gửi cho người nộp.",
    NoticeMove.RETURN: "Đã chuyển lại văn bản cho người soạn.",
    NoticeMove.CANCEL: "Đã hủy văn bản.",
}
# What sending does to the dossier, besides the paper.
AFTER_SENDING: Final = {
    NoticeKind.SUPPLEMENT: "Thời hạn tạm dừng từ lúc gửi đến khi người nộp bổ sung đủ.",
    NoticeKind.PAYMENT: "Thời hạn tạm dừng từ lúc gửi đến khi người nộp thực hiện xong.",
    NoticeKind.STOP: "Hồ sơ kết thúc, không giải quyết; không hoàn tác được.",
    NoticeKind.WITHDRAWAL: "Hồ sơ kết thúc theo yêu cầu của người nộp; không hoàn tác được.",
    NoticeKind.REFUSAL: "Hồ sơ không được tiếp nhận; không hoàn tác được.",
    NoticeKind.EXTENSION: "Ngày hẹn trả dời đến ngày mới ghi trong văn bản.",
    NoticeKind.APOLOGY: "Người nộp được báo ngày hẹn lại; ngày hẹn trả và việc quá hạn giữ nguyên.",
}
LETTERS: Final = frozenset({NoticeKind.EXTENSION, NoticeKind.APOLOGY})


class MoveForm(forms.Form):
    """Duyệt, chuyển lại, gửi, hủy: what an officer says with it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = Words("Ý kiến", 2, max_length=LONGEST_REASON)
    delivery = forms.ChoiceField(
        label="Gửi cho người nộp bằng cách nào",
        choices=list(DELIVERY_LABELS.items()),
        widget=forms.RadioSelect,
        initial="counter",
        error_messages={"required": "Chọn cách gửi.", "invalid_choice": "Chọn một cách gửi."},
    )

    def __init__(self, *args: Any, move: NoticeMove, notice: Notice, **how: Any) -> None:
        super().__init__(
            *args,
            prefix=None,
            auto_id=f"{move.value}_%s",
            initial={"revision": notice.revision},
            **how,
        )
        if move is NoticeMove.SEND:
            del self.fields["note"]
            return
        del self.fields["delivery"]
        note = self.fields["note"]
        further = notice.kind == NoticeKind.SUPPLEMENT and notice.round > ROUNDS_WITHOUT_ASKING
        if move is NoticeMove.APPROVE and further:
            note.label = f"Vì sao yêu cầu lần thứ {notice.round}"
            note.required = True
        elif move is NoticeMove.APPROVE:
            note.label = "Ý kiến (không bắt buộc)"
        else:
            note.label = "Cần sửa gì" if move is NoticeMove.RETURN else "Vì sao hủy"
            note.required = True
        note.error_messages["required"] = "Ghi lý do."


@front_door(*DOSSIER_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show which notices wait to be approved, sent, amended; which requests nobody answered."""
    lists = lists_for(request.acting, request)
    shown = tabbed(request, TABS, lists)
    rows = [(row, NOTICE_KIND_LABELS[row.kind]) for row in shown["page"].object_list]
    return render(request, "workspace/notices.html", {"desk": "notices", "rows": rows, **shown})


def lists_for(acting: Acting, request: HttpRequest) -> dict[str, QuerySet[Notice]]:
    """Return the lists of notices that concern this officer, by the code of their tab."""
    assert acting.officer is not None, "only officers have lists"
    agencies, today = acting.agency_ids, office(request.at).date()
    late = notice_queries.unanswered(on=today).filter(notice_queries.of_agencies(agencies))
    return {
        "approve": notice_queries.waiting_for_approval(agencies),
        "send": notice_queries.waiting_to_be_sent(agencies),
        "returned": notice_queries.returned_to(acting.officer),
        "unanswered": late,
    }


@for_roles(*DOSSIER_ROLES)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice, and what the officer may do with it."""
    return _page(request, notice_for(request.acting, pk))


@for_roles(*DOSSIER_ROLES)
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the notice as the applicant gets it; a draft says that it is one."""
    notice = notice_for(request.acting, pk)
    if NoticeKind(notice.kind) in LETTERS:
        raise Http404
    response = HttpResponse(papers.notice(notice, at=request.at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="van-ban-{notice.kind}-{notice.pk}.pdf"'
    return response


@for_roles(*DOSSIER_ROLES)
@require_POST
def move(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Approve the notice, return it, send it or give it up."""
    notice = notice_for(request.acting, pk)
    if what not in _SERVICE:
        raise Http404
    doing = NoticeMove(what)
    form = MoveForm(request.POST, move=doing, notice=notice)
    if not form.is_valid():
        return _page(request, notice, status=422, form=form, of=doing)
    try:
        done = _SERVICE[doing](
            notice_id=notice.pk,
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
            **_said(doing, form.cleaned_data),
        )
    except PROBLEMS as problem:
        now = notice_for(request.acting, pk)
        return _page(request, now, status=409, problem=explain(problem))
    messages.success(request, DONE.get(doing) or _sent(done))
    return redirect("workspace:notice", pk=pk)


_SERVICE: Final[dict[NoticeMove, Callable[..., Notice]]] = {
    NoticeMove.APPROVE: notices.approve,
    NoticeMove.RETURN: notices.return_to_drafter,
    NoticeMove.SEND: notices.send,
    NoticeMove.CANCEL: notices.cancel,
}


def _said(doing: NoticeMove, values: dict[str, Any]) -> dict[str, str]:
    if doing is NoticeMove.SEND:
        return {"delivery": values["delivery"]}
    return {"note" if doing is NoticeMove.APPROVE else "reason": values["note"]}


def _sent(notice: Notice) -> str:
    return f"Đã gửi văn bản số {notice}. {AFTER_SENDING[NoticeKind(notice.kind)]}"


def _page(
    request: HttpRequest,
    notice: Notice,
    *,
    status: int = 200,
    problem: str = "",
    form: MoveForm | None = None,
    of: NoticeMove | None = None,
) -> HttpResponse:
    acting = request.acting
    moves = notices.moves_for(
        notice, roles=acting.roles_by_agency, officer=acting.officer, at=request.at
    )
    blank = {move: MoveForm(move=move, notice=notice) for move in moves & set(_SERVICE)}
    if form is not None and of is not None:
        blank[of] = form
    kind = NoticeKind(notice.kind)
    state = State(notice.dossier.state)
    return render(
        request,
        "workspace/notice.html",
        {
            "desk": "notices",
            "notice": notice,
            "dossier": notice.dossier,
            "kind": NOTICE_KIND_LABELS[kind],
            "is_letter": kind in LETTERS,
            "items": [(item, MARK_LABELS[item.flaw]) for item in notice.items.all()],
            "why": REFUSALS.get(notice.reason_code, ""),
            "forms": {move.value: form for move, form in blank.items()},
            "wrong": form,
            "may_amend": NoticeMove.AMEND in moves and kind not in LETTERS,
            "outdated": notice.status in ("draft", "approved")
            and ACT_OF[kind] not in actions_from(state),
            "state": notice.dossier.get_state_display(),
            "effect": AFTER_SENDING[kind] if notice.dossier.accepted_at else "",
            "waits": _waits(notice),
            "problem": problem,
        },
        status=status,
    )


def _waits(notice: Notice) -> str:
    """Say whose turn it is."""
    match NoticeStatus(notice.status):
        case NoticeStatus.DRAFT if notice.returned_note:
            return "Chờ người soạn sửa"
        case NoticeStatus.DRAFT:
            return "Chờ lãnh đạo ký duyệt"
        case NoticeStatus.APPROVED:
            return "Chờ gửi cho người nộp"
        case NoticeStatus.SENT:
            return "Đã gửi"
        case _:
            return "Đã hủy"
