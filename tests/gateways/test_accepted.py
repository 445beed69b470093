"""What a file may be, decided by opening it; here in this process, without one for each file."""

import time
import zlib

import pytest

from motcua.gateways import uploads
from motcua.gateways.accepted import FileRefused, Flaw
from motcua.gateways.opening import pages_of
from motcua.gateways.uploads import opened
from tests.gateways.made_files import (
    CATALOGUE,
    PAGE,
    PAGES,
    pdf,
    picture,
    raw_pdf,
    with_catalogue,
)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    monkeypatch.setattr(uploads, "_pages", pages_of)


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (pdf(3), "application/pdf", 3),
        (with_catalogue(b""), "application/pdf", 1),
        (with_catalogue(b"/OpenAction[3 0 R/Fit]"), "application/pdf", 1),
        (with_catalogue(b"/OpenAction 4 0 R", b"<</S/GoTo/D[3 0 R/Fit]>>"), "application/pdf", 1),
        (
            raw_pdf(
                CATALOGUE % b"",
                PAGES,
                PAGE[:-2] + b"/Annots[4 0 R]>>",
                b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x.vn)>>>>",
            ),
            "application/pdf",
            1,
        ),
        (picture("JPEG"), "image/jpeg", 1),
        (picture("PNG"), "image/png", 1),
    ],
    ids=["pdf", "by hand", "opens at a page", "goes to a page", "links", "jpeg", "png"],
)
def test_what_scanners_make_is_taken_for_what_it_is(content, media_type, pages):
    found = opened(content)
    assert (found.media_type, found.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), Flaw.TOO_LARGE),
        (b"MZ\x90\x00 a program", Flaw.OTHER_KIND),
        (b"<html><script>alert(1)</script></html>", Flaw.OTHER_KIND),
        (b"GIF89a", Flaw.OTHER_KIND),
        (pdf()[:200], Flaw.DAMAGED),
        (picture("JPEG", (800, 600))[:900], Flaw.DAMAGED),
        (picture("PNG")[:60], Flaw.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, Flaw.DAMAGED),
        (pdf(201), Flaw.TOO_MANY_PAGES),
        (picture("PNG", (8000, 6251)), Flaw.TOO_MANY_PIXELS),
        (picture("JPEG", (8000, 6251)), Flaw.TOO_MANY_PIXELS),
        (with_catalogue(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/Java#53cript/J#53(app.alert(1))>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), Flaw.ACTIVE),
        (with_catalogue(b"/AA<</WC<</S/Launch/F(cmd.exe)>>>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction 4 0 R", b"<</S/Launch/F(cmd.exe)>>"), Flaw.ACTIVE),
        (
            with_catalogue(b"/OpenAction 5 0 R", packed=[b"<</S/Launch/F(cmd.exe)>>"]),
            Flaw.ACTIVE,
        ),
        (
            with_catalogue(b"/Names<</EmbeddedFiles<</Names[(a)<</EF<</F 4 0 R>>>>]>>>>", b"<<>>"),
            Flaw.ACTIVE,
        ),
        (with_catalogue(b"/OpenAction<</S/GoToR/F(x.pdf)/D[0/Fit]>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/GoToE/D[0/Fit]>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/URI/URI(http://x.vn)>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction 4 0 R", b"<</S/URI/URI(http://x.vn)>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/SubmitForm/F(http://x.vn)>>"), Flaw.ACTIVE),
        (with_catalogue(b"/OpenAction<</S/ImportData/F(a.fdf)>>"), Flaw.ACTIVE),
        (
            with_catalogue(
                b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>", b"<</S/URI/URI(http://x.vn)>>"
            ),
            Flaw.ACTIVE,
        ),
        (with_catalogue(b"/OpenAction<</X(/S/GoTo )/S/URI/URI(http://x.vn)>>"), Flaw.ACTIVE),
        (with_catalogue(b"/AA<</WC<</S/URI/URI(http://x.vn)>>>>"), Flaw.ACTIVE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_paper_is_refused_and_said_why(content, flaw):
    with pytest.raises(FileRefused) as told:
        opened(content)
    assert told.value.flaw is flaw


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"stream\n" * 1_400_000,
        with_catalogue(b"/X 4 0 R", b"[" + b"<</OpenAction[3 0 R]>>" * 50_000 + b"]"),
    ],
    ids=["streams", "openings"],
)
def test_a_file_of_nothing_but_questions_is_refused_at_once(content):
    began = time.monotonic()
    with pytest.raises(FileRefused):
        opened(content)
    assert time.monotonic() - began < 3


def test_a_scan_of_many_pages_packed_without_loss_is_taken():
    page = zlib.compress(bytes(2480 * 3508 // 8))
    image = (
        b"<</Type/XObject/Subtype/Image/Width 2480/Height 3508/BitsPerComponent 1"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    ) % (len(page), page)
    assert opened(with_catalogue(b"", *[image] * 100)).pages == 1
