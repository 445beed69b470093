"""motcua calendar load | show"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.agencies.models import Calendar
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.clock import now
from motcua.domain import spoken


class Command(BaseCommand):
    help = "load: công bố lịch kèm phần mềm thành một lần mới; show: in lịch đang dùng."
    examples = "ví dụ:\n  motcua calendar show\n  motcua calendar load --home /srv/motcua"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "act", choices=["load", "show"], metavar="load|show", help="công bố, hay in lịch"
        )

    def handle(self, **options: Any) -> None:
        if options["act"] == "load":
            made = publish_calendar(shipped_calendar(), at=now(), note="Lịch kèm phần mềm")
            self.stdout.write(f"{made}: {made.days.count()} ngày nghỉ và làm bù")
            return
        latest = Calendar.objects.order_by("-edition").first()
        if latest is None:
            self.stdout.write("Chưa công bố lịch nào. Chạy: motcua calendar load")
            return
        self.stdout.write(str(latest))
        for year in latest.years.order_by("year"):
            self.stdout.write(f"{year.year}{' (tạm thời)' if year.provisional else ''}")
        for day in latest.days.order_by("day"):
            hours = f", {day.hours}" if day.hours else ""
            self.stdout.write(
                f"{spoken.weekday(day.day)}  {day.get_kind_display()}{hours}  {day.name}"
                f" — {day.source}"
            )
