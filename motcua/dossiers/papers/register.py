"""The dossier register, book by book."""

from datetime import date, datetime
from itertools import groupby

from motcua.agencies.models import OneStopUnit
from motcua.domain import spoken
from motcua.domain.calendar import ONE_DAY, midnight, office
from motcua.domain.dossier import ENDED_UNSETTLED
from motcua.domain.form_set import Form, Size, form_set
from motcua.domain.standing import standing_settled
from motcua.dossiers.counter_queries import register_of
from motcua.dossiers.labels import RETURN_CHANNEL_LABELS, STATE_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.sheet import (
    OUTCOME_WORDS,
    PAGES,
    Words,
    day_and_hour,
    form_words,
    forms_of,
    head,
    number_in_two_lines,
    parties_of,
    printed,
    procedure_words,
    who_brings,
)
from motcua.dossiers.typesetting import typeset


def register(unit: OneStopUnit, *, first: date, last: date, at: datetime | None = None) -> bytes:
    """Return the dossier register of what the unit accepted from `first` to `last`, as PDF.

    Both days inclusive. One part for each book and each set of forms; `at` is the instant of
    printing the foot of each page names.

    Source: form 06 of Circular 01/2018, form 07 of Circular 03/2025.
    """
    dossiers = (
        register_of(unit, first=first, last=last)
        .select_related("version__procedure", "case", "result", "hand_back__event")
        .prefetch_related("parties")
    )
    books = groupby(dossiers, key=lambda each: (each.register_year, forms_of(each).code))
    parts = [
        _book(unit, year, list(group), first=first, last=last) for (year, _code), group in books
    ] or [_book(unit, first.year, [], first=first, last=last)]
    sheet = {
        "page": PAGES[Size.A4_LANDSCAPE],
        "title": "Sổ theo dõi hồ sơ",
        "parts": parts,
        "printed": printed(at) if at else "",
    }
    return typeset("register", sheet, at=at or midnight(last + ONE_DAY))


def _book(
    unit: OneStopUnit, year: int, dossiers: list[Dossier], *, first: date, last: date
) -> Words:
    forms = forms_of(dossiers[0]) if dossiers else form_set(first)
    days = f"ngày {spoken.day(first)}"
    if last != first:
        days = f"từ ngày {spoken.day(first)} đến ngày {spoken.day(last)}"
    return {
        **form_words(forms, Form.REGISTER),
        "head": head(unit, on=last),
        "book": f"Quyển số: {year}",
        "days": f"Hồ sơ tiếp nhận {days}",
        "total": f"Cộng: {spoken.whole(len(dossiers))} hồ sơ",
        "rows": [_register_row(dossier) for dossier in dossiers],
    }


def _register_row(dossier: Dossier) -> list[str]:
    parties = parties_of(dossier)
    owner = parties.get("owner")
    name, brings = dossier.applicant_name, who_brings(dossier)
    # Of what ended without a result, who fetched the papers.
    fetched = getattr(dossier, "result", None) or getattr(dossier, "hand_back", None)
    return_words = [RETURN_CHANNEL_LABELS[dossier.return_channel]]
    if fetched and fetched.collector_name:
        return_words.append(fetched.collector_name)
    ended = dossier.returned_at or dossier.ended_at
    return [
        str(dossier.register_position),
        number_in_two_lines(dossier),
        procedure_words(dossier),
        str(dossier.sets),
        name if brings == name else f"{brings} (chủ hồ sơ: {name})",
        "\n".join(filter(None, [owner.address, owner.phone])) if owner else "",
        day_and_hour(dossier.accepted_at),
        day_and_hour(dossier.promised_at),
        day_and_hour(ended) if ended else "",
        "\n".join(return_words),
        _register_note(dossier),
    ]


def _register_note(dossier: Dossier) -> str:
    notes = []
    if dossier.due_at != dossier.promised_at:
        notes.append(f"Hẹn lại {spoken.day(office(dossier.due_at).date())}")
    if dossier.state in ENDED_UNSETTLED:
        notes.append(STATE_LABELS[dossier.state])
        fetched = getattr(dossier, "hand_back", None)
        if fetched is not None:
            notes.append(f"Trả lại giấy tờ {spoken.day(office(fetched.event.at).date())}")
    elif dossier.settled_at is not None:
        standing = standing_settled(due_at=dossier.due_at, settled_at=dossier.settled_at)
        notes.append(OUTCOME_WORDS[standing])
    return "\n".join(notes)
