"""A full disk, a database that only reads, a database out of reach: said calmly, nothing lost."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client

from motcua.dossiers.models import Dossier, Draft
from motcua.gateways.storage import Trouble, storage_failure
from tests.web.counter.conftest import typed  # noqa: F401 (a fixture)
from tests.web.counter.page import PAGE, accept, text
from tests.world import MORNING

pytestmark = pytest.mark.django_db

FULL = "Không ghi được: ổ đĩa của máy chủ đã đầy."
READ_ONLY = "Không ghi được: máy chủ chỉ được phép đọc"


@contextmanager
def writing_fails(code):
    """Let every write be answered as SQLite answers it, with this code."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            cause = sqlite3.OperationalError("database or disk is full")
            cause.sqlite_errorcode = code
            raise OperationalError(str(cause)) from cause
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def counter(world, morning):
    client = Client(raise_request_exception=False)
    client.force_login(world.officers["reception"].user)
    client.get(PAGE)
    return client


def test_a_reception_on_a_full_disk_is_told_so_and_stays_on_the_page(counter, typed, caplog):
    values = typed(subject="Con thứ hai", person_address="Tổ dân phố 3")
    with writing_fails(sqlite3.SQLITE_FULL):
        answer = accept(counter, values)
    page = text(answer)
    assert answer.status_code == 503
    assert FULL in page and "đừng đóng trang" in page
    for said in ("Con thứ hai", "Tổ dân phố 3", values["token"], values["person_name"]):
        assert said in page
    [line] = caplog.records
    assert (line.exc_info, line.getMessage()) == (None, "Storage Full: /counter/")
    assert Dossier.objects.count() == 0
    assert accept(counter, values).status_code == 302


@pytest.mark.parametrize("how", [{"person_name": ""}, {"do": "save"}, {"do": "add"}])
def test_whatever_the_page_was_sent_for_it_stays(counter, typed, how):
    with writing_fails(sqlite3.SQLITE_FULL):
        answer = accept(counter, typed(subject="Con thứ hai", **how))
    assert answer.status_code == 503
    assert FULL in text(answer) and "Con thứ hai" in text(answer)


@pytest.mark.parametrize(
    "address", ["/counter/drafts/discard/", "/counter/drafts/save/", "/counter/hand-over/"]
)
def test_every_form_says_that_the_database_is_only_read(counter, typed, world, address, caplog):
    dossier = world.receive()
    Draft.objects.create(
        officer=world.officers["reception"], unit=world.unit, content={}, saved_at=MORNING
    )
    values = {**typed(subject="<b>“Con”</b>"), "ticked": [dossier.pk]}
    with writing_fails(sqlite3.SQLITE_READONLY_DBMOVED):
        answer = counter.post(address, values)
    page = text(answer)
    assert answer.status_code == 503
    assert READ_ONLY in page and "Gửi lại" in page
    assert f'action="{address}"' in page
    assert "\n&lt;b&gt;“Con”&lt;/b&gt;</textarea>" in page
    [line] = caplog.records
    assert (line.exc_info, line.getMessage()) == (None, f"Storage Read-Only: {address}")


@pytest.mark.parametrize(
    "secret", [{"password1": "bốn con ngựa ô"}, {"file": SimpleUploadedFile("a.pdf", b"%PDF-")}]
)
def test_a_password_and_a_file_are_never_written_back_to_a_page(counter, secret):
    with writing_fails(sqlite3.SQLITE_READONLY):
        answer = counter.post("/counter/drafts/save/", {"person_name": "Trần Văn A", **secret})
    assert answer.status_code == 503
    assert "phải chọn hoặc gõ lại" in text(answer)
    assert "Gửi lại" not in text(answer) and "bốn con" not in text(answer)


@pytest.mark.parametrize("address", ["/", "/counter/", "/procedures/", "/workspace/"])
def test_a_database_out_of_reach_makes_calm_pages(world, morning, address, monkeypatch, caplog):
    client = Client(raise_request_exception=False)
    client.force_login(world.officers["reception"].user)

    def gone(*_args, **_how):
        cause = type("OperationalError", (Exception,), {"sqlstate": None})
        raise OperationalError("connection refused") from cause()

    with monkeypatch.context() as cut:
        cut.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
        answer = client.get(address)
        sent = client.post("/counter/", {"do": "accept", "person_name": "Trần Văn Khác"})
    for page in (answer, sent):
        assert page.status_code == 503
        assert "Máy chủ không đọc, ghi được cơ sở dữ liệu." in text(page)
    assert "Trần Văn Khác" in text(sent)
    assert not any(line.exc_info for line in caplog.records)


def test_what_is_no_trouble_of_the_storage_is_left_alone():
    for problem in (DatabaseError("no such table"), OSError(2, "no file"), KeyError("a"), None):
        assert storage_failure(problem) is None


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("53100", Trouble.FULL),
        ("53300", Trouble.BUSY),
        ("25006", Trouble.READ_ONLY),
        ("57P01", Trouble.UNREACHABLE),
        (None, Trouble.UNREACHABLE),
    ],
)
def test_what_postgresql_says_is_understood(code, trouble):
    problem = InterfaceError("gone")
    problem.__cause__ = type("OperationalError", (Exception,), {"sqlstate": code})()
    assert storage_failure(problem).trouble is trouble


def test_a_full_disk_is_understood_from_the_file_store_too():
    assert storage_failure(OSError(28, "No space left on device")).trouble is Trouble.FULL
