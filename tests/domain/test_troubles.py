"""What the machine and the database refuse is said in Vietnamese, in whatever words it comes."""

import errno
import os
import sqlite3

import pytest

from motcua import troubles


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EEXIST, errno.EACCES, errno.ENOSPC])
def test_a_refusal_of_the_machine_is_said_without_its_own_words(number):
    problem = OSError(number, os.strerror(number))
    assert os.strerror(number) not in troubles.of_machine(problem)


def test_what_is_not_known_is_repeated_in_parentheses():
    problem = OSError(errno.EXDEV, "Invalid cross-device link")
    assert troubles.of_machine(problem) == "máy không làm được (Invalid cross-device link)"
    problem = RuntimeError("some\n thing")
    assert troubles.of_database(problem) == "cơ sở dữ liệu từ chối (some thing)"


def test_a_refusal_of_sqlite_is_known_by_its_code(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(tmp_path / "none" / "x.sqlite3")
    assert troubles.of_database(raised.value).startswith("không mở được tệp")
    small = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    small.execute("CREATE TABLE t (x)")
    small.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as raised:
        small.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert troubles.of_database(raised.value) == troubles.NO_ROOM
    small.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("connection failed: Connection refused\n\tIs the server running", "không chạy"),
        ('FATAL:  database "y" does not exist', "không có cơ sở dữ liệu ấy"),
        ('FATAL:  password authentication failed for user "x"', "mật khẩu"),
        ('table "dossiers_dossier" already exists', "đã có bảng cùng tên"),
        (
            "The row in table 'dossiers_receipt' with primary key '102' has an invalid foreign key",
            "dòng 102 của bảng dossiers_receipt",
        ),
        ("could not extend file: No space left on device", "hết chỗ trên đĩa"),
    ],
)
def test_a_refusal_of_a_server_is_known_by_its_text(text, said):
    assert said in troubles.of_database(RuntimeError(text))
