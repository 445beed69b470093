"""Sentences to a person: what happened, why, what to do next. One file, so that one careful
reader can proofread the whole product."""

from motcua.agencies.accounts import OwnAccount, RoleAlreadyHeld, UserNameTaken
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder, ReasonMissing
from motcua.domain.numbering import NumbersExhausted
from motcua.domain.process import StepNotAllowed
from motcua.dossiers.labels import ACTION_LABELS, STATE_LABELS
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.reception import NoCompetentDivision, PapersMissing


def explain(problem: Exception) -> str:  # noqa: PLR0912 (one branch for each problem)
    """Say what happened, why, and what to do next.  Raises TypeError for an unknown problem."""
    match problem:
        case ActionNotAllowed(state=state, action=action):
            where = f"hồ sơ đang ở trạng thái “{STATE_LABELS[state]}”" if state else "hồ sơ chưa có"
            return (
                f"Không thể {_verb(action)}: {where}, hoặc bước này không do ông/bà làm. "
                "Tải lại trang để xem các việc có thể làm."
            )
        case ReasonMissing(action=action):
            return f"Chưa {_verb(action)} được: việc này cần nêu lý do. Ghi lý do rồi gửi lại."
        case SomebodyActed(last=last):
            return (
                f"{_who(last)} đã thực hiện “{ACTION_LABELS[last.action].lower()}” hồ sơ này lúc "
                f"{spoken.short_moment(last.at)}. Chưa có gì bị ghi đè. Xem lại hồ sơ trước khi "
                "tiếp tục; nội dung đã gõ vẫn còn."
            )
        case PapersMissing(papers=papers):
            names = "; ".join(paper.name for paper in papers)
            return (
                f"Chưa tiếp nhận được: còn thiếu {len(papers)} giấy tờ bắt buộc ({names}). "
                "Nhận đủ rồi tiếp nhận, hoặc hướng dẫn người nộp hoàn thiện một lần."
            )
        case CalendarNotPublished(year=0):
            return (
                "Chưa tính được ngày hẹn trả vì hệ thống chưa có lịch làm việc. Báo quản trị viên "
                "chạy “motcua calendar load”; thông tin đã nhập được giữ ở hồ sơ nháp."
            )
        case CalendarNotPublished(year=year):
            return (
                f"Chưa tính được ngày hẹn trả vì chưa công bố lịch làm việc năm {year}. Báo quản "
                "trị viên nạp lịch, rồi tiếp nhận lại; thông tin đã nhập được giữ ở hồ sơ nháp."
            )
        case NoCompetentDivision():
            return (
                "Chưa tiếp nhận được: đơn vị chưa có phòng chuyên môn giải quyết lĩnh vực này. "
                "Báo quản trị viên gắn phòng cho thủ tục; thông tin đã nhập vẫn còn."
            )
        case NumbersExhausted():
            return (
                "Hôm nay đơn vị đã dùng hết số hồ sơ. Báo quản trị viên; hồ sơ vẫn ở bản nháp và "
                "tiếp nhận được vào ngày làm việc tiếp theo."
            )
        case StepNotAllowed():
            return (
                "Bước muốn chuyển đến không nằm trên quy trình từ bước hiện nay. Tải lại trang và "
                "chọn một bước trong danh sách."
            )
        case HistoryOutOfOrder():
            return (
                "Đồng hồ của máy chủ đang chậm hơn việc vừa ghi trước đó nên chưa ghi được. Chờ "
                "một phút rồi thử lại; nếu vẫn vậy, báo quản trị viên chỉnh giờ máy chủ."
            )
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
    raise TypeError(f"no wording for {type(problem).__name__}")


def _verb(action: str) -> str:
    return ACTION_LABELS[action].lower()


def _who(event: DossierEvent) -> str:
    return event.officer.full_name if event.officer else event.agency.name
