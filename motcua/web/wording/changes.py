"""What is said when a calendar cannot be changed, or promises not be moved together."""

from typing import Final

from motcua.agencies.calendar_drafts import CalendarDraftGone, CalendarDraftMoved
from motcua.domain import spoken
from motcua.domain.calendar_change import CalendarChangeFlaw, CalendarChangeRefused
from motcua.domain.projection import ChangeMoveNotAllowed
from motcua.dossiers.labels import CHANGE_STATUS_LABELS
from motcua.dossiers.services.promise_changes import (
    ApprovedElsewhere,
    ChangeSeenOtherwise,
    NothingToChange,
    OwnProposal,
    PeriodsOverlap,
)
from motcua.dossiers.services.together import DossierMoved

FLAWS: Final = {
    CalendarChangeFlaw.YEAR_UNKNOWN: "lịch chưa có năm đó. Ghi năm ở phần dưới trước.",
    CalendarChangeFlaw.NOTHING_NAMED: (
        "ngày đó đã là ngày thường trong lịch đang dùng. Không cần sửa."
    ),
    CalendarChangeFlaw.AS_BEFORE: "lịch đang dùng đã ghi đúng như vậy. Không cần sửa.",
}


def words(problem: Exception) -> str | None:
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case CalendarChangeRefused(flaw=flaw, day=day):
            return f"Chưa ghi {spoken.weekday(day)}: {FLAWS[flaw]}"
        case CalendarDraftMoved(draft=draft):
            return (
                f"{draft.changed_by.full_name} đã sửa lịch này lúc "
                f"{spoken.short_moment(draft.changed_at)}. Chưa có gì bị ghi đè; tải lại trang để "
                "xem bản mới rồi làm lại."
            )
        case CalendarDraftGone():
            return (
                "Lịch đang soạn đã được công bố hoặc bỏ đi. Xem lịch đang dùng, rồi soạn lần mới "
                "nếu cần."
            )
        case ChangeMoveNotAllowed(status=status):
            return (
                f"Danh sách đang ở tình trạng “{CHANGE_STATUS_LABELS[status]}” nên không làm được "
                "việc này. Tải lại trang để xem danh sách hiện nay."
            )
        case ChangeSeenOtherwise(change=change):
            return (
                "Đã có người làm việc khác với danh sách này: nay là "
                f"“{CHANGE_STATUS_LABELS[change.status]}”. Chưa có gì đổi thêm; xem lại rồi làm "
                "tiếp."
            )
        case OwnProposal():
            return (
                "Người đề nghị không tự duyệt danh sách của mình. Nhờ lãnh đạo khác duyệt; chưa "
                "hẹn trả nào đổi."
            )
        case ApprovedElsewhere():
            return (
                "Danh sách có hồ sơ của đơn vị ông/bà không phụ trách nên chưa duyệt. Lãnh đạo cơ "
                "quan cấp trên của các đơn vị đó duyệt danh sách này."
            )
        case PeriodsOverlap(known=known):
            period = spoken.period(known.excused_from, known.excused_until)
            return (
                f"Đã duyệt bất khả kháng {period}, trùng một phần với thời gian vừa nhập. Nhập "
                "phần còn lại, hoặc đúng thời gian cũ để thêm hồ sơ tiếp nhận sau."
            )
        case NothingToChange():
            return (
                "Lịch đang soạn không khác lịch đang dùng và không hồ sơ nào đổi hẹn, nên không có "
                "gì để trình. Ghi ngày hoặc năm cần sửa trước."
            )
        case DossierMoved():
            return (
                "Có hồ sơ vừa được ghi trong lúc duyệt nên chưa hẹn trả nào đổi. Bấm duyệt lại "
                "sau một phút."
            )
        case _:
            return None
