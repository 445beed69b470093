"""motcua prepare"""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.agencies.models import Calendar
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.clock import now


class Command(BaseCommand):
    help = "Chuẩn bị nơi lưu dữ liệu: cơ sở dữ liệu và lịch làm việc. Chạy lại không hại gì."

    def handle(self, **options: Any) -> None:
        if not Calendar.objects.exists():
            publish_calendar(shipped_calendar(), at=now(), note="Lịch kèm phần mềm")
        self.stdout.write("Sẵn sàng.")
