"""Read a PDF as its reader does: words, pages, the codes a telephone sees."""

import shutil
import subprocess

import pypdfium2
import pytest

A5, A4, A4_LANDSCAPE = (148, 210), (210, 297), (297, 210)


def words(pdf: bytes, *pages: int) -> str:
    """Return the text of the pages (from 0; none named: all) in one line."""
    document = pypdfium2.PdfDocument(pdf)
    shown = pages or range(len(document))
    text = " ".join(document[page].get_textpage().get_text_bounded() for page in shown)
    # The reader says U+FFFE or U+0002 where a line was broken at a hyphen.
    joined = text.replace("\ufffe", "-").replace("\x02", "-").replace("\u200b", "")
    return " ".join(joined.split())


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]


def codes(pdf: bytes, page: int, folder) -> set[str]:
    """Return what the QR codes of a page say."""
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg không có trên máy này (Debian: apt-get install zbar-tools)")
    picture = folder / f"page-{page}.png"
    pypdfium2.PdfDocument(pdf)[page].render(scale=3).to_pil().save(picture)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=False
    )
    assert read.returncode in (0, 4), read.stderr  # 4: a page without a code
    return set(read.stdout.split())
