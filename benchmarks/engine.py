"""Everything that needs a home, on one database: the one the environment names.

Run by `python -m benchmarks`; settings are read once a process, so each database has its own.
"""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import django
from django.conf import settings

from benchmarks.table import Row, markdown
from tests.homes import MOTCUA, Served


def main(engine: str) -> None:
    """Replay, verify, serve, ask; print the tables."""
    home = Path(os.environ["MOTCUA_HOME"])
    print(markdown(f"The world, {engine}", _world(home)), flush=True)
    served = Served(*MOTCUA, "serve", "--home", str(home), environment=dict(os.environ))
    try:
        _ask(served.address, engine)
    finally:
        served.stop()


def _ask(address: str, engine: str) -> None:
    _begin_at_the_scenarios_morning()
    from benchmarks import acts, pages, papers, receptions

    title = f"Pages at 50,677 dossiers, {engine}"
    print(markdown(title, pages.measure(address)), flush=True)
    print(markdown(f"Papers, {engine}", papers.measure()), flush=True)
    rows = receptions.measure(address, engine)
    print(markdown(f"Receptions, {engine}", rows), flush=True)
    print(markdown(f"Acts at 50,677 dossiers, {engine}", acts.measure(address)), flush=True)


def _world(home: Path) -> list[Row]:
    replay = _timed("replay", "--scenario", "nghia-hung-2021", "--home", str(home))
    verify = _timed("verify", "--home", str(home))
    return [
        Row("replay of 50,677 dossiers", f"{replay:.0f} s", "60 s on SQLite"),
        Row("verify of them", f"{verify:.0f} s", "20 s on SQLite"),
    ]


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
