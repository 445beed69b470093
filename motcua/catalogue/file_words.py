"""What is said of a file of processes that cannot be read."""

from itertools import pairwise

from motcua.catalogue.labels import FILE_FLAW_WORDS
from motcua.domain.process_file import Path, ProcessFileUnreadable

_TABLES = {
    "processes": "quy trình thứ",
    "questions": "câu hỏi thứ",
    "steps": "bước thứ",
    "outcomes": "hướng đi thứ",
    "choices": "phương án thứ",
}


def line_of_flaw(problem: ProcessFileUnreadable) -> str:
    """Return in which line and at which step the file is wrong, and the mend."""
    words = FILE_FLAW_WORDS[problem.flaw].format(seen=problem.seen)
    places = [f"dòng {problem.line}"] if problem.line else []
    places += _places(problem.path)
    where = ", ".join(places)
    return f"{where[:1].upper()}{where[1:]}: {words}" if where else words


def _places(path: Path) -> list[str]:
    found = [
        f"{_TABLES[name]} {number}"
        for name, number in pairwise(path)
        if name in _TABLES and isinstance(number, int)
    ]
    if path and isinstance(path[-1], str):
        found.append(f"mục “{path[-1]}”")
    return found
