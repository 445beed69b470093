"""`motcua due`: promised dates from the command line, without a home or a database."""

import argparse
import csv
import itertools
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TextIO, TypeVar

from motcua import troubles
from motcua.arguments import Parser
from motcua.calendars import shipped_calendar
from motcua.domain import reasons, spoken
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    OFFICE_ZONE,
    CalendarNotPublished,
    HoursUnreadable,
    OfficeTime,
    Session,
    SessionsOverlap,
    read_hours,
    weekday_sessions,
)
from motcua.domain.deadline import due
from motcua.domain.explanation import Explanation, explain
from motcua.domain.limit import Ends, LimitUnreadable, TimeLimit
from motcua.domain.pause import Pause, PauseImpossible, Suspended

COLUMNS: Final = ("accepted_at", "limit", "due_at", "error")
SUSPENDED: Final = "suspended"
SEPARATORS: Final = ",;\t"
LARGEST_FIELD: Final = 2**31 - 1  # what the csv module takes on every machine
LONGEST_RECORD: Final = 50  # lines a cell between quotes may run over
SHOWN: Final = 60
_NO_UTF8: Final = re.compile("[\udc80-\udcff]")  # a byte that surrogateescape let through
_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)

EXAMPLES: Final = """ví dụ:
  motcua due 2021-03-17T08:03 "3 working_day"
  motcua due 2026-11-23T09:20 "1 working_day" --explain
  motcua due --batch ho-so.csv --hours "07:30-11:30,13:00-17:00" --ends same_clock

thời hạn: "5 working_day", "0.5 working_day", "7 calendar_day", "2 month",
          "4 working_hour", "90 working_minute", "same_day"
thời điểm: YYYY-MM-DDTHH:MM theo giờ Việt Nam, có thể thêm giây và múi giờ

tệp --batch mã UTF-8, phân cách bằng dấu phẩy, chấm phẩy hoặc tab; dòng đầu nêu tên cột
accepted_at, limit và (nếu có) pauses ghi "bắt đầu/kết thúc;…"; cột khác được bỏ qua.
Mỗi dòng cho một dòng kết quả, theo đúng thứ tự; dòng không có ký tự nào không tính là dòng.
Mã thoát: 0 mọi dòng có ngày hẹn, 1 có dòng lỗi, 2 không tính được gì.
"""


class Unreadable(Exception):
    """A cell or an option that cannot be read; the text is for the person who typed it."""


class Row(NamedTuple):
    """One question as typed; `surplus` is what stands beyond the last named column.

    `torn` is the line of a row whose quotes do not end, or end in the middle of a cell.
    """

    accepted_at: str
    limit: str
    pauses: str = ""
    surplus: str = ""
    torn: str = ""


Answer = TypeVar("Answer", datetime, Explanation)


def run(arguments: list[str]) -> int:
    """Print one CSV row per limit; 0 when every row has a date, 1 when some have an error."""
    options = parser().parse_args(arguments)
    try:
        sessions = _sessions(options.hours)
        rows = _rows(options)
    except Unreadable as problem:
        print(f"motcua due: {problem}", file=sys.stderr)
        return 2
    office_time = OfficeTime(shipped_calendar(), sessions)
    return _print_answers(rows, office_time, options)


def _print_answers(rows: list[Row], office_time: OfficeTime, options: argparse.Namespace) -> int:
    ends = Ends(options.ends)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    status = 0
    for row in rows:
        due_at, error = _answer(row, due, office_time, ends)
        written = due_at.isoformat()[: len("YYYY-MM-DDTHH:MM")] if due_at else ""
        out.writerow(map(_printable, (row.accepted_at, row.limit, written, error)))
        if error:
            status = 1
        elif options.explain:
            reasons, _ = _answer(row, explain, office_time, ends)
            assert reasons is not None, "what has a due instant has its reasons"
            sys.stdout.flush()
            _print_reasons(row, reasons, sys.stderr)
    return status


def parser() -> Parser:
    parser = Parser(
        prog="motcua due",
        description="Tính ngày giờ hẹn trả kết quả theo lịch làm việc kèm phần mềm.",
        epilog=EXAMPLES,
    )
    parser.add_argument("accepted_at", nargs="?", help="lúc tiếp nhận, YYYY-MM-DDTHH:MM")
    parser.add_argument("limit", nargs="?", help="thời hạn giải quyết")
    parser.add_argument("--batch", metavar="TỆP.csv", help="tính cho mọi dòng của một tệp CSV")
    parser.add_argument("--hours", metavar="GIỜ", help="giờ làm việc thứ Hai đến thứ Sáu")
    parser.add_argument(
        "--ends",
        choices=[end.value for end in Ends],
        default=Ends.END_OF_DAY.value,
        help="hết hạn lúc hết giờ làm việc hay cùng giờ tiếp nhận",
    )
    parser.add_argument("--explain", action="store_true", help="in lý do từng ngày (ở stderr)")
    parser.add_argument("--home", help=argparse.SUPPRESS)
    return parser


def _rows(options: argparse.Namespace) -> list[Row]:
    if options.batch is None:
        if options.limit is None:
            raise Unreadable("cần lúc tiếp nhận và thời hạn, hoặc --batch TỆP.csv (xem --help)")
        return [Row(options.accepted_at, options.limit)]
    if options.accepted_at is not None:
        raise Unreadable("dùng --batch hoặc một thời hạn, không dùng cả hai")
    try:
        with Path(options.batch).open(
            encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file:
            return list(_batch(file))
    except OSError as problem:
        raise Unreadable(f"không mở được {options.batch}: {troubles.of_machine(problem)}") from None
    except csv.Error as problem:
        raise Unreadable(f"{options.batch} không đọc được như tệp CSV: {problem}") from None


def _batch(file: TextIO) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_FIELD)
    first = next((line for line in file if line.strip() and not line.startswith("sep=")), "")
    separator = max(SEPARATORS, key=first.count)
    records = _records(itertools.chain([first], file), separator)
    heading, _torn = next(records, ([], ""))
    names = [name.strip().lower() for name in heading]
    absent = [name for name in COLUMNS[:2] if name not in names]
    if any(_NO_UTF8.search(name) for name in names):
        raise Unreadable("tệp không phải mã UTF-8; hãy lưu lại ở dạng “CSV UTF-8”")
    if absent:
        raise Unreadable(f"tệp thiếu cột {', '.join(absent)}")
    at, limit = names.index("accepted_at"), names.index("limit")
    pauses = names.index("pauses") if "pauses" in names else len(names)
    for cells, torn in records:
        if not cells:
            continue
        surplus = separator.join(cells[len(names) :]).strip(separator)
        named = cells[: len(names)] + [""] * (len(names) - len(cells)) + [""]  # no such column
        yield Row(named[at], named[limit], named[pauses], surplus, torn)


def _records(lines: Iterable[str], separator: str) -> Iterator[tuple[list[str], str]]:
    """Yield the cells of each record, and its first line where its quotes are torn.

    A cell between quotes may hold line ends. Where no quote ends it, the record is that line
    alone, and the next line begins another: one torn row does not swallow those after it.
    """
    waiting = iter(lines)
    again: deque[str] = deque()  # lines looked at in vain, to be read as records of their own
    while line := again.popleft() if again else next(waiting, ""):
        if '"' not in line:
            yield next(csv.reader([line], delimiter=separator)), ""
            continue
        taken = [line]
        while True:
            try:
                cells = next(csv.reader(taken, delimiter=separator, strict=True))
            except csv.Error:
                more = (again.popleft() if again else next(waiting, "")) if _open(taken) else ""
                if more and len(taken) < LONGEST_RECORD:
                    taken.append(more)
                    continue
                again.extendleft(reversed([*taken[1:], *filter(None, [more])]))
                torn = _open([line])
                told = line.replace('"', "") if torn else line
                yield next(csv.reader([told], delimiter=separator)), line if torn else ""
            else:
                yield cells, ""
            break


def _open(lines: list[str]) -> bool:
    """Whether a quote has begun that none of these lines ends."""
    return "".join(lines).count('"') % 2 == 1


def _answer(
    row: Row, ask: Callable[..., Answer], office_time: OfficeTime, ends: Ends
) -> tuple[Answer | None, str]:
    """Return what `ask`, due or explain, says to this row, or what is wrong with the row."""
    try:
        if any(_NO_UTF8.search(cell) for cell in row):
            raise Unreadable("dòng có ký tự không phải mã UTF-8; hãy lưu lại ở dạng “CSV UTF-8”")
        if row.torn:
            raise Unreadable(f"dấu nháy mở mà không đóng, hoặc đóng giữa ô: {_shown(row.torn)}")
        if row.surplus:
            raise Unreadable(f"dòng thừa ô so với dòng tên cột: {_shown(row.surplus)}")
        found = ask(
            accepted_at=_instant(row.accepted_at),
            limit=_limit(row.limit),
            office_time=office_time,
            pauses=_pauses(row.pauses) if row.pauses else (),
            ends=ends,
        )
    except Suspended:
        return None, SUSPENDED
    except CalendarNotPublished as problem:
        return None, f"chưa có lịch làm việc năm {problem.year}"
    except LimitUnreadable:
        return None, f"thời hạn không đọc được hoặc không lớn hơn 0: {_shown(row.limit)}"
    except PauseImpossible:
        return None, "khoảng tạm dừng phải bắt đầu sau khi tiếp nhận và kết thúc sau khi bắt đầu"
    except Unreadable as problem:
        return None, str(problem)
    return found, ""


_limit = lru_cache(maxsize=1024)(TimeLimit.parse)  # a batch names few limits, many times


def _instant(text: str) -> datetime:
    # fromisoformat also reads bare dates and week numbers: an instant names its hour.
    stripped = text.strip()
    try:
        if not _INSTANT.fullmatch(stripped):
            raise ValueError
        at = datetime.fromisoformat(stripped)
        return at.replace(tzinfo=OFFICE_ZONE) if at.tzinfo is None else at.astimezone(OFFICE_ZONE)
    except (ValueError, OverflowError):
        raise Unreadable(f"thời điểm không đọc được: {_shown(text)}") from None


def _pauses(text: str) -> tuple[Pause, ...]:
    pauses = []
    for span in filter(None, (part.strip() for part in text.split(";"))):
        start, slash, end = span.partition("/")
        if not slash:
            raise Unreadable(f"khoảng tạm dừng không đọc được: {_shown(span)}")
        ended = _instant(end) if end.strip() else None
        pauses.append(Pause(start=_instant(start), end=ended))
    return tuple(pauses)


def _sessions(text: str | None) -> tuple[Session, ...]:
    if text is None:
        return DEFAULT_SESSIONS
    try:
        return weekday_sessions(*read_hours(text))
    except HoursUnreadable:
        raise Unreadable(f"giờ làm việc không đọc được: {_shown(text)}") from None
    except SessionsOverlap:
        raise Unreadable(f"hai buổi làm việc trùng giờ nhau: {_shown(text)}") from None


def _printable(text: str) -> str:
    """Return the text with U+FFFD for every byte that is no UTF-8."""
    return _NO_UTF8.sub("\N{REPLACEMENT CHARACTER}", text)


def _shown(text: str) -> str:
    """Return what was typed, between quotes, its signs visible and its end cut off."""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def _print_reasons(row: Row, found: Explanation, out: TextIO) -> None:
    print(f"{row.accepted_at} + {spoken.limit(found.limit)}:", file=out)
    for line in reasons.explanation_lines(found):
        source = f"; {line.source}" if line.source else ""
        print(f"  {spoken.weekday(line.day)}  {line.words}{source}", file=out)
    note = " (theo lịch tạm thời)" if found.provisional else ""
    print(f"  hẹn trả {spoken.moment(found.due_at)}{note}", file=out)
