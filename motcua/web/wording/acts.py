"""What is said when an act on a dossier cannot be done."""

from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.consultation import ConsultationRefused, OpinionsOutstanding
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder
from motcua.domain.passage import NobodyNamed, ReasonMissing, RecallRefused
from motcua.domain.pause import PauseImpossible
from motcua.domain.process import StepNotAllowed
from motcua.dossiers.labels import ACTION_LABELS, STATE_LABELS
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.services.consultations import NobodyAnswers, NotAsked
from motcua.dossiers.services.corrections import NothingToCorrect
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import HeldByColleague, NotAColleague, NotWhoDidIt
from motcua.web.wording import flaw_words


def words(problem: Exception) -> str | None:  # noqa: PLR0912 (one branch for each problem)
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
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
                "tiếp tục."
            )
        case HeldByColleague(holder=holder):
            return (
                f"{holder.full_name} đang giữ việc này, nên chưa ghi gì. Nếu cần làm thay, mở hồ "
                f"sơ, chọn “Nhận thay {holder.full_name}” và ghi lý do."
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
        case PauseImpossible():
            return (
                "Việc tạm dừng vừa ghi trong cùng giây này nên chưa thể tiếp tục giải quyết. Tải "
                "lại trang, xem hồ sơ, rồi thử lại sau một phút."
            )
        case ConsultationRefused(flaw=flaw):
            return f"Không lấy ý kiến được: {flaw_words.CONSULTATIONS[flaw]}"
        case NobodyAnswers(agency=agency):
            return (
                f"Không hỏi được {agency.name}: nơi này là nơi đang hỏi, hoặc chưa có ai trả lời ý "
                "kiến. Chọn cơ quan khác, hoặc báo quản trị viên phân vai trò cho nơi đó."
            )
        case NotAsked():
            return (
                "Việc này thuộc cơ quan khác: chỉ nơi được hỏi trả lời, chỉ nơi hỏi nhắc. Tải lại "
                "trang để xem hồ sơ hiện nay."
            )
        case RecallRefused(flaw=flaw):
            return f"Không thu hồi được: {flaw_words.RECALLS[flaw]}"
        case OpinionsOutstanding():
            return (
                "Còn cơ quan chưa trả lời ý kiến nên hồ sơ chưa đi tiếp. Chờ hoặc nhắc họ trả lời; "
                "nếu phải đi tiếp khi chưa có ý kiến, ghi lý do rồi gửi lại."
            )
        case NobodyNamed():
            return "Chưa chọn người được phân công. Chọn một người rồi gửi lại."
        case NothingToCorrect():
            return (
                "Chưa sửa gì: mọi thông tin vẫn như cũ. Sửa chỗ nhầm rồi gửi lại, hoặc quay về "
                "hồ sơ."
            )
        case NotAColleague():
            return (
                "Người được chọn không còn làm bước này ở nơi nhận, hoặc đã ngừng tài khoản. Chọn "
                "người khác, hoặc để trống để ai ở bước đó cũng nhận được."
            )
        case NotWhoDidIt(officer=officer):
            return (
                f"Bước tiếp theo do {officer.full_name}, người đã làm bước trước của hồ sơ này, "
                f"làm tiếp, nên chưa ghi gì. Chuyển cho {officer.full_name}; nếu người ấy vắng, "
                f"sau khi chuyển, chọn “Nhận thay {officer.full_name}” và ghi lý do."
            )
        case _:
            return None


def _verb(action: str) -> str:
    return ACTION_LABELS[action].lower()


def _who(event: DossierEvent) -> str:
    return event.officer.full_name if event.officer else event.agency.name
