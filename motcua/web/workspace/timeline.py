"""What happened to a dossier, in sentences: who, what, when, and what it did to the clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.dossier import Action
from motcua.domain.history import advance
from motcua.domain.snapshot import Snapshot, is_paused
from motcua.domain.standing import standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.models import Correction, DossierEvent
from motcua.dossiers.services.ledger import happening_of

# What an act says after the name of who did it.
DONE: Final = {
    Action.SUBMIT: "nộp hồ sơ trực tuyến",
    Action.RECEIVE: "tiếp nhận hồ sơ",
    Action.REFUSE: "từ chối tiếp nhận",
    Action.REQUEST_SUPPLEMENT: "yêu cầu bổ sung giấy tờ",
    Action.SUPPLEMENT: "nhận giấy tờ bổ sung",
    Action.REQUEST_PAYMENT: "yêu cầu thực hiện nghĩa vụ tài chính",
    Action.PAY: "ghi nhận đã nộp tiền",
    Action.SUSPEND: "tạm dừng giải quyết",
    Action.RESUME: "tiếp tục giải quyết",
    Action.EXTEND: "gia hạn",
    Action.HAND_OVER: "bàn giao hồ sơ",
    Action.CONFIRM: "xác nhận đã nhận hồ sơ giấy",
    Action.TAKE: "nhận việc",
    Action.FORWARD: "chuyển hồ sơ",
    Action.SEND_TO_STEP: "chuyển lại hồ sơ",
    Action.PROPOSE: "trình ký",
    Action.APPROVE: "phê duyệt",
    Action.SEND_BACK_FOR_REWORK: "yêu cầu làm lại",
    Action.CORRECT: "sửa thông tin",
    Action.ISSUE_RESULT: "ghi kết quả",
    Action.RETURN: "trả kết quả",
    Action.SEND_BACK: "trả lại hồ sơ, không giải quyết",
    Action.WITHDRAW: "ghi nhận người nộp rút hồ sơ",
    Action.DISCONTINUE: "dừng giải quyết",
    Action.HAND_BACK: "trả lại giấy tờ",
    Action.APOLOGISE: "xin lỗi và hẹn lại",
    Action.CONSULT: "lấy ý kiến",
    Action.REMIND: "nhắc trả lời ý kiến",
    Action.REPLY: "trả lời ý kiến",
    Action.ASSIGN: "phân công",
    Action.RECALL: "thu hồi hồ sơ",
    Action.RECALCULATE: "tính lại ngày hẹn theo lịch làm việc mới",
    Action.EXCUSE: "không tính thời gian bất khả kháng vào thời hạn",
    Action.MOVE_TO_VERSION: "chuyển hồ sơ sang phiên bản quy trình mới",
}

# How an act leads to a step, where it is not "chuyển đến bước".
WAY: Final = {
    Action.HAND_OVER: " để làm bước",
    Action.FORWARD: " đến bước",
    Action.PROPOSE: ", lên bước",
    Action.SEND_TO_STEP: " về bước",
    Action.SEND_BACK_FOR_REWORK: " từ bước",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Một việc đã xảy ra, thành câu."""

    at: datetime
    who: str
    place: str
    done: str
    leads_to: str
    clock: str
    note: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Một ngày: its happenings, the newest first."""

    day: date
    told: tuple[Told, ...]


def snapshots(events: Sequence[DossierEvent], terms: Terms) -> list[Snapshot]:
    """Return where the dossier stood before the first event and after each."""
    stood = [Snapshot()]
    for event in events:
        stood.append(advance(stood[-1], happening_of(event), terms))
    return stood


def timeline(
    events: Sequence[DossierEvent],
    stood: Sequence[Snapshot],
    *,
    terms: Terms,
    step_names: Mapping[str, str],
    collector: str,
    corrections: Iterable[Correction],
) -> tuple[Day, ...]:
    """Return all that happened, day by day, the newest first."""
    corrected: dict[int, list[Correction]] = {}
    for correction in corrections:
        corrected.setdefault(correction.event_id, []).append(correction)
    told = [
        Told(
            at=event.at,
            who=_who(event),
            place=event.agency.name if event.officer else "",
            done=DONE[Action(event.action)],
            leads_to=_leads_to(event, step_names, collector),
            clock=_clock(Action(event.action), before, after, terms),
            note=event.note,
            corrections=tuple(corrected.get(event.pk, ())),
        )
        for event, before, after in zip(events, stood, stood[1:], strict=False)
    ]
    return tuple(_by_day(reversed(told)))


def _who(event: DossierEvent) -> str:
    if event.officer is None:
        return event.agency.name
    if event.for_officer is None:
        return event.officer.full_name
    return f"{event.officer.full_name} (thay {event.for_officer.full_name})"


def _by_day(told: Iterable[Told]) -> Iterator[Day]:
    for day, group in groupby(told, key=lambda each: office(each.at).date()):
        yield Day(day, tuple(group))


def _leads_to(event: DossierEvent, step_names: Mapping[str, str], collector: str) -> str:
    if event.action in (Action.RETURN, Action.HAND_BACK) and collector:
        return f" cho {collector}"
    if event.action in (Action.CONSULT, Action.REMIND) and event.to_agency is not None:
        return f": {event.to_agency.name}"
    if not event.to_step:
        return ""
    way = WAY.get(Action(event.action), ", chuyển đến bước")
    words = f"{way} “{step_names.get(event.to_step, event.to_step)}”"
    if event.to_agency is not None and event.to_agency_id != event.agency_id:
        words += f", {event.to_agency.name}"
    if event.to_officer is not None:
        words += f", giao {event.to_officer.full_name}"
    return words


def _clock(action: Action, before: Snapshot, after: Snapshot, terms: Terms) -> str:
    if after.due_at is None:
        return ""
    due_at = spoken.moment(after.due_at)
    if before.accepted_at is None:
        return f"Thời hạn bắt đầu chạy, hẹn trả {due_at}."
    if is_paused(after) and not is_paused(before):
        return "Thời hạn tạm dừng."
    if after.settled_at is not None and before.settled_at is None:
        standing = standing_settled(due_at=after.due_at, settled_at=after.settled_at)
        hours = terms.on(after.edition).office_time
        said = spoken.standing_in_words(standing, after.due_at, after.settled_at, hours)
        return f"Thời hạn dừng: {said}."
    if after.ended_at is not None and before.ended_at is None:
        return "Thời hạn dừng, hồ sơ không được giải quyết."
    if after.announced_at is not None and after.announced_at != before.announced_at:
        new = spoken.moment(after.announced_at)
        return f"Hẹn lại: {new}. Hẹn trả theo quy định vẫn là {due_at}."
    moved = after.due_at != before.due_at
    if is_paused(before) and not is_paused(after):
        change = f"hẹn trả {due_at}" if moved else f"hẹn trả vẫn là {due_at}"
        return f"Thời hạn chạy tiếp, {change}."
    return f"Hẹn trả mới: {due_at}." if moved else ""
