"""The papers of a field inspection: the invitation, and the minutes to be signed on the spot."""

from datetime import datetime

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Size
from motcua.domain.inspection import InspectionStatus
from motcua.dossiers.models import Inspection
from motcua.dossiers.papers.sheet import (
    PAGES,
    Pair,
    Words,
    head,
    printed,
    procedure_words,
    signatures,
    who_brings,
)
from motcua.dossiers.typesetting import typeset

# Left empty on minutes that are written by hand, this many lines.
EMPTY_LINES = 12


def inspection_invitation(inspection: Inspection, *, at: datetime) -> bytes:
    """Return the invitation to a field inspection, as PDF.

    No circular gives it a form; its head follows Decree 30/2020.
    """
    invited = [who_brings(inspection.dossier), *inspection.participants.splitlines()]
    sheet = {
        **_common(inspection, at, on=inspection.planned_at),
        "title": "Giấy mời kiểm tra thực địa",
        "to": "; ".join(filter(None, (line.strip() for line in invited))),
        "opening": (
            f"{inspection.agency.name} kính mời ông/bà có mặt trong buổi kiểm tra thực địa để giải "
            "quyết hồ sơ nêu dưới đây."
        ),
        "facts": _facts(inspection),
        "closing": [
            "Khi đến, đề nghị mang theo giấy mời này và giấy tờ tùy thân. Nếu không đến được, đề "
            f"nghị báo trước cho {inspection.dossier.unit.name}"
            + (f", điện thoại {phone}." if (phone := inspection.dossier.unit.phone) else "."),
        ],
        "lines": 0,
        "signatures": signatures(("Người lập giấy mời", inspection.planned_by.full_name)),
    }
    return typeset("inspection", sheet, at=at)


def inspection_minutes(inspection: Inspection, *, at: datetime) -> bytes:
    """Return the minutes of a field inspection, as PDF; lines to write on while none are kept."""
    is_held = inspection.status == InspectionStatus.HELD
    names = _inspectors(inspection)
    sheet = {
        **_common(inspection, at, on=inspection.starts_at),
        "title": "Biên bản kiểm tra thực địa",
        "to": "",
        "opening": "",
        "facts": _facts(inspection),
        "closing": ["Nội dung kiểm tra:", *inspection.minutes.splitlines()],
        "lines": 0 if is_held else EMPTY_LINES,
        "signatures": signatures(
            ("Cán bộ kiểm tra", names[0] if len(names) == 1 else ""),
            ("Người được mời", ""),
            ("Chủ hồ sơ", inspection.dossier.applicant_name),
        ),
    }
    return typeset("inspection", sheet, at=at)


def _common(inspection: Inspection, at: datetime, *, on: datetime) -> Words:
    dossier = inspection.dossier
    letterhead = head(dossier.unit, on=office(on).date())
    if inspection.agency_id != dossier.unit.agency_id:
        letterhead["section"] = (inspection.agency.name.upper(),)
    else:
        letterhead["committee"], letterhead["section"] = (), letterhead["committee"]
    return {
        "page": PAGES[Size.A4],
        "head": letterhead,
        "foot": dossier.number or "",
        "printed": printed(at),
    }


def _facts(inspection: Inspection) -> list[Pair]:
    dossier = inspection.dossier
    starts, ends = inspection.starts_at, inspection.ends_at
    one_day = office(starts).date() == office(ends).date()
    until = spoken.hour(ends) if one_day else spoken.full_moment(ends)
    rows = [
        ("Mã hồ sơ", dossier.number or ""),
        ("Thủ tục", procedure_words(dossier)),
        ("Chủ hồ sơ", dossier.applicant_name),
        ("Thời gian", f"{spoken.full_moment(starts)} đến {until}"),
        ("Địa điểm", inspection.place),
        ("Cán bộ kiểm tra", ", ".join(_inspectors(inspection))),
    ]
    if inspection.participants:
        rows.append(("Thành phần mời", "; ".join(inspection.participants.splitlines())))
    return rows


def _inspectors(inspection: Inspection) -> list[str]:
    return [one.officer.full_name for one in inspection.inspectors.all()]
