"""The receipt and appointment slip."""

import io
from typing import Final
from urllib.parse import urlencode

import segno

from motcua.agencies.models import OneStopUnit
from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Form, FormSet, form_set
from motcua.dossiers.labels import RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Dossier, Paper, Party, Receipt, ReceiptIssue
from motcua.dossiers.papers.sheet import (
    Pair,
    Words,
    accepted_on,
    form_words,
    head,
    parties_of,
    printed,
    procedure_words,
    signatures,
    who_brings,
)
from motcua.dossiers.queries import terms_of
from motcua.dossiers.typesetting import typeset

COPIES: Final = ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")


def receipt(receipt: Receipt, *, issue: ReceiptIssue | None = None, lookup_address: str) -> bytes:
    """Return the receipt and appointment slip, both copies, as PDF.

    `issue` is the one being printed; None: the first. `lookup_address` is the public look-up
    page, which the QR of each dossier opens with its number (`?number=`).

    Source: form 01 of both circulars.
    """
    dossiers = list(
        receipt.dossiers.select_related("unit", "version__procedure", "case", "result")
        .prefetch_related("parties", "papers", "payments")
        .order_by("pk")
    )
    assert dossiers, "a receipt is for at least one dossier"
    forms = form_set(accepted_on(dossiers[0]))
    people = [_people(dossier) for dossier in dossiers]
    together = all(rows == people[0] for rows in people)
    printed_at = issue.at if issue else receipt.issued_at
    unit = receipt.unit
    sheet = {
        **form_words(forms, Form.RECEIPT),
        "head": head(unit, on=office(receipt.issued_at).date(), position=receipt.position),
        "title": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "copies": COPIES,
        "unit": _where(receipt),
        "people": people[0] if together else [[("Người nộp hồ sơ", who_brings(dossiers[0]))]],
        "counts_copies": forms.counts_copies,
        "dossiers": [
            {
                **_received(dossier, forms, lookup_address),
                "heading": f"Hồ sơ {position}/{len(dossiers)}" if len(dossiers) > 1 else "",
                "people": [] if together else rows,
            }
            for position, (dossier, rows) in enumerate(zip(dossiers, people, strict=True), start=1)
        ],
        "reissue": _reissue(issue),
        "contact": contact_of(unit),
        "signatures": signatures(
            ("Người nộp hồ sơ", who_brings(dossiers[0])),
            ("Người tiếp nhận hồ sơ", receipt.officer.full_name),
        ),
        "printed": printed(printed_at, issue),
    }
    return typeset("receipt", sheet, at=printed_at)


def _where(receipt: Receipt) -> str:
    return f"{receipt.unit.name}, {receipt.counter}" if receipt.counter else receipt.unit.name


def _people(dossier: Dossier) -> list[list[Pair]]:
    parties = parties_of(dossier)
    owner = parties.get("owner")
    if owner is None:
        return [[("Tiếp nhận hồ sơ của", dossier.applicant_name)]]
    rows = _person("Tiếp nhận hồ sơ của", owner)
    for role, label in (("representative", "Người được ủy quyền"), ("submitter", "Người nộp")):
        if role in parties:
            rows += _person(label, parties[role])
    return rows


def _person(label: str, party: Party) -> list[list[Pair]]:
    rows = [
        [(label, party.full_name), ("Số định danh", party.personal_id)],
        [("Địa chỉ", party.address)],
        [("Số điện thoại", party.phone), ("Email", party.email)],
    ]
    said = [[(name, value) for name, value in row if value] for row in rows]
    return [row for row in said if row]


def _received(dossier: Dossier, forms: FormSet, lookup_address: str) -> Words:
    link = f"{lookup_address}?{urlencode({'number': dossier.number})}"
    return {
        "number": dossier.number,
        "qr": _qr(link),
        "link": link,
        "procedure": procedure_words(dossier),
        "papers": [
            row
            for paper in dossier.papers.all()
            if (row := _paper_row(paper, forms.counts_copies)) is not None
        ],
        "points": _points(dossier),
        "book": f"Quyển số {dossier.register_year}, Số thứ tự {dossier.register_position}",
    }


def _paper_row(paper: Paper, counts_copies: bool) -> Words | None:
    counts = (
        ("Bản chính", paper.originals),
        ("Bản chứng thực", paper.certified),
        ("Bản chụp", paper.photocopies),
    )
    handed_in = [(kind, number) for kind, number in counts if number]
    if not handed_in:
        return None
    name = f"{paper.name} ({paper.note})" if paper.note else paper.name
    if counts_copies:
        return {"name": name, "counts": [str(number or "") for _kind, number in counts]}
    return {
        "name": name,
        "kinds": [kind for kind, _number in handed_in],
        "counts": [str(number) for _kind, number in handed_in],
    }


def _points(dossier: Dossier) -> list[Pair]:
    sets = f"{dossier.sets} (bộ)"
    if dossier.quantity > 1:
        sets += f"; số bản yêu cầu: {spoken.whole(dossier.quantity)}"
    points = [
        ("Số lượng hồ sơ", sets),
        ("Thời gian giải quyết hồ sơ theo quy định là", spoken.limit(terms_of(dossier).limit)),
        ("Thời gian nhận hồ sơ", spoken.full_moment(dossier.accepted_at)),
    ]
    if dossier.version.is_settled_at_once and dossier.returned_at:
        points.append(("Đã trả kết quả tại quầy", spoken.full_moment(dossier.returned_at)))
        points += _result_points(dossier)
    else:
        promised = spoken.full_moment(dossier.promised_at)
        points.append(("Thời gian trả kết quả giải quyết hồ sơ", promised))
    points.append(("Phí, lệ phí", _fee(dossier)))
    if not (dossier.version.is_settled_at_once and dossier.returned_at):
        channel = RETURN_CHANNEL_LABELS[dossier.return_channel]
        points.append(("Đăng ký nhận kết quả", channel[0].lower() + channel[1:]))
    return points


def _result_points(dossier: Dossier) -> list[Pair]:
    result = getattr(dossier, "result", None)
    if result is None or not result.number:
        return []
    parts = [result.number]
    if result.signed_on:
        parts.append(f"ký {spoken.full_day(result.signed_on)}")
    if result.signer:
        parts.append(f"người ký: {result.signer}")
    return [("Số của kết quả", ", ".join(parts))]


def _fee(dossier: Dossier) -> str:
    if not dossier.fee_total:
        return spoken.fee(dossier.fee_total)
    payments = list(dossier.payments.all())
    paid = sum(payment.amount for payment in payments)
    taken = "đã thu" if paid >= dossier.fee_total else f"đã thu {spoken.dong(paid)}"
    words = f"{spoken.dong(dossier.fee_total)}, {taken}"
    names = "; ".join(f"{payment.name}: {spoken.dong(payment.amount)}" for payment in payments)
    return f"{words} ({names})" if names else words


def _reissue(issue: ReceiptIssue | None) -> str:
    if issue is None or issue.position == 1:
        return ""
    reason = f" Lý do in lại: {issue.reason}." if issue.reason else ""
    return f"Lần in {issue.position}, thay cho các lần in trước.{reason}"


def contact_of(unit: OneStopUnit) -> str:
    """Return where the unit is and how it is reached, in one line."""
    known = [
        ("Địa chỉ", unit.address),
        ("Điện thoại", unit.phone),
        ("Đường dây nóng", unit.hotline),
        ("Thư điện tử", unit.email),
    ]
    return " · ".join(f"{label}: {value}" for label, value in known if value)


def _qr(link: str) -> str:
    drawing = io.BytesIO()
    segno.make_qr(link, error="m").save(drawing, kind="svg", xmldecl=False, border=2)
    return drawing.getvalue().decode()
