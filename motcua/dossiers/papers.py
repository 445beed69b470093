"""What each printed paper says: rows in, a sheet of ready words out, typeset as PDF.

Templates place words and decide nothing. Source: forms 01, 05 and 06 of Circular
01/2018/TT-VPCP, forms 01, 06 and 07 of Circular 03/2025/TT-VPCP; which set holds for a dossier
follows from the day it was accepted (motcua/domain/form_set.py).
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise, zip_longest
from typing import Final
from urllib.parse import urlencode

import segno

from motcua.agencies.models import Agency, OneStopUnit
from motcua.domain import letterhead, spoken
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.deadline import Pause
from motcua.domain.dossier import CLOCK_PAUSED, ENDED_UNSETTLED, OPEN, Action
from motcua.domain.form_set import Form, FormSet, Size, form_set
from motcua.domain.history import Terms
from motcua.domain.process import StepKind
from motcua.domain.standing import Standing, standing_settled
from motcua.dossiers.labels import RETURN_CHANNEL_LABELS, STATE_LABELS
from motcua.dossiers.models import (
    Dossier,
    DossierEvent,
    HandOverLine,
    HandOverList,
    Paper,
    Party,
    Receipt,
    ReceiptIssue,
    StepTaken,
)
from motcua.dossiers.queries import terms_of
from motcua.dossiers.typesetting import typeset

Words = dict[str, object]
Pair = tuple[str, str]

NOTHING: Final = "–"
COPIES: Final = ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")
# The words of the control sheet's column "Kết quả giải quyết hồ sơ".
OUTCOME_WORDS: Final = {
    Standing.EARLY: "Trước hạn",
    Standing.ON_TIME: "Đúng hạn",
    Standing.LATE: "Quá hạn",
}
PAGES: Final = {
    Size.A5: {"paper": "a5", "flipped": False},
    Size.A4: {"paper": "a4", "flipped": False},
    Size.A4_LANDSCAPE: {"paper": "a4", "flipped": True},
}
_AT_THE_COUNTER: Final = (StepKind.RECEIVE, StepKind.RETURN)
_CLOSING: Final = frozenset({Action.RETURN, Action.SEND_BACK, Action.WITHDRAW, Action.DISCONTINUE})
_PAUSED: Final = frozenset(str(state) for state in CLOCK_PAUSED)


# Form 01


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
    forms = form_set(_accepted_on(dossiers[0]))
    people = [_people(dossier) for dossier in dossiers]
    together = all(rows == people[0] for rows in people)
    printed_at = issue.at if issue else receipt.issued_at
    unit = receipt.unit
    sheet = {
        **_form(forms, Form.RECEIPT),
        "head": _head(unit, on=office(receipt.issued_at).date(), position=receipt.position),
        "title": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "copies": COPIES,
        "unit": _where(receipt),
        "people": people[0] if together else [[("Người nộp hồ sơ", _who_brings(dossiers[0]))]],
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
        "contact": _contact(unit),
        "signatures": _signatures(
            ("Người nộp hồ sơ", _who_brings(dossiers[0])),
            ("Người tiếp nhận hồ sơ", receipt.officer.full_name),
        ),
        "printed": _printed(printed_at, issue),
    }
    return typeset("receipt", sheet, at=printed_at)


def _where(receipt: Receipt) -> str:
    return f"{receipt.unit.name}, {receipt.counter}" if receipt.counter else receipt.unit.name


def _people(dossier: Dossier) -> list[list[Pair]]:
    parties = _parties(dossier)
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


def _who_brings(dossier: Dossier) -> str:
    parties = _parties(dossier)
    for role in ("submitter", "representative", "owner"):
        if role in parties:
            return parties[role].full_name
    return dossier.applicant_name


def _received(dossier: Dossier, forms: FormSet, lookup_address: str) -> Words:
    link = f"{lookup_address}?{urlencode({'number': dossier.number})}"
    return {
        "number": dossier.number,
        "qr": _qr(link),
        "link": link,
        "procedure": _procedure(dossier),
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
        return "không"
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


def _printed(at: datetime, issue: ReceiptIssue | None = None) -> str:
    words = f"In lúc {spoken.short_moment(at)}"
    return f"{words} · Lần in {issue.position}" if issue and issue.position > 1 else words


def _contact(unit: OneStopUnit) -> str:
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


# Form 05/06


def control_sheet(dossier: Dossier, *, at: datetime) -> bytes:
    """Return the sheet that goes with the dossier from hand to hand, as PDF.

    One block per hand-over that took place, with how the giver kept the time of its step; while
    the dossier is open, one more for each that is still to come, to be filled in by hand.

    Source: form 05 of Circular 01/2018, form 06 of Circular 03/2025.
    """
    forms = form_set(_accepted_on(dossier))
    terms = terms_of(dossier)
    names = dict(dossier.version.steps.values_list("code", "name"))
    steps = list(dossier.steps_taken.select_related("agency", "officer").order_by("position"))
    events = list(dossier.events.select_related("officer").order_by("position"))
    sheet = {
        **_form(forms, Form.CONTROL_SHEET),
        "head": _head(dossier.unit, on=_accepted_on(dossier)),
        "title": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        "rows": _control_head(dossier, steps),
        "number": dossier.number,
        "blocks": [
            *_hand_overs(dossier, steps, events, terms, names),
            *_hand_overs_to_come(dossier, steps, terms, names),
        ],
        "printed": _printed(at),
    }
    return typeset("control_sheet", sheet, at=at)


def _control_head(dossier: Dossier, steps: list[StepTaken]) -> list[Pair]:
    deciding = {dossier.unit.agency_id, dossier.competent_agency_id}
    others = dict.fromkeys(step.agency.name for step in steps if step.agency_id not in deciding)
    rows = [
        ("Hồ sơ của", dossier.applicant_name),
        ("Nội dung", _procedure(dossier)),
        ("Cơ quan (bộ phận) giải quyết hồ sơ", dossier.competent_agency.name),
        ("Cơ quan phối hợp giải quyết hồ sơ", "; ".join(others) or "không"),
        ("Thời gian nhận hồ sơ", spoken.full_moment(dossier.accepted_at)),
        ("Thời gian hẹn trả kết quả", spoken.full_moment(dossier.promised_at)),
    ]
    if dossier.due_at != dossier.promised_at:
        rows.append(("Hẹn trả hiện nay", spoken.full_moment(dossier.due_at)))
    if dossier.settled_at:
        standing = standing_settled(due_at=dossier.due_at, settled_at=dossier.settled_at)
        ready = spoken.full_moment(dossier.settled_at)
        rows.append(("Có kết quả", f"{ready} ({OUTCOME_WORDS[standing].lower()})"))
    elif dossier.ended_at:
        ended = spoken.full_moment(dossier.ended_at)
        rows.append(("Kết thúc", f"{ended} ({STATE_LABELS[dossier.state].lower()})"))
    return rows


def _hand_overs(
    dossier: Dossier,
    steps: list[StepTaken],
    events: list[DossierEvent],
    terms: Terms,
    names: dict[str, str],
) -> Iterator[Words]:
    pauses = _pauses(events)
    closing = _closing_events(steps, events)
    for step, following in zip_longest(steps, steps[1:]):
        if step.ended_at is None:
            return
        event = closing[step.position]
        paused = [pause for pause in pauses if step.started_at <= pause.start < step.ended_at]
        yield {
            "giver": _holder(dossier, step, terms),
            "giver_step": names[step.code],
            "giver_name": event.officer.full_name if event.officer else "",
            "given_at": _written_moment(step.ended_at),
            **(
                _to_next_step(dossier, following, closing.get(following.position), terms, names)
                if following
                else _to_applicant(dossier, step)
            ),
            "outcome": (
                OUTCOME_WORDS[standing_settled(due_at=step.due_at, settled_at=step.ended_at)]
                if step.due_at
                else NOTHING
            ),
            "limit": f"Hạn: {spoken.short_moment(step.due_at)}" if step.due_at else "",
            "notes": [*map(_pause_words, paused), *([event.note] if event.note else [])],
        }


def _to_next_step(
    dossier: Dossier,
    step: StepTaken,
    closed_by: DossierEvent | None,
    terms: Terms,
    names: dict[str, str],
) -> Words:
    # Who finished a step had it, though nobody confirmed the papers; the counter has its own.
    at = step.confirmed_at
    if at is None and (closed_by or _is_at_the_counter(step.code, terms)):
        at = step.started_at
    officer = step.officer or (closed_by.officer if closed_by else None)
    return {
        "receiver": _holder(dossier, step, terms),
        "receiver_step": names[step.code],
        "receiver_name": officer.full_name if officer else "",
        "taken_at": _written_moment(at) if at else "",
    }


def _to_applicant(dossier: Dossier, step: StepTaken) -> Words:
    result = getattr(dossier, "result", None)
    collector = result.collector_name if result else ""
    assert step.outcome in _CLOSING, f"nothing follows {step.code}, ended by {step.outcome}"
    return {
        "receiver": "Người nộp hồ sơ",
        "receiver_step": "Nhận kết quả" if step.outcome == Action.RETURN else "Nhận lại hồ sơ",
        "receiver_name": collector or _who_brings(dossier),
        "taken_at": _written_moment(step.ended_at),
    }


def _hand_overs_to_come(
    dossier: Dossier, steps: list[StepTaken], terms: Terms, names: dict[str, str]
) -> Iterator[Words]:
    if dossier.state not in OPEN or not steps:
        return
    here = steps[-1]
    codes = [step.code for step in terms.process.steps]
    ahead = codes[codes.index(here.code) :]
    for code, following in pairwise(ahead):
        is_here = code == here.code
        due_at = here.due_at if is_here and dossier.state not in CLOCK_PAUSED else None
        yield {
            "giver": _holder(dossier, here, terms) if is_here else "",
            "giver_step": names[code],
            "giver_name": here.officer.full_name if is_here and here.officer else "",
            "given_at": "",
            "receiver": dossier.unit.name if _is_at_the_counter(following, terms) else "",
            "receiver_step": names[following],
            "receiver_name": "",
            "taken_at": "",
            "outcome": "",
            "limit": f"Hạn: {spoken.short_moment(due_at)}" if due_at else "",
            "notes": [],
        }


def _closing_events(steps: list[StepTaken], events: list[DossierEvent]) -> dict[int, DossierEvent]:
    """Return the event that ended each closed step, by the step's position."""
    remaining = iter(events)
    return {
        step.position: next(
            event
            for event in remaining
            if event.action == step.outcome and event.at == step.ended_at
        )
        for step in steps
        if step.ended_at is not None
    }


def _pauses(events: list[DossierEvent]) -> list[Pause]:
    pauses: list[Pause] = []
    begun: DossierEvent | None = None
    for event in events:
        if event.state_after in _PAUSED and begun is None:
            begun = event
        elif event.state_after not in _PAUSED and begun is not None:
            pauses.append(Pause(start=begun.at, end=event.at, reason=begun.note))
            begun = None
    return pauses


def _pause_words(pause: Pause) -> str:
    assert pause.end is not None, "a closed step has no open pause"
    since, until = spoken.short_moment(pause.start), spoken.short_moment(pause.end)
    return f"Tạm dừng {since} – {until}: {pause.reason}"


def _holder(dossier: Dossier, step: StepTaken, terms: Terms) -> str:
    return dossier.unit.name if _is_at_the_counter(step.code, terms) else step.agency.name


def _is_at_the_counter(code: str, terms: Terms) -> bool:
    return terms.process.step(code).kind in _AT_THE_COUNTER


def _written_moment(at: datetime) -> str:
    local = office(at)
    return f"{local:%H} giờ {local:%M} phút, ngày {spoken.day(local.date())}"


# Form 06/07


def register(unit: OneStopUnit, *, first: date, last: date, at: datetime | None = None) -> bytes:
    """Return the dossier register of what the unit accepted from `first` to `last`, as PDF.

    Both days inclusive. One part for each book and each set of forms; `at` is the instant of
    printing the foot of each page names.

    Source: form 06 of Circular 01/2018, form 07 of Circular 03/2025.
    """
    dossiers = (
        unit.dossiers.filter(accepted_at__gte=_opening(first))
        .filter(accepted_at__lt=_opening(last + timedelta(days=1)))
        .select_related("version__procedure", "case", "result")
        .prefetch_related("parties")
        .order_by("register_year", "register_position")
    )
    books = groupby(dossiers, key=lambda each: (each.register_year, _forms_of(each).code))
    parts = [
        _book(unit, year, list(group), first=first, last=last) for (year, _code), group in books
    ] or [_book(unit, first.year, [], first=first, last=last)]
    sheet = {
        "page": PAGES[Size.A4_LANDSCAPE],
        "title": "Sổ theo dõi hồ sơ",
        "parts": parts,
        "printed": _printed(at) if at else "",
    }
    return typeset("register", sheet, at=at or _opening(last + timedelta(days=1)))


def _book(
    unit: OneStopUnit, year: int, dossiers: list[Dossier], *, first: date, last: date
) -> Words:
    forms = _forms_of(dossiers[0]) if dossiers else form_set(first)
    days = f"ngày {spoken.day(first)}"
    if last != first:
        days = f"từ ngày {spoken.day(first)} đến ngày {spoken.day(last)}"
    return {
        **_form(forms, Form.REGISTER),
        "head": _head(unit, on=last),
        "book": f"Quyển số: {year}",
        "days": f"Hồ sơ tiếp nhận {days}",
        "total": f"Cộng: {spoken.whole(len(dossiers))} hồ sơ",
        "rows": [_register_row(dossier) for dossier in dossiers],
    }


def _register_row(dossier: Dossier) -> list[str]:
    parties = _parties(dossier)
    owner = parties.get("owner")
    name, brings = dossier.applicant_name, _who_brings(dossier)
    result = getattr(dossier, "result", None)
    return_words = [RETURN_CHANNEL_LABELS[dossier.return_channel]]
    if result and result.collector_name:
        return_words.append(result.collector_name)
    ended = dossier.returned_at or dossier.ended_at
    return [
        str(dossier.register_position),
        _number_in_two_lines(dossier),
        _procedure(dossier),
        str(dossier.sets),
        name if brings == name else f"{brings} (chủ hồ sơ: {name})",
        "\n".join(filter(None, [owner.address, owner.phone])) if owner else "",
        _day_and_hour(dossier.accepted_at),
        _day_and_hour(dossier.promised_at),
        _day_and_hour(ended) if ended else "",
        "\n".join(return_words),
        _register_note(dossier),
    ]


def _register_note(dossier: Dossier) -> str:
    notes = []
    if dossier.due_at != dossier.promised_at:
        notes.append(f"Hẹn lại {spoken.day(office(dossier.due_at).date())}")
    if dossier.state in ENDED_UNSETTLED:
        notes.append(STATE_LABELS[dossier.state])
    elif dossier.settled_at is not None:
        standing = standing_settled(due_at=dossier.due_at, settled_at=dossier.settled_at)
        notes.append(OUTCOME_WORDS[standing])
    return "\n".join(notes)


# The hand-over list


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
        "head": _head(unit, on=office(made_at).date(), position=hand_over_list.position),
        "title": "Danh sách bàn giao hồ sơ",
        "sides": [
            ("Bên giao", unit.name),
            ("Bên nhận", hand_over_list.to_agency.name),
            ("Lập lúc", spoken.full_moment(made_at)),
            ("Xác nhận đã nhận", _confirmed(confirmed, lines)),
        ],
        "rows": [_hand_over_row(line) for line in lines],
        "total": f"Cộng: {spoken.whole(len(lines))} hồ sơ, {spoken.whole(pieces)} giấy tờ",
        "signatures": _signatures(
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
    dossier, procedure = line.dossier, _procedure(line.dossier)
    return [
        str(line.position),
        _number_in_two_lines(dossier),
        f"{procedure}\nChưa nhận được: {line.note}" if line.note else procedure,
        dossier.applicant_name,
        str(_pieces(dossier)),
        _day_and_hour(dossier.accepted_at),
        _day_and_hour(dossier.due_at),
    ]


def _pieces(dossier: Dossier) -> int:
    return sum(
        paper.originals + paper.certified + paper.photocopies for paper in dossier.papers.all()
    )


# What the papers share


def _form(forms: FormSet, form: Form) -> Words:
    sheet = forms.sheets[form]
    return {
        "page": PAGES[sheet.size],
        "form": f"Mẫu số {sheet.code}",
        "circular": f"(Ban hành kèm theo {forms.circular})",
    }


def _head(unit: OneStopUnit, *, on: date, position: int | None = None) -> Words:
    agency: Agency = unit.agency
    return {
        "committee": letterhead.committee(agency.name),
        "section": letterhead.section(unit.name),
        "number": "" if position is None else f"Số: {letterhead.number(position, unit.name)}",
        "place_and_day": f"{letterhead.place(agency.name)}, {spoken.full_day(on)}",
    }


def _signatures(*sides: Pair) -> list[Words]:
    return [{"title": title.upper(), "name": name} for title, name in sides]


def _procedure(dossier: Dossier) -> str:
    name = dossier.version.procedure.name
    case = f" – {dossier.case.name}" if dossier.case else ""
    subject = f" ({dossier.subject})" if dossier.subject else ""
    return f"{name}{case}{subject}"


def _number_in_two_lines(dossier: Dossier) -> str:
    agency, _hyphen, running = (dossier.number or "").partition("-")
    return f"{agency}-\n{running}"


def _parties(dossier: Dossier) -> dict[str, Party]:
    return {party.role: party for party in dossier.parties.all()}


def _forms_of(dossier: Dossier) -> FormSet:
    return form_set(_accepted_on(dossier))


def _accepted_on(dossier: Dossier) -> date:
    assert dossier.accepted_at is not None, "papers are for accepted dossiers"
    return office(dossier.accepted_at).date()


def _opening(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OFFICE_ZONE)


def _day_and_hour(at: datetime) -> str:
    return f"{spoken.day(office(at).date())}\n{spoken.hour(at)}"
