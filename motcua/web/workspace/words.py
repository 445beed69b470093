"""What lists and pages say of a dossier: where it is, what comes next, how it stands."""

from datetime import datetime
from typing import Final

from motcua.agencies.labels import who_does
from motcua.agencies.queries import office_time
from motcua.catalogue.queries import process_of, step_names
from motcua.domain import spoken
from motcua.domain.dossier import ENDED_UNSETTLED, Action, State
from motcua.domain.snapshot import HolderKind
from motcua.dossiers.labels import STATE_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import followed_id, standing_of
from motcua.web.access import Acting

# Why a dossier whose clock is paused waits, and for whom.
PAUSED: Final = {
    State.AWAITING_SUPPLEMENT: "chờ công dân bổ sung giấy tờ",
    State.AWAITING_PAYMENT: "chờ công dân thực hiện nghĩa vụ tài chính",
    State.SUSPENDED: "tạm dừng theo quyết định của cơ quan",
}

# What a banner says after an act; the braces stand for the number.
BANNERS: Final = {
    Action.TAKE: "Đã nhận việc hồ sơ {}",
    Action.CONFIRM: "Đã xác nhận nhận hồ sơ giấy {}",
    Action.FORWARD: "Đã chuyển hồ sơ {} sang bước tiếp theo",
    Action.PROPOSE: "Đã trình ký hồ sơ {}",
    Action.APPROVE: "Đã phê duyệt hồ sơ {}",
    Action.SEND_TO_STEP: "Đã chuyển lại hồ sơ {}",
    Action.SEND_BACK_FOR_REWORK: "Đã yêu cầu làm lại hồ sơ {}",
    Action.ISSUE_RESULT: "Đã ghi kết quả hồ sơ {}",
    Action.SEND_BACK: "Đã trả lại hồ sơ {}, không giải quyết",
    Action.SUSPEND: "Đã tạm dừng hồ sơ {}",
    Action.RESUME: "Đã tiếp tục giải quyết hồ sơ {}",
}


def after(action: Action, dossier: Dossier) -> str:
    """Say what comes next, once the act is done; nothing where the page that follows says it."""
    match action:
        case Action.TAKE | Action.CONFIRM:
            return ""
        case Action.SUSPEND:
            return "Thời hạn không chạy cho đến khi tiếp tục giải quyết."
        case Action.RESUME:
            return f"Hẹn trả {spoken.moment(dossier.due_at)}."
        case Action.ISSUE_RESULT:
            return "Chờ bộ phận Một cửa trả kết quả cho người nộp."
        case Action.SEND_BACK:
            return "Bộ phận Một cửa mời người nộp đến nhận lại giấy tờ."
    return f"{who_is_next(dossier)}, bước “{step(dossier)}”."


def holder(dossier: Dossier) -> str:
    """Say who holds the dossier now."""
    match HolderKind(dossier.holder_kind):
        case HolderKind.CITIZEN:
            return "Công dân"
        case HolderKind.NOBODY:
            paused = dossier.state == State.SUSPENDED
            if paused:
                return "Tạm dừng, không tính cho ai"
            if waits_to_be_fetched(dossier):
                return f"Giấy tờ chờ nhận lại tại {dossier.unit.name}"
            return "Đã trả người nộp"
        case HolderKind.COUNTER:
            place = dossier.unit.name
        case _:
            place = dossier.holder_agency.name
    if dossier.holder_officer is not None:
        return f"{dossier.holder_officer.full_name}, {place}"
    return place


def waits_to_be_fetched(dossier: Dossier) -> bool:
    """Whether its papers lie at the counter, the dossier having ended without a result."""
    ended = State(dossier.state) in ENDED_UNSETTLED and dossier.accepted_at is not None
    return ended and getattr(dossier, "hand_back", None) is None


def holder_for(dossier: Dossier, acting: Acting) -> str:
    """Say who holds the dossier to somebody who knows their own agency; nothing when it is them."""
    if dossier.holder_agency_id not in acting.agency_ids:
        return holder(dossier)
    if dossier.holder_officer is None:
        return "chưa ai nhận việc"
    own = dossier.holder_officer_id == acting.officer.pk
    return "" if own else dossier.holder_officer.full_name


def step(dossier: Dossier) -> str:
    """Say at which step the dossier is, or how it ended."""
    if State(dossier.state) in PAUSED or not dossier.step_code:
        return STATE_LABELS[dossier.state]
    names = step_names(followed_id(dossier))
    return names.get(dossier.step_code, STATE_LABELS[dossier.state])


def who_is_next(dossier: Dossier) -> str:
    """Say whose act the dossier waits for."""
    state = State(dossier.state)
    if state in PAUSED:
        return PAUSED[state][0].upper() + PAUSED[state][1:]
    if not dossier.step_code:
        fetched = not waits_to_be_fetched(dossier)
        return "Hồ sơ đã kết thúc" if fetched else "Chờ người nộp đến nhận lại giấy tờ"
    if dossier.holder_officer is not None:
        return f"Chờ {dossier.holder_officer.full_name}"
    here = process_of(followed_id(dossier)).step(dossier.step_code)
    return f"Chờ {who_does(here).lower()} nhận việc"


def standing(dossier: Dossier, at: datetime) -> tuple[str, str]:
    """Return the code of how the dossier stands and its words; the state's where none binds."""
    found = standing_of(dossier, at=at)
    if found is None:
        return "", STATE_LABELS[dossier.state]
    hours = office_time(dossier.unit_id, dossier.edition)
    until = dossier.settled_at or at
    return found.value, spoken.standing_in_words(found, dossier.due_at, until, hours)


def lateness(dossier: Dossier, due_at: datetime, *, at: datetime) -> str:
    """Say by how much the step is late, or until which hour of today it has to be done."""
    if due_at >= at:
        return f"bước phải xong trước {spoken.hour(due_at)} hôm nay"
    late = spoken.overdue_by(due_at, at, office_time(dossier.unit_id, dossier.edition))
    return late.replace("quá hạn", "bước trễ", 1)
