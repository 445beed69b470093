"""The letter of apology: what was promised, why it is not kept, the new date and place."""

from datetime import datetime
from typing import Final

from motcua.agencies.models import Agency
from motcua.catalogue.queries import step_names
from motcua.domain import letterhead, spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Form, FormSet
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.papers.sheet import (
    Pair,
    Words,
    accepted_on,
    form_words,
    forms_of,
    procedure_words,
    signatures,
    who_brings,
)
from motcua.dossiers.queries import place_of, terms_of
from motcua.dossiers.typesetting import typeset

# What form 04 is called in each set.
TITLES: Final = {
    "2018": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "2025": "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
}
SYMBOL: Final = "PXL"
NOT_NUMBERED: Final = "……"


def letter(notice: Notice, *, promise: datetime, at: datetime) -> bytes:
    """Return the letter of apology as PDF; one not sent yet says that it is a draft.

    It speaks for the agency that settles the dossier, not for the counter. `promise` is the date
    that is not kept; `at` the instant of printing: a letter bears the day on which it was sent, a
    draft that of printing.

    Source: form 04 of Circular 01/2018 and of Circular 03/2025.
    """
    dossier = notice.dossier
    forms: FormSet = forms_of(dossier)
    agency = dossier.competent_agency
    is_sent = notice.status == NoticeStatus.SENT
    dated = office(notice.sent_at if is_sent and notice.sent_at else at).date()
    number = f"{notice.position if is_sent else NOT_NUMBERED}/{SYMBOL}"
    sheet = {
        **form_words(forms, Form.APOLOGY),
        "head": {
            **_speaker(agency),
            "number": f"Số: {number}",
            "place_and_day": (
                f"{letterhead.place(_committee(agency).name)}, {spoken.full_day(dated)}"
            ),
        },
        "title": TITLES[forms.code],
        "draft": "" if is_sent else "Dự thảo, chưa gửi",
        "to": who_brings(dossier),
        "opening": _opening(dossier),
        "facts": _facts(dossier, notice, promise),
        "apology": _apology(dossier, notice),
        "new_promise": _new_promise(dossier, notice),
        "farewell": "Mong ông/bà thông cảm.",
        "copies": ["Như trên", dossier.unit.name, "Lưu: văn thư, hồ sơ"],
        "signatures": signatures(
            ("Thủ trưởng cơ quan", notice.approved_by.full_name if notice.approved_by else "")
        ),
        "printed": f"In lúc {spoken.short_moment(at)}",
        "foot": f"Số: {number}" if is_sent else "Dự thảo",
    }
    return typeset("letter", sheet, at=at)


def _committee(agency: Agency) -> Agency:
    """Return the committee in whose name the agency speaks: its own, or that above a division."""
    return agency.parent if agency.kind == "division" and agency.parent else agency


def _speaker(agency: Agency) -> Words:
    committee = _committee(agency)
    if committee is agency:
        return {"committee": (), "section": letterhead.committee(agency.name)}
    return {
        "committee": letterhead.committee(committee.name),
        "section": (agency.name.upper(),),
    }


def _opening(dossier: Dossier) -> str:
    received = spoken.full_day(accepted_on(dossier))
    return (
        f"{received[0].upper()}{received[1:]}, {dossier.unit.name} đã tiếp nhận hồ sơ của ông/bà "
        f"để {dossier.competent_agency.name} giải quyết."
    )


def _facts(dossier: Dossier, notice: Notice, promise: datetime) -> list[Pair]:
    rows = [
        ("Nội dung yêu cầu", procedure_words(dossier)),
        ("Mã hồ sơ", dossier.number or ""),
        ("Thời gian hẹn trả kết quả", spoken.full_moment(promise)),
    ]
    if notice.responsible_step:
        rows.append(("Nơi chịu trách nhiệm", _responsible(dossier, notice.responsible_step)))
    return [*rows, ("Lý do chậm", notice.reason)]


def _responsible(dossier: Dossier, code: str) -> str:
    place = place_of(terms_of(dossier).process.step(code).performer, dossier)
    name = step_names(dossier.version_id).get(code, code)
    return f"{place}, bước “{name}”"


def _apology(dossier: Dossier, notice: Notice) -> str:
    agency = dossier.competent_agency.name
    kept = (
        "không trả được kết quả đúng hẹn và đề nghị gia hạn thời gian giải quyết"
        if notice.kind == NoticeKind.EXTENSION
        else "đã không trả kết quả đúng hẹn"
    )
    return (
        f"{agency} {kept}. Sự chậm trễ này làm ông/bà mất thêm thời gian, công sức; {agency} "
        "xin lỗi ông/bà."
    )


def _new_promise(dossier: Dossier, notice: Notice) -> Pair:
    assert notice.new_due_at is not None, "a letter names its date"
    where = {
        "counter": f"tại {dossier.unit.name}",
        "post": "gửi qua bưu chính công ích đến địa chỉ ông/bà đã đăng ký",
        "electronic": "bằng bản điện tử gửi theo địa chỉ ông/bà đã đăng ký",
    }[dossier.return_channel]
    return "Thời gian trả kết quả mới", f"{spoken.full_moment(notice.new_due_at)}, {where}"
