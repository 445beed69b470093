"""What is said when a rule refuses: what happened, why, what to do next."""

from collections.abc import Sequence

from motcua.agencies.accounts import NotAdministeredHere, OwnAccount, RoleAlreadyHeld, UserNameTaken
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
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.condition import AnswerMissing
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder, ReasonMissing
from motcua.domain.numbering import NumbersExhausted, NumberUnreadable
from motcua.domain.pause import PauseImpossible
from motcua.domain.process import StepNotAllowed
from motcua.domain.process_file import ProcessFileUnreadable
from motcua.domain.standing import ExtensionFlaw, ExtensionRefused
from motcua.dossiers.labels import ACTION_LABELS, STATE_LABELS
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.services.attachments import AlreadyAttached, AttachmentNotAllowed
from motcua.dossiers.services.corrections import NothingToCorrect
from motcua.dossiers.services.hand_over import (
    ListConfirmedAlready,
    NoteMissing,
    NotTheReceiver,
)
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import HeldByColleague, NotAColleague
from motcua.dossiers.services.reception import (
    NoCompetentDivision,
    NotAtThisCounter,
    NotSettledAtOnce,
    PapersMissing,
    ReceivedBefore,
)
from motcua.dossiers.services.results import PapersFetched
from motcua.gateways.accepted import FileRefused, Flaw
from motcua.gateways.archive import FileLost
from motcua.gateways.storage import StorageFailed, Trouble


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
                "tiếp tục."
            )
        case HeldByColleague(holder=holder):
            return (
                f"{holder.full_name} đang giữ việc này, nên chưa ghi gì. Nếu cần làm thay, mở hồ "
                f"sơ, chọn “Nhận thay {holder.full_name}” và ghi lý do."
            )
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
        case AnswerMissing():
            return (
                "Chưa tính được ngày hẹn trả: quy trình của thủ tục này rẽ nhánh theo trường hợp. "
                "Chọn trường hợp của hồ sơ."
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
        case ExtensionRefused(flaw=flaw):
            return f"Không gia hạn được: {_EXTENSION_FLAWS[flaw]}"
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
        case NothingToCorrect():
            return (
                "Chưa sửa gì: mọi thông tin vẫn như cũ. Sửa chỗ nhầm rồi gửi lại, hoặc quay về "
                "hồ sơ."
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
        case NotAColleague():
            return (
                "Người được chọn không còn làm bước này ở nơi nhận, hoặc đã ngừng tài khoản. Chọn "
                "người khác, hoặc để trống để ai ở bước đó cũng nhận được."
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
        case FileRefused(flaw=flaw):
            return _FLAWS[flaw]
        case FileLost():
            return (
                "Tệp không còn trong kho lưu trữ của máy chủ. Báo quản trị viên khôi phục từ bản "
                "sao lưu; thông tin về tệp vẫn còn trong hồ sơ."
            )
        case StorageFailed(trouble=trouble):
            return _TROUBLES[trouble]
        case AlreadyAttached(known=known):
            who = known.officer.full_name if known.officer else "hệ thống"
            return (
                f"Hồ sơ đã có đúng tệp này: “{known.name}”, do {who} thêm lúc "
                f"{spoken.short_moment(known.added_at)}. Không lưu lần hai."
            )
        case AttachmentNotAllowed():
            return (
                "Hồ sơ ở trạng thái này không nhận thêm tệp, hoặc ông/bà không làm bước này. Tải "
                "lại trang để xem các việc có thể làm."
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
                f"Không có thủ tục mã “{code}”. Kiểm tra mã ở trang Danh mục thủ tục, rồi gửi "
                "lại."
            )
        case ProcessFileUnreadable():
            return line_of_flaw(problem)
    raise TypeError(f"no wording for {type(problem).__name__}")


_FLAWS = {
    Flaw.EMPTY: "Tệp rỗng. Quét hoặc chụp lại, rồi chọn tệp khác.",
    Flaw.TOO_LARGE: (
        "Tệp lớn hơn 10 MB. Quét ở độ phân giải thấp hơn (200–300 dpi) hoặc chia thành nhiều tệp."
    ),
    Flaw.OTHER_KIND: (
        "Tệp không phải PDF, JPEG hoặc PNG. Lưu hoặc quét lại ở một trong ba định dạng này; đổi "
        "đuôi tên tệp không có tác dụng."
    ),
    Flaw.DAMAGED: "Không mở được tệp: tệp hỏng hoặc bị cắt cụt. Quét lại, rồi chọn tệp mới.",
    Flaw.LOCKED: "Tệp PDF có mật khẩu. Lưu lại không đặt mật khẩu, rồi chọn tệp mới.",
    Flaw.TOO_MANY_PAGES: "Tệp PDF dài quá 200 trang. Chia thành nhiều tệp.",
    Flaw.TOO_MANY_PIXELS: (
        "Ảnh lớn hơn 50 triệu điểm ảnh. Chụp hoặc quét lại ở độ phân giải thấp hơn."
    ),
    Flaw.ACTIVE: (
        "Tệp PDF có mã lệnh, tệp đính kèm hoặc biểu mẫu tự chạy nên không được nhận. In ra PDF "
        "(chọn máy in “Save as PDF”) hoặc quét lại, rồi chọn tệp mới."
    ),
    Flaw.SWELLING: (
        "Tệp PDF bung ra quá lớn so với một giấy tờ quét nên không được nhận. In ra PDF (chọn máy "
        "in “Save as PDF”) hoặc quét lại ở độ phân giải thấp hơn, rồi chọn tệp mới."
    ),
    Flaw.TOO_HARD: (
        "Không mở được tệp: mở thử tốn quá nhiều bộ nhớ, quá lâu, hoặc bị ngắt giữa chừng, nên tệp "
        "không được nhận. Quét hoặc chụp lại, hay in ra PDF (chọn máy in “Save as PDF”), rồi chọn "
        "tệp mới."
    ),
    Flaw.NO_PLACE: (
        "Chưa mở được tệp vì máy chủ đang mở nhiều tệp khác. Tệp chưa được lưu. Chờ một phút rồi "
        "gửi lại; nếu vẫn vậy, báo quản trị viên."
    ),
    Flaw.OTHERS_WAIT: (
        "Chưa mở được tệp vì ông/bà đang có tệp khác chờ mở. Tệp chưa được lưu. Chờ các tệp trước "
        "mở xong, rồi gửi lại."
    ),
}

_TROUBLES = {
    Trouble.FULL: (
        "Không ghi được: ổ đĩa của máy chủ đã đầy. Chưa có gì được ghi. Báo quản trị viên dọn ổ "
        "đĩa; dữ liệu đã ghi trước đó vẫn còn."
    ),
    Trouble.READ_ONLY: (
        "Không ghi được: máy chủ chỉ được phép đọc cơ sở dữ liệu hoặc ổ đĩa. Chưa có gì được ghi. "
        "Báo quản trị viên trả lại quyền ghi; dữ liệu đã ghi trước đó vẫn còn."
    ),
    Trouble.BUSY: (
        "Chưa ghi được vì máy chủ đang bận ghi việc khác quá lâu. Chưa có gì được ghi. Chờ một "
        "phút rồi làm lại; nếu vẫn vậy, báo quản trị viên."
    ),
    Trouble.UNREACHABLE: (
        "Máy chủ không đọc, ghi được cơ sở dữ liệu. Chưa có gì được ghi. Báo quản trị viên kiểm "
        "tra cơ sở dữ liệu và ổ đĩa, rồi làm lại sau một phút; dữ liệu đã ghi trước đó vẫn còn."
    ),
}

_EXTENSION_FLAWS = {
    ExtensionFlaw.NO_DATE: "chưa có ngày hẹn trả mới. Ghi ngày rồi gửi lại.",
    ExtensionFlaw.ALREADY_EXTENDED: (
        "hồ sơ đã được gia hạn một lần, và chỉ được gia hạn một lần. Giải quyết theo ngày hẹn trả "
        "hiện nay."
    ),
    ExtensionFlaw.NOT_LATER: (
        "ngày hẹn trả mới không muộn hơn ngày đang hẹn. Chọn một ngày làm việc sau ngày đang hẹn."
    ),
    ExtensionFlaw.NO_WORKING_DAY: (
        "ngày hẹn trả mới là ngày nghỉ. Chọn một ngày làm việc sau ngày đang hẹn."
    ),
    ExtensionFlaw.ASKED_TOO_LATE: (
        "việc gia hạn phải đề nghị chậm nhất vào ngày làm việc trước ngày hẹn trả. Giải quyết hồ "
        "sơ, và xin lỗi người nộp nếu quá hạn."
    ),
}

# What the services raise when an act is not done; nothing is written then.
REFUSALS = (
    ActionNotAllowed,
    CalendarNotPublished,
    ExtensionRefused,
    HeldByColleague,
    HistoryOutOfOrder,
    NotAColleague,
    PauseImpossible,
    ReasonMissing,
    SomebodyActed,
    StepNotAllowed,
)


def _first_of(names: Sequence[str]) -> str:
    more = f" và {len(names) - 2} nơi nữa" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _verb(action: str) -> str:
    return ACTION_LABELS[action].lower()


def _who(event: DossierEvent) -> str:
    return event.officer.full_name if event.officer else event.agency.name
