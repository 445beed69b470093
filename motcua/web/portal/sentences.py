"""What a citizen is told about a dossier: one place, so that one reader can proofread it.

Every state has its sentence: where the dossier is, and when to come. Never a code, never
"đang xử lý" alone, never the name of an officer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.domain import spoken
from motcua.domain.calendar import OfficeTime, office
from motcua.domain.dossier import Action, State
from motcua.domain.limit import Left, TimeLimit, Unit
from motcua.domain.process import StepKind
from motcua.domain.standing import Standing
from motcua.domain.vietnamese import tidy
from motcua.dossiers.look_up import Stage, Whereabouts

# What an agency does with the dossier at a step: "đang được Phòng Tư pháp …".
DOING: Final = {
    StepKind.RECEIVE: "chuyển đến nơi giải quyết",
    StepKind.HANDLE: "giải quyết",
    StepKind.CONSULT: "hỏi ý kiến cơ quan liên quan",
    StepKind.APPRAISE: "thẩm định",
    StepKind.INSPECT: "kiểm tra thực tế",
    StepKind.APPROVE: "xem xét để ký",
    StepKind.SEAL: "vào sổ, đóng dấu kết quả",
    StepKind.RETURN: "chuẩn bị trả kết quả",
}

# The same as a stage of the road.
STAGES: Final = {
    StepKind.RECEIVE: "Tiếp nhận hồ sơ",
    StepKind.HANDLE: "Giải quyết hồ sơ",
    StepKind.CONSULT: "Hỏi ý kiến cơ quan liên quan",
    StepKind.APPRAISE: "Thẩm định hồ sơ",
    StepKind.INSPECT: "Kiểm tra thực tế",
    StepKind.APPROVE: "Xem xét, ký kết quả",
    StepKind.SEAL: "Vào sổ, đóng dấu",
    StepKind.RETURN: "Trả kết quả",
    Action.REQUEST_SUPPLEMENT: "Chờ ông/bà bổ sung giấy tờ, thời hạn không chạy",
    Action.REQUEST_PAYMENT: "Chờ ông/bà nộp tiền, thời hạn không chạy",
    Action.SUSPEND: "Tạm dừng giải quyết, thời hạn không chạy",
    Action.HAND_BACK: "Đã trả lại giấy tờ",
    State.RETURNED: "Đã trả kết quả",
    State.SENT_BACK: "Trả lại hồ sơ, không giải quyết",
    State.WITHDRAWN: "Rút hồ sơ theo yêu cầu của người nộp",
    State.DISCONTINUED: "Dừng giải quyết",
}

ASKED: Final = {
    State.AWAITING_SUPPLEMENT: "Ông/bà cần bổ sung giấy tờ",
    State.AWAITING_PAYMENT: "Ông/bà cần nộp tiền",
}

ENDED: Final = {
    State.SENT_BACK: "đã được trả lại, không giải quyết",
    State.WITHDRAWN: "đã được rút theo yêu cầu của người nộp",
    State.DISCONTINUED: "đã dừng giải quyết",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sentence needs to know; `agency` holds the dossier, `unit` hands out the result."""

    state: State
    standing: Standing | None
    agency: str
    unit: str
    authority: str
    phone: str
    return_channel: str
    at: datetime
    office_time: OfficeTime
    step: StepKind | None = None
    due_at: datetime | None = None
    announced_at: datetime | None = None
    promised_at: datetime | None = None
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    handed_back_at: datetime | None = None
    left: Left | None = None


def facts_of(found: Whereabouts, *, at: datetime) -> Facts:
    """Return what the sentences need of an answer."""
    dossier = found.dossier
    unit = dossier.unit
    return Facts(
        state=found.state,
        standing=found.standing,
        step=found.step,
        agency=found.agency,
        unit=unit.name,
        authority=unit.agency.name,
        phone=unit.hotline or unit.phone,
        return_channel=dossier.return_channel,
        due_at=dossier.due_at,
        announced_at=dossier.announced_at,
        promised_at=dossier.promised_at,
        settled_at=dossier.settled_at,
        ended_at=dossier.ended_at,
        returned_at=dossier.returned_at,
        handed_back_at=found.handed_back_at,
        left=found.left,
        at=at,
        office_time=found.office_time,
    )


def where(facts: Facts) -> str:
    """Say where the dossier is."""
    match facts.state:
        case State.SUBMITTED:
            return (
                f"Hồ sơ của ông/bà đã đến {facts.unit} và đang được kiểm tra. Nếu đủ giấy tờ, "
                "ông/bà sẽ nhận giấy hẹn có ngày trả kết quả."
            )
        case State.INCOMPLETE:
            return (
                "Hồ sơ của ông/bà chưa được tiếp nhận vì còn thiếu giấy tờ. Ông/bà cần hoàn thiện "
                f"theo phiếu hướng dẫn rồi nộp lại tại {facts.unit}."
            )
        case State.REFUSED:
            return (
                f"{facts.unit} không tiếp nhận hồ sơ này. Lý do ghi trong phiếu từ chối đã gửi "
                "ông/bà."
            )
        case State.RECEIVED | State.IN_PROCESS if facts.standing is Standing.OVERDUE:
            late = spoken.overdue_by(_known(facts.due_at), facts.at, facts.office_time)
            return f"Hồ sơ của ông/bà đã {late}, đang được {_holding(facts)}."
        case State.RECEIVED | State.IN_PROCESS:
            return f"Hồ sơ của ông/bà đang được {_holding(facts)}."
        case State.AWAITING_SUPPLEMENT:
            return "Hồ sơ của ông/bà đang chờ ông/bà bổ sung giấy tờ."
        case State.AWAITING_PAYMENT:
            return "Hồ sơ của ông/bà đang chờ ông/bà nộp tiền."
        case State.SUSPENDED:
            return f"Hồ sơ của ông/bà đang được {facts.authority} tạm dừng giải quyết."
        case State.RESULT_READY:
            return f"Hồ sơ của ông/bà đã có kết quả{_lateness(facts)}."
        case State.RETURNED:
            given = spoken.weekday(office(_known(facts.returned_at)).date())
            return f"{facts.unit} đã trả kết quả hồ sơ này {_on(given)}{_lateness(facts)}."
        case State.SENT_BACK | State.WITHDRAWN | State.DISCONTINUED:
            ended = spoken.weekday(office(_known(facts.ended_at)).date())
            return f"Hồ sơ của ông/bà {ENDED[facts.state]} {_on(ended)}."


def when(facts: Facts) -> str:
    """Say when to come, in the same large type; empty when there is nothing to come for."""
    match facts.state:
        case State.RECEIVED | State.IN_PROCESS if facts.standing is Standing.OVERDUE:
            return f"Hẹn trả là {spoken.moment(_known(facts.due_at))}.{_announced(facts)}"
        case State.RECEIVED | State.IN_PROCESS:
            promise = spoken.moment(_known(facts.due_at))
            return f"Hẹn trả kết quả: {promise}, {_by_channel(facts)}."
        case State.AWAITING_SUPPLEMENT | State.AWAITING_PAYMENT | State.SUSPENDED:
            return "Thời hạn tạm dừng; khi giải quyết tiếp sẽ có ngày hẹn trả mới."
        case State.RESULT_READY:
            return {
                "counter": f"Mời ông/bà đến {facts.unit} nhận kết quả trong giờ làm việc.",
                "post": "Kết quả được gửi về địa chỉ của ông/bà qua bưu chính công ích.",
                "electronic": "Kết quả là bản điện tử, gửi theo địa chỉ ông/bà đã đăng ký.",
            }[facts.return_channel]
        case State.SENT_BACK | State.WITHDRAWN | State.DISCONTINUED:
            if facts.handed_back_at is not None:
                fetched = spoken.weekday(office(facts.handed_back_at).date())
                return f"Giấy tờ đã nộp được trả lại {_on(fetched)}."
            return f"Mời ông/bà đến {facts.unit} nhận lại giấy tờ đã nộp, trong giờ làm việc."
        case _:
            return ""


def besides(facts: Facts) -> str:
    """Say what else the citizen should know: an apology, an earlier promise, whom to ask."""
    match facts.state:
        case State.RECEIVED | State.IN_PROCESS if facts.standing is Standing.OVERDUE:
            sorry = f"{facts.authority} xin lỗi ông/bà vì sự chậm trễ này."
            if facts.announced_at is None:
                return f"{sorry} Chưa có ngày hẹn mới: {_call(facts)} trước khi đến."
            if facts.announced_at < facts.at:
                return f"{sorry} Ngày hẹn lại cũng đã qua: {_call(facts)} trước khi đến."
            return f"{sorry} Ngày đến nhận kết quả là ngày hẹn lại. Cần hỏi thêm, {_call(facts)}."
        case State.RECEIVED | State.IN_PROCESS:
            if _known(facts.promised_at) == facts.due_at:
                return ""
            first = spoken.weekday(office(_known(facts.promised_at)).date())
            return f"Ngày hẹn ban đầu là {first}; ngày hẹn mới thay cho ngày đó."
        case State.RESULT_READY | State.RETURNED if facts.standing is Standing.LATE:
            return f"{facts.authority} xin lỗi ông/bà vì kết quả có muộn hơn ngày hẹn."
        case State.RESULT_READY:
            return ""
        case State.RETURNED:
            return f"Nếu kết quả có sai sót, {_call(facts)}."
        case State.SENT_BACK:
            return (
                "Khi đã khắc phục lý do trả lại, ông/bà có thể nộp hồ sơ mới. "
                "Phí, lệ phí đã nộp, nếu có, được giải quyết theo quy định về phí, lệ phí của "
                "thủ tục; hỏi bộ phận một cửa. "
                f"Cần hỏi thêm, {_call(facts)}."
            )
        case State.WITHDRAWN | State.DISCONTINUED:
            return f"Ông/bà có thể nộp hồ sơ mới. Cần hỏi thêm, {_call(facts)}."
        case _ if facts.left is not None:
            left = spoken.left(facts.left)
            return f"{left[0].upper()}{left[1:]}. Cần hỏi thêm, {_call(facts)}."
        case _:
            return f"Cần hỏi thêm, {_call(facts)}."


def road(stages: Sequence[Stage], unit: str) -> list[str]:
    """Say what happens at each stage of the road, and where it moves to another place.

    The unit, whose name is long, is named once.
    """
    told: list[str] = []
    here, unit_named = "", False
    for one in stages:
        words = STAGES[one.what]
        if one.again and isinstance(one.what, StepKind):
            words += " (làm lại)"
        if one.place and one.place != here:
            here = one.place
            words += f", tại {'nơi đã nhận hồ sơ' if here == unit and unit_named else here}"
            unit_named = unit_named or here == unit
        told.append(words)
    return told


def time_of(one: Stage) -> str:
    """Say from when to when a stage lasted; empty for one that lies ahead."""
    if one.since is None:
        return ""
    if isinstance(one.what, State):
        return spoken.short_moment(one.since)
    if one.until is None:
        return f"từ {spoken.short_moment(one.since)}"
    if office(one.since).date() != office(one.until).date():
        return f"{spoken.short_moment(one.since)} đến {spoken.short_moment(one.until)}"
    if spoken.hour(one.since) == spoken.hour(one.until):
        return spoken.short_moment(one.since)
    return f"{spoken.hour(one.since)} đến {spoken.short_moment(one.until)}"


def how_counted(limit: TimeLimit) -> str:
    """Say how a limit is counted from acceptance."""
    match limit.unit:
        case Unit.SAME_DAY:
            return "Kết quả trả trong ngày; nhận muộn trong ngày thì trả ngày làm việc tiếp theo."
        case Unit.WORKING_HOUR | Unit.WORKING_MINUTE:
            return f"Thời hạn {spoken.limit(limit)}, tính ngay từ lúc tiếp nhận."
        case _:
            return f"Thời hạn {spoken.limit(limit)}, tính từ ngày sau ngày tiếp nhận."


def masked_name(full_name: str) -> str:
    """Return a name with its last word cut to one letter: enough to know one's own dossier by.

    >>> masked_name("Nguyễn Thị Hoa")
    'Nguyễn Thị H…'
    """
    *before, last = tidy(full_name).split() or [""]
    return " ".join([*before, f"{last[:1]}…"])


def _holding(facts: Facts) -> str:
    assert facts.step is not None, "an accepted, unsettled dossier is at a step"
    if facts.state is State.RECEIVED:
        return f"{facts.unit} giữ và {DOING[StepKind.RECEIVE]}"
    return f"{facts.agency} {DOING[facts.step]}"


def _announced(facts: Facts) -> str:
    if facts.announced_at is None:
        return ""
    new = f" Hẹn lại: {spoken.moment(facts.announced_at)}"
    return f"{new}." if facts.announced_at < facts.at else f"{new}, {_by_channel(facts)}."


def _by_channel(facts: Facts) -> str:
    return {
        "counter": f"tại {facts.unit}",
        "post": "gửi qua bưu chính công ích",
        "electronic": "bằng bản điện tử",
    }[facts.return_channel]


def _lateness(facts: Facts) -> str:
    if facts.standing is not Standing.LATE:
        return ""
    due_at, settled_at = _known(facts.due_at), _known(facts.settled_at)
    late = spoken.standing_in_words(Standing.LATE, due_at, settled_at, facts.office_time)
    return f", {late.removeprefix('có kết quả ')}"


def _call(facts: Facts) -> str:
    return f"gọi {facts.phone}" if facts.phone else f"hỏi {facts.unit}"


def _on(weekday: str) -> str:
    return f"hôm {weekday[0].lower()}{weekday[1:]}"


def _known(at: datetime | None) -> datetime:
    assert at is not None, "this state has its instant"
    return at
