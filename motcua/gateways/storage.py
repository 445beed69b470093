"""Where things are written, when it cannot be done: the disk is full, the database is gone."""

import errno
from enum import StrEnum
from typing import Final

from django.db import Error


class Trouble(StrEnum):
    """Lý do không ghi, không đọc được."""

    FULL = "full"
    READ_ONLY = "read-only"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


class StorageFailed(Exception):
    """The database or the file store does not do its work; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


# https://www.sqlite.org/rescode.html, the lowest eight bits.
_SQLITE: Final = {
    5: Trouble.BUSY,
    6: Trouble.BUSY,
    8: Trouble.READ_ONLY,
    10: Trouble.UNREACHABLE,
    13: Trouble.FULL,
    14: Trouble.UNREACHABLE,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, by how the code begins.
_POSTGRESQL: Final = {
    "53100": Trouble.FULL,
    "53": Trouble.BUSY,
    "25006": Trouble.READ_ONLY,
    "55P03": Trouble.BUSY,
    "40": Trouble.BUSY,
    "57P": Trouble.UNREACHABLE,
    "58": Trouble.UNREACHABLE,
    "08": Trouble.UNREACHABLE,
}
_SYSTEM: Final = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.UNREACHABLE,
}


def storage_failure(problem: BaseException | None) -> StorageFailed | None:
    """Return what this says of the storage; None when it is about something else."""
    if isinstance(problem, StorageFailed):
        return problem
    trouble = None
    if isinstance(problem, OSError):
        trouble = _SYSTEM.get(problem.errno or 0)
    elif isinstance(problem, Error):
        trouble = _of_database(problem.__cause__ or problem)
    return StorageFailed(trouble) if trouble else None


def _of_database(cause: BaseException) -> Trouble | None:
    if hasattr(cause, "sqlite_errorcode"):
        return _SQLITE.get(cause.sqlite_errorcode & 0xFF)
    if code := getattr(cause, "sqlstate", None):
        found = (trouble for begin, trouble in _POSTGRESQL.items() if code.startswith(begin))
        return next(found, None)
    # Without a code the server said nothing: it was not reached, or the connection is closed.
    is_cut_off = type(cause).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout")
    return Trouble.UNREACHABLE if is_cut_off and hasattr(cause, "sqlstate") else None
