"""What is said when an account or a process cannot be changed."""

from collections.abc import Sequence

from motcua.agencies.accounts import NotAdministeredHere, OwnAccount, RoleAlreadyHeld, UserNameTaken
from motcua.catalogue.delay_reasons import LastReason, SaidAlready
from motcua.catalogue.drafting import (
    BeginsInThePast,
    DraftGone,
    DraftMoved,
    ProcedureUnknown,
    ProcessDefective,
    ProcessOfOthers,
)
from motcua.catalogue.file_words import line_of_flaw
from motcua.catalogue.services import VersionOverlaps
from motcua.domain import spoken
from motcua.domain.process_file import ProcessFileUnreadable


def words(problem: Exception) -> str | None:  # noqa: PLR0912 (one branch for each problem)
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case UserNameTaken(username=username):
            return (
                f"Tên đăng nhập “{username}” đã có người dùng. Chọn tên khác, chẳng hạn thêm số "
                "phía sau."
            )
        case RoleAlreadyHeld():
            return "Cán bộ đã có vai trò này tại cơ quan đó. Không cần giao lại."
        case OwnAccount():
            return (
                "Không thể tự ngừng tài khoản hoặc quyền quản trị của chính mình. Nhờ quản trị "
                "viên khác làm việc này."
            )
        case SaidAlready():
            return "Danh sách đã có lý do này. Dùng lý do ấy, hoặc viết câu khác."
        case LastReason():
            return (
                "Chưa bỏ: đây là lý do cuối cùng còn dùng, thư xin lỗi phải chọn được lý do. Thêm "
                "lý do khác rồi bỏ lý do này."
            )
        case NotAdministeredHere():
            return (
                "Chưa làm được: tài khoản này còn giữ vai trò ở một cơ quan ông/bà không quản trị. "
                "Nhờ quản trị viên của cơ quan đó, hoặc của cấp trên, làm việc này."
            )
        case ProcessOfOthers(agencies=agencies):
            return (
                f"Quy trình này dùng chung cho cả {_first_of(agencies)}, ông/bà không quản trị ở "
                "đó. Nhờ quản trị viên cấp trên sửa; chưa có gì được ghi."
            )
        case DraftMoved(draft=draft):
            who = draft.changed_by.full_name if draft.changed_by else "Người quản trị máy chủ"
            return (
                f"{who} đã ghi bản soạn này lúc {spoken.short_moment(draft.changed_at)}. Chưa có "
                "gì bị ghi đè. Xem bản mới nhất ở cửa sổ khác, rồi chép phần của mình sang."
            )
        case DraftGone():
            return (
                "Bản soạn này đã được công bố hoặc bỏ đi. Mở lại trang quy trình để xem phiên bản "
                "đang áp dụng, rồi soạn tiếp nếu cần."
            )
        case ProcessDefective(version=version, found=found):
            return (
                f"Chưa công bố: quy trình của thủ tục {version.procedure.code} còn {len(found)} "
                "chỗ sai. Sửa các chỗ nêu ở bản soạn, rồi công bố lại."
            )
        case BeginsInThePast():
            return "Ngày áp dụng đã qua nên chưa công bố. Chọn hôm nay hoặc một ngày sau."
        case VersionOverlaps(before=before):
            return (
                f"Đã có phiên bản {before.number} áp dụng từ {spoken.day(before.valid_from)} nên "
                "chưa công bố. Chọn một ngày sau đó."
            )
        case ProcedureUnknown(code=code):
            return (
                f"Không có thủ tục mã “{code}”. Kiểm tra mã ở trang Danh mục thủ tục, rồi gửi lại."
            )
        case ProcessFileUnreadable():
            return line_of_flaw(problem)
        case _:
            return None


def _first_of(names: Sequence[str]) -> str:
    more = f" và {len(names) - 2} nơi nữa" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more
