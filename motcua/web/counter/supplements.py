"""What the applicant of an accepted dossier brings or wants: papers, proof of payment, to withdraw.

Each page says what the promise becomes before anything is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.domain import reasons, spoken
from motcua.domain.calendar import office
from motcua.domain.checklist import CopyKind, Mark, Presented
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.notice import NoticeKind
from motcua.domain.process import Role
from motcua.dossiers.labels import MARK_LABELS
from motcua.dossiers.models import Dossier, Notice, NoticeItem
from motcua.dossiers.queries import explanation_of, terms_of
from motcua.dossiers.services import notices, supplements
from motcua.dossiers.services.attachments import AlreadyAttached
from motcua.dossiers.services.processing import may
from motcua.dossiers.services.supplements import Brought, open_request, would_be
from motcua.gateways.accepted import FileRefused
from motcua.web.access import for_roles, received_by
from motcua.web.counter.fields import Count, Line
from motcua.web.counter.filing import COPY_KINDS, MOST_PAPERS
from motcua.web.notice_forms import LONGEST_REASON, NoticeForm
from motcua.web.uploaded import ChosenFile, kept
from motcua.web.wording import REFUSALS, explain

NOT_THERE: Final = ""


class SupplementForm(forms.Form):
    """Giấy tờ bổ sung: how each paper asked for is handed in, how many, with its scan."""

    note = Line(
        "Nếu còn thiếu: vì sao vẫn giải quyết tiếp",
        LONGEST_REASON,
        help_text="Để trống khi đã nhận đủ.",
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Iterable[NoticeItem], **how: Any) -> None:
        super().__init__(*args, **how)
        self.items = list(items)
        kinds = [
            (NOT_THERE, "chưa có"),
            *((kind.value, words) for kind, words in COPY_KINDS.items()),
            (Mark.SHOWN.value, "đã xem, trả lại ngay"),
        ]
        for item in self.items:
            place = item.position
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=f"{item.name}: nhận thế nào",
                choices=kinds,
                required=False,
                error_messages={"invalid_choice": "Chọn trong danh sách."},
            )
            count = Count(
                label=f"{item.name}: số lượng",
                min_value=1,
                max_value=MOST_PAPERS,
                required=False,
                initial=1,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            )
            said = f"Nhập một số nguyên từ 1 đến {MOST_PAPERS}."
            for code in ("invalid", "min_value", "max_value"):
                count.error_messages[code] = said
            self.fields[f"count_{place}"] = count
            self.fields[f"file_{place}"] = forms.FileField(
                label=f"{item.name}: bản quét",
                required=False,
                max_length=255,
                widget=ChosenFile(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
                error_messages={
                    "empty": "Tệp rỗng. Chọn tệp khác.",
                    "max_length": "Tên tệp dài quá 255 ký tự. Đổi tên tệp, rồi chọn lại.",
                },
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return each paper asked for, with what is wrong of it and its fields."""
        return [
            {
                "item": item,
                "flaw": MARK_LABELS[item.flaw],
                **{part: self[f"{part}_{item.position}"] for part in ("kind", "count", "file")},
            }
            for item in self.items
        ]

    def presented(self) -> list[Presented]:
        """Return what is there; call it when the form is valid."""
        return [
            _presented(item.position, self.cleaned_data)
            for item in self.items
            if self.cleaned_data.get(f"kind_{item.position}")
        ]


def _presented(place: int, said: Mapping[str, Any]) -> Presented:
    kind = said[f"kind_{place}"]
    if kind == Mark.SHOWN:
        return Presented(position=place, mark=Mark.SHOWN)
    count = said.get(f"count_{place}") or 1
    return Presented(
        position=place,
        originals=count if kind == CopyKind.ORIGINAL else 0,
        certified=count if kind == CopyKind.CERTIFIED else 0,
        photocopies=count if kind == CopyKind.PHOTOCOPY else 0,
    )


class PaymentForm(forms.Form):
    """Đã nộp tiền: where, and what proves it."""

    in_cash = forms.TypedChoiceField(
        label="Nộp ở đâu",
        choices=[("", "Ngân hàng, kho bạc hoặc nơi khác, có chứng từ"), ("1", "Tiền mặt tại quầy")],
        widget=forms.RadioSelect,
        required=False,
        coerce=bool,
        empty_value=False,
    )
    evidence = Line("Chứng từ: số, ngày, nơi nộp", LONGEST_REASON)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Require the voucher of what was paid elsewhere."""
        said = super().clean() or {}
        if not said.get("in_cash") and not said.get("evidence"):
            self.add_error("evidence", "Ghi số, ngày và nơi nộp trên chứng từ.")
        return said


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Take in the papers that were asked for; the clock runs again."""
    dossier = received_by(request.acting, number)
    if not _may(request, dossier, Action.SUPPLEMENT) and request.method != "POST":
        return _elsewhere(request, dossier, Action.SUPPLEMENT)
    asked = open_request(dossier, NoticeKind.SUPPLEMENT)
    items = asked.items.all() if asked else ()
    blank = {"revision": dossier.revision}
    if request.method != "POST":
        return _page(request, dossier, SupplementForm(items=items, initial=blank), asked)
    form = SupplementForm(request.POST, request.FILES, items=items)
    if not form.is_valid():
        return _page(request, dossier, form, asked)
    officer = request.acting.officer
    try:
        moved = supplements.receive_papers(
            dossier_id=dossier.pk,
            brought=[
                Brought(paper=paper, file=kept(file, officer) if file else None)
                for paper in form.presented()
                for file in [form.cleaned_data.get(f"file_{paper.position}")]
            ],
            officer=officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
            note=form.cleaned_data["note"],
        )
    except (*REFUSALS, FileRefused, AlreadyAttached) as problem:
        return _page(request, dossier, form, asked, problem=explain(problem))
    return _done(request, moved, "Đã nhận giấy tờ bổ sung")


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the financial obligation was met; the clock runs again."""
    dossier = received_by(request.acting, number)
    if not _may(request, dossier, Action.PAY) and request.method != "POST":
        return _elsewhere(request, dossier, Action.PAY)
    asked = open_request(dossier, NoticeKind.PAYMENT)
    if request.method != "POST":
        return _page(request, dossier, PaymentForm(initial={"revision": dossier.revision}), asked)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, form, asked)
    try:
        moved = supplements.record_payment(
            dossier_id=dossier.pk,
            evidence=form.cleaned_data["evidence"],
            in_cash=form.cleaned_data["in_cash"],
            counter=request.acting.counter,
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except REFUSALS as problem:
        return _page(request, dossier, form, asked, problem=explain(problem))
    return _done(request, moved, "Đã ghi nhận nộp tiền")


@for_roles(Role.RECEPTION)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the applicant takes the dossier back."""
    dossier = received_by(request.acting, number)
    if not _may(request, dossier, Action.WITHDRAW) and request.method != "POST":
        return _elsewhere(request, dossier, Action.WITHDRAW)
    form = NoticeForm(
        request.POST if request.method == "POST" else None,
        kind=NoticeKind.WITHDRAWAL,
        on=office(request.at).date(),
        initial={"revision": dossier.revision},
    )
    if request.method != "POST" or not form.is_valid():
        return _withdrawing(request, dossier, form)
    try:
        told = notices.hand_out(
            dossier_id=dossier.pk,
            kind=NoticeKind.WITHDRAWAL,
            words=form.words(),
            officer=request.acting.officer,
            at=request.at,
            seen_revision=form.cleaned_data["revision"],
        )
    except REFUSALS as problem:
        return _withdrawing(request, dossier, form, problem=explain(problem))
    messages.success(request, f"Đã ghi nhận rút hồ sơ {number}. In thông báo giao người nộp.")
    return redirect("workspace:notice", pk=told.pk)


def _withdrawing(
    request: HttpRequest, dossier: Dossier, form: NoticeForm, *, problem: str = ""
) -> HttpResponse:
    return render(
        request,
        "counter/withdraw.html",
        {"desk": "reception", "dossier": dossier, "form": form, "problem": problem},
        status=409 if problem else 422 if form.errors else 200,
    )


def _may(request: HttpRequest, dossier: Dossier, action: Action) -> bool:
    return may(action, dossier, terms=terms_of(dossier), roles=request.acting.roles_by_agency)


def _elsewhere(request: HttpRequest, dossier: Dossier, action: Action) -> HttpResponse:
    messages.warning(request, explain(ActionNotAllowed(State(dossier.state), action)))
    return redirect("workspace:dossier", number=dossier.number)


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: SupplementForm | PaymentForm,
    asked: Notice | None,
    *,
    problem: str = "",
) -> HttpResponse:
    action = Action.SUPPLEMENT if isinstance(form, SupplementForm) else Action.PAY
    terms = terms_of(dossier)
    paused = State(dossier.state) in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)
    foreseen = would_be(dossier, terms, action, request.at) if paused else None
    explanation = explanation_of(foreseen, terms) if foreseen else None
    return render(
        request,
        "counter/supplement.html",
        {
            "desk": "reception",
            "dossier": dossier,
            "form": form,
            "asked": asked,
            "is_payment": action is Action.PAY,
            "new_due_at": foreseen.due_at if foreseen else None,
            "lines": reasons.explanation_lines(explanation) if explanation else (),
            "problem": problem,
        },
        status=409 if problem else 422 if form.errors else 200,
    )


def _done(request: HttpRequest, moved: Dossier, what: str) -> HttpResponse:
    messages.success(
        request,
        f"{what} hồ sơ {moved.number}. Thời hạn chạy tiếp, hẹn trả {spoken.moment(moved.due_at)}.",
    )
    return redirect("workspace:dossier", number=moved.number)
