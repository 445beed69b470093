"""`motcua demo` and `motcua serve`: the world first, then the page; the clock goes on."""

import json
import os
import signal
import sqlite3
import time
from datetime import datetime, timedelta

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.home import HomeUnusable
from motcua.listening import check_free
from motcua.scenarios.demo_clock import start_of
from tests.homes import MOTCUA, Served, environment, free_port, new_database, run

SCALE = "0.003"


def served(*words, database=None, by=()):
    """Type the command, in front of it what else is typed, and wait until it serves."""
    return Served(*by, *MOTCUA, *words, environment=environment(database))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo home built by its first start, what that start said, and its database."""
    home, database = tmp_path_factory.mktemp("demo"), new_database("demo")
    first = served("demo", "--scale", SCALE, "--home", str(home), database=database)
    answers = {path: first.ask(path) for path in ("/", "/sign-in/", "/static/motcua/keys.js")}
    return home, database, answers, first.stop()


def test_the_first_start_builds_the_world_and_answers_at_once(demo):
    _home, _database, answers, (status, out, err) = demo
    assert answers["/"][0] == 200
    assert status == 0, err
    assert out.index("Lần đầu") < out.index("Mở http://127.0.0.1:")
    assert "tài khoản" in out
    assert "Đang ghi kịch bản" in err, "progress is shown while the world is built"
    assert "Traceback" not in err


def test_the_sign_in_page_of_a_demo_lists_its_accounts_from_the_first_start(demo):
    _home, _database, answers, _stopped = demo
    status, page = answers["/sign-in/"]
    assert status == 200
    assert "?account=" in page


def test_a_later_start_is_quick_stops_cleanly_and_builds_nothing(demo):
    home, database, _answers, _stopped = demo
    again = served("demo", "--home", str(home), database=database)
    assert again.ask()[0] == 200
    status, out, err = again.stop(signal.SIGINT)
    assert (status, err) == (0, "")
    assert "Lần đầu" not in out
    assert again.seconds < 5 * 4, "five seconds, four times over for a busy machine"


@pytest.mark.parametrize(
    "told", [signal.SIGINT, signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
)
def test_the_first_press_of_ctrl_c_and_closing_the_terminal_stop_every_process(told, demo):
    home, database, _answers, _stopped = demo
    opened = served("serve", "--home", str(home), database=database)
    assert opened.ask()[0] == 200
    status, _out, err = opened.stop(told, everyone=True)
    assert (status, err) == (0, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(opened.process.pid, 0)
    check_free("127.0.0.1", opened.port)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGHUP])
def test_workers_that_are_still_loading_stop_too(told, demo):
    home, database, _answers, _stopped = demo
    opened = served("demo", "--home", str(home), database=database)
    status, _out, err = opened.stop(told, everyone=True)
    assert (status, err) == (0, "")


def test_started_by_nohup_it_outlives_its_terminal(demo):
    home, database, _answers, _stopped = demo
    opened = served("serve", "--home", str(home), database=database, by=["nohup"])
    for _time in range(2):
        os.killpg(opened.process.pid, signal.SIGHUP)
        time.sleep(0.5)  # as long as a worker that was told takes to be gone
        assert opened.process.poll() is None
        assert opened.ask()[0] == 200
    status, _out, err = opened.stop()
    assert status == 0, err
    assert "Unexpected exit" not in err, "no worker was lost on the way"


def test_workers_do_not_outlive_a_server_that_was_killed(demo):
    home, database, _answers, _stopped = demo
    opened = served("serve", "--home", str(home), database=database)
    assert opened.ask()[0] == 200
    opened.stop(signal.SIGKILL)  # its output ends when the last worker does
    check_free("127.0.0.1", opened.port)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"clock_start": 1}', '{"clock_start": "2021-03-17T08:03"}']
)
def test_a_broken_note_of_the_scenario_is_explained(text, tmp_path):
    file = tmp_path / "scenario.json"
    file.write_text(text)
    with pytest.raises(HomeUnusable, match=r"scenario\.json .*motcua demo --home"):
        start_of(file)


def test_a_demo_whose_scenario_cannot_be_read_does_not_open(tmp_path):
    (tmp_path / "scenario.json").touch()
    found = run("serve", "--port", str(free_port()), "--home", str(tmp_path))
    assert found.returncode == 2
    assert found.stderr.startswith("motcua serve: không đọc được")


def test_a_busy_port_is_explained(demo):
    home, database, _answers, _stopped = demo
    opened = served("serve", "--home", str(home), database=database)
    second = run("demo", "--port", str(opened.port), "--home", str(home), database=database)
    assert second.returncode == 2
    assert f"cổng {opened.port} đang có chương trình khác dùng" in second.stderr
    assert opened.stop()[0] == 0


def test_an_office_is_never_turned_into_a_demo(demo, tmp_path):
    home, database, _answers, _stopped = demo
    office = tmp_path / "office"
    office.mkdir()
    if database is None:
        with sqlite3.connect(home / "motcua.sqlite3") as kept:
            kept.execute("VACUUM INTO ?", (str(office / "motcua.sqlite3"),))
    refused = run("demo", "--port", str(free_port()), "--home", str(office), database=database)
    assert refused.returncode == 2
    assert "motcua serve" in refused.stderr
    assert not (office / "scenario.json").exists()


def test_another_world_is_not_built_over_the_one_that_is_there(demo):
    home, database, _answers, _stopped = demo
    words = ["demo", "--scenario", "ninh-binh-2026", "--port", str(free_port())]
    refused = run(*words, "--home", str(home), database=database)
    assert refused.returncode == 2
    assert "đã có bản dùng thử khác" in refused.stderr
    assert "motcua demo --scenario ninh-binh-2026 --home" in refused.stderr


def test_the_clock_starts_where_the_scenario_ends_or_after_what_came_since(world, tmp_path):
    file = tmp_path / "scenario.json"
    assert start_of(file) is None
    opens = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)
    file.write_text(json.dumps({"clock_start": opens.isoformat()}))
    assert start_of(file) == opens
    world.receive(at=opens - timedelta(days=1))
    assert start_of(file) == opens
    world.receive(at=opens + timedelta(hours=3))
    assert start_of(file) == opens + timedelta(hours=3)
