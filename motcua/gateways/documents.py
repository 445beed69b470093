"""What an uploaded file is, decided by opening it, never by its name.

PDF, JPEG and PNG are taken: what scanners and telephones make and every office can open. A file
that could do anything but be looked at is refused.
"""

import io
import re
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

LARGEST_FILE: Final = 10 * 1024 * 1024  # bytes
MOST_PAGES: Final = 200
MOST_PIXELS: Final = 50_000_000
PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
ENDINGS: Final = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}

_STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|Filespec|RichMedia|Rendition|Movie|Sound|XFA"
    rb"|ImportData|SubmitForm)(?![A-Za-z0-9])"
)
_LOCKED: Final = "password"
_pdfium = threading.Lock()  # PDFium serves one thread at a time


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


class FileRefused(Exception):
    """The file is not taken into a dossier; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Opened:
    """Tệp đã mở thử: what it turned out to be."""

    media_type: str
    pages: int


def opened(content: bytes) -> Opened:
    """Return what the content is.  Raises FileRefused."""
    if not content:
        raise FileRefused(Flaw.EMPTY)
    if len(content) > LARGEST_FILE:
        raise FileRefused(Flaw.TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return Opened(PDF, _pages(content))
    if content.startswith(b"\xff\xd8\xff"):
        _look_at(content, "JPEG")
        return Opened(JPEG, 1)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _look_at(content, "PNG")
        return Opened(PNG, 1)
    raise FileRefused(Flaw.OTHER_KIND)


def _pages(content: bytes) -> int:
    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            locked = _LOCKED in str(problem).lower()
            raise FileRefused(Flaw.LOCKED if locked else Flaw.DAMAGED) from problem
        try:
            return _pages_of(document)
        except pypdfium2.PdfiumError as problem:
            raise FileRefused(Flaw.DAMAGED) from problem
        finally:
            document.close()


def _pages_of(document: pypdfium2.PdfDocument) -> int:
    pages = len(document)
    if pages == 0:
        raise FileRefused(Flaw.DAMAGED)
    if pages > MOST_PAGES:
        raise FileRefused(Flaw.TOO_MANY_PAGES)
    for index in range(pages):
        document[index].close()
    if raw.FPDFDoc_GetJavaScriptActionCount(document) or raw.FPDFDoc_GetAttachmentCount(document):
        raise FileRefused(Flaw.ACTIVE)
    # Written out anew, every dictionary stands in the clear, whatever it was packed in.
    plain = io.BytesIO()
    document.save(plain)
    if _ACTIVE.search(_STREAM.sub(b"", plain.getvalue())):
        raise FileRefused(Flaw.ACTIVE)
    return pages


def _look_at(content: bytes, kind: str) -> None:
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused(Flaw.TOO_MANY_PIXELS)
            if kind == "PNG":
                image.verify()  # every chunk's checksum, nothing unpacked
            else:
                image.draft("L", (1, 1))  # decoded at an eighth of its size
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise FileRefused(Flaw.TOO_MANY_PIXELS) from problem
    except (OSError, SyntaxError, ValueError) as problem:
        # What Pillow raises for a picture cut short or put together wrongly.
        raise FileRefused(Flaw.DAMAGED) from problem
