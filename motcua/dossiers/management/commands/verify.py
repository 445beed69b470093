"""motcua verify"""

from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.domain import spoken
from motcua.dossiers.verification import SHOWN, verify

DIFFERENT: Final = 1
EXAMPLES: Final = f"""ví dụ:
  motcua verify
  motcua verify --home /srv/motcua && echo "dữ liệu còn nguyên"

In số dòng đã kiểm tra; {SHOWN} khác biệt đầu tiên in ở stderr, mỗi khác biệt có mã số hồ sơ.
Mã thoát: 0 không có khác biệt, 1 có. Có thể chạy trong khi phần mềm đang mở.
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
        counted = ", ".join(
            f"{spoken.whole(number)} {name}" for name, number in outcome.counts.items()
        )
        self.stdout.write(f"đã kiểm tra {counted}: {spoken.whole(outcome.differing)} khác biệt")
        if outcome.differing:
            raise SystemExit(DIFFERENT)
