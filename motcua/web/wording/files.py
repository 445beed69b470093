"""What is said when a file is not taken, lost, or nothing can be written."""

from motcua.domain import spoken
from motcua.dossiers.services.attachments import AlreadyAttached, AttachmentNotAllowed
from motcua.gateways.accepted import FileRefused
from motcua.gateways.archive import FileLost
from motcua.gateways.storage import StorageFailed
from motcua.web.wording import flaw_words


def words(problem: Exception) -> str | None:
    """Say what happened, why, and what to do next; None for what is said elsewhere."""
    match problem:
        case FileRefused(flaw=flaw):
            return flaw_words.FILES[flaw]
        case FileLost():
            return (
                "Tệp không còn trong kho lưu trữ của máy chủ. Báo quản trị viên khôi phục từ bản "
                "sao lưu; thông tin về tệp vẫn còn trong hồ sơ."
            )
        case StorageFailed(trouble=trouble):
            return flaw_words.TROUBLES[trouble]
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
        case _:
            return None
