"""What may be put into a dossier, and how it is kept."""

import io
import subprocess
import sys
import threading
import time
import zlib

import pypdfium2
import pytest
from django.db import Error, transaction
from PIL import Image

from motcua.domain.dossier import Action
from motcua.dossiers.models import Attachment
from motcua.dossiers.services import attachments
from motcua.dossiers.services.attachments import AlreadyAttached, AttachmentNotAllowed
from motcua.dossiers.services.processing import act
from motcua.gateways import archive as archive_module
from motcua.gateways.archive import Archive, FileLost
from motcua.gateways.documents import FileRefused, Flaw, opened
from tests.world import MORNING


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


READ_IN_A_PROCESS = """
import re, sys
from motcua.gateways.documents import FileRefused, opened
try:
    opened(open(sys.argv[1], "rb").read())
except FileRefused as told:
    # The peak of this process alone; what getrusage says includes its parent's.
    peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    print(told.flaw.value, int(peak) // 1024)
"""


@pytest.mark.parametrize("kind", ["page", "page spelled oddly", "objects"])
def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_does_not_fill_the_server(
    tmp_path, kind
):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(swelling(kind))
    assert path.stat().st_size < 200_000
    read = subprocess.run(
        [sys.executable, "-c", READ_IN_A_PROCESS, str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=20,
    )
    flaw, megabytes = read.stdout.split()
    assert flaw == Flaw.SWELLING
    assert int(megabytes) < 300


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


def test_a_file_is_kept_under_its_digest_and_never_replaced(tmp_path):
    store = Archive(tmp_path / "files")
    digest = store.keep(b"one")
    path = store.path(digest)
    assert path.read_bytes() == b"one"
    before = path.stat().st_mtime_ns
    assert store.keep(b"one") == digest
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.iterdir()] == [digest[2:]]
    for unknown in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(FileLost):
            store.path(unknown)


def test_a_process_killed_while_keeping_leaves_no_name(tmp_path, monkeypatch):
    store = Archive(tmp_path / "files")

    def power_cut(*_where):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_module.os, "fsync", power_cut)
    with pytest.raises(KeyboardInterrupt):
        store.keep(b"half")
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_many_keep_the_same_file_at_once(tmp_path):
    store = Archive(tmp_path / "files")
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(store.keep(b"x" * 100_000))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "fitted"),
    [
        ("Tờ khai.pdf", "Tờ khai.pdf"),
        ("C:\\scan\\a.exe", "a.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"; filename="b.html', "a ; filename= b.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "tệp.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
    ids=repr,
)
def test_a_name_keeps_its_words_and_loses_its_tricks(name, fitted):
    assert attachments.fit_name(name, "application/pdf") == fitted


@pytest.fixture
def kept(tmp_path):
    return attachments.keep(pdf(), name="Tờ khai.pdf", archive=Archive(tmp_path / "files"))


def test_a_file_added_twice_is_told(world, kept):
    dossier = world.receive()
    how = {
        "dossier_id": dossier.pk,
        "file": kept,
        "kind": "paper",
        "officer": world.officers["reception"],
        "at": MORNING,
    }
    row = attachments.attach(**how)
    with pytest.raises(AlreadyAttached) as told:
        attachments.attach(**how)
    assert told.value.known == row
    assert Attachment.objects.get().digest == kept.digest
    with pytest.raises(Error), transaction.atomic():
        Attachment.objects.update(name="khác.pdf")


def test_who_only_watches_adds_no_file(world, kept):
    dossier = world.receive()
    leader = world.officers["leader"]
    with pytest.raises(AttachmentNotAllowed):
        attachments.attach(
            dossier_id=dossier.pk, file=kept, kind="paper", officer=leader, at=MORNING
        )
    assert not Attachment.objects.exists()


def test_a_paper_is_not_added_once_the_result_is_there_and_nothing_after_the_end(world, kept):
    dossier = world.receive()
    road = [
        (Action.HAND_OVER, "reception"),
        (Action.TAKE, "handler"),
        (Action.PROPOSE, "handler"),
        (Action.APPROVE, "approver"),
        (Action.ISSUE_RESULT, "handler"),
    ]
    for action, role in road:
        act(dossier_id=dossier.pk, action=action, officer=world.officers[role], at=MORNING)
    how = {"dossier_id": dossier.pk, "file": kept, "officer": world.officers["reception"]}
    with pytest.raises(AttachmentNotAllowed):
        attachments.attach(**how, kind="paper", at=MORNING)
    attachments.attach(**how, kind="result", at=MORNING)
    act(
        dossier_id=dossier.pk,
        action=Action.RETURN,
        officer=world.officers["reception"],
        at=MORNING,
    )
    with pytest.raises(AttachmentNotAllowed):
        attachments.attach(**how, kind="result", at=MORNING)
