"""Vietnamese words for the codes of this shelf."""

from typing import Final

from motcua.domain.comparison import Fate
from motcua.domain.delay import Answerable
from motcua.domain.process import Performer, StepKind
from motcua.domain.process_file import FileFlaw

# What a version's list of assumed values may name.
ASSUMED_LABELS: Final = {
    "limit": "thời hạn",
    "documents": "giấy tờ",
    "fees": "phí, lệ phí",
    "legal_basis": "căn cứ pháp lý",
    "process": "quy trình",
}

KIND_LABELS: Final = {
    StepKind.RECEIVE: "Tiếp nhận",
    StepKind.HANDLE: "Thụ lý",
    StepKind.CONSULT: "Lấy ý kiến",
    StepKind.APPRAISE: "Thẩm định",
    StepKind.INSPECT: "Kiểm tra thực địa",
    StepKind.APPROVE: "Ký duyệt",
    StepKind.SEAL: "Vào sổ, đóng dấu",
    StepKind.RETURN: "Trả kết quả",
}

PERFORMER_LABELS: Final = {
    Performer.UNIT: "Bộ phận một cửa",
    Performer.DIVISION: "Phòng chuyên môn",
    Performer.AGENCY: "Cơ quan giải quyết",
}

ANSWERABLE_LABELS: Final = {
    Answerable.OFFICE: "Cơ quan giải quyết",
    Answerable.OTHER_AGENCY: "Cơ quan khác",
    Answerable.APPLICANT: "Người nộp",
    Answerable.NOBODY: "Không do ai",
}

FATE_LABELS: Final = {
    Fate.SAME: "Không đổi",
    Fate.CHANGED: "Đổi nội dung",
    Fate.MOVED: "Đổi thứ tự",
    Fate.ADDED: "Thêm",
    Fate.REMOVED: "Bỏ",
}

# What of a step may change, as comparison.PARTS names it.
PART_LABELS: Final = {
    "name": "Tên",
    "kind": "Loại",
    "role": "Người làm",
    "performer": "Nơi làm",
    "budget": "Thời gian",
    "outcomes": "Hướng đi tiếp",
    "same_as": "Cùng người với",
    "consulted": "Cơ quan hỏi ý kiến",
}

FILE_FLAW_WORDS: Final = {
    FileFlaw.TOO_LARGE: "Tệp dài quá 4 triệu ký tự. Chia thành nhiều tệp, mỗi tệp một số thủ tục.",
    FileFlaw.NOT_TOML: (
        "Không đọc được dòng này theo cách viết TOML. Kiểm tra dấu ngoặc kép, dấu bằng, dấu phẩy "
        "và ngoặc vuông."
    ),
    FileFlaw.OTHER_FORMAT: (
        "Tệp không phải tệp quy trình của phần mềm này, hoặc của bản mới hơn. Dòng đầu của tệp "
        "phải là “format = 1”."
    ),
    FileFlaw.EMPTY: "Tệp không có quy trình nào. Chọn tệp khác.",
    FileFlaw.KEY_MISSING: "Thiếu mục “{seen}”. Thêm mục này.",
    FileFlaw.KEY_UNKNOWN: "Không có mục nào tên là “{seen}”. Sửa lại tên mục, hoặc bỏ đi.",
    FileFlaw.NOT_TEXT: "Giá trị phải là chữ đặt trong ngoặc kép. Sửa lại giá trị “{seen}”.",
    FileFlaw.NOT_A_LIST: "Mục này phải là một danh sách đặt trong ngoặc vuông. Sửa lại mục.",
    FileFlaw.TOO_LONG: "Giá trị dài quá 600 ký tự. Rút ngắn lại.",
    FileFlaw.TOO_MANY_STEPS: "Quy trình có {seen} bước, nhiều hơn 60. Gộp bớt các bước.",
    FileFlaw.PROCEDURE_REPEATED: (
        "Thủ tục “{seen}” có mặt hai lần trong tệp. Giữ lại một quy trình cho mỗi thủ tục."
    ),
}
