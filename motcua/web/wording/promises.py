"""What is said when a promise cannot be moved, or a letter about it not be sent."""

from motcua.domain.notice import NoticeMoveNotAllowed
from motcua.domain.promise import NothingExcused
from motcua.domain.standing import ApologyRefused, ExtensionRefused
from motcua.dossiers.labels import NOTICE_STATUS_LABELS
from motcua.web.wording import flaw_words


def words(problem: Exception) -> str | None:
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case ExtensionRefused(flaw=flaw):
            return f"Không gia hạn được: {flaw_words.EXTENSIONS[flaw]}"
        case ApologyRefused(flaw=flaw):
            return f"Không xin lỗi và hẹn lại được: {flaw_words.APOLOGIES[flaw]}"
        case NothingExcused():
            return (
                "Khoảng thời gian không tính không có phần nào sau khi tiếp nhận hồ sơ. Kiểm tra "
                "ngày, giờ bắt đầu và kết thúc rồi gửi lại."
            )
        case NoticeMoveNotAllowed(status=status):
            return (
                f"Văn bản đang ở tình trạng “{NOTICE_STATUS_LABELS[status]}” nên không làm được "
                "việc này. Tải lại trang để xem văn bản hiện nay."
            )
        case _:
            return None
