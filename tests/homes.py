"""Homes for tests and benchmarks that type the command as people do, in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[1]
MOTCUA = [sys.executable, "-m", "motcua.cli"]


def environment(database: str | None = None) -> dict[str, str]:
    """Return the environment without what tests of pages set, and with this database if any."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MOTCUA_") and name not in ("DATABASE_URL", "PORT")
    }
    kept["PYTHONPATH"] = str(ROOT)
    return kept if database is None else {**kept, "DATABASE_URL": database}


def new_database(name: str) -> str | None:
    """Return the address of a new database where the suite runs on a server; else None."""
    if os.environ.get("MOTCUA_TEST_ENGINE") != "postgresql":
        return None
    import psycopg

    address, _, query = os.environ["DATABASE_URL"].partition("?")
    name = f"{name}_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return f"{address.rpartition('/')[0]}/{name}?{query}"


def run(
    *words: str,
    cwd: Path = ROOT,
    database: str | None = None,
    named: dict[str, str] | None = None,
):
    """Run one command to its end; its status, stdout and stderr.  `named` are variables."""
    return subprocess.run(
        [*MOTCUA, *words],
        cwd=cwd,
        env={**environment(database), **(named or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class NotOpened(Exception):
    """The command ended, or was ended, before it served anything; the text is what it said."""


class Served:
    """A home that is being served: its address, what was said, how to ask and stop it.

    The command is any that takes its port from PORT, begun in a terminal session of its own;
    it may take `patience` seconds until it says where to look. What it says of its progress and
    its troubles is kept, or shown as it comes.
    """

    def __init__(
        self,
        *command: str,
        environment: dict[str, str],
        cwd: Path = ROOT,
        patience: float = 120,
        shown: bool = False,
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # No pipe: it would fill up with nobody reading.
        self._troubles = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when it stops
        began = monotonic()
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**environment, "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=None if shown else self._troubles,
            text=True,
            start_new_session=True,
        )
        self._said: list[str] = []
        with self._ended_after(patience):
            for line in self.process.stdout:
                self._said.append(line)
                if "Mở http" in line:
                    break
            else:
                _status, out, err = self.stop(signal.SIGKILL)
                raise NotOpened(out + err)
        self.seconds = monotonic() - began

    def ask(self, path: str = "/") -> tuple[int, str]:
        """Return status and text of a page."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def stop(self, how: int = signal.SIGTERM, *, everyone: bool = False) -> tuple[int, str, str]:
        """Tell the command, or every process of its session as a terminal does.

        Return its status, stdout and stderr once the last process of it is gone.
        """
        if self.process.poll() is None:
            (os.killpg if everyone else os.kill)(self.process.pid, how)
        with self._ended_after(30), self.process as ended, self._troubles:
            out = "".join(self._said) + ended.stdout.read()  # ends when the last worker does
            status = ended.wait()
            self._troubles.seek(0)
            return status, out, self._troubles.read()

    @contextmanager
    def _ended_after(self, seconds: float):
        overdue = threading.Timer(seconds, os.killpg, (self.process.pid, signal.SIGKILL))
        overdue.start()
        try:
            yield
        finally:
            overdue.cancel()


class Town:
    """The small world in a home of its own, with counters that each work in their own process."""

    def __init__(self, home: Path, database: str | None) -> None:
        self.home, self.database = home, database
        self.environment = {**environment(database), "MOTCUA_HOME": str(home)}
        with self.work("build") as build:
            assert build.wait(120) == 0

    def work(self, *words: str, module: str = "tests.dossiers.counter_at_work"):
        """Start one counter, or another module of the tests, in this town."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def verify(self):
        """Prove the home as an administrator would."""
        return run("verify", "--home", str(self.home), database=self.database)


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
