"""Why a dossier is late, as letters to applicants and the public list say it.

These reasons come with the product; an office adds its own. A letter names one of them, so that
the public list says why without a word about a person.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Answerable(StrEnum):
    """Trách nhiệm: whose doing the delay is."""

    OFFICE = "office"
    OTHER_AGENCY = "other_agency"
    APPLICANT = "applicant"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayReason:
    """Lý do chậm: one reason a letter may give, in a whole Vietnamese sentence."""

    code: str
    sentence: str
    answerable: Answerable


def _reason(code: str, answerable: Answerable, sentence: str) -> DelayReason:
    return DelayReason(code=code, sentence=sentence, answerable=answerable)


NOT_FINISHED: Final = _reason(
    "not_finished",
    Answerable.OFFICE,
    "Cơ quan chưa hoàn thành việc giải quyết hồ sơ trong thời hạn.",
)
OPINION_OUTSTANDING: Final = _reason(
    "opinion_outstanding",
    Answerable.OTHER_AGENCY,
    "Cơ quan được lấy ý kiến chưa trả lời.",
)
SHIPPED: Final = (
    NOT_FINISHED,
    _reason(
        "too_many_dossiers",
        Answerable.OFFICE,
        "Số hồ sơ nộp trong thời gian này nhiều hơn khả năng giải quyết của cơ quan.",
    ),
    _reason(
        "officer_absent",
        Answerable.OFFICE,
        "Người thụ lý vắng mặt, hồ sơ được giao lại cho người khác.",
    ),
    _reason(
        "inspection_needed",
        Answerable.OFFICE,
        "Cần thêm thời gian kiểm tra, xác minh thực tế.",
    ),
    _reason(
        "old_records",
        Answerable.OFFICE,
        "Cần thêm thời gian tra cứu sổ gốc và hồ sơ lưu.",
    ),
    _reason(
        "system_failure",
        Answerable.OFFICE,
        "Hệ thống thông tin hoặc đường truyền của cơ quan gặp sự cố.",
    ),
    OPINION_OUTSTANDING,
    _reason(
        "result_elsewhere",
        Answerable.OTHER_AGENCY,
        "Phần việc do cơ quan khác giải quyết chưa có kết quả.",
    ),
    _reason(
        "applicant_postponed",
        Answerable.APPLICANT,
        "Người nộp đề nghị lùi ngày kiểm tra thực địa hoặc ngày làm việc với cơ quan.",
    ),
    _reason(
        "declaration_unclear",
        Answerable.APPLICANT,
        "Nội dung kê khai chưa thống nhất, phải xác minh lại.",
    ),
    _reason(
        "natural_disaster",
        Answerable.NOBODY,
        "Thiên tai, dịch bệnh hoặc sự cố khách quan khác làm gián đoạn việc giải quyết.",
    ),
)
