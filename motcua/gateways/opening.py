"""Open one uploaded file in a process of its own: `python -m motcua.gateways.opening TYPE < file`.

Answers with the number of pages or with the flaw. Whatever else becomes of the process, the
server that started it takes the file for one that cannot be opened. It imports no more than the
file needs, and never Django: each file waits for it.
"""

import resource
import signal
import sys
from contextlib import suppress
from typing import Final

from motcua.gateways.accepted import PDF, FileRefused, Flaw

# A progressive JPEG of 50 million pixels takes 340 MB, a scan of 100 pages 120.
MOST_MEMORY: Final = 512 * 1024 * 1024  # bytes of address space
LONGEST_WORK: Final = 10  # seconds of a processor; the JPEG above takes one
LONGEST: Final = 20  # seconds from start to end


def limit_itself(longest: int = LONGEST) -> None:
    """Let the system end this process when it takes too much, whether or not its server lives."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(longest)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_WORK, LONGEST_WORK))
    # macOS knows the limit by name only and may refuse to set it; the others hold there.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def pages_of(content: bytes, media_type: str) -> int:
    """Return how many pages the file has.  Raises FileRefused."""
    if media_type == PDF:
        from motcua.gateways.pdf import pages  # noqa: PLC0415 - loaded for a PDF only

        return pages(content)
    from motcua.gateways.picture import look_at  # noqa: PLC0415 - loaded for a picture only

    look_at(content, media_type)
    return 1


def main(media_type: str) -> None:
    """Open what comes in, and answer."""
    limit_itself()
    try:
        print(pages_of(sys.stdin.buffer.read(), media_type))
    except FileRefused as refused:
        print(refused.flaw)
    except MemoryError:
        print(Flaw.TOO_HARD)


if __name__ == "__main__":
    main(sys.argv[1])
