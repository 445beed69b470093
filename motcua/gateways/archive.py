"""The file store: each file kept under the SHA-256 of its content, written once, never changed.

A file is on the disk, whole, before its name is; a process killed on the way leaves at most a
file nothing refers to.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class FileLost(Exception):
    """The store holds no file of this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


@dataclass(frozen=True, slots=True)
class Archive:
    """Kho tệp: the folder files are kept in."""

    root: Path

    def keep(self, content: bytes) -> str:
        """Keep the content and return its digest; content already kept is left as it is."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix="incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                # A link, unlike a rename, never replaces what is there.
                os.link(name, path)
            except FileExistsError:
                return digest
        finally:
            os.unlink(name)
        _sync(path.parent)
        _sync(self.root)
        return digest

    def path(self, digest: str) -> Path:
        """Return where the file of this digest lies.  Raises FileLost."""
        path = self._path(digest)
        if not path.is_file():
            raise FileLost(digest)
        return path

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileLost(digest)
        return self.root / digest[:2] / digest[2:]


def _sync(folder: Path) -> None:
    """Let the disk know the folder's new entry, so that it survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
