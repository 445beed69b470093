"""`motcua due`: promised dates from the command line, without a home or a database."""

import argparse
import csv
import itertools
import sys
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Final, TextIO

from motcua.calendars import shipped_calendar
from motcua.domain import spoken
from motcua.domain.calendar import (
    DEFAULT_SESSIONS,
    OFFICE_ZONE,
    CalendarNotPublished,
    OfficeTime,
    Session,
    weekday_sessions,
)
from motcua.domain.deadline import (
    Ends,
    Explanation,
    LimitUnreadable,
    Pause,
    PauseImpossible,
    Suspended,
    TimeLimit,
    explain,
)

COLUMNS: Final = ("accepted_at", "limit", "due_at", "error")
SUSPENDED: Final = "suspended"

EXAMPLES: Final = """ví dụ:
  motcua due 2021-03-17T08:03 "3 working_day"
  motcua due 2026-11-23T09:20 "1 working_day" --explain
  motcua due --batch ho-so.csv --hours "07:30-11:30,13:00-17:00" --ends same_clock

thời hạn: "5 working_day", "0.5 working_day", "7 calendar_day", "2 month",
          "4 working_hour", "90 working_minute", "same_day"
tệp --batch có các cột accepted_at,limit và (nếu có) pauses ghi "bắt đầu/kết thúc;…"
"""


class Unreadable(Exception):
    """A cell or an option that cannot be read; the text is for the person who typed it."""


def run(arguments: list[str]) -> int:
    """Print one CSV row per limit; 0 when every row has a date, 1 when some have an error."""
    options = _parser().parse_args(arguments)
    try:
        sessions = _sessions(options.hours)
        rows = _rows(options)
    except Unreadable as problem:
        print(f"motcua due: {problem}", file=sys.stderr)
        return 2
    office_time = OfficeTime(shipped_calendar(), sessions)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    status = 0
    for accepted_at, limit, pauses in rows:
        found, error = _answer(accepted_at, limit, pauses, office_time, Ends(options.ends))
        due_at = f"{found.due_at:%Y-%m-%dT%H:%M}" if found else ""
        out.writerow((accepted_at, limit, due_at, error))
        if found and options.explain:
            sys.stdout.flush()
            _print_reasons(found, sys.stderr)
        status = max(status, int(bool(error)))
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="motcua due",
        description="Tính ngày giờ hẹn trả kết quả theo lịch làm việc kèm phần mềm.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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


def _rows(options: argparse.Namespace) -> list[tuple[str, str, str]]:
    if options.batch is None:
        if options.limit is None:
            raise Unreadable("cần lúc tiếp nhận và thời hạn, hoặc --batch TỆP.csv (xem --help)")
        return [(options.accepted_at, options.limit, "")]
    if options.accepted_at is not None:
        raise Unreadable("dùng --batch hoặc một thời hạn, không dùng cả hai")
    try:
        with Path(options.batch).open(encoding="utf-8-sig", newline="") as file:
            return list(_batch(file))
    except OSError as problem:
        raise Unreadable(f"không mở được {options.batch}: {problem.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise Unreadable(f"{options.batch} không phải tệp CSV mã UTF-8") from None


def _batch(file: TextIO) -> Iterator[tuple[str, str, str]]:
    reader = csv.DictReader(file)
    names = reader.fieldnames or ()
    absent = [name for name in COLUMNS[:2] if name not in names]
    if absent:
        raise Unreadable(f"tệp thiếu cột {', '.join(absent)}")
    for row in reader:
        yield row["accepted_at"] or "", row["limit"] or "", row.get("pauses") or ""


def _answer(
    accepted_at: str, limit: str, pauses: str, office_time: OfficeTime, ends: Ends
) -> tuple[Explanation | None, str]:
    try:
        found = explain(
            accepted_at=_instant(accepted_at),
            limit=TimeLimit.parse(limit),
            office_time=office_time,
            pauses=_pauses(pauses),
            ends=ends,
        )
    except Suspended:
        return None, SUSPENDED
    except CalendarNotPublished as problem:
        return None, f"chưa có lịch làm việc năm {problem.year}"
    except LimitUnreadable:
        return None, f"thời hạn không đọc được hoặc không lớn hơn 0: {limit!r}"
    except PauseImpossible:
        return None, "khoảng tạm dừng phải bắt đầu sau khi tiếp nhận và kết thúc sau khi bắt đầu"
    except Unreadable as problem:
        return None, str(problem)
    return found, ""


def _instant(text: str) -> datetime:
    # fromisoformat also reads bare dates and week numbers: an instant names its hour.
    try:
        at = datetime.fromisoformat(text.strip())
        if "T" not in text:
            raise ValueError
        return at.replace(tzinfo=OFFICE_ZONE) if at.tzinfo is None else at.astimezone(OFFICE_ZONE)
    except (ValueError, OverflowError):
        raise Unreadable(f"thời điểm không đọc được: {text!r}") from None


def _pauses(text: str) -> tuple[Pause, ...]:
    pauses = []
    for span in filter(None, (part.strip() for part in text.split(";"))):
        start, slash, end = span.partition("/")
        if not slash:
            raise Unreadable(f"khoảng tạm dừng không đọc được: {span!r}")
        ended = _instant(end) if end.strip() else None
        pauses.append(Pause(start=_instant(start), end=ended))
    return tuple(pauses)


def _sessions(text: str | None) -> tuple[Session, ...]:
    if text is None:
        return DEFAULT_SESSIONS
    try:
        hours = []
        for span in text.split(","):
            opens, closes = (_clock_time(end.strip()) for end in span.split("-"))
            hours.append((opens, closes))
        hours.sort()
        if any(first[1] > second[0] for first, second in itertools.pairwise(hours)):
            raise ValueError
        return weekday_sessions(*hours)
    except ValueError:
        raise Unreadable(f"giờ làm việc không đọc được: {text!r}") from None


def _clock_time(text: str) -> time:
    """Read HH:MM and nothing longer: opening hours have neither seconds nor a zone."""
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - an hour of any day


def _print_reasons(found: Explanation, out: TextIO) -> None:
    for line in spoken.explanation_lines(found):
        print(f"  {spoken.weekday(line.day)}  {line.words}", file=out)
