"""The command line as people type it: Vietnamese, careful with homes, clear about mistakes."""

import csv
import io
import json
import os
import resource
import sqlite3
import subprocess
import sys

import pytest
from django.core.management import call_command

from motcua import cli
from motcua.arguments import Parser, add_port, in_vietnamese
from motcua.gateways.database import name_of_database
from motcua.reports.management.commands import report
from tests.homes import MOTCUA, ROOT, environment, run
from tests.world import MORNING

ENGLISH = ("usage", "options:", "positional", "show this", "--settings", "--traceback", "--version")

IN_MARCH = ["report", "summary", "--from", "2021-03-01", "--to", "2021-03-02"]


@pytest.fixture
def typed(capsys, monkeypatch):
    """Type a command in this process; its status, stdout and stderr."""
    monkeypatch.setenv("MOTCUA_HOME", os.environ["MOTCUA_HOME"])

    def type_words(*words):
        try:
            status = cli.main(list(words))
        except SystemExit as stop:
            status = stop.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return type_words


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself_in_vietnamese(name, typed):
    status, out, err = typed(name, "--help")
    assert (status, err) == (0, "")
    assert out.startswith(f"cách dùng: motcua {name}")
    assert f"motcua {name}" in out.partition("ví dụ:")[2]
    assert not [word for word in ENGLISH if word in out]


def test_asking_for_help_makes_no_database(tmp_path):
    assert run("verify", "--home", str(tmp_path), "--help").returncode == 0
    assert not (tmp_path / "motcua.sqlite3").exists()


def test_the_overview_lists_every_command(typed):
    for words in ([], ["--help"], ["-h"]):
        status, out, _err = typed(*words)
        assert status == 0
        assert all(f"\n  {name}" in out for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "không có lệnh 'nothing'"),
        (["verify", "--bogus"], "không hiểu --bogus"),
        (["verify", "--home"], "--home cần một giá trị"),
        (["verify", "--home", ""], "không có tên thư mục nào sau --home"),
        (["report"], "thiếu summary"),
        (["report", "yearly"], "chỉ: 'summary'"),
        (["report", "summary"], "thiếu --from, --to"),
        (["report", "summary", "--from", "1/3/2021", "--to", "2021-03-17"], "ngày viết YYYY-MM-DD"),
        (["report", "summary", "--from", "2021-02-30", "--to", "2021-03-17"], "không có ngày"),
        (["report", "summary", "--from", "2021-03-17", "--to", "2021-03-01"], "đổi lại hai ngày"),
        (["report", "summary", "--from", "0001-01-01", "--to", "9999-12-31"], "ngoài khoảng"),
        (
            ["report", "summary", "--from", "2021-03-01", "--to", "2021-03-17", "--unit", "x"],
            "không có bộ phận một cửa nào",
        ),
        (
            ["report", "summary", "--from", "2021-03-01", "--to", "2021-03-17", "--at", "bây giờ"],
            "YYYY-MM-DDTHH:MM",
        ),
        (
            ["report", "summary", "--from", "2021-03-01", "--to", "2021-03-17", "--format", "xml"],
            "chỉ: 'json', 'csv'",
        ),
        (
            [*IN_MARCH, "--at", "9999-12-31T23:59"],
            "9999-12-31T23:59 ngoài khoảng",
        ),
        (
            [*IN_MARCH, "--at", "2021-02-28T23:59"],
            "trước --from 2021-03-01",
        ),
        (["report", "yearly"], "không có việc 'yearly'"),
        (["calendar"], "thiếu load|show"),
        (["demo", "--scale", "7"], "từ 0.001 đến 1"),
        (["replay", "--scenario", "nghia-hung-2021", "--scale", "nan"], "từ 0.001 đến 1"),
        (["calendar", "burn"], "chỉ: 'load', 'show'"),
        (["serve", "--port", "http"], "cổng là số từ 1 đến 65535"),
        (["serve", "--workers", "0"], "số từ 1 đến 999"),
        (["demo", "--port", "65536"], "cổng là số từ 1 đến 65535"),
        (["due", "--bogus"], "không hiểu --bogus"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_is_explained_and_ends_with_two(words, said, typed, world):
    status, out, err = typed(*words)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("argument --home: ignored explicit argument 'x'", "--home không nhận giá trị, đã có 'x'"),
        ("argument --a: not allowed with argument --b", "--a không dùng cùng --b"),
        ("argument --n: invalid int value: 'x'", "--n không đọc được 'x'"),
        ("argument --n: expected at least one argument", "--n cần ít nhất một giá trị"),
        ("đã là tiếng Việt", "đã là tiếng Việt"),
    ],
)
def test_what_argparse_says_is_said_in_vietnamese(message, expected):
    assert in_vietnamese(message) == expected


def test_options_are_not_shortened(capsys):
    parser = Parser(prog="motcua")
    parser.add_argument("--home")
    with pytest.raises(SystemExit) as stop:
        parser.parse_args(["--ho", "x"])
    assert stop.value.code == 2
    assert "không hiểu --ho x" in capsys.readouterr().err


def test_a_missing_home_is_created_and_may_be_moved(tmp_path):
    made = run("prepare", "--home", "new/home", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert str(tmp_path / "new" / "home") in made.stdout
    (tmp_path / "new" / "home").rename(tmp_path / "moved")
    shown = run("calendar", "show", "--home", str(tmp_path / "moved"))
    assert "Lịch công bố lần 1" in shown.stdout
    proven = run("verify", "--home", str(tmp_path / "moved"))
    assert proven.returncode == 0
    assert f"chưa có hồ sơ nào: {tmp_path / 'moved' / 'motcua.sqlite3'}" in proven.stderr
    assert "0 khác biệt" in proven.stdout


def test_the_home_may_be_named_before_the_command(tmp_path):
    found = run("--home", str(tmp_path / "h"), "calendar", "show")
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "h" / "motcua.sqlite3").exists()


def test_the_usual_home_lies_in_the_checkout_wherever_one_stands(tmp_path):
    asked = [sys.executable, "-c", "from motcua.config import settings; print(settings.HOME)"]
    keyed = {**environment(), "MOTCUA_SECRET_KEY": "of this test"}
    found = subprocess.run(
        asked, cwd=tmp_path, env=keyed, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == str(ROOT / "var")


def test_first_starts_that_meet_make_one_home(tmp_path):
    words = [*MOTCUA, "prepare", "--home", str(tmp_path / "home")]
    starts = [
        subprocess.Popen(words, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [(start.communicate(timeout=120)[1], start.returncode) for start in starts] == [
        ("", 0)
    ] * 4
    with sqlite3.connect(tmp_path / "home" / "motcua.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM agencies_calendar").fetchone() == (1,)
    assert not list((tmp_path / "home").glob("secret.key.*"))


@pytest.mark.parametrize("kind", ["file", "database", "address"])
def test_a_home_that_cannot_be_used_is_explained(kind, tmp_path):
    home, database = tmp_path / "home", None
    if kind == "file":
        home.write_text("not a folder")
    elif kind == "database":
        home.mkdir()
        (home / "motcua.sqlite3").write_bytes(os.urandom(4096))
    else:
        database = "mysql://somewhere/else"
    found = run("verify", "--home", str(home), database=database)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert "motcua verify: không" in found.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://", "thiếu tên cơ sở dữ liệu"),
        ("postgresql://motcua:bi-mat@/", "thiếu tên cơ sở dữ liệu"),
        ("sqlite://", "thiếu tên cơ sở dữ liệu"),
        ("mysql://motcua:bi-mat@may/motcua", "không bắt đầu bằng loại"),
        ("motcua", "không bắt đầu bằng loại"),
        ("postgresql://motcua:bi-mat@may:x/motcua", "máy hoặc cổng viết sai"),
        ("postgresql://[may/motcua", "máy hoặc cổng viết sai"),
    ],
)
def test_a_wrong_address_of_the_database_is_explained(address, said, tmp_path):
    found = run("verify", "--home", str(tmp_path), database=address)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(f"motcua verify: không đọc được DATABASE_URL: {said}")
    assert found.stderr.count("\n") == 1, "one line, and no traceback"
    assert "bi-mat" not in found.stderr


def test_data_of_a_newer_version_are_left_alone(tmp_path):
    assert run("prepare", "--home", str(tmp_path)).returncode == 0
    with sqlite3.connect(tmp_path / "motcua.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('dossiers', '0099_future', '2030-01-01')"
        )
    for command in (["verify"], ["prepare"], ["calendar", "show"], ["serve"]):
        found = run(*command, "--home", str(tmp_path))
        assert (found.returncode, found.stdout) == (2, ""), command
        assert "của một bản Một Cửa mới hơn" in found.stderr
        assert "dossiers 0099_future" in found.stderr


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"], ids=repr)
def test_a_damaged_key_is_said_and_kept(content, tmp_path):
    (tmp_path / "secret.key").write_bytes(content)
    found = run("prepare", "--home", str(tmp_path))
    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert "secret.key: tệp khóa rỗng hoặc đã hỏng" in found.stderr
    assert (tmp_path / "secret.key").read_bytes() == content


@pytest.mark.parametrize(
    "clock",
    [
        {"MOTCUA_CLOCK_START": "abc", "MOTCUA_CLOCK_ANCHOR": "0"},
        {"MOTCUA_CLOCK_START": "2021-03-17T08:03"},
        {"MOTCUA_CLOCK_START": "2021-03-17T08:03", "MOTCUA_CLOCK_ANCHOR": "inf"},
        {"MOTCUA_CLOCK_START": "9999-12-31T23:59", "MOTCUA_CLOCK_ANCHOR": "0"},
    ],
    ids=str,
)
def test_a_clock_set_wrongly_is_said_before_anything_is_done(clock, tmp_path):
    found = run("prepare", "--home", str(tmp_path), named=clock)
    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert "MOTCUA_CLOCK_START là một thời điểm" in found.stderr
    assert not (tmp_path / "motcua.sqlite3").exists()


def test_a_full_disk_ends_a_replay_in_one_sentence(tmp_path):
    assert run("prepare", "--home", str(tmp_path)).returncode == 0
    most = (tmp_path / "motcua.sqlite3").stat().st_size + 500_000
    full = subprocess.run(
        [*MOTCUA, "replay", "--scenario", "nghia-hung-2021", "--scale", "0.005"],
        cwd=ROOT,
        env={**environment(), "MOTCUA_HOME": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert full.stderr.splitlines()[-1].startswith("motcua replay: không làm xong: ")
    assert run("verify", "--home", str(tmp_path)).returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("words", [["due", "2021-03-17T08:03", "3 working_day"], ["--help"]])
def test_output_without_room_is_said(words):
    with open("/dev/full", "w") as full:
        found = subprocess.run(
            [*MOTCUA, *words],
            cwd=ROOT,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert found.returncode == 2
    assert found.stderr.startswith("motcua: không làm xong: hết chỗ trên đĩa")
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize("coerced", ["0", "1"])
def test_every_sign_is_printed_whatever_the_locale(coerced, tmp_path):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": coerced}
    batch = tmp_path / "batch.csv"
    batch.write_text("accepted_at,limit\nhôm nay,3 working_day\n", encoding="utf-8")
    for words, said in (
        (["--help"], "bộ phận tiếp nhận"),
        (["due", "--batch", str(batch)], "thời điểm không đọc được"),
        (["verify"], "0 khác biệt"),
        (["report", "summary", "--from", "2021-03-01", "--to", "2021-03-02"], "Tổng số"),
        (["nothing"], "không có lệnh"),
    ):
        found = subprocess.run(
            [*MOTCUA, "--home", str(tmp_path / "home"), *words],
            cwd=ROOT,
            env={**environment(), **plain},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert said in (found.stdout + found.stderr).decode("utf-8"), words
        assert b"Traceback" not in found.stderr


def test_an_empty_variable_of_the_port_is_none(monkeypatch):
    monkeypatch.setenv("PORT", "")
    parser = Parser(prog="motcua serve")
    add_port(parser)
    assert parser.parse_args([]).port == 8000


@pytest.mark.parametrize(
    "words",
    [
        ["calendar", "show"],
        ["report", "summary", "--from", "2021-01-01", "--to", "2021-03-17"],
        ["due", "2021-03-17T08:03", "3 working_day"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_early_is_no_error(words, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        ended = subprocess.run(
            [*MOTCUA, "--home", str(tmp_path), *words],
            cwd=ROOT,
            env=environment(),
            stdout=gone,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert ended.returncode == 141
    assert "Traceback" not in ended.stderr
    assert "Broken" not in ended.stderr


def test_a_report_on_a_home_without_dossiers_says_so_beside_its_figures(world, capsys):
    call_command("report", "summary", "--from", "2021-03-01", "--to", "2021-03-17")
    said = capsys.readouterr()
    assert json.loads(said.out)["total"]["received"] == 0
    assert f"nơi này chưa có hồ sơ nào: {name_of_database()}" in said.err


def test_the_report_as_json_and_as_csv_says_the_same(world, capsys):
    world.receive()
    asked = ["report", "summary", "--from", "2021-03-01", "--to", "2021-03-17"]
    call_command(*asked)
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["from", "to", "at", "total", "by_level", "by_unit", "by_field"]
    assert (found["from"], found["to"], found["at"]) == (
        "2021-03-01",
        "2021-03-17",
        MORNING.isoformat(),
    )
    assert list(found["total"]) == ["code", "name", *report.COLUMNS]
    assert [row["code"] for row in found["by_level"]] == ["district", "commune"]
    assert [row["code"] for row in found["by_unit"]] == ["13891"]
    assert found["total"]["received"] == found["total"]["open_within"] == 1
    call_command(*asked, "--format", "csv")
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row.pop("group") for row in table] == ["total", "level", "level", "unit", "field"]
    rows = [found["total"], *found["by_level"], *found["by_unit"], *found["by_field"]]
    assert table == [{name: str(value) for name, value in row.items()} for row in rows]
