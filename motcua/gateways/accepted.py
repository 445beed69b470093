"""What is taken into a dossier, and why a file is not.

PDF, JPEG and PNG are taken: what scanners and telephones make and every office can open. A file
that could do anything but be looked at is refused.
"""

from enum import StrEnum
from typing import Final

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
BEGINS_WITH: Final = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
ENDINGS: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}

LARGEST_FILE: Final = 10 * 1024 * 1024  # bytes
MOST_PAGES: Final = 200
MOST_PIXELS: Final = 50_000_000


class Flaw(StrEnum):
    """Lý do không nhận tệp."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE = "active"
    SWELLING = "swelling"
    TOO_HARD = "too_hard"
    NO_PLACE = "no_place"
    OTHERS_WAIT = "others_wait"


class FileRefused(Exception):
    """The file is not taken into a dossier; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw
