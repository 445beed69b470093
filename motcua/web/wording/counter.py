"""What is said when something cannot be done at the counter."""

from motcua.domain import spoken
from motcua.domain.condition import AnswerMissing
from motcua.domain.numbering import NumbersExhausted, NumberUnreadable
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.services.filings import NoCompetentDivision
from motcua.dossiers.services.hand_over import ListConfirmedAlready, NoteMissing, NotTheReceiver
from motcua.dossiers.services.reception import (
    NotAtThisCounter,
    NotSettledAtOnce,
    PapersMissing,
    ReceivedBefore,
)
from motcua.dossiers.services.results import PapersFetched


def words(problem: Exception) -> str | None:  # noqa: PLR0912 (one branch for each problem)
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case PapersFetched(known=known):
            return (
                f"Giấy tờ của hồ sơ này đã được {_who(known.event)} trả lại cho "
                f"{known.collector_name} lúc {spoken.short_moment(known.event.at)}. Không ghi lần "
                "hai."
            )
        case PapersMissing(papers=papers):
            names = "; ".join(paper.name for paper in papers)
            return (
                f"Chưa tiếp nhận được: còn thiếu {len(papers)} giấy tờ bắt buộc ({names}). "
                "Nhận đủ rồi tiếp nhận, hoặc hướng dẫn người nộp hoàn thiện một lần."
            )
        case NoCompetentDivision():
            return (
                "Chưa tiếp nhận được: đơn vị chưa có phòng chuyên môn giải quyết lĩnh vực này. "
                "Báo quản trị viên gắn phòng cho thủ tục; thông tin đã nhập vẫn còn."
            )
        case NotAtThisCounter(unit=unit):
            return (
                f"Chưa tiếp nhận được: ông/bà không được phân công tiếp nhận tại {unit.name}. Báo "
                "quản trị viên phân công; thông tin đã nhập được giữ ở hồ sơ nháp."
            )
        case NumbersExhausted():
            return (
                "Hôm nay đơn vị đã dùng hết số hồ sơ. Báo quản trị viên; hồ sơ vẫn ở bản nháp và "
                "tiếp nhận được vào ngày làm việc tiếp theo."
            )
        case AnswerMissing(name=name) if name.startswith("answer."):
            return (
                "Chưa tính được ngày hẹn trả: quy trình của thủ tục này rẽ nhánh theo câu trả lời "
                "ở quầy. Trả lời câu hỏi bên dưới thủ tục."
            )
        case AnswerMissing():
            return (
                "Chưa tính được ngày hẹn trả: quy trình của thủ tục này rẽ nhánh theo trường hợp. "
                "Chọn trường hợp của hồ sơ."
            )
        case NumberUnreadable():
            return (
                "Chưa cấp được mã số hồ sơ vì đơn vị chưa có mã định danh đúng dạng. Báo quản trị "
                "viên ghi mã định danh của cơ quan; thông tin đã nhập được giữ ở hồ sơ nháp."
            )
        case NotSettledAtOnce():
            return (
                "Thủ tục này không trả kết quả ngay tại quầy. Tiếp nhận và hẹn ngày trả; thông "
                "tin đã nhập vẫn còn."
            )
        case ReceivedBefore(receipt=receipt):
            return (
                f"Trang này đã tiếp nhận lúc {spoken.short_moment(receipt.issued_at)} (giấy tiếp "
                f"nhận số {receipt}). Nội dung vừa gửi khác nên chưa được ghi; nội dung ấy còn ở "
                "dưới. Nếu là hồ sơ khác, kiểm tra rồi bấm tiếp nhận lần nữa."
            )
        case ListConfirmedAlready(confirmed=confirmed):
            return (
                f"Danh sách số {confirmed} đã được {confirmed.confirmed_by.full_name} xác nhận lúc "
                f"{spoken.short_moment(confirmed.confirmed_at)}. Không ghi lần hai."
            )
        case NotTheReceiver():
            return (
                "Danh sách này gửi cho cơ quan khác nên ông/bà không xác nhận được. Quay về danh "
                "sách của cơ quan mình."
            )
        case NoteMissing(numbers=numbers):
            return (
                f"Chưa xác nhận: {len(numbers)} hồ sơ chưa nhận được mà chưa ghi lý do "
                f"({', '.join(numbers)}). Ghi ngắn gọn lý do, rồi xác nhận lại."
            )
        case _:
            return None


def _who(event: DossierEvent) -> str:
    return event.officer.full_name if event.officer else event.agency.name
