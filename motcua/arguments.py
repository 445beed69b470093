"""Command lines in Vietnamese: the words of help, and of what was typed wrong."""

import argparse
import os
import re
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, NoReturn

from motcua.domain.calendar import OFFICE_ZONE

WRONG: Final = 2
SMALLEST_SHARE: Final = 0.001

# What argparse says of a mistake, and how it is said here.
_MISTAKES: Final = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"argument (.+?): expected one argument", r"\1 cần một giá trị"),
    (r"argument (.+?): expected at least one argument", r"\1 cần ít nhất một giá trị"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 không nhận giá trị, đã có \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không dùng cùng \2"),
    (r"argument [^-].*?: invalid choice: (.+?) \(choose from (.+)\)", r"không có việc \1, chỉ: \2"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2, chỉ: \3"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 không đọc được \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese, takes no shortened options and ends with status 2."""

    def __init__(self, *args: Any, **how: Any) -> None:
        own = {"add_help": False, "allow_abbrev": False, "formatter_class": _Layout}
        super().__init__(*args, **{**how, **own})
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        if how.get("add_help", True):
            self.add_argument("-h", "--help", action="help", help="in phần trợ giúp này")

    def error(self, message: str) -> NoReturn:
        """Say what was typed wrong and where to read; exit with status 2."""
        print(f"{self.prog}: {in_vietnamese(message)}", file=sys.stderr)
        print(f"Xem cách dùng: {self.prog} --help", file=sys.stderr)
        sys.exit(WRONG)


def in_vietnamese(message: str) -> str:
    """Return argparse's message in Vietnamese; one that is already stays as it is."""
    for pattern, words in _MISTAKES:
        found = re.fullmatch(pattern, message, re.S)
        if found:
            return found.expand(words)
    return message


def day(text: str) -> date:
    """Read a date as YYYY-MM-DD, for `type=`."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"ngày viết YYYY-MM-DD, không phải {text!r}")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"không có ngày {text}") from None
    return _in_reach(found, text)


def instant(text: str) -> datetime:
    """Read an instant as YYYY-MM-DDTHH:MM, in office time unless it names a zone."""
    try:
        if "T" not in text:
            raise ValueError
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"thời điểm viết YYYY-MM-DDTHH:MM, không phải {text!r}"
        ) from None
    _in_reach(at.date(), text)
    return at.replace(tzinfo=OFFICE_ZONE) if at.tzinfo is None else at.astimezone(OFFICE_ZONE)


def add_port(parser: argparse.ArgumentParser) -> None:
    """Let the command be told where to listen: --port, else the variable PORT, else 8000."""
    parser.add_argument(
        "--port",
        type=port,
        metavar="CỔNG",
        default=os.environ.get("PORT") or "8000",
        help="mặc định: biến môi trường PORT, hoặc 8000",
    )


def port(text: str) -> int:
    """Read a port, for `type=`."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"cổng là số từ 1 đến 65535, không phải {text!r}")
    return int(text)


def count(text: str) -> int:
    """Read a number of things, at least one, for `type=`."""
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"số từ 1 đến 999, không phải {text!r}")
    return int(text)


def share(text: str) -> float:
    """Read a part of the whole, for `type=`."""
    try:
        part = float(text)
    except ValueError:
        part = 0.0
    if not SMALLEST_SHARE <= part <= 1:
        raise argparse.ArgumentTypeError(
            f"phải từ {SMALLEST_SHARE} đến 1, ví dụ 0.02, không phải {text!r}"
        )
    return part


def _in_reach(day: date, text: str) -> date:
    # Room at both ends for a day more and for another zone.
    first, last = date.min.year + 1, date.max.year - 1
    if not first <= day.year <= last:
        raise argparse.ArgumentTypeError(f"{text} ngoài khoảng: chỉ nhận năm {first} đến {last}")
    return day
