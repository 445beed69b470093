"""motcua verify"""

from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.agencies.queries import calendar_running_out
from motcua.clock import now
from motcua.domain import spoken
from motcua.dossiers.verification import SHOWN, verify
from motcua.gateways.database import name_of_database

DIFFERENT: Final = 1
EXAMPLES: Final = f"""ví dụ:
  motcua verify
  motcua verify --home /srv/motcua && echo "dữ liệu còn nguyên"

In số dòng đã kiểm tra; {SHOWN} khác biệt đầu tiên in ở stderr, mỗi khác biệt có mã số hồ sơ.
Mã thoát: 0 không có khác biệt, 1 có. Có thể chạy trong khi phần mềm đang mở. Dòng cuối nêu cơ
sở dữ liệu đã đọc; nơi chưa có hồ sơ nào thì nói ở stderr: có thể thiếu --home hay DATABASE_URL.
"""


class Command(BaseCommand):
    help = "Dựng lại mọi hồ sơ từ sự kiện, đếm lại mọi sổ, so với những gì đang ghi."
    examples = EXAMPLES

    def handle(self, **options: Any) -> None:
        outcome = verify(settings.FILES)
        for words in outcome.first:
            self.stderr.write(words)
        if outcome.differing > len(outcome.first):
            rest = outcome.differing - len(outcome.first)
            self.stderr.write(f"… và {spoken.whole(rest)} khác biệt nữa")
        database = name_of_database()
        if not outcome.counts.get("hồ sơ"):
            self.stderr.write(f"nơi này chưa có hồ sơ nào: {database}")
        on = now().date()
        ends = calendar_running_out(on)
        if ends is not None:
            self.stderr.write(spoken.calendar_running_out(ends, on))
        counted = ", ".join(
            f"{spoken.whole(number)} {name}" for name, number in outcome.counts.items()
        )
        self.stdout.write(
            f"đã kiểm tra {counted}: {spoken.whole(outcome.differing)} khác biệt, trong {database}"
        )
        if outcome.differing:
            raise SystemExit(DIFFERENT)
