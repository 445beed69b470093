"""From a clone to the first page, as a newcomer waits for it: `make demo`, then a second start.

The last commit of this checkout is cloned, and nothing that earlier installations left on this
machine is used: packages are downloaded anew.  Alone: `python -m benchmarks.first_page`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.table import Row, markdown
from tests.homes import ROOT, Served, environment

TITLE = "The first page, from a fresh clone"
PATIENCE = 900  # seconds


def measure() -> list[Row]:
    """Return the seconds from typing `make demo` to the first page, on both starts."""
    with tempfile.TemporaryDirectory(prefix="motcua-first-page-") as folder:
        clone = Path(folder) / "mot-cua"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = _seconds(clone, "first start")
        second = _seconds(clone, "second start")
    return [
        Row("`make demo`, packages downloaded, to the first page", f"{first:.0f} s", "120 s"),
        Row("second start", f"{second:.1f} s", "5 s"),
    ]


def _seconds(clone: Path, start: str) -> float:
    print(f"make demo, {start} …", file=sys.stderr, flush=True)
    began = perf_counter()
    served = Served(
        "make", "demo", environment=_newcomer(clone), cwd=clone, patience=PATIENCE, shown=True
    )
    try:
        status, _page = served.ask("/")
        seconds = perf_counter() - began
    finally:
        served.stop(everyone=True)
    assert status == 200, f"the first page answers {status}"
    print(f"{start}: {seconds:.1f} s", file=sys.stderr, flush=True)
    return seconds


def _newcomer(clone: Path) -> dict[str, str]:
    """Return the environment of somebody who never installed anything here."""
    usual = {
        name: value
        for name, value in environment().items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV") and not name.startswith("MAKE")
    }
    bin_of_this = str(Path(sys.executable).parent)
    path = [place for place in usual["PATH"].split(os.pathsep) if place != bin_of_this]
    caches = {"UV_CACHE_DIR": clone.parent / "uv", "PIP_CACHE_DIR": clone.parent / "pip"}
    return {
        **usual,
        "PATH": os.pathsep.join(path),
        **{name: str(folder) for name, folder in caches.items()},
    }


if __name__ == "__main__":
    print(markdown(TITLE, measure()))
