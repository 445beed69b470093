"""What is said when work cannot be given, noted, told or inspected."""

from typing import Final

from motcua.domain import spoken
from motcua.domain.absence import AbsenceFlaw, AbsenceRefused
from motcua.domain.inspection import InspectionFlaw, InspectionRefused
from motcua.dossiers.services.assignment import AssignedAlready
from motcua.dossiers.services.inspections import InspectorBusy
from motcua.dossiers.services.messages import MessageNotAllowed
from motcua.dossiers.services.notes import NothingSaid, NotOnTheRoad

ABSENCES: Final = {
    AbsenceFlaw.NOT_YOURS: (
        "Chỉ lãnh đạo của cơ quan ấy, hoặc chính người vắng, ghi được việc này. Nhờ lãnh đạo cơ "
        "quan ghi."
    ),
    AbsenceFlaw.SELF: "Người vắng không thể tự thay mình. Chọn người khác.",
    AbsenceFlaw.ENDS_BEFORE_IT_BEGINS: (
        "Ngày cuối đứng trước ngày đầu nên chưa ghi gì. Sửa lại hai ngày."
    ),
    AbsenceFlaw.BEGINS_IN_THE_PAST: (
        "Ngày đầu đã qua nên chưa ghi gì: việc đã làm không đổi người được. Ghi từ hôm nay trở đi."
    ),
    AbsenceFlaw.NOTHING_TO_DO: (
        "Người vắng không có vai trò ấy tại cơ quan này nên không có việc gì để thay. Chọn cơ "
        "quan hoặc vai trò khác."
    ),
    AbsenceFlaw.NOT_A_COLLEAGUE: (
        "Người thay không làm việc tại cơ quan này, hoặc đã ngừng tài khoản. Chọn người khác."
    ),
    AbsenceFlaw.OVERLAPS: (
        "Những ngày ấy đã có người thay cho người vắng. Thôi lần trước, hoặc chọn ngày khác."
    ),
    AbsenceFlaw.DEPUTY_IS_ABSENT: (
        "Người thay cũng vắng trong những ngày ấy, mà việc được giao thay không giao tiếp cho "
        "người thứ ba. Chọn người khác."
    ),
    AbsenceFlaw.ABSENT_IS_A_DEPUTY: (
        "Người vắng đang nhận làm thay người khác trong những ngày ấy. Chọn người khác làm thay "
        "việc đó trước, rồi ghi lần vắng này."
    ),
    AbsenceFlaw.NO_REASON: "Ghi lý do vắng, rồi gửi lại.",
    AbsenceFlaw.OVER_ALREADY: "Lần thay này đã hết hoặc đã thôi. Tải lại trang để xem.",
    AbsenceFlaw.RECEIVES_ALREADY: (
        "Người này đã được phân công tiếp nhận tại đây trong những ngày ấy. Không cần cử lại."
    ),
}

INSPECTIONS: Final = {
    InspectionFlaw.NOT_AT_SUCH_A_STEP: (
        "Hồ sơ không ở bước kiểm tra, thẩm định, hoặc bước ấy không do ông/bà làm. Tải lại trang "
        "hồ sơ để xem các việc có thể làm."
    ),
    InspectionFlaw.ENDS_BEFORE_IT_BEGINS: "Giờ kết thúc phải sau giờ bắt đầu. Sửa lại giờ.",
    InspectionFlaw.BEGINS_IN_THE_PAST: (
        "Giờ bắt đầu đã qua nên người được mời không kịp đến. Chọn giờ khác."
    ),
    InspectionFlaw.NOBODY_GOES: "Chưa có ai đi kiểm tra. Đánh dấu ít nhất một cán bộ.",
    InspectionFlaw.PLANNED_ALREADY: (
        "Hồ sơ đã có một buổi kiểm tra đang hẹn. Ghi biên bản hoặc hủy buổi ấy trước khi hẹn buổi "
        "khác."
    ),
    InspectionFlaw.OVER_ALREADY: (
        "Buổi kiểm tra đã ghi biên bản hoặc đã hủy. Tải lại trang để xem."
    ),
    InspectionFlaw.NOT_BEGUN: (
        "Buổi kiểm tra chưa bắt đầu nên chưa ghi được biên bản. Nếu đổi ngày, hủy buổi này và hẹn "
        "lại."
    ),
    InspectionFlaw.NO_MINUTES: "Ghi nội dung biên bản, rồi gửi lại.",
    InspectionFlaw.NO_REASON: "Ghi lý do hủy; người nộp đọc lý do này.",
}


def words(problem: Exception) -> str | None:
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case AbsenceRefused(flaw=flaw):
            return ABSENCES[flaw]
        case InspectionRefused(flaw=flaw):
            return INSPECTIONS[flaw]
        case InspectorBusy(officer=officer, other=other):
            return (
                f"{officer.full_name} đã hẹn kiểm tra hồ sơ {other.dossier.number} lúc "
                f"{spoken.short_moment(other.starts_at)}. Chọn giờ khác hoặc người khác."
            )
        case AssignedAlready(officer=officer):
            return f"{officer.full_name} đang giữ việc này rồi, không cần phân công lại."
        case NotOnTheRoad():
            return (
                "Hồ sơ này không đi qua cơ quan của ông/bà nên chưa ghi gì. Kiểm tra lại mã số hồ "
                "sơ."
            )
        case NothingSaid():
            return "Chưa có chữ nào để ghi. Gõ nội dung, rồi gửi lại."
        case MessageNotAllowed():
            return (
                "Hồ sơ đã trả kết quả, hoặc ông/bà không làm bước nào của hồ sơ, nên chưa gửi gì. "
                "Cần báo cho người nộp thì nhờ bộ phận Một cửa gọi điện."
            )
        case _:
            return None
