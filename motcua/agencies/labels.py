"""Vietnamese words for the codes of this shelf."""

from typing import Final

from motcua.domain.process import Role

ROLE_LABELS: Final = {
    Role.RECEPTION: "Cán bộ tiếp nhận",
    Role.HANDLER: "Cán bộ thụ lý",
    Role.APPROVER: "Người ký duyệt",
    Role.LEADER: "Lãnh đạo theo dõi",
    Role.ADMINISTRATOR: "Quản trị viên",
}

AGENCY_KIND_LABELS: Final = {
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
    "division": "Phòng chuyên môn",
}

DAY_KIND_LABELS: Final = {"off": "Ngày nghỉ", "make_up": "Ngày làm bù"}
ENDS_LABELS: Final = {"end_of_day": "Hết giờ làm việc", "same_clock": "Cùng giờ tiếp nhận"}
