"""See that the locks hold what is asked for: each requirement pinned with its hashes, no address.

Usage: tools/locks.py
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.M)
ASKED: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.M)


def main() -> int:
    """Print what is wrong with the locks; 1 when something is."""
    problems = [
        problem for name in ("requirements", "requirements-dev") for problem in _wrong(name)
    ]
    problems += _differing()
    for problem in problems:
        print(problem, file=sys.stderr)
    return int(bool(problems))


def _wrong(name: str) -> Iterator[str]:
    lock = (ROOT / f"{name}.txt").read_text()
    pinned = {_plain(package) for package, _version in PINNED.findall(lock)}
    asked = {_plain(package) for package in ASKED.findall((ROOT / f"{name}.in").read_text())}
    for package in sorted(asked - pinned):
        yield f"{name}.txt does not pin {package}: compile it again (docs/decisions/0002)"
    for block in re.split(r"\n(?=\S)", lock.strip()):
        if PINNED.match(block) and "--hash=sha256:" not in block:
            yield f"{name}.txt: no hash for {block.split()[0]}"
    if "://" in lock:
        yield f"{name}.txt names an address"


def _differing() -> Iterator[str]:
    run, dev = (
        dict(PINNED.findall((ROOT / f"{name}.txt").read_text()))
        for name in ("requirements", "requirements-dev")
    )
    for package in sorted(run):
        if dev.get(package) != run[package]:
            yield f"{package} is {run[package]} for running and {dev.get(package)} for the tests"


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


if __name__ == "__main__":
    sys.exit(main())
