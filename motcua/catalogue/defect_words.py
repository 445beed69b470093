"""What is said of a defect of a process: what is wrong, and the mend. One home for both."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from motcua.domain.defect import Defect, Finding


class Words(NamedTuple):
    """Lời nêu lỗi: what is wrong and how it is mended; `{seen}` is what stands there."""

    wrong: str
    mend: str


DEFECT_WORDS: Final[Mapping[Defect, Words]] = {
    Defect.NO_STEPS: Words(
        "Quy trình có ít hơn hai bước.",
        "Thêm ít nhất bước tiếp nhận và bước trả kết quả.",
    ),
    Defect.CODE_MISSING: Words(
        "Bước thứ {seen} chưa có mã.",
        "Ghi mã ngắn bằng chữ thường không dấu, ví dụ “tham-dinh”.",
    ),
    Defect.CODE_REPEATED: Words(
        "Mã bước trùng với một bước ở trên.",
        "Đặt mã khác: mỗi bước một mã.",
    ),
    Defect.CODE_UNFIT: Words(
        "Mã bước “{seen}” không đúng cách viết.",
        "Bắt đầu bằng chữ cái, rồi chỉ dùng chữ thường không dấu, chữ số, gạch nối; nhiều nhất 30 "
        "ký tự.",
    ),
    Defect.NAME_TOO_LONG: Words(
        "Tên bước dài quá 255 ký tự.",
        "Rút ngắn tên bước.",
    ),
    Defect.NAME_MISSING: Words(
        "Bước chưa có tên.",
        "Ghi tên bước như cán bộ và người dân sẽ đọc.",
    ),
    Defect.KIND_UNKNOWN: Words(
        "Không có loại bước “{seen}”.",
        "Chọn một loại trong danh sách.",
    ),
    Defect.ROLE_UNKNOWN: Words(
        "Không có vai trò “{seen}”.",
        "Chọn một vai trò trong danh sách.",
    ),
    Defect.PERFORMER_UNKNOWN: Words(
        "Không có nơi thực hiện “{seen}”.",
        "Chọn một nơi thực hiện trong danh sách.",
    ),
    Defect.ROLE_UNFIT: Words(
        "Vai trò không làm loại bước này.",
        "Giao bước tiếp nhận và trả kết quả cho cán bộ tiếp nhận, bước ký duyệt cho người ký "
        "duyệt; hoặc đổi loại bước.",
    ),
    Defect.RECEIPT_MISSING: Words(
        "Quy trình không bắt đầu bằng bước tiếp nhận.",
        "Đưa bước loại “Tiếp nhận” lên đầu.",
    ),
    Defect.RECEIVED_TWICE: Words(
        "Hồ sơ được tiếp nhận lần thứ hai ở bước này.",
        "Chỉ giữ một bước tiếp nhận, ở đầu quy trình; đổi loại của bước này.",
    ),
    Defect.RECEIPT_FORKS: Words(
        "Bước tiếp nhận dẫn đến nhiều bước cho cùng một hồ sơ{seen_if}.",
        "Giữ một hướng đi từ bước tiếp nhận, hoặc đặt điều kiện để mỗi hồ sơ chỉ còn một hướng.",
    ),
    Defect.NEVER_RETURNED: Words(
        "Bước cuối không trả kết quả cho người nộp.",
        "Thêm bước loại “Trả kết quả” ở cuối quy trình.",
    ),
    Defect.RETURNED_TWICE: Words(
        "Kết quả được trả trước khi quy trình kết thúc.",
        "Chỉ giữ một bước trả kết quả, ở cuối; đổi loại của bước này.",
    ),
    Defect.TARGET_UNKNOWN: Words(
        "Hướng đi tiếp dẫn đến bước “{seen}” không có trong quy trình.",
        "Chọn một bước đang có, hoặc thêm bước đó.",
    ),
    Defect.TARGET_REPEATED: Words(
        "Hướng đi đến bước “{seen}” được ghi hai lần với cùng điều kiện.",
        "Bỏ một trong hai.",
    ),
    Defect.LEADS_TO_ITSELF: Words(
        "Bước dẫn đến chính nó.",
        "Chọn bước khác làm hướng đi tiếp.",
    ),
    Defect.LEADS_TO_RECEIPT: Words(
        "Bước dẫn ngược về bước tiếp nhận.",
        "Chọn bước sau tiếp nhận: hồ sơ chỉ được tiếp nhận một lần.",
    ),
    Defect.RETURN_LEADS_ON: Words(
        "Bước trả kết quả còn dẫn đi tiếp.",
        "Bỏ hướng đi tiếp: sau khi trả kết quả là hết quy trình.",
    ),
    Defect.UNREACHABLE: Words(
        "Không hồ sơ nào đến được bước này.",
        "Thêm hướng đi từ một bước phía trên, hoặc bỏ bước.",
    ),
    Defect.DEAD_END: Words(
        "Hồ sơ đến bước này thì không đi tiếp được.",
        "Thêm hướng đi tiếp đến một bước còn lại.",
    ),
    Defect.LOOP_WITHOUT_EXIT: Words(
        "Hồ sơ đến bước này chỉ đi vòng, không bao giờ trả được kết quả.",
        "Thêm một hướng đi ra khỏi vòng.",
    ),
    Defect.UNSIGNED: Words(
        "Có đường đi đến trả kết quả mà không ai ký{seen_if}.",
        "Đưa một bước loại “Ký duyệt” vào mọi đường đi.",
    ),
    Defect.LIMIT_UNREADABLE: Words(
        "Không đọc được thời hạn của thủ tục (“{seen}”).",
        "Sửa thời hạn của thủ tục trong danh mục, ví dụ “5 working_day”.",
    ),
    Defect.BUDGET_UNREADABLE: Words(
        "Không đọc được thời gian “{seen}”.",
        "Ghi số và đơn vị, ví dụ “2 ngày” hoặc “4 giờ”.",
    ),
    Defect.BUDGET_MISSING: Words(
        "Bước chưa có thời gian.",
        "Ghi thời gian dành cho bước, ví dụ “2 ngày” hoặc “4 giờ”.",
    ),
    Defect.BUDGETS_BEYOND_LIMIT: Words(
        "Thời gian các bước cộng lại vượt thời hạn của thủ tục{seen_if}.",
        "Rút bớt thời gian của các bước trên đường dài nhất.",
    ),
    Defect.NOBODY_THERE: Words(
        "Có nơi chưa ai giữ vai trò để làm bước này{seen_if}.",
        "Giao vai trò cho cán bộ ở nơi đó, hoặc giao bước cho vai trò khác.",
    ),
    Defect.BASIS_MISSING: Words(
        "Thủ tục chưa có căn cứ pháp lý.",
        "Ghi căn cứ pháp lý của thủ tục trong danh mục.",
    ),
    Defect.CONDITION_UNREADABLE: Words(
        "Không đọc được điều kiện từ chỗ có dấu ▸: “{seen}”.",
        "Viết theo mẫu “case = moi”, “answer.dien-tich >= 500”, nối bằng and, or, not.",
    ),
    Defect.CONDITION_UNKNOWN: Words(
        "Điều kiện nhắc đến “{seen}”, không có trong các trường hợp và câu hỏi của thủ tục.",
        "Dùng tên và giá trị ghi ở phần “Điều kiện viết thế nào”, hoặc thêm câu hỏi.",
    ),
    Defect.CONDITION_NEVER_HOLDS: Words(
        "Điều kiện của hướng đến bước “{seen}” không bao giờ đúng.",
        "Sửa điều kiện, hoặc bỏ hướng đi này.",
    ),
    Defect.ANSWERS_LEAD_NOWHERE: Words(
        "Hồ sơ có {seen} không có hướng đi tiếp.",
        "Thêm một hướng đi cho hồ sơ ấy, hoặc để một hướng không có điều kiện.",
    ),
    Defect.TOO_MANY_ANSWERS: Words(
        "Các điều kiện hỏi quá nhiều điều nên không kiểm tra hết được mọi đường đi: {seen}.",
        "Bớt câu hỏi trong điều kiện, hoặc tách thủ tục thành các trường hợp.",
    ),
    Defect.SAME_AS_UNKNOWN: Words(
        "“Cùng người với” nhắc đến bước “{seen}” không có trong quy trình.",
        "Chọn một bước đang có.",
    ),
    Defect.SAME_AS_UNFIT: Words(
        "Bước này và bước “{seen}” khác vai trò hoặc nơi thực hiện nên không thể cùng một người.",
        "Chọn bước cùng vai trò và nơi thực hiện, hoặc bỏ “cùng người với”.",
    ),
    Defect.SAME_AS_NOT_BEFORE: Words(
        "Có hồ sơ đến bước này mà chưa qua bước “{seen}”.",
        "Chọn bước mà mọi hồ sơ đã qua trước đó, hoặc bỏ “cùng người với”.",
    ),
    Defect.CONSULTED_UNKNOWN: Words(
        "Không có cơ quan nào mang mã “{seen}”.",
        "Ghi mã đơn vị như ở trang “Bộ phận một cửa”.",
    ),
    Defect.CONSULTED_ELSEWHERE: Words(
        "Bước không phải bước lấy ý kiến mà có cơ quan hỏi ý kiến.",
        "Đổi loại bước thành “Lấy ý kiến”, hoặc bỏ các cơ quan.",
    ),
    Defect.QUESTION_UNSOUND: Words(
        "Câu hỏi “{seen}” chưa dùng được.",
        "Ghi mã bằng chữ thường không dấu, ghi lời hỏi, và ít nhất hai phương án có mã khác nhau "
        "(hoặc để trống phương án khi trả lời bằng số).",
    ),
    Defect.QUESTION_REPEATED: Words(
        "Hai câu hỏi cùng mã “{seen}”.",
        "Đặt mã khác cho một câu.",
    ),
    Defect.QUESTION_IDLE: Words(
        "Câu hỏi “{seen}” không được điều kiện nào dùng đến.",
        "Dùng câu hỏi trong một điều kiện, hoặc bỏ câu hỏi.",
    ),
}


def words_of(finding: Finding) -> Words:
    """Return what is said of this finding, beside its step."""
    words = DEFECT_WORDS[finding.defect]
    seen_if = f" ({finding.seen})" if finding.seen else ""
    return Words(*(text.format(seen=finding.seen, seen_if=seen_if) for text in words))


def sentence_of(finding: Finding, names: Mapping[str, str]) -> str:
    """Return the same with the step's name, where it does not stand beside it."""
    words = words_of(finding)
    name = names.get(finding.step) or finding.step.strip()
    where = f"Bước “{name}”: " if name else ""
    return f"{where}{words.wrong} {words.mend}"
