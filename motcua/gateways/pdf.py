"""Whether a PDF can be opened and only be looked at, and how many pages it has."""

import io
import re
import zlib
from typing import Final

import pypdfium2
from pypdfium2 import raw

from motcua.gateways.accepted import MOST_PAGES, FileRefused, Flaw

LARGEST_STREAM: Final = 64 * 1024 * 1024  # bytes unpacked: a colour A4 at 400 dpi
LARGEST_UNPACKED: Final = 256 * 1024 * 1024  # bytes, all streams of a file together
LARGEST_OBJECTS: Final = 3 * 1024 * 1024  # bytes packed in object streams; read, a hundredfold

_STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|Filespec|RichMedia|Rendition|Movie|Sound|XFA"
    rb"|ImportData|SubmitForm|GoToR|GoToE|AA)(?![A-Za-z0-9])"
)
_OPENS_WITH: Final = re.compile(rb"/OpenAction(?![A-Za-z0-9])\s*(?:(\d+)\s+\d+\s+R\b)?")
_GOES_TO_A_PAGE: Final = re.compile(rb"\s*(?:\[|null\b|<<(?=[^>]*/S\s*/GoTo(?![A-Za-z0-9])))")
_DATA: Final = re.compile(rb"(?<!end)stream[\r\n]*")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKS_OBJECTS: Final = re.compile(rb"/(?:ObjStm|XRef)(?![A-Za-z0-9])")
_FILTERED: Final = re.compile(rb"/Filter(?![A-Za-z0-9])")
_MOST_STREAMS: Final = 20_000
_MOST_OPENINGS: Final = 8  # one is all a PDF has use for; a file saved again may keep old ones
_HEAD: Final = 2048  # bytes before a stream in which its dictionary is looked for
_BITE: Final = 4096  # bytes unpacked from at a time
_MOUTHFUL: Final = 1024 * 1024  # bytes unpacked to at a time
_LOCKED: Final = "password"


def pages(content: bytes) -> int:
    """Return how many pages the PDF has.  Raises FileRefused."""
    _check_unpacked(content)
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
    count = len(document)
    if count == 0:
        raise FileRefused(Flaw.DAMAGED)
    if count > MOST_PAGES:
        raise FileRefused(Flaw.TOO_MANY_PAGES)
    for index in range(count):
        document.get_page_size(index)  # is there, without drawing anything on it
    if raw.FPDFDoc_GetJavaScriptActionCount(document) or raw.FPDFDoc_GetAttachmentCount(document):
        raise FileRefused(Flaw.ACTIVE)
    # Written out anew, every dictionary stands in the clear, whatever it was packed in.
    plain = io.BytesIO()
    document.save(plain)
    objects = _STREAM.sub(b"", plain.getvalue())
    if _ACTIVE.search(objects) or not _opens_quietly(objects):
        raise FileRefused(Flaw.ACTIVE)
    return count


def _opens_quietly(objects: bytes) -> bool:
    """Return whether all that opening the PDF does is to show one of its own pages."""
    for count, opening in enumerate(_OPENS_WITH.finditer(objects), start=1):
        if count > _MOST_OPENINGS:
            return False
        number, start = opening[1], opening.end()
        if number is not None:
            target = re.search(rb"(?<!\d)%s\s+\d+\s+obj\b" % number, objects)
            if target is None:
                continue  # nothing is there to be done
            start = target.end()
        found = _GOES_TO_A_PAGE.match(objects, start)
        if found is None:
            return False
        action = objects[start : objects.find(b"endobj", start)]
        if found[0].endswith(b"<<") and re.search(rb"/(?:Next|URI)(?![A-Za-z0-9])", action):
            return False
    return True


def _check_unpacked(content: bytes) -> None:
    """Refuse a PDF of some kilobytes that unpacks to more than a computer holds.

    Unpacked piece by piece and thrown away.  PDFium unpacks only object streams here; every
    other stream is bounded for who opens the file later.
    """
    unpacked = objects = 0
    for count, data in enumerate(_DATA.finditer(content), start=1):
        if count > _MOST_STREAMS:
            raise FileRefused(Flaw.SWELLING)
        head = content[max(0, data.start() - _HEAD) : data.start()].rpartition(b"endobj")[2]
        head = _ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), head)
        packs_objects = _PACKS_OBJECTS.search(head) is not None
        size = _unpacked_size(content, data.end())
        if packs_objects and not size and _FILTERED.search(head):
            # Packed some other way, or locked: nobody can say how large it grows.
            raise FileRefused(Flaw.LOCKED if b"/Encrypt" in content else Flaw.SWELLING)
        unpacked += size
        objects += size if packs_objects else 0
        if size > LARGEST_STREAM or unpacked > LARGEST_UNPACKED or objects > LARGEST_OBJECTS:
            raise FileRefused(Flaw.SWELLING)


def _unpacked_size(content: bytes, start: int) -> int:
    """Return how many bytes the Flate stream there holds, up to just over the largest; 0 if none.

    Whatever its dictionary says: a dictionary can spell its filter in many ways.
    """
    unpacking, size = zlib.decompressobj(), 0
    try:
        while not unpacking.eof and size <= LARGEST_STREAM:
            packed = unpacking.unconsumed_tail
            if not packed:
                packed, start = content[start : start + _BITE], start + _BITE
            if not packed:
                break
            size += len(unpacking.decompress(packed, _MOUTHFUL))
    except zlib.error:
        return size  # no Flate stream, or damaged from here: this much a reader makes of it
    return size
