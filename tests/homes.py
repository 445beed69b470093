"""Homes for tests that type the command as people do, each in a process of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

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


def start(*words: str, database: str | None = None) -> subprocess.Popen:
    """Start one command and leave it running, in a terminal session of its own."""
    return subprocess.Popen(
        [*MOTCUA, *words],
        cwd=ROOT,
        env={**environment(database), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


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
