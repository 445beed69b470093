"""Vietnamese words for the codes of this shelf."""

from typing import Final

from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action, State
from motcua.domain.inspection import InspectionStatus
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.domain.projection import ChangeKind, ChangeStatus, Outcome

STATE_LABELS: Final = {
    State.SUBMITTED: "Mới đăng ký",
    State.INCOMPLETE: "Chờ hoàn thiện trước khi tiếp nhận",
    State.REFUSED: "Không được tiếp nhận",
    State.RECEIVED: "Được tiếp nhận",
    State.IN_PROCESS: "Đang xử lý",
    State.AWAITING_SUPPLEMENT: "Chờ bổ sung giấy tờ",
    State.AWAITING_PAYMENT: "Chờ thực hiện nghĩa vụ tài chính",
    State.SUSPENDED: "Tạm dừng xử lý",
    State.RESULT_READY: "Đã có kết quả",
    State.RETURNED: "Đã trả kết quả",
    State.SENT_BACK: "Trả lại hồ sơ",
    State.WITHDRAWN: "Công dân rút hồ sơ",
    State.DISCONTINUED: "Dừng giải quyết",
}

ACTION_LABELS: Final = {
    Action.SUBMIT: "Nộp hồ sơ",
    Action.RECEIVE: "Tiếp nhận",
    Action.REFUSE: "Từ chối tiếp nhận",
    Action.REQUEST_SUPPLEMENT: "Yêu cầu bổ sung",
    Action.SUPPLEMENT: "Nhận giấy tờ bổ sung",
    Action.REQUEST_PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Action.PAY: "Ghi nhận đã nộp tiền",
    Action.SUSPEND: "Tạm dừng",
    Action.RESUME: "Tiếp tục giải quyết",
    Action.EXTEND: "Gia hạn",
    Action.HAND_OVER: "Bàn giao",
    Action.CONFIRM: "Xác nhận đã nhận hồ sơ giấy",
    Action.TAKE: "Nhận việc",
    Action.FORWARD: "Chuyển bước tiếp theo",
    Action.SEND_TO_STEP: "Chuyển lại bước trước",
    Action.PROPOSE: "Trình ký",
    Action.APPROVE: "Phê duyệt",
    Action.SEND_BACK_FOR_REWORK: "Yêu cầu làm lại",
    Action.CORRECT: "Sửa thông tin",
    Action.ISSUE_RESULT: "Ghi kết quả",
    Action.RETURN: "Trả kết quả",
    Action.SEND_BACK: "Trả lại hồ sơ",
    Action.WITHDRAW: "Rút hồ sơ",
    Action.DISCONTINUE: "Dừng giải quyết",
    Action.HAND_BACK: "Trả lại giấy tờ",
    Action.APOLOGISE: "Xin lỗi và hẹn lại",
    Action.CONSULT: "Lấy ý kiến",
    Action.REMIND: "Nhắc trả lời ý kiến",
    Action.REPLY: "Trả lời ý kiến",
    Action.ASSIGN: "Phân công",
    Action.RECALL: "Thu hồi",
    Action.RECALCULATE: "Tính lại ngày hẹn theo lịch mới",
    Action.EXCUSE: "Không tính thời gian bất khả kháng",
    Action.MOVE_TO_VERSION: "Chuyển sang quy trình mới",
}

PARTY_ROLE_LABELS: Final = {
    "owner": "Chủ hồ sơ",
    "submitter": "Người nộp",
    "representative": "Người được ủy quyền",
}

CHANNEL_LABELS: Final = {
    "in_person": "Trực tiếp",
    "online": "Trực tuyến",
    "post": "Bưu chính công ích",
}

RETURN_CHANNEL_LABELS: Final = {
    "counter": "Tại quầy",
    "post": "Bưu chính công ích",
    "electronic": "Bản điện tử",
}

MARK_LABELS: Final = {
    Mark.SUFFICIENT: "Đủ",
    Mark.MISSING: "Thiếu",
    Mark.WRONG: "Chưa đúng",
    Mark.SHOWN: "Đã xem, trả lại ngay",
}

NOTICE_KIND_LABELS: Final = {
    NoticeKind.SUPPLEMENT: "Yêu cầu bổ sung, hoàn thiện hồ sơ",
    NoticeKind.REFUSAL: "Từ chối tiếp nhận hồ sơ",
    NoticeKind.PAYMENT: "Thông báo nghĩa vụ tài chính",
    NoticeKind.EXTENSION: "Xin lỗi và đề nghị gia hạn",
    NoticeKind.APOLOGY: "Xin lỗi và hẹn lại ngày trả kết quả",
    NoticeKind.STOP: "Thông báo dừng giải quyết hồ sơ",
    NoticeKind.WITHDRAWAL: "Thông báo về việc rút hồ sơ",
}

NOTICE_STATUS_LABELS: Final = {
    NoticeStatus.DRAFT: "Dự thảo",
    NoticeStatus.APPROVED: "Đã duyệt, chờ gửi",
    NoticeStatus.SENT: "Đã gửi",
    NoticeStatus.CANCELLED: "Đã hủy",
}

DELIVERY_LABELS: Final = {
    "counter": "Trao tại quầy",
    "post": "Gửi bưu chính",
    "email": "Gửi thư điện tử",
    "phone": "Báo qua điện thoại",
}

CHANGE_KIND_LABELS: Final = {
    ChangeKind.CALENDAR: "Lịch làm việc mới",
    ChangeKind.FORCE_MAJEURE: "Bất khả kháng",
}

CHANGE_STATUS_LABELS: Final = {
    ChangeStatus.DRAFT: "Đang soạn",
    ChangeStatus.PROPOSED: "Chờ lãnh đạo duyệt",
    ChangeStatus.APPROVED: "Đã duyệt",
    ChangeStatus.CANCELLED: "Đã hủy",
}

OUTCOME_LABELS: Final = {
    Outcome.LISTED: "Trong danh sách",
    Outcome.APPLIED: "Đã đổi hẹn",
    Outcome.RECOUNTED: "Tính lại khi duyệt",
    Outcome.ADDED: "Thêm khi duyệt",
    Outcome.LEFT_OUT: "Không đổi hẹn nữa",
}

INSPECTION_STATUS_LABELS: Final = {
    InspectionStatus.PLANNED: "Đã hẹn",
    InspectionStatus.HELD: "Đã kiểm tra",
    InspectionStatus.CANCELLED: "Đã hủy",
}

ATTACHMENT_KIND_LABELS: Final = {"paper": "Giấy tờ", "result": "Kết quả"}
