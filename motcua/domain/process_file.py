"""Processes as one readable file: TOML, written and read back exactly.

A file holds any number of processes, each under the code of its procedure, with its questions and
its steps. The same plain tables keep a draft between two visits.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.question import Choice, Question

FORMAT: Final = 1
LARGEST_FILE: Final = 4 * 1024 * 1024  # letters
MOST_STEPS: Final = 60
LONGEST_TEXT: Final = 600  # letters
# The keys of each table, in the order in which they are written; the first ones are compulsory.
_STEP_KEYS: Final = (
    "code",
    "name",
    "kind",
    "role",
    "performer",
    "budget",
    "same_as",
    "consulted",
    "outcomes",
)
_STEP_NEEDS: Final = _STEP_KEYS[:5]
_OUTCOME_KEYS: Final = ("target", "when", "label")
_QUESTION_KEYS: Final = ("key", "text", "choices")
_CHOICE_KEYS: Final = ("value", "label")
_PROCESS_KEYS: Final = ("procedure", "name", "questions", "steps")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class FileFlaw(StrEnum):
    """Lỗi của tệp quy trình."""

    TOO_LARGE = "too_large"
    NOT_TOML = "not_toml"
    OTHER_FORMAT = "other_format"
    EMPTY = "empty"
    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    NOT_TEXT = "not_text"
    NOT_A_LIST = "not_a_list"
    TOO_LONG = "too_long"
    TOO_MANY_STEPS = "too_many_steps"
    PROCEDURE_REPEATED = "procedure_repeated"


# The way to a place: keys, and the number of a table in its list, from 1.
Path = tuple[str | int, ...]


class ProcessFileUnreadable(ValueError):
    """The text is no file of processes.

    `path` leads to the place, `line` is its line (0: the file as a whole, or not known), `seen`
    what stands there.
    """

    def __init__(self, flaw: FileFlaw, path: Path = (), seen: str = "", *, line: int = 0) -> None:
        super().__init__(f"{flaw} at {path}: {seen}")
        self.flaw = flaw
        self.path = path
        self.seen = seen
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProcess:
    """Quy trình trong tệp: what a file says of one procedure; its name is for the reader."""

    procedure: str
    name: str = ""
    questions: tuple[Question, ...] = ()
    steps: tuple[DraftStep, ...] = ()


def write(processes: Iterable[WrittenProcess]) -> str:
    """Return the file that says these processes."""
    lines = [f"format = {FORMAT}"]
    for process in processes:
        lines += ["", "[[processes]]", f"procedure = {_text(process.procedure)}"]
        if process.name:
            lines.append(f"name = {_text(process.name)}")
        plain = plain_of(process.questions, process.steps)
        for table in ("questions", "steps"):
            for row in plain[table]:
                lines += ["", f"[[processes.{table}]]"]
                lines += [f"{key} = {_value(value)}" for key, value in row.items()]
    return "\n".join(lines) + "\n"


def read(text: str) -> tuple[WrittenProcess, ...]:
    """Return the processes the file says.  Raises ProcessFileUnreadable."""
    if len(text) > LARGEST_FILE:
        raise ProcessFileUnreadable(FileFlaw.TOO_LARGE)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        seen = text.splitlines()[line - 1].strip() if text.strip() else ""
        raise ProcessFileUnreadable(FileFlaw.NOT_TOML, seen=seen[:80], line=line) from None
    except RecursionError:
        raise ProcessFileUnreadable(FileFlaw.NOT_TOML) from None
    try:
        return _processes(content)
    except ProcessFileUnreadable as problem:
        problem.line = _line_of(text, problem.path)
        raise


def plain_of(questions: Iterable[Question], steps: Iterable[DraftStep]) -> dict[str, Any]:
    """Return the questions and steps as plain tables; what is empty is left out."""
    return {
        "questions": [
            {
                "key": question.key,
                "text": question.text,
                **_if_any("choices", [_row(one, _CHOICE_KEYS) for one in question.choices]),
            }
            for question in questions
        ],
        "steps": [
            {
                **_row(step, _STEP_KEYS[:5]),
                **_if_any("budget", step.budget),
                **_if_any("same_as", step.same_as),
                **_if_any("consulted", list(step.consulted)),
                **_if_any("outcomes", [_outcome(one) for one in step.outcomes]),
            }
            for step in steps
        ],
    }


def questions_of(plain: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions of plain tables that `plain_of` made."""
    return tuple(
        Question(
            key=row["key"],
            text=row["text"],
            choices=tuple(Choice(**one) for one in row.get("choices", ())),
        )
        for row in plain["questions"]
    )


def steps_of(plain: Mapping[str, Any]) -> tuple[DraftStep, ...]:
    """Return the steps of plain tables that `plain_of` made."""
    return tuple(
        DraftStep(
            **{key: row[key] for key in _STEP_NEEDS},
            budget=row.get("budget", ""),
            same_as=row.get("same_as", ""),
            consulted=tuple(row.get("consulted", ())),
            outcomes=tuple(DraftOutcome(**one) for one in row.get("outcomes", ())),
        )
        for row in plain["steps"]
    )


def _row(value: object, keys: Iterable[str]) -> dict[str, str]:
    return {key: getattr(value, key) for key in keys}


def _outcome(outcome: DraftOutcome) -> dict[str, str]:
    found = _row(outcome, _OUTCOME_KEYS)
    return {key: value for key, value in found.items() if value or key == "target"}


def _if_any(key: str, value: Any) -> dict[str, Any]:
    return {key: value} if value else {}


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    assert isinstance(value, list)
    return f"[{', '.join(_item(item) for item in value)}]"


def _item(item: object) -> str:
    if isinstance(item, str):
        return _text(item)
    assert isinstance(item, dict)
    return "{ " + ", ".join(f"{key} = {_text(value)}" for key, value in item.items()) + " }"


def _text(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter >= " " and letter != "\x7f" else f"\\u{ord(letter):04X}"


def _processes(content: Mapping[str, Any]) -> tuple[WrittenProcess, ...]:
    if content.get("format") != FORMAT:
        raise ProcessFileUnreadable(
            FileFlaw.OTHER_FORMAT, ("format",), str(content.get("format", ""))
        )
    _check_keys(content, ("format", "processes"), ("processes",), ())
    tables = _tables(content, "processes", ())
    if not tables:
        raise ProcessFileUnreadable(FileFlaw.EMPTY, ())
    found: dict[str, WrittenProcess] = {}
    for path, table in tables:
        _check_keys(table, _PROCESS_KEYS, ("procedure", "steps"), path)
        procedure = _said(table, "procedure", path)
        if procedure in found:
            raise ProcessFileUnreadable(
                FileFlaw.PROCEDURE_REPEATED, (*path, "procedure"), procedure
            )
        steps = _tables(table, "steps", path)
        if len(steps) > MOST_STEPS:
            raise ProcessFileUnreadable(FileFlaw.TOO_MANY_STEPS, (*path, "steps"), str(len(steps)))
        found[procedure] = WrittenProcess(
            procedure=procedure,
            name=_said(table, "name", path),
            questions=tuple(_question(*one) for one in _tables(table, "questions", path)),
            steps=tuple(_step(*one) for one in steps),
        )
    return tuple(found.values())


def _step(path: Path, table: Mapping[str, Any]) -> DraftStep:
    _check_keys(table, _STEP_KEYS, _STEP_NEEDS, path)
    said = {key: _said(table, key, path) for key in (*_STEP_NEEDS, "budget", "same_as")}
    consulted = table.get("consulted", [])
    if not isinstance(consulted, list) or not all(isinstance(one, str) for one in consulted):
        raise ProcessFileUnreadable(FileFlaw.NOT_A_LIST, (*path, "consulted"))
    return DraftStep(
        **said,
        consulted=tuple(consulted),
        outcomes=tuple(
            DraftOutcome(**_flat(*one, keys=_OUTCOME_KEYS, needs=("target",)))
            for one in _tables(table, "outcomes", path)
        ),
    )


def _question(path: Path, table: Mapping[str, Any]) -> Question:
    _check_keys(table, _QUESTION_KEYS, ("key", "text"), path)
    choices = tuple(
        Choice(**_flat(*one, keys=_CHOICE_KEYS, needs=_CHOICE_KEYS))
        for one in _tables(table, "choices", path)
    )
    return Question(key=_said(table, "key", path), text=_said(table, "text", path), choices=choices)


def _flat(
    path: Path, table: Mapping[str, Any], *, keys: tuple[str, ...], needs: tuple[str, ...]
) -> dict[str, str]:
    _check_keys(table, keys, needs, path)
    return {key: _said(table, key, path) for key in keys}


def _check_keys(
    table: Mapping[str, Any], keys: tuple[str, ...], needs: tuple[str, ...], path: Path
) -> None:
    for key in needs:
        if key not in table:
            raise ProcessFileUnreadable(FileFlaw.KEY_MISSING, path, key)
    for key in table:
        if key not in keys:
            raise ProcessFileUnreadable(FileFlaw.KEY_UNKNOWN, (*path, key), key)


def _tables(table: Mapping[str, Any], key: str, path: Path) -> list[tuple[Path, Mapping[str, Any]]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ProcessFileUnreadable(FileFlaw.NOT_A_LIST, (*path, key))
    return [((*path, key, number), row) for number, row in enumerate(rows, start=1)]


def _said(table: Mapping[str, Any], key: str, path: Path) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or "\x00" in value:
        raise ProcessFileUnreadable(FileFlaw.NOT_TEXT, (*path, key), str(value)[:80])
    if len(value) > LONGEST_TEXT:
        raise ProcessFileUnreadable(FileFlaw.TOO_LONG, (*path, key), value[:80])
    return value


def _line_of(text: str, path: Path) -> int:
    """Return the line of the place as this module writes files; 0 where it stands otherwise."""
    lines, at = text.splitlines(), 0
    headers = _headers(path)
    for header, number in headers:
        seen = 0
        while at < len(lines) and seen < number:
            seen += lines[at].replace(" ", "") == header
            at += 1
        if seen < number:
            return 0
    keys = [part for part in path[2 * len(headers) :] if isinstance(part, str)]
    if not keys:
        return at
    for line in range(at, len(lines)):
        if re.match(rf"\s*{re.escape(keys[0])}\s*=", lines[line]):
            return line + 1
        if lines[line].lstrip().startswith("[["):
            break
    return at


def _headers(path: Path) -> list[tuple[str, int]]:
    """Return the headers on the way, each with how many of its kind come by."""
    found = []
    if len(path) > 1 and isinstance(path[1], int):
        found.append(("[[processes]]", path[1]))
        if len(path) > 3 and isinstance(path[3], int):
            found.append((f"[[processes.{path[2]}]]", path[3]))
    return found
