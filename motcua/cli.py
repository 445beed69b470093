"""The command `motcua`: one word, then what Django's commands do."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

DESCRIPTION: Final = """Một Cửa: phần mềm cho bộ phận tiếp nhận và trả kết quả.

lệnh:
  due       tính ngày hẹn trả, không cần cơ sở dữ liệu
  prepare   tạo hoặc nâng cấp cơ sở dữ liệu, nạp lịch làm việc kèm phần mềm
  verify    dựng lại mọi hồ sơ từ sự kiện và so với những gì đang ghi
  calendar  calendar load | calendar show

ví dụ:
  motcua due 2021-03-17T08:03 "3 working_day"
  motcua verify --home /srv/motcua

Mỗi lệnh nhận --home THƯ_MỤC (mặc định: var/ của bản cài); "motcua LỆNH --help" nói thêm.
"""

COMMANDS: Final = ("prepare", "verify", "calendar")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("-h", "--help"):
        print(DESCRIPTION)
        return 0
    name, rest = words[0], words[1:]
    if name == "due":
        from motcua.due import run  # noqa: PLC0415 - needs no Django, and starts at once

        return run(rest)
    if name not in COMMANDS:
        print(f"motcua: không có lệnh {name!r}. Xem: motcua --help", file=sys.stderr)
        return 2
    return _django([name, *_set_home(rest)])


def _set_home(words: list[str]) -> list[str]:
    """Take --home out of the words and put it into the environment the settings read."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--home", type=Path)
    found, rest = parser.parse_known_args(words)
    if found.home is not None:
        os.environ["MOTCUA_HOME"] = str(found.home.resolve())
    return rest


def _django(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django  # noqa: PLC0415 - only these commands pay for it
    from django.core.management import call_command, execute_from_command_line  # noqa: PLC0415

    django.setup()
    if not {"-h", "--help"} & set(words):
        # A missing or empty home is created and migrated, whatever is asked of it.
        call_command("migrate", verbosity=0, interactive=False)
    try:
        execute_from_command_line(["motcua", *words])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0
