"""What may be put into a dossier, by whom, and under which name."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from motcua.domain.dossier import Action
from motcua.dossiers.models import Attachment
from motcua.dossiers.services import attachments
from motcua.dossiers.services.attachments import AlreadyAttached, AttachmentNotAllowed
from motcua.gateways.archive import Archive
from tests.gateways.made_files import pdf
from tests.world import MORNING, READY, walk


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
        ("con.pdf", "tệp con.pdf"),
        ("COM1 .tar.pdf", "tệp COM1 .tar.pdf"),
        ("nul.txt.png", "tệp nul.txt.pdf"),
        ("Con thứ hai.pdf", "Con thứ hai.pdf"),
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


def test_the_same_file_may_be_a_paper_and_the_result(world, kept):
    dossier = world.receive()
    how = {"dossier_id": dossier.pk, "file": kept, "officer": world.officers["reception"]}
    attachments.attach(**how, kind="paper", at=MORNING)
    walk(world, dossier, READY, every=timedelta(0))
    attachments.attach(**how, kind="result", at=MORNING)
    assert [row.kind for row in dossier.attachments.all()] == ["paper", "result"]


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
    walk(world, dossier, READY, every=timedelta(0))
    how = {"dossier_id": dossier.pk, "file": kept, "officer": world.officers["reception"]}
    with pytest.raises(AttachmentNotAllowed):
        attachments.attach(**how, kind="paper", at=MORNING)
    attachments.attach(**how, kind="result", at=MORNING)
    walk(world, dossier, [(Action.RETURN, "reception")], every=timedelta(0))
    with pytest.raises(AttachmentNotAllowed):
        attachments.attach(**how, kind="result", at=MORNING)
