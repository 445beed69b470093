"""Vietnamese words for the codes of this shelf."""

from typing import Final

from motcua.domain.process import Role, Step, StepKind

ROLE_LABELS: Final = {
    Role.RECEPTION: "Cán bộ tiếp nhận",
    Role.HANDLER: "Cán bộ thụ lý",
    Role.APPROVER: "Người ký duyệt",
    Role.LEADER: "Lãnh đạo theo dõi",
    Role.ADMINISTRATOR: "Quản trị viên",
}

# What people call who does a step, where it is not the role's own name.
_DOERS: Final = {
    (StepKind.SEAL, Role.HANDLER): "Văn thư",
    (StepKind.RETURN, Role.RECEPTION): "Cán bộ trả kết quả",
}

AGENCY_KIND_LABELS: Final = {
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
    "division": "Phòng chuyên môn",
}

DAY_KIND_LABELS: Final = {"off": "Ngày nghỉ", "make_up": "Ngày làm bù"}
# What a draft may make of a day.
DRAFT_DAY_KIND_LABELS: Final = {**DAY_KIND_LABELS, "ordinary": "Ngày thường"}
ENDS_LABELS: Final = {"end_of_day": "Hết giờ làm việc", "same_clock": "Cùng giờ tiếp nhận"}


def who_does(step: Step) -> str:
    """Return what people call who does this step."""
    return _DOERS.get((step.kind, step.role)) or ROLE_LABELS[step.role]
