"""What is said when a notice to the applicant cannot be drafted, approved or sent."""

from motcua.domain import spoken
from motcua.domain.notice import NoticeMove
from motcua.domain.notice_words import HeldByState, NoticeIncomplete, NotOnTheList
from motcua.dossiers.labels import ACTION_LABELS, NOTICE_KIND_LABELS, NOTICE_STATUS_LABELS
from motcua.dossiers.models import Notice
from motcua.dossiers.services.notices import DraftedAlready, NoticeMoved, NotTheirNotice
from motcua.dossiers.services.processing import SentByNotice
from motcua.dossiers.services.supplements import NothingBrought, StillMissing
from motcua.web.wording import flaw_words

_NOT_THEIRS = {
    NoticeMove.AMEND: "sửa văn bản này. Nhờ người soạn hoặc lãnh đạo ký duyệt",
    NoticeMove.APPROVE: "duyệt văn bản này. Văn bản chờ lãnh đạo ký duyệt",
    NoticeMove.RETURN: "chuyển lại văn bản này. Nhờ lãnh đạo ký duyệt",
    NoticeMove.SEND: "gửi văn bản này. Nhờ người soạn, lãnh đạo ký duyệt hoặc bộ phận tiếp nhận",
    NoticeMove.CANCEL: "hủy văn bản này. Nhờ người soạn hoặc lãnh đạo ký duyệt",
}


def words(problem: Exception) -> str | None:
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case NoticeIncomplete(flaw=flaw):
            return f"Chưa ghi được: {flaw_words.NOTICES[flaw]}"
        case HeldByState(names=names):
            return (
                f"Không yêu cầu nộp được: {'; '.join(names)}. Nhà nước đã có dữ liệu này. Lấy từ "
                "nguồn dữ liệu; nếu nguồn lỗi hoặc sai, ghi rõ vì sao rồi gửi lại."
            )
        case NotOnTheList():
            return (
                "Thủ tục đã công bố không yêu cầu giấy tờ này nên không được đòi nộp. Tải lại "
                "trang và chọn trong danh sách giấy tờ của thủ tục."
            )
        case DraftedAlready(known=known):
            return (
                f"Hồ sơ đã có {_name(known)} {_standing(known)}. Mở văn bản ấy để sửa, duyệt hoặc "
                "hủy trước khi lập văn bản khác."
            )
        case NoticeMoved(known=known):
            return (
                f"Có người vừa làm việc với văn bản này: nay {_standing(known)}. Chưa có gì bị ghi "
                "đè. Xem lại văn bản trước khi tiếp tục."
            )
        case SentByNotice(action=action):
            return (
                f"Không {ACTION_LABELS[action].lower()} thẳng được: việc này phải báo người nộp "
                "bằng văn bản. Mở hồ sơ, soạn văn bản, trình duyệt rồi gửi."
            )
        case NothingBrought():
            return (
                "Chưa ghi nhận được: chưa có giấy tờ nào trong số đã yêu cầu. Ghi số bản của giấy "
                "tờ người nộp mang đến, rồi gửi lại."
            )
        case StillMissing(names=names):
            return (
                f"Còn thiếu {len(names)} giấy tờ đã yêu cầu ({'; '.join(names)}). Nhận đủ rồi ghi; "
                "nếu vẫn giải quyết tiếp khi chưa đủ, ghi rõ vì sao."
            )
        case NotTheirNotice(move=move):
            return f"Ông/bà không {_NOT_THEIRS[move]}."
        case _:
            return None


def _name(notice: Notice) -> str:
    return f"văn bản “{NOTICE_KIND_LABELS[notice.kind]}”"


def _standing(notice: Notice) -> str:
    who = f" do {notice.drafted_by.full_name} soạn" if notice.drafted_by else ""
    status = NOTICE_STATUS_LABELS[notice.status].lower()
    return f"ở tình trạng “{status}”{who} lúc {spoken.short_moment(notice.drafted_at)}"
