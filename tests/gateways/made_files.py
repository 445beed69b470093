"""Files as scanners, telephones and ill will make them."""

import io
import zlib

import pypdfium2
from PIL import Image


def pdf(pages=1):
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def picture(kind, size=(80, 60)):
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, kind)
    return content.getvalue()


def raw_pdf(*objects, packed=()):
    """A PDF of these objects; the packed ones lie compressed in an object stream."""
    body = [b"%PDF-1.7\n"]
    offsets = {}
    for number, content in enumerate(objects, start=1):
        offsets[number] = sum(map(len, body))
        body.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    first = len(objects) + 1
    if packed:
        text, index = b"", b""
        for number, content in enumerate(packed, start=first + 1):
            index += b"%d %d " % (number, len(text))
            text += content + b" "
        stream = zlib.compress(index + text)
        offsets[first] = sum(map(len, body))
        head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (
            len(packed),
            len(index),
            len(stream),
        )
        body.append(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (first, head, stream))
    start = sum(map(len, body))
    last = first + len(packed)
    table = b"\x00\x00\x00\x00\xff"
    for number in range(1, last + 1):
        if number in offsets:
            table += b"\x01" + offsets[number].to_bytes(3, "big") + b"\x00"
        elif number > first and packed:
            table += b"\x02" + first.to_bytes(3, "big") + bytes([number - first - 1])
        else:
            table += b"\x00\x00\x00\x00\x00"
    head = b"<</Type/XRef/Size %d/W[1 3 1]/Root 1 0 R/Length %d>>" % (last + 1, len(table))
    body.append(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (last + 1, head, table))
    body.append(b"startxref\n%d\n%%%%EOF\n" % start)
    return b"".join(body)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R%s>>"


def with_catalogue(extra, *more, packed=()):
    return raw_pdf(CATALOGUE % extra, PAGES, PAGE, *more, packed=packed)


def deflated(pattern, times):
    """Return that many times the pattern, compressed, without ever holding it."""
    packing = zlib.compressobj(9)
    block = pattern * 100_000
    packed = [packing.compress(block) for _ in range(times // 100_000)]
    return b"".join([*packed, packing.flush()])


def swelling(kind):
    drawn = deflated(b"q ", 50_000_000)
    if kind == "page":
        stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(drawn), drawn)
    elif kind == "page spelled oddly":
        stream = b"<</Filter[/Fl#61te#44ecode]/Length %d>>stream\n%s\nendstream" % (
            len(drawn),
            drawn,
        )
    else:
        packed = deflated(b"4 0 ", 5_000_000)
        stream = b"<</Type/Obj#53tm/N 1/First 4/Filter/Fl/Length %d>>stream\n%s\nendstream" % (
            len(packed),
            packed,
        )
    return raw_pdf(CATALOGUE % b"", PAGES, PAGE[:-2] + b"/Contents 4 0 R>>", stream)


def crowded():
    """A PDF of ten megabytes, none of them packed, that PDFium makes a gigabyte of."""
    return with_catalogue(b"/X 4 0 R", b"[" + b"[]" * 5_000_000 + b"]")
