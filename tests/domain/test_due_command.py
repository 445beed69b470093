"""`motcua due` as an office's script calls it."""

import csv
import io
import subprocess
import sys

import pytest

from motcua import due


def rows(capsys, *arguments):
    status = due.run(list(arguments))
    return status, list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_one_limit(capsys):
    status, found = rows(capsys, "2021-03-17T08:03", "3 working_day")
    assert status == 0
    assert found == [
        {
            "accepted_at": "2021-03-17T08:03",
            "limit": "3 working_day",
            "due_at": "2021-03-22T17:00",
            "error": "",
        }
    ]


def test_a_batch_answers_every_row_in_order_and_keeps_going(tmp_path, capsys):
    lines = [
        ("2021-03-01T09:00", "5 working_day", "2021-03-03T10:00/2021-03-05T09:00"),
        ("2021-03-01T09:00", "5 working_day", "2021-03-03T10:00/"),
        ("2021-03-01T09:00", "0 working_day", ""),
        ("not a time", "1 working_day", ""),
        ("2021-03-01", "1 working_day", ""),
        ("2021-03-01T09:00", "1 working_day", "2021-02-01T09:00/2021-03-02T09:00"),
        ("2021-03-01T09:00", "1 working_day", "2021-03-02T09:00/2021-03-02T09:00"),
        ("2031-03-01T09:00", "1 working_day", ""),
        ("2021-03-01T09:00", "1e999999 working_day", ""),
        ("2021-03-01T09:00", "2 hour", ""),
    ]
    batch = tmp_path / "batch.csv"
    with batch.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["accepted_at", "limit", "pauses"])
        writer.writerows(lines)
    status, found = rows(capsys, "--batch", str(batch))
    assert status == 1
    assert [(row["accepted_at"], row["limit"]) for row in found] == [line[:2] for line in lines]
    assert [row["due_at"] for row in found] == ["2021-03-10T17:00", *[""] * 8, "2021-03-01T11:00"]
    assert [bool(row["error"]) for row in found] == [False, *[True] * 8, False]
    assert found[1]["error"] == "suspended"


def test_hours_and_same_clock(capsys):
    how = ["--hours", "07:30-11:30,13:00-17:00", "--ends", "same_clock"]
    _, found = rows(capsys, "2018-11-05T10:06", "1 working_day", *how)
    assert found[0]["error"] == "chưa có lịch làm việc năm 2018"
    _, found = rows(capsys, "2021-03-17T12:10", "1 working_day", *how)
    assert found[0]["due_at"] == "2021-03-18T13:00"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["2021-03-17T08:03"],
        ["--batch", "/no/such/file.csv"],
        ["2021-03-17T08:03", "1 month", "--hours", "seven to nine"],
        ["2021-03-17T08:03", "1 month", "--hours", "07:00-11:30,13:30-17:00+07:00"],
        ["2021-03-17T08:03", "1 month", "--hours", "07:00:30-11:30"],
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_said_and_exits_2(arguments, capsys):
    assert due.run(arguments) == 2
    assert "motcua due:" in capsys.readouterr().err


def test_the_reasons_name_the_holiday(capsys):
    due.run(["2026-11-23T09:20", "1 working_day", "--explain"])
    assert (
        "Thứ Ba, 24/11/2026  không tính, ngày nghỉ (Ngày Văn hóa Việt Nam)"
        in capsys.readouterr().err
    )


def test_the_command_starts_without_django():
    script = (
        "import sys; from motcua.cli import main; main(['due', '2021-03-17T08:03', 'same_day']);"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
