"""The list of paper dossiers the counter hands over."""

from datetime import datetime

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Size
from motcua.dossiers.models import Dossier, HandOverLine, HandOverList
from motcua.dossiers.papers.sheet import (
    PAGES,
    day_and_hour,
    head,
    number_in_two_lines,
    procedure_words,
    signatures,
)
from motcua.dossiers.typesetting import typeset


def hand_over_list(hand_over_list: HandOverList) -> bytes:
    """Return the list of paper dossiers the counter hands over, for both sides to sign, as PDF.

    No circular gives it a form; its head and number follow Decree 30/2020.

    Source: Decree 61/2018 art. 18: dossiers go to those who settle them the same day.
    """
    unit, made_at = hand_over_list.unit, hand_over_list.made_at
    lines = list(
        hand_over_list.lines.select_related("dossier__version__procedure", "dossier__case")
        .prefetch_related("dossier__papers")
        .order_by("position")
    )
    pieces = sum(_pieces(line.dossier) for line in lines)
    confirmed = hand_over_list.confirmed_at
    receiver = hand_over_list.confirmed_by
    sheet = {
        "page": PAGES[Size.A4],
        "head": head(unit, on=office(made_at).date(), position=hand_over_list.position),
        "title": "Danh sách bàn giao hồ sơ",
        "sides": [
            ("Bên giao", unit.name),
            ("Bên nhận", hand_over_list.to_agency.name),
            ("Lập lúc", spoken.full_moment(made_at)),
            ("Xác nhận đã nhận", _confirmed(confirmed, lines)),
        ],
        "rows": [_hand_over_row(line) for line in lines],
        "total": f"Cộng: {spoken.whole(len(lines))} hồ sơ, {spoken.whole(pieces)} giấy tờ",
        "signatures": signatures(
            ("Bên giao", hand_over_list.officer.full_name),
            ("Bên nhận", receiver.full_name if receiver else ""),
        ),
        "printed": f"Lập lúc {spoken.short_moment(made_at)}",
    }
    return typeset("hand_over_list", sheet, at=confirmed or made_at)


def _confirmed(at: datetime | None, lines: list[HandOverLine]) -> str:
    if at is None:
        return ""
    absent = sum(bool(line.note) for line in lines)
    if not absent:
        return f"{spoken.full_moment(at)}, đủ"
    return f"{spoken.full_moment(at)}, trừ {spoken.whole(absent)} hồ sơ chưa nhận được"


def _hand_over_row(line: HandOverLine) -> list[str]:
    dossier, procedure = line.dossier, procedure_words(line.dossier)
    return [
        str(line.position),
        number_in_two_lines(dossier),
        f"{procedure}\nChưa nhận được: {line.note}" if line.note else procedure,
        dossier.applicant_name,
        str(_pieces(dossier)),
        day_and_hour(dossier.accepted_at),
        day_and_hour(dossier.due_at),
    ]


def _pieces(dossier: Dossier) -> int:
    return sum(
        paper.originals + paper.certified + paper.photocopies for paper in dossier.papers.all()
    )
