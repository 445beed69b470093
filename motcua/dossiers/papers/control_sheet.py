"""The control sheet: the dossier from hand to hand, and how each kept the time of its step."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise, zip_longest
from typing import Final

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.dossier import CLOCK_PAUSED, OPEN, Action
from motcua.domain.form_set import Form, form_set
from motcua.domain.notice import NoticeKind
from motcua.domain.pause import Pause
from motcua.domain.process import StepKind
from motcua.domain.standing import standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.labels import STATE_LABELS
from motcua.dossiers.letter_queries import letters_of
from motcua.dossiers.models import Dossier, DossierEvent, OpinionAsked, StepTaken
from motcua.dossiers.papers.sheet import (
    OUTCOME_WORDS,
    Pair,
    Words,
    accepted_on,
    form_words,
    head,
    printed,
    procedure_words,
    who_brings,
)
from motcua.dossiers.queries import step_names_of, terms_of
from motcua.dossiers.typesetting import typeset

NOTHING: Final = "–"
_AT_THE_COUNTER: Final = (StepKind.RECEIVE, StepKind.RETURN)
LONGEST_NOTE: Final = 60  # letters; what is longer fills a line of its own below the row
_PAUSED: Final = frozenset(str(state) for state in CLOCK_PAUSED)


def control_sheet(dossier: Dossier, *, at: datetime) -> bytes:
    """Return the sheet that goes with the dossier from hand to hand, as PDF.

    One block per hand-over that took place, with how the giver kept the time of its step; while
    the dossier is open, one more for each that is still to come, to be filled in by hand.

    Source: form 05 of Circular 01/2018, form 06 of Circular 03/2025.
    """
    forms = form_set(accepted_on(dossier))
    terms = terms_of(dossier)
    names = step_names_of(dossier)
    steps = list(dossier.steps_taken.select_related("agency", "officer").order_by("position"))
    events = list(dossier.events.select_related("officer", "for_officer").order_by("position"))
    consulted = list(dossier.opinions.select_related("agency").order_by("position"))
    sheet = {
        **form_words(forms, Form.CONTROL_SHEET),
        "head": head(dossier.unit, on=accepted_on(dossier)),
        "title": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        "rows": _control_head(dossier, steps, consulted),
        "number": dossier.number,
        "blocks": [
            *_hand_overs(dossier, steps, events, terms, names),
            *_hand_overs_to_come(dossier, steps, terms, names),
        ],
        "printed": printed(at),
    }
    return typeset("control_sheet", sheet, at=at)


def _control_head(
    dossier: Dossier, steps: list[StepTaken], consulted: list[OpinionAsked]
) -> list[Pair]:
    deciding = {dossier.unit.agency_id, dossier.competent_agency_id}
    others = dict.fromkeys(
        one.agency.name for one in (*steps, *consulted) if one.agency_id not in deciding
    )
    rows = [
        ("Hồ sơ của", dossier.applicant_name),
        ("Nội dung", procedure_words(dossier)),
        ("Cơ quan (bộ phận) giải quyết hồ sơ", dossier.competent_agency.name),
        ("Cơ quan phối hợp giải quyết hồ sơ", "; ".join(others) or "không"),
        ("Thời gian nhận hồ sơ", spoken.full_moment(dossier.accepted_at)),
        ("Thời gian hẹn trả kết quả", spoken.full_moment(dossier.promised_at)),
    ]
    if dossier.due_at != dossier.promised_at:
        rows.append(("Hẹn trả hiện nay", spoken.full_moment(dossier.due_at)))
    rows += _letters(dossier)
    if dossier.settled_at:
        standing = standing_settled(due_at=dossier.due_at, settled_at=dossier.settled_at)
        ready = spoken.full_moment(dossier.settled_at)
        rows.append(("Có kết quả", f"{ready} ({OUTCOME_WORDS[standing].lower()})"))
    elif dossier.ended_at:
        ended = spoken.full_moment(dossier.ended_at)
        rows.append(("Kết thúc", f"{ended} ({STATE_LABELS[dossier.state].lower()})"))
    return rows + [("Lấy ý kiến", _opinion_words(one)) for one in consulted]


def _opinion_words(one: OpinionAsked) -> str:
    """Say whom was asked, until when, and how the answer came."""
    asked = f"{one.agency.name}, hỏi {spoken.short_moment(one.asked_at)}"
    until = f"trả lời trước {spoken.short_moment(one.reply_by)}"
    if one.replied_at is None:
        return f"{asked}, {until}: chưa trả lời"
    late = " (quá hạn)" if one.replied_at > one.reply_by else ""
    return f"{asked}, {until}: trả lời {spoken.short_moment(one.replied_at)}{late}"


def _letters(dossier: Dossier) -> list[Pair]:
    """Return each letter of apology sent, with its reason and the date it named."""
    return [
        (
            "Đã gửi thư gia hạn" if letter.kind == NoticeKind.EXTENSION else "Đã gửi thư xin lỗi",
            f"số {letter.position}/PXL, {spoken.short_moment(letter.sent_at)}, hẹn lại "
            f"{spoken.short_moment(letter.new_due_at)}; lý do: {letter.reason}",
        )
        for letter in letters_of(dossier)
    ]


def _hand_overs(
    dossier: Dossier,
    steps: list[StepTaken],
    events: list[DossierEvent],
    terms: Terms,
    names: dict[str, str],
) -> Iterator[Words]:
    pauses = _pauses(events)
    closing = _closing_events(steps, events)
    fetched = next((event for event in events if event.action == Action.HAND_BACK), None)
    for step, following in zip_longest(steps, steps[1:]):
        if step.ended_at is None:
            return
        event = closing[step.position]
        paused = [pause for pause in pauses if step.started_at <= pause.start < step.ended_at]
        yield {
            "giver": _holder(dossier, step, terms),
            "giver_step": names[step.code],
            "giver_name": _name_of(event),
            "given_at": _written_moment(step.ended_at),
            **(
                _to_next_step(dossier, following, closing.get(following.position), terms, names)
                if following
                else _to_applicant(dossier, step)
                if step.outcome == Action.RETURN
                else _back_to_the_counter(dossier, fetched)
            ),
            "outcome": (
                OUTCOME_WORDS[standing_settled(due_at=step.due_at, settled_at=step.ended_at)]
                if step.due_at
                else NOTHING
            ),
            "limit": f"Hạn: {spoken.short_moment(step.due_at)}" if step.due_at else "",
            **_notes([*map(_pause_words, paused), *([event.note] if event.note else [])]),
        }
        if following is None and step.outcome != Action.RETURN:
            yield _handed_back(dossier, fetched)


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
    holder = step.officer.full_name if step.officer else ""
    return {
        "receiver": _holder(dossier, step, terms),
        "receiver_step": names[step.code],
        "receiver_name": _name_of(closed_by) if closed_by and _did(closed_by, step) else holder,
        "taken_at": _written_moment(at) if at else "",
    }


def _did(event: DossierEvent, step: StepTaken) -> bool:
    """Whether who ended the step also had it: a recall is by who had the step before."""
    return step.officer_id in (None, event.officer_id)


def _to_applicant(dossier: Dossier, step: StepTaken) -> Words:
    result = getattr(dossier, "result", None)
    collector = result.collector_name if result else ""
    return {
        "receiver": "Người nộp hồ sơ",
        "receiver_step": "Nhận kết quả",
        "receiver_name": collector or who_brings(dossier),
        "taken_at": _written_moment(step.ended_at),
    }


def _back_to_the_counter(dossier: Dossier, fetched: DossierEvent | None) -> Words:
    """Say where the papers of what ended without a result wait: who hands them back had them."""
    return {
        "receiver": dossier.unit.name,
        "receiver_step": "Chờ người nộp nhận lại",
        "receiver_name": _name_of(fetched),
        "taken_at": "",
    }


def _handed_back(dossier: Dossier, fetched: DossierEvent | None) -> Words:
    """Return the block from the counter to the applicant: empty until the papers are fetched."""
    at = _written_moment(fetched.at) if fetched else ""
    return {
        "giver": dossier.unit.name,
        "giver_step": "Trả lại giấy tờ",
        "giver_name": _name_of(fetched),
        "given_at": at,
        "receiver": "Người nộp hồ sơ",
        "receiver_step": "Nhận lại hồ sơ",
        "receiver_name": dossier.hand_back.collector_name if fetched else "",
        "taken_at": at,
        "outcome": NOTHING,
        "limit": "",
        **_notes([]),
    }


def _name_of(event: DossierEvent | None) -> str:
    """Return who acted; of a deputy, with whom they stood in for."""
    if event is None or event.officer is None:
        return ""
    if event.for_officer is None:
        return event.officer.full_name
    return f"{event.officer.full_name} (thay {event.for_officer.full_name})"


def _notes(notes: list[str]) -> Words:
    """Part the notes: short ones beside the hand-over, long ones in a line below it."""
    return {
        "notes": [note for note in notes if len(note) <= LONGEST_NOTE],
        "long_notes": [note for note in notes if len(note) > LONGEST_NOTE],
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
            **_notes([]),
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
    return terms.passed(code).kind in _AT_THE_COUNTER


def _written_moment(at: datetime) -> str:
    local = office(at)
    return f"{local:%H} giờ {local:%M} phút, ngày {spoken.day(local.date())}"
