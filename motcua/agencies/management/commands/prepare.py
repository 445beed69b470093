"""motcua prepare"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from motcua.agencies.models import Calendar
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.clock import now


class Command(BaseCommand):
    help = "Chuẩn bị thư mục dữ liệu: cơ sở dữ liệu và lịch làm việc. Chạy lại không hại gì."
    examples = (
        "ví dụ:\n"
        "  motcua prepare --home /srv/motcua\n"
        "  DATABASE_URL=postgresql://motcua@/motcua motcua prepare --home /srv/motcua"
    )

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            if not Calendar.objects.exists():
                publish_calendar(shipped_calendar(), at=now(), note="Lịch kèm phần mềm")
        self.stdout.write(
            f"Sẵn sàng, dữ liệu ở {settings.HOME}. "
            "Dùng thử: motcua demo. Mở cho cơ quan: motcua serve."
        )
