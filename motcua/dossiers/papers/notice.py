"""What the applicant is told in writing: papers asked for, a refusal, a stop, money owed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from motcua.domain import letterhead, spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Form, FormSet, Size, form_set
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.dossiers.labels import MARK_LABELS
from motcua.dossiers.models import Dossier, Notice, NoticeItem
from motcua.dossiers.papers.receipt import contact_of
from motcua.dossiers.papers.sheet import (
    PAGES,
    Pair,
    Words,
    accepted_on,
    form_words,
    head,
    parties_of,
    procedure_words,
    signatures,
    who_brings,
)
from motcua.dossiers.typesetting import typeset

TITLES: Final = {
    NoticeKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    NoticeKind.REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    NoticeKind.PAYMENT: "Thông báo thực hiện nghĩa vụ tài chính",
    NoticeKind.STOP: "Thông báo dừng giải quyết hồ sơ",
    NoticeKind.WITHDRAWAL: "Thông báo về việc rút hồ sơ",
}
# The circulars number these; the other kinds are plain notices.
FORMS: Final = {
    NoticeKind.SUPPLEMENT: Form.SUPPLEMENT,
    NoticeKind.REFUSAL: Form.REFUSAL,
    NoticeKind.STOP: Form.STOP,
}
GUIDANCE: Final = "HDHS"  # the symbol of what guides the applicant
NOT_NUMBERED: Final = "……"


def notice(notice: Notice, *, at: datetime) -> bytes:
    """Return a notice as PDF; one not sent yet says that it is a draft.

    `at` is the instant of printing: what was sent bears the day on which it was sent, a draft that
    of printing. An apology is a letter of its own, see letter.py.

    Source: forms 02 and 03 of Circular 01/2018, forms 02, 03 and 05 of Circular 03/2025; Decree
    30/2020 art. 8 for what has no form.
    """
    dossier, kind = notice.dossier, NoticeKind(notice.kind)
    is_sent = notice.status == NoticeStatus.SENT
    dated = office(notice.sent_at if is_sent and notice.sent_at else at).date()
    forms = form_set(accepted_on(dossier) if dossier.accepted_at else dated)
    number = _number(notice, is_sent)
    sheet = {
        **_form(kind, forms),
        "head": {**head(dossier.unit, on=dated), "number": f"Số: {number}"},
        "title": TITLES[kind],
        "draft": "" if is_sent else "Dự thảo, chưa gửi",
        "unit": dossier.unit.name,
        "people": _people(dossier),
        "opening": _opening(notice),
        "papers": _papers(notice.items.all()),
        "points": _points(notice, dossier),
        "closing": _closing(notice, dossier),
        "contact": contact_of(dossier.unit),
        "signatures": _signatures(notice),
        "printed": f"In lúc {spoken.short_moment(at)}",
        "foot": f"Số: {number}" if is_sent else "Dự thảo",
    }
    return typeset("notice", sheet, at=at)


def _form(kind: NoticeKind, forms: FormSet) -> Words:
    form = FORMS.get(kind)
    if form is None or not forms.sheets[form].code:
        return {"page": PAGES[Size.A5], "form": "", "circular": ""}
    return form_words(forms, form)


def _number(notice: Notice, is_sent: bool) -> str:
    if not is_sent or notice.position is None:
        return f"{NOT_NUMBERED}/{GUIDANCE}" if _guides(notice) else NOT_NUMBERED
    if _guides(notice):
        return f"{notice.position}/{GUIDANCE}"
    return letterhead.number(notice.position, notice.unit.name)


def _guides(notice: Notice) -> bool:
    return notice.kind == NoticeKind.SUPPLEMENT


def _people(dossier: Dossier) -> list[list[Pair]]:
    owner = parties_of(dossier).get("owner")
    rows: list[list[Pair]] = [[("Hồ sơ của", owner.full_name if owner else dossier.applicant_name)]]
    if owner:
        rows += [
            [("Địa chỉ", owner.address)],
            [("Điện thoại", owner.phone), ("Email", owner.email)],
        ]
        if who_brings(dossier) != owner.full_name:
            rows.append([("Người nộp hồ sơ", who_brings(dossier))])
    rows.append([("Nội dung yêu cầu giải quyết", procedure_words(dossier))])
    if dossier.number and dossier.accepted_at:
        received = spoken.full_moment(dossier.accepted_at)
        rows += [[("Mã hồ sơ", dossier.number)], [("Thời gian nhận hồ sơ", received)]]
    said = [[(label, value) for label, value in row if value] for row in rows]
    return [row for row in said if row]


def _opening(notice: Notice) -> str:
    unit = notice.dossier.unit.name
    match NoticeKind(notice.kind):
        case NoticeKind.SUPPLEMENT:
            again = f" (lần thứ {notice.round})" if notice.round > 1 else ""
            return f"Đề nghị ông/bà bổ sung, hoàn thiện hồ sơ{again} gồm những nội dung sau:"
        case NoticeKind.REFUSAL:
            return f"{unit} không tiếp nhận, giải quyết hồ sơ này."
        case NoticeKind.PAYMENT:
            return "Để hồ sơ được giải quyết tiếp, đề nghị ông/bà nộp khoản tiền sau đây."
        case NoticeKind.STOP:
            return "Cơ quan giải quyết dừng giải quyết hồ sơ này kể từ ngày ghi trên thông báo."
        case _:
            return f"{unit} ghi nhận ông/bà rút hồ sơ này và dừng giải quyết kể từ ngày ghi trên."


def _papers(items: Sequence[NoticeItem]) -> list[Words]:
    return [
        {
            "name": item.name,
            "flaw": MARK_LABELS[item.flaw],
            "reason": f"{item.reason} (dữ liệu có sẵn chưa dùng được: {item.source_failed})"
            if item.source_failed
            else item.reason,
        }
        for item in items
    ]


def _points(notice: Notice, dossier: Dossier) -> list[Pair]:
    rows: list[Pair] = []
    if notice.amount:
        rows.append(("Số tiền phải nộp", spoken.dong(notice.amount)))
    if notice.reason:
        rows.append(("Lý do", notice.reason))
    if notice.guidance:
        rows.append(("Hướng dẫn", notice.guidance))
    if notice.kind in (NoticeKind.SUPPLEMENT, NoticeKind.PAYMENT):
        if notice.answer_by:
            rows.append(("Thực hiện trước hết", spoken.full_day(notice.answer_by)))
        rows.append(("Nơi nhận", dossier.unit.name))
    return rows


def _closing(notice: Notice, dossier: Dossier) -> str:
    is_accepted = dossier.accepted_at is not None
    match NoticeKind(notice.kind):
        case NoticeKind.SUPPLEMENT if is_accepted:
            return (
                "Thời hạn giải quyết tạm dừng từ khi gửi phiếu này. Khi ông/bà nộp đủ, thời hạn "
                "chạy tiếp và ngày hẹn trả mới được báo cho ông/bà. Quá ngày nêu trên mà chưa bổ "
                "sung, cơ quan có thể dừng giải quyết hồ sơ."
            )
        case NoticeKind.SUPPLEMENT:
            return (
                "Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn giải quyết. Khi trở lại, ông/bà "
                "mang theo phiếu này."
            )
        case NoticeKind.PAYMENT:
            return (
                "Thời hạn giải quyết tạm dừng từ khi gửi thông báo này đến khi ông/bà nộp chứng từ "
                "đã nộp tiền."
            )
        case NoticeKind.STOP | NoticeKind.WITHDRAWAL if is_accepted:
            return (
                f"Mời ông/bà mang giấy tiếp nhận và giấy tờ tùy thân đến {dossier.unit.name} nhận "
                "lại giấy tờ đã nộp."
            )
        case _:
            return ""


def _signatures(notice: Notice) -> list[Words]:
    drafter = notice.drafted_by.full_name if notice.drafted_by else ""
    signer = notice.approved_by.full_name if notice.approved_by else ""
    match NoticeKind(notice.kind):
        case NoticeKind.SUPPLEMENT if signer in ("", drafter):
            return signatures(("Người hướng dẫn", drafter))
        case NoticeKind.SUPPLEMENT:
            return signatures(("Người hướng dẫn", drafter), ("Người duyệt", signer))
        case NoticeKind.REFUSAL | NoticeKind.WITHDRAWAL:
            brings = who_brings(notice.dossier)
            return signatures(("Người nộp hồ sơ", brings), ("Người tiếp nhận hồ sơ", drafter))
        case _:
            return signatures(("Thủ trưởng cơ quan", signer))
