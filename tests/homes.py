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


def run(*words: str, cwd: Path = ROOT, database: str | None = None):
    """Run one command to its end; its status, stdout and stderr."""
    return subprocess.run(
        [*MOTCUA, *words],
        cwd=cwd,
        env=environment(database),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def start(*words: str, database: str | None = None) -> subprocess.Popen:
    """Start one command and leave it running."""
    return subprocess.Popen(
        [*MOTCUA, *words],
        cwd=ROOT,
        env={**environment(database), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
