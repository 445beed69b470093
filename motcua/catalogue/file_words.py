"""What is said of a file of processes that cannot be read."""

from itertools import pairwise

from motcua.catalogue.labels import FILE_FLAW_WORDS
from motcua.domain.process_file import ProcessFileUnreadable

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
    places += _places(problem.where)
    where = ", ".join(places)
    return f"{where[:1].upper()}{where[1:]}: {words}" if where else words


def _places(where: str) -> list[str]:
    parts = where.split(".") if where else []
    found = []
    for name, number in pairwise(parts):
        if name in _TABLES and number.isdecimal():
            found.append(f"{_TABLES[name]} {number}")
    if parts and not parts[-1].isdecimal():
        found.append(f"mục “{parts[-1]}”")
    return found
