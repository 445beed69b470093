"""The command `motcua`: one word, then what that command takes."""

import os
import sys
from io import TextIOWrapper
from typing import Any, Final

from motcua import troubles
from motcua.arguments import WRONG, Parser
from motcua.clock import ClockWrong, now
from motcua.home import HomeUnusable, choose, prepare
from motcua.listening import CannotListen

# In the order of a day's need: the word, and what it does in one line.
COMMANDS: Final = {
    "demo": "dựng một huyện thật trong một năm để dùng thử, rồi mở ở trình duyệt",
    "serve": "mở phần mềm cho các máy trong cơ quan",
    "daily": "việc đầu ngày: đề xuất thư xin lỗi, gia hạn và thông báo dừng đến lúc phải gửi",
    "due": "tính ngày hẹn trả, không cần cơ sở dữ liệu",
    "report": "số liệu giải quyết hồ sơ trong một kỳ: report summary",
    "verify": "dựng lại mọi hồ sơ từ sự kiện và so với những gì đang ghi",
    "calendar": "lịch làm việc: calendar load, calendar show",
    "process": "quy trình nội bộ: process export, process import",
    "replay": "ghi lại một kịch bản vào một thư mục dữ liệu còn trống",
    "prepare": "tạo hoặc nâng cấp dữ liệu, nạp lịch làm việc kèm phần mềm",
}
READER_GONE: Final = 128 + 13  # as a shell says of a program stopped by SIGPIPE

DESCRIPTION: Final = "Một Cửa: phần mềm cho bộ phận tiếp nhận và trả kết quả."
EXAMPLES: Final = """ví dụ:
  motcua demo
  motcua due 2021-03-17T08:03 "3 working_day"
  motcua report summary --from 2020-01-01 --to 2021-03-17 --format csv
  motcua verify --home /srv/motcua

Mỗi lệnh nhận --home THƯ_MỤC (mặc định: var/ của bản cài). "motcua LỆNH --help" nói thêm.
"""
HOME_HELP: Final = "thư mục dữ liệu: cơ sở dữ liệu, tệp và khóa (mặc định: var/ của bản cài)"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        _speak_vietnamese(stream)
    try:
        try:
            return _chosen(words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has enough, as in `motcua report … | head`.
        _write_nowhere()
        return READER_GONE
    except OSError as problem:
        _write_nowhere()
        where = f" {problem.filename}" if problem.filename else ""
        print(f"motcua: không làm xong{where}: {troubles.of_machine(problem)}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("Đã dừng.", file=sys.stderr)
        return 130


def _speak_vietnamese(stream: object) -> None:
    """Let a stream take every sign, whatever the machine's locale."""
    if isinstance(stream, TextIOWrapper):
        # A name of a file that is not of the locale is printed byte for byte as it was typed.
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _write_nowhere() -> None:
    """Let what is still to be written vanish: there is nobody, or no room, to take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _chosen(arguments: list[str]) -> int:
    words, home = _without_home(arguments)
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        print(f"motcua: không có lệnh {name!r}. Xem: motcua --help", file=sys.stderr)
        return WRONG
    if name == "due":
        from motcua.due import run  # noqa: PLC0415 - needs no Django, and starts at once

        return run(rest)
    try:
        if home is not None:
            choose(home)
        return _run(name, rest)
    except (HomeUnusable, CannotListen, ClockWrong) as problem:
        print(f"motcua {name}: {problem}", file=sys.stderr)
        return WRONG


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:{width}}  {words}" for name, words in COMMANDS.items())
    return f"{DESCRIPTION}\n\ncách dùng: motcua LỆNH [tùy chọn]\n\nlệnh:\n{lines}\n\n{EXAMPLES}"


def _without_home(words: list[str]) -> tuple[list[str], str | None]:
    """Take --home out of the words: the settings read it before any command does."""
    parser = Parser(prog="motcua", add_help=False)
    parser.add_argument("--home")
    found, rest = parser.parse_known_args(words)
    return rest, found.home


def _run(name: str, words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        import django  # noqa: PLC0415 - only these commands pay for it

        django.setup()
    except OSError as problem:
        why = f"{problem.filename}: {troubles.of_machine(problem)}"
        raise HomeUnusable(f"không dùng được thư mục dữ liệu {why}") from None
    except ValueError as problem:  # an environment variable the settings cannot read
        raise HomeUnusable(f"không đọc được {problem}") from None
    from django.core.management import (  # noqa: PLC0415
        CommandError,
        get_commands,
        load_command_class,
    )
    from django.db import OperationalError  # noqa: PLC0415

    command = load_command_class(get_commands()[name], name)
    options = vars(parser_of(name, command).parse_args(words))
    del options["home"]
    now()  # a clock set wrongly is said before anything is done
    prepare()
    try:
        command.execute(**_plain(), **options)
    except CommandError as problem:
        print(f"motcua {name}: {problem}", file=sys.stderr)
        return problem.returncode
    except OperationalError as problem:
        print(f"motcua {name}: không làm xong: {troubles.of_database(problem)}", file=sys.stderr)
        return WRONG
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0


def parser_of(name: str, command: Any) -> Parser:
    """Return what reads the words after the name of this Django command."""
    parser = Parser(
        prog=f"motcua {name}", description=command.help, epilog=getattr(command, "examples", None)
    )
    command.add_arguments(parser)
    parser.add_argument("--home", metavar="THƯ_MỤC", help=HOME_HELP)
    return parser


def _plain() -> dict[str, Any]:
    """Return what Django adds to every command: plain text, a short word of an error."""
    return {
        "verbosity": 1,
        "traceback": False,
        "no_color": True,
        "force_color": False,
        "skip_checks": True,
    }


if __name__ == "__main__":
    sys.exit(main())
