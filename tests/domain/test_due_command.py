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
        ["2021-03-17T08:03", "1 month", "--hours", "07:00-11:30,11:00-17:00"],
        ["2021-03-17T08:03", "1 month", "--hours", "11:30-07:00"],
        ["2021-03-17T08:03", "1 month", "--hours", "07:00-24:00"],
        ["2021-03-17T08:03", "1 month", "--hours", "07:00-07:00"],
        ["2021-03-17T08:03", "1 month", "--hours", ""],
        ["2021-03-17T08:03", "1 month", "--batch", "x.csv"],
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


def answers(capsys, tmp_path, content, *arguments):
    """Return what the batch says of a file with exactly these bytes."""
    path = tmp_path / "batch.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    status, found = rows(capsys, "--batch", str(path), *arguments)
    return status, [row["due_at"] or row["error"] for row in found]


HEAD = "accepted_at,limit,pauses\n"
GOOD = "2021-03-17T08:03,3 working_day"
DUE = "2021-03-22T17:00"


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("2021-03-17T08:03:59,2 hour", "2021-03-17T10:03"),  # seconds are dropped
        ("2021-03-17T01:03:00Z,2 hour", "2021-03-17T10:03"),
        ("2021-03-17T10:03+09:00,2 hour", "2021-03-17T10:03"),
        (" 2021-03-17T08:03 , 2  hour ", "2021-03-17T10:03"),
        ("2021-03-17T17:00,1 hour", "2021-03-18T08:00"),  # at closing
        ("2021-03-17T17:00,same_day", "2021-03-18T17:00"),
        ("2021-03-17T12:15,1 hour", "2021-03-17T14:30"),  # in the midday gap
        ("2021-03-21T09:00,1 hour", "2021-03-22T08:00"),  # on a Sunday
        ("2021-03-17T15:00:01,same_day", "2021-03-18T17:00"),
        ("2021-03-17 08:03,1 hour", "thời điểm không đọc được"),
        ("2021-W11-3T08:03,1 hour", "thời điểm không đọc được"),
        ("20210317T080300,1 hour", "thời điểm không đọc được"),
        ("2021-02-30T08:03,1 hour", "thời điểm không đọc được"),
        ("2021-03-17T24:00,1 hour", "thời điểm không đọc được"),
        ("٢021-03-17T08:03,1 hour", "thời điểm không đọc được"),
        ("2021-03-17T08:03\0,1 hour", "thời điểm không đọc được"),
        ("0001-01-01T00:00+10:00,1 hour", "thời điểm không đọc được"),
        ("0001-01-01T00:00,1 hour", "chưa có lịch làm việc năm 1"),
        ("9999-12-31T23:59:59,1 working_day", "chưa có lịch làm việc năm 9999"),
        ("9999-12-31T23:59:59,1 calendar_day", "chưa có lịch làm việc năm 9999"),
        ("9999-12-31T23:59:59,1 month", "chưa có lịch làm việc năm 9999"),
        ("9999-12-31T23:59:59,same_day", "chưa có lịch làm việc năm 9999"),
        ("2027-12-31T09:00,1 working_day", "chưa có lịch làm việc năm 2028"),
        ("2021-03-17T08:03,", "thời hạn không đọc được"),
        ("2021-03-17T08:03", "thời hạn không đọc được"),  # a short row
        (",1 hour", "thời điểm không đọc được"),
        (",,", "thời điểm không đọc được"),
        (" ", "thời điểm không đọc được"),
        (f"{GOOD},,", DUE),  # nothing beyond the last name
        (f"{GOOD},,x", "dòng thừa ô"),
        ("2021-03-17T08:03,0,5 working_day", "thời hạn không đọc được"),  # a decimal comma
    ],
    ids=str,
)
def test_one_row_among_good_ones(cells, answer, capsys, tmp_path):
    _, found = answers(capsys, tmp_path, f"{HEAD}{GOOD}\n{cells}\n{GOOD}\n")
    assert [found[0], found[2:]] == [DUE, [DUE]]
    assert found[1].startswith(answer)


@pytest.mark.parametrize(
    ("pauses", "answer"),
    [
        ("2021-03-18T10:00/2021-03-19T09:00;2021-03-18T14:00/2021-03-19T10:00", "2021-03-23"),
        ("2021-03-18T10:00/2021-03-19T09:00;2021-03-19T09:00/2021-03-22T10:00", "2021-03-24"),
        ("2021-03-18T10:00/2021-03-18T11:00", "2021-03-22"),
        ("2021-03-17T08:03/2021-03-18T11:00", "2021-03-23"),  # from the very acceptance
        ("2030-01-01T10:00/2030-02-01T11:00", "2021-03-22"),  # long after, in no calendar
        ("9999-12-31T23:59:30/9999-12-31T23:59:31", "2021-03-22"),
        (";".join(["2021-03-18T10:00/2021-03-19T09:00"] * 500), "2021-03-23"),
        (" 2021-03-18T10:00 / 2021-03-19T09:00 ; ", "2021-03-23"),
        ("2021-03-18T10:00/;2021-03-19T10:00/2021-03-19T11:00", "suspended"),
        ("2021-03-18T10:00/;2021-03-19T10:00/2021-03-19T09:00", "khoảng tạm dừng phải"),
        ("2021-03-18T10:00/;2021-03-16T10:00/2021-03-19T09:00", "khoảng tạm dừng phải"),
        ("2021-03-17T08:02/2021-03-19T09:00", "khoảng tạm dừng phải"),
        ("2021-03-18T10:00/2021-03-18T10:00", "khoảng tạm dừng phải"),
        ("2021-03-18T10:00", "khoảng tạm dừng không đọc được"),
        ("/2021-03-18T10:00", "thời điểm không đọc được"),
        ("2021-03-18T10:00/x", "thời điểm không đọc được"),
    ],
    ids=lambda value: value[:40],
)
def test_pauses_of_every_kind(pauses, answer, capsys, tmp_path):
    _, found = answers(capsys, tmp_path, f"{HEAD}{GOOD},{pauses}\n{GOOD}\n")
    assert found[0].startswith(answer)
    assert found[1] == DUE


def test_a_pause_after_the_due_instant_of_an_hour_limit_needs_no_calendar(capsys, tmp_path):
    row = "2021-03-17T08:03,2 hour,2030-01-01T10:00/9999-12-31T23:59:30"
    assert answers(capsys, tmp_path, f"{HEAD}{row}\n") == (0, ["2021-03-17T10:03"])


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}{GOOD}\n",
        f"{HEAD}{GOOD}",  # no line end
        f"\ufeff{HEAD}{GOOD}\n",
        f"\n\n{HEAD}\n{GOOD}\n\n\n",  # empty lines are no rows
        f"{HEAD}{GOOD}\n".replace("\n", "\r\n"),
        f"{HEAD}{GOOD}\n".replace("\n", "\r"),
        f"{HEAD}{GOOD}\n".replace(",", ";"),
        f"{HEAD}{GOOD}\n".replace(",", "\t"),
        f"sep=;\r\n{HEAD}{GOOD}\n".replace(",", ";"),
        'Limit, Accepted_At ,note\n"3 working_day","2021-03-17T08:03","two\nlines"\n',
        f"\ufeffsep=,\n{HEAD}{GOOD}\n",
    ],
    ids=repr,
)
def test_files_as_programs_write_them(content, capsys, tmp_path):
    assert answers(capsys, tmp_path, content) == (0, [DUE])


def test_a_huge_cell_is_one_error_and_is_not_printed_whole(capsys, tmp_path):
    status, found = answers(capsys, tmp_path, f"{HEAD}{'9' * 300_000},1 hour\n{GOOD}\n")
    assert status == 1 and len(found[0]) < 120 and found[1] == DUE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"accepted_at,limit,l\xfd do\n" + GOOD.encode(), "UTF-8"),
        (f"{HEAD}{GOOD}".encode("utf-16"), "UTF-8"),
        (b"", "accepted_at, limit"),
        (b"\n\n", "accepted_at, limit"),
        (b"accepted_at;limits\n", "thiếu cột limit"),
    ],
    ids=repr,
)
def test_a_file_that_cannot_be_read_is_said_once_and_exits_2(content, said, capsys, tmp_path):
    path = tmp_path / "batch.csv"
    path.write_bytes(content)
    assert due.run(["--batch", str(path)]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.out == ""


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (b"2021-03-17T08:03\xff,1 hour", ["2021-03-17T08:03\ufffd", "1 hour"]),
        (b"2021-03-17T08:03,3 ng\xe0y", ["2021-03-17T08:03", "3 ng\ufffdy"]),
        (GOOD.encode() + b",\xff", GOOD.split(",")),
        (GOOD.encode() + b",,\xff", GOOD.split(",")),
    ],
    ids=repr,
)
def test_a_byte_that_is_no_utf8_spoils_its_own_row_only(row, printed, tmp_path):
    path = tmp_path / "batch.csv"
    path.write_bytes(b"\n".join([HEAD.strip().encode(), GOOD.encode(), row, GOOD.encode()]))
    script = f"import sys; from motcua import due; sys.exit(due.run(['--batch', {str(path)!r}]))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert run.returncode == 1, run.stderr
    _, before, spoilt, after = csv.reader(run.stdout.decode().splitlines())
    assert before[2] == after[2] == DUE
    assert spoilt[:3] == [*printed, ""]
    assert "UTF-8" in spoilt[3]


def test_a_quote_that_does_not_end_spoils_its_own_row_only(capsys, tmp_path):
    torn = '2021-03-17T08:03,"3 working_day'
    whole = '"2021-03-17T08:03","3 working_day",""'
    for following in (whole, GOOD, torn):
        status, found = answers(capsys, tmp_path, f"{HEAD}{GOOD}\n{torn}\n{following}\n{GOOD}\n")
        assert status == 1
        assert len(found) == 4, found
        assert "dấu nháy" in found[1]
        assert found[0] == found[3] == DUE
        assert (found[2] == DUE) == (following != torn)


def test_a_bad_byte_in_a_column_nobody_reads_is_no_error(capsys, tmp_path):
    content = f"accepted_at,limit,note\n{GOOD},".encode() + b"\xff\n"
    assert answers(capsys, tmp_path, content) == (0, [DUE])


def test_a_folder_is_no_batch(capsys, tmp_path):
    assert due.run(["--batch", str(tmp_path)]) == 2
    assert "không mở được" in capsys.readouterr().err


def test_the_reasons_name_the_source_and_a_provisional_calendar(capsys):
    due.run(["2026-12-31T09:20", "1 working_day", "--explain"])
    told = capsys.readouterr().err
    assert "(Tết Dương lịch); Bộ luật Lao động 2019, Điều 112" in told
    assert "hẹn trả Thứ Hai, 04/01/2027, 17:00 (theo lịch tạm thời)" in told


def test_a_reader_that_stops_early_gets_no_traceback(tmp_path):
    batch = tmp_path / "batch.csv"
    batch.write_text(HEAD + f"{GOOD}\n" * 20_000)
    command = [sys.executable, "-m", "motcua.cli", "due"]
    asked = subprocess.Popen(
        [*command, "--batch", str(batch)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert asked.stdout.readline().startswith(b"accepted_at")
    asked.stdout.close()
    told = asked.stderr.read()
    asked.stderr.close()
    assert (asked.wait(timeout=30), told) == (141, b"")
