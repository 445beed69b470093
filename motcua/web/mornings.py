"""The day's first work, done while the product is open: `motcua daily`, a process for each day."""

import subprocess
import sys
from datetime import date
from threading import Event, Thread
from typing import Final

from motcua import clock

COMMAND: Final = (sys.executable, "-m", "motcua.cli", "daily")
BEGINS: Final = 6  # the hour before which a new day's work waits
LOOK: Final = 60.0  # seconds
PATIENCE: Final = 5.0  # seconds a run may take to end when the product stops


class Mornings:
    """Runs the day's work once the product is open, and again on each new day, until stopped.

    Its thread begins before the server takes over the signals: a signal handler that starts a
    thread of its own must not find another one half started.
    """

    def __init__(self) -> None:
        self._open, self._over = Event(), Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Run the day's work now, and from now on each day."""
        self._open.set()

    def stop(self) -> None:
        """Stop watching, and end a run under way: each dossier is done or untouched."""
        self._over.set()
        self._open.set()
        self._thread.join(PATIENCE)

    def _watch(self) -> None:
        self._open.wait()
        done: date | None = None
        while not self._over.is_set():
            now = clock.now()
            if done is None or (now.date() != done and now.hour >= BEGINS):
                self._work()
                done = now.date()
            self._over.wait(LOOK)

    def _work(self) -> None:
        # Away from the terminal: what ends it is this process, not a key.
        run = subprocess.Popen(  # noqa: S603 - our own command
            COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        while run.poll() is None:
            if self._over.wait(0.1):
                run.terminate()
                run.wait()
