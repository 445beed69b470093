"""motcua report summary"""

import csv
import json
from collections.abc import Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.arguments import WRONG, day, instant
from motcua.domain.calendar import midnight
from motcua.dossiers.models import Dossier
from motcua.gateways.database import name_of_database
from motcua.reports.queries import PeriodEmpty, Row, Summary, UnitUnknown, summary

COLUMNS: Final = (
    "received",
    "carried_in",
    "settled",
    "early",
    "on_time",
    "in_time",
    "late",
    "open",
    "open_within",
    "open_overdue",
    "open_suspended",
    "sent_back",
)
EXAMPLES: Final = """ví dụ:
  motcua report summary --from 2020-01-01 --to 2021-03-17
  motcua report summary --from 2021-01-01 --to 2021-03-31 --at 2021-02-28T17:00 --format csv
  motcua report summary --from 2021-03-01 --to 2021-03-17 --unit 13891 --home /srv/motcua
"""


class Command(BaseCommand):
    help = "Số liệu giải quyết hồ sơ, đếm từ từng hồ sơ."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="summary")
        kind = kinds.add_parser(
            "summary",
            help="tiếp nhận, đã giải quyết, đang giải quyết trong một kỳ",
            description="Số hồ sơ theo cấp, theo bộ phận một cửa và theo lĩnh vực.",
            epilog=EXAMPLES,
        )
        for name, words in (("from", "từ ngày"), ("to", "đến hết ngày")):
            kind.add_argument(
                f"--{name}", type=day, required=True, metavar="NGÀY", help=f"{words}, YYYY-MM-DD"
            )
        kind.add_argument(
            "--at",
            type=instant,
            metavar="LÚC",
            help="tình trạng tại lúc này, YYYY-MM-DDTHH:MM "
            "(mặc định: hết ngày --to, hoặc sự kiện cuối nếu sớm hơn)",
        )
        kind.add_argument("--unit", metavar="MÃ", help="chỉ bộ phận một cửa của mã đơn vị này")
        kind.add_argument(
            "--format", choices=("json", "csv"), default="json", help="json (mặc định) hoặc csv"
        )

    def handle(self, **options: Any) -> None:
        first, last, at = options["from"], options["to"], options["at"]
        if at is not None and first <= last and at < midnight(first):
            raise CommandError(
                f"--at {at:%Y-%m-%dT%H:%M} trước --from {first}: khi ấy kỳ chưa bắt đầu, "
                "chưa có gì để đếm. Chọn --at từ ngày --from trở đi",
                returncode=WRONG,
            )
        try:
            found = summary(first, last, at, options["unit"])
        except PeriodEmpty:
            raise CommandError(
                f"--from {first} sau --to {last}: đổi lại hai ngày", returncode=WRONG
            ) from None
        except UnitUnknown as problem:
            raise CommandError(
                f"không có bộ phận một cửa nào của mã đơn vị {problem.code!r}", returncode=WRONG
            ) from None
        if not Dossier.objects.exists():
            self.stderr.write(f"nơi này chưa có hồ sơ nào: {name_of_database()}")
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            out = csv.writer(self.stdout, lineterminator="\n")
            out.writerow(("group", "code", "name", *COLUMNS))
            out.writerows(as_table(found))


def as_json(found: Summary) -> dict[str, Any]:
    """Return the summary as `--format json` prints it."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "at": found.at.isoformat(),
        "total": _figures(found.total),
        "by_level": [_figures(row) for row in found.by_level],
        "by_unit": [_figures(row) for row in found.by_unit],
        "by_field": [_figures(row) for row in found.by_field],
    }


def as_table(found: Summary) -> Iterator[tuple[object, ...]]:
    """Yield the lines of `--format csv`, the total first."""
    groups = (
        ("total", (found.total,)),
        ("level", found.by_level),
        ("unit", found.by_unit),
        ("field", found.by_field),
    )
    for group, rows in groups:
        for row in rows:
            yield (group, *_figures(row).values())


def _figures(row: Row) -> dict[str, object]:
    figures = {name: getattr(row.tally, name) for name in COLUMNS}
    return {"code": row.code, "name": row.name, **figures}
