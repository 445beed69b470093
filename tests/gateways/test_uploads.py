"""Each upload is opened in a process of its own: what becomes of it, the server only reports."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from motcua.gateways import opening, uploads
from motcua.gateways.accepted import FileRefused, Flaw
from motcua.gateways.uploads import Opened, opened
from tests.gateways.made_files import crowded, pdf, picture, swelling
from tests.homes import ROOT, environment

SERVER = """
import re, sys
import django
django.setup()
from motcua.gateways.accepted import FileRefused
from motcua.gateways.uploads import opened

def peak():  # of this process alone; what getrusage says includes its parent's
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024

content = open(sys.argv[1], "rb").read()
before = peak()
try:
    opened(content)
except FileRefused as told:
    print(told.flaw.value, peak() - before)
"""


def server(path, home):
    """A process that takes this file, as a server's does."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path)],
        cwd=ROOT,
        env={
            **environment(),
            "MOTCUA_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes():
    """The processes of this machine: number, then state, parent's number and command."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            found[int(folder.name)] = (state, int(parent), (folder / "cmdline").read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue  # gone while we looked
    return found


def opening_now(parent):
    """The processes in which this one opens a file now."""
    return [
        pid
        for pid, (_state, started_by, command) in processes().items()
        if started_by == parent and opening.__name__ in command
    ]


def zombies():
    """Ended processes this one has not asked about."""
    return [pid for pid, (state, by, _) in processes().items() if (state, by) == ("Z", os.getpid())]


def wait_for_one(parent):
    for _attempt in range(2000):
        if found := opening_now(parent):
            return found[0]
        time.sleep(0.005)
    raise AssertionError("no file is being opened")


def memory(pid):
    """The peak of this process in bytes; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if "VmHWM" in line)


def flaw_of(content):
    """Return why the file is refused; None when it is taken."""
    try:
        opened(content)
    except FileRefused as told:
        return told.flaw
    return None


@pytest.fixture
def stand_in(monkeypatch):
    """Let a few lines of Python stand where files are opened."""

    def put(program):
        monkeypatch.setattr(uploads, "OPENING", (sys.executable, "-c", program))

    return put


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf(3), Opened("application/pdf", 3)),
        (picture("JPEG"), Opened("image/jpeg", 1)),
        (picture("PNG"), Opened("image/png", 1)),
    ],
    ids=["pdf", "jpeg", "png"],
)
def test_what_the_process_found_comes_back(content, expected):
    assert opened(content) == expected


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (pdf()[:200], Flaw.DAMAGED),
        (picture("PNG")[:60], Flaw.DAMAGED),
        (pdf(201), Flaw.TOO_MANY_PAGES),
        (swelling("page"), Flaw.SWELLING),
        (swelling("page spelled oddly"), Flaw.SWELLING),
        (swelling("objects"), Flaw.SWELLING),
    ],
    ids=["pdf", "png", "pages", "page", "page spelled oddly", "objects"],
)
def test_the_flaw_the_process_found_comes_back(content, flaw):
    assert flaw_of(content) is flaw


def test_a_file_that_takes_a_gigabyte_to_open_takes_none_of_the_servers(tmp_path):
    path = tmp_path / "crowded.pdf"
    path.write_bytes(crowded())
    assert path.stat().st_size < 10 * 1024 * 1024
    with server(path, tmp_path / "home") as process:
        out, err = process.communicate(timeout=60)
    flaw, megabytes = out.split()
    assert flaw == Flaw.TOO_HARD
    assert int(megabytes) < 40
    assert "ended with status" in err, "the person in charge can read why"


def test_a_process_killed_on_the_way_makes_a_refused_file():
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(flaw_of, crowded())
        os.kill(wait_for_one(os.getpid()), signal.SIGKILL)
        assert told.result(timeout=5) is Flaw.TOO_HARD


def test_a_process_that_hangs_is_ended_in_time(stand_in, monkeypatch):
    monkeypatch.setattr(uploads, "LONGEST", 0.5)
    stand_in("import time; time.sleep(60)")
    began, before = time.monotonic(), zombies()
    assert flaw_of(pdf()) is Flaw.TOO_HARD
    assert time.monotonic() - began < 5
    assert zombies() == before


@pytest.mark.parametrize(
    "program",
    [
        "",
        "print('a page or two')",
        "print(3); import sys; sys.exit(3)",
        "raise KeyError('what no reader expects')",
        "import os; os.abort()",
    ],
)
def test_an_answer_that_is_none_makes_a_refused_file(program, stand_in):
    stand_in(program)
    assert flaw_of(pdf()) is Flaw.TOO_HARD


def test_the_process_learns_nothing_of_the_servers_secrets(stand_in, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://motcua:bi-mat@may/motcua")
    told = tmp_path / "told"
    stand_in(f"import os; open({str(told)!r}, 'w').write(repr(dict(os.environ))); print(1)")
    assert opened(pdf()).pages == 1
    assert "PYTHONPATH" in told.read_text()
    assert "bi-mat" not in told.read_text()
    assert "MOTCUA" not in told.read_text()


def test_a_server_that_cannot_start_a_process_says_to_come_again(monkeypatch):
    monkeypatch.setattr(uploads, "OPENING", ("/nowhere/python",))
    assert flaw_of(pdf()) is Flaw.NO_PLACE


def test_eight_at_once_are_all_answered_two_at_a_time():
    files = [crowded(), crowded(), *[pdf(3), picture("JPEG"), picture("PNG")] * 2]
    before, at_once, peaks, done = zombies(), [], {}, threading.Event()

    def watch():
        while not done.wait(0.01):
            now = opening_now(os.getpid())
            at_once.append(len(now))
            for pid in now:
                peaks[pid] = max(peaks.get(pid, 0), memory(pid))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            flaws = list(pool.map(flaw_of, files))
    finally:
        done.set()
        watching.join()
    assert flaws == [Flaw.TOO_HARD] * 2 + [None] * 6
    assert max(at_once) == uploads.PLACES
    assert max(peaks.values()) < opening.MOST_MEMORY
    assert zombies() == before


def test_who_finds_no_place_in_time_is_told_and_the_next_is_served(settings, monkeypatch):
    monkeypatch.setattr(uploads, "LONGEST_WAIT", 0.2)
    with ExitStack() as held:
        for number in range(1, uploads.PLACES + 1):
            door = held.enter_context((settings.HOME / f"opening-{number}.lock").open("w"))
            fcntl.flock(door, fcntl.LOCK_EX)
        assert flaw_of(pdf()) is Flaw.NO_PLACE
    assert flaw_of(pdf()) is None


def test_a_server_killed_on_the_way_leaves_no_process_behind(tmp_path):
    path = tmp_path / "crowded.pdf"
    path.write_bytes(crowded())
    with server(path, tmp_path / "home") as process:
        left = wait_for_one(process.pid)
        process.kill()
    until = time.monotonic() + opening.LONGEST
    while opening.__name__ in processes().get(left, ("", 0, ""))[2]:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_process_ends_itself_though_its_server_is_gone():
    program = f"import time; from {opening.__name__} import limit_itself as limit; limit(1); "
    ended = subprocess.run(
        [sys.executable, "-c", program + "time.sleep(60)"], cwd=ROOT, check=False, timeout=20
    )
    assert ended.returncode == -signal.SIGALRM
