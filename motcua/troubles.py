"""What the machine or the database refuses, said in Vietnamese in one place.

What is not known here is repeated as it came, in parentheses, for whoever can look it up.
"""

import errno
import re
from typing import Final

NO_ROOM: Final = "hết chỗ trên đĩa. Dọn bớt hoặc chọn nơi khác rồi chạy lại"
_OF_MACHINE: Final = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hay thư mục ấy",
    errno.EEXIST: "đã có một tệp mang tên ấy",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: NO_ROOM,
    errno.EROFS: "nơi ấy chỉ cho đọc",
    errno.EIO: "đĩa hỏng hoặc không đọc được",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "đường dẫn đi vòng",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENOMEM: "hết bộ nhớ",
    errno.EADDRNOTAVAIL: "địa chỉ ấy không phải của máy này",
    errno.EADDRINUSE: "đang có chương trình khác dùng",
}
_UNTRUE: Final = "tệp ấy không phải cơ sở dữ liệu hoặc đã hỏng. Chép lại từ bản sao lưu"
_OF_SQLITE: Final = {
    "SQLITE_FULL": NO_ROOM,
    "SQLITE_CANTOPEN": "không mở được tệp: thiếu thư mục chứa nó, hoặc không có quyền",
    "SQLITE_PERM": "không có quyền",
    "SQLITE_READONLY": "tệp hoặc thư mục ấy chỉ cho đọc",
    "SQLITE_NOTADB": _UNTRUE,
    "SQLITE_CORRUPT": _UNTRUE,
    "SQLITE_IOERR": "đĩa hỏng, hết chỗ hoặc không đọc được",
    "SQLITE_BUSY": "một chương trình khác đang ghi và chưa xong. Chờ rồi chạy lại",
    "SQLITE_LOCKED": "một chương trình khác đang ghi và chưa xong. Chờ rồi chạy lại",
}
# What the text of a database error tells, where it has no code of its own: connecting to a server.
_BY_TEXT: Final = (
    (
        r"row in table '(\w+)' with primary key '(.+?)' has an invalid foreign key",
        r"dòng \2 của bảng \1 chỉ đến dòng không có, vì dữ liệu bị sửa ngoài phần mềm. "
        r"Chép lại từ bản sao lưu",
    ),
    (r"already exists", "đã có bảng cùng tên do chương trình khác tạo. Chọn cơ sở dữ liệu trống"),
    (r"no such table|relation .* does not exist", "thiếu bảng. Chép lại từ bản sao lưu"),
    (r"connection refused", "máy chủ cơ sở dữ liệu không chạy, hoặc máy hay cổng viết sai"),
    (r"no such file or directory", "máy chủ cơ sở dữ liệu không chạy trên máy này"),
    (r"could not translate host|name or service|failed to resolve", "không có máy nào tên như thế"),
    (r"authentication failed|no password supplied", "sai tên người dùng hoặc mật khẩu"),
    (r"role .* does not exist", "không có người dùng ấy"),
    (r"database .* does not exist", "không có cơ sở dữ liệu ấy. Tạo trước: createdb"),
    (r"permission denied", "không có quyền"),
    (r"timeout|timed out", "máy chủ cơ sở dữ liệu không trả lời"),
    (r"too many (clients|connections)|remaining connection slots", "quá nhiều kết nối"),
    (r"no space left|disk full", NO_ROOM),
    (r"closed the connection|connection .* lost|terminating", "mất kết nối với máy chủ"),
)


def of_machine(problem: OSError) -> str:
    """Return why the machine refused, in Vietnamese."""
    known = _OF_MACHINE.get(problem.errno or 0)
    return known or f"máy không làm được ({problem.strerror or problem})"


def of_database(problem: Exception) -> str:
    """Return why the database refused, in Vietnamese."""
    name = getattr(problem.__cause__ or problem, "sqlite_errorname", "")
    for code, words in _OF_SQLITE.items():
        if name.startswith(code):  # what follows is detail, as in SQLITE_IOERR_WRITE
            return words
    text = " ".join(str(problem).split())
    for pattern, words in _BY_TEXT:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            return found.expand(words)
    return f"cơ sở dữ liệu từ chối ({text})"
