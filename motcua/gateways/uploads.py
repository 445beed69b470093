"""Uploaded files, each opened in a process of its own: no file harms the server that took it.

What a file is, is decided by opening it, never by its name. The process has limits of memory and
time, gets the file and nothing else, and is gone when the answer is there; one that crashes or is
ended makes a refused file. Few are open at once in one home, whatever serves it: each holds a
place, a lock that the system gives back should its holder die.
"""

import fcntl
import logging
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import IO, Final

from django.conf import settings

from motcua.gateways.accepted import BEGINS_WITH, LARGEST_FILE, FileRefused, Flaw
from motcua.gateways.opening import LONGEST

ROOT: Final = Path(__file__).parents[2]
# Nothing from the folder it runs in or the user's own packages.
OPENING: Final = (sys.executable, "-P", "-s", "-m", "motcua.gateways.opening")
PLACES: Final = 2
LONGEST_WAIT: Final = 30.0  # seconds for a place
LOOK_FOR_PLACE: Final = 0.02  # seconds
MOST_OF_ONE: Final = 2  # files of one officer, in each process that serves

_counting: Final = Lock()
_on_their_way: Final[Counter[int]] = Counter()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """Tệp đã mở thử: what it turned out to be."""

    media_type: str
    pages: int


def opened(content: bytes) -> Opened:
    """Return what the content is.  Raises FileRefused."""
    if not content:
        raise FileRefused(Flaw.EMPTY)
    if len(content) > LARGEST_FILE:
        raise FileRefused(Flaw.TOO_LARGE)
    for media_type, begin in BEGINS_WITH.items():
        if content.startswith(begin):
            with _place():
                return Opened(media_type, _pages(content, media_type))
    raise FileRefused(Flaw.OTHER_KIND)


def _pages(content: bytes, media_type: str) -> int:
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed command; the file is its input only
            [*OPENING, media_type],
            input=content,
            capture_output=True,
            timeout=LONGEST,
            env={"PYTHONPATH": str(ROOT)},
            start_new_session=True,  # what ends the server's session lets this be finished
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        _log.warning("A file was not opened within %s seconds", LONGEST)
        raise FileRefused(Flaw.TOO_HARD) from problem
    except OSError as problem:
        _log.error("No process can be started to open a file: %s", problem)
        raise FileRefused(Flaw.NO_PLACE) from problem
    answer = ended.stdout.decode(errors="replace").strip()
    if ended.returncode == 0 and answer.isdecimal():
        return int(answer)
    if ended.returncode == 0 and answer in set(Flaw):
        raise FileRefused(Flaw(answer))
    said = ended.stderr.decode(errors="replace").strip()
    _log.warning("Opening a file ended with status %s: %s", ended.returncode, said)
    raise FileRefused(Flaw.TOO_HARD)


@contextmanager
def one_of_few(whose: int) -> Iterator[None]:
    """Let few files of one officer be on their way in this process at once.

    Each holds a thread while it waits for its place; the others are for pages. Raises FileRefused.
    """
    with _counting:
        if _on_their_way[whose] >= MOST_OF_ONE:
            raise FileRefused(Flaw.OTHERS_WAIT)
        _on_their_way[whose] += 1
    try:
        yield
    finally:
        with _counting:
            _on_their_way[whose] -= 1
            if not _on_their_way[whose]:
                del _on_their_way[whose]


@contextmanager
def _place() -> Iterator[None]:
    """Hold one of the home's places to open a file.  Raises FileRefused when none gets free."""
    until = monotonic() + LONGEST_WAIT
    with ExitStack() as doors:
        places = [
            doors.enter_context((settings.HOME / f"opening-{number}.lock").open("w"))
            for number in range(1, PLACES + 1)
        ]
        while not any(_taken(place) for place in places):
            if monotonic() > until:
                raise FileRefused(Flaw.NO_PLACE)
            sleep(LOOK_FOR_PLACE)
        yield


def _taken(place: IO[str]) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
