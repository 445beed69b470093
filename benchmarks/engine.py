"""Everything that needs a home, on one database: the one the environment names.

Run by `python -m benchmarks`; settings are read once a process, so each database has its own.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import django
from django.conf import settings

from benchmarks.table import Row, markdown

MOTCUA = [sys.executable, "-m", "motcua.cli"]


def main(engine: str) -> None:
    """Replay, verify, serve, ask; print the tables."""
    home = Path(os.environ["MOTCUA_HOME"])
    print(markdown(f"The world, {engine}", _world(home)), flush=True)
    with _served(home) as address:
        _begin_at_the_scenarios_morning()
        from benchmarks import pages, papers, receptions

        title = f"Pages at 50,677 dossiers, {engine}"
        print(markdown(title, pages.measure(address)), flush=True)
        print(markdown(f"Papers, {engine}", papers.measure()), flush=True)
        rows = receptions.measure(address, engine)
        print(markdown(f"Receptions, {engine}", rows), flush=True)


def _world(home: Path) -> list[Row]:
    replay = _timed("replay", "--scenario", "nghia-hung-2021", "--home", str(home))
    verify = _timed("verify", "--home", str(home))
    return [
        Row("replay of 50,677 dossiers", f"{replay:.0f} s", "60 s on SQLite"),
        Row("verify of them", f"{verify:.0f} s", "20 s on SQLite"),
    ]


@contextmanager
def _served(home: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (home / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [*MOTCUA, "serve", "--port", str(port), "--home", str(home)],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(600):
            if process.poll() is not None:
                raise SystemExit((home / "serve.log").read_text())
            try:
                urllib.request.urlopen(address + "/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _timed(*words: str) -> float:
    began = perf_counter()
    subprocess.run([*MOTCUA, *words], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def _begin_at_the_scenarios_morning() -> None:
    """Let this process read the home, and its clock, as the server does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    from motcua import clock
    from motcua.scenarios.demo_clock import start_of

    start = start_of(settings.SCENARIO_FILE)
    assert start is not None, "the home was just replayed"
    clock.start_at(start)


if __name__ == "__main__":
    main(sys.argv[1])
