"""What an administrator does to offices and calendars."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Calendar, CalendarDay, CalendarYear
from motcua.domain.calendar import WorkingCalendar, write_hours


@transaction.atomic
def publish_calendar(calendar: WorkingCalendar, *, at: datetime, note: str) -> Calendar:
    """Publish a new edition of the whole calendar; earlier editions stay as they are."""
    latest = Calendar.objects.order_by("-edition").first()
    edition = Calendar.objects.create(
        edition=latest.edition + 1 if latest else 1, published_at=at, note=note
    )
    CalendarYear.objects.bulk_create(
        CalendarYear(
            calendar=edition,
            year=year,
            provisional=year in calendar.provisional,
            source=calendar.sources.get(year, ""),
        )
        for year in sorted(calendar.years)
    )
    named = [("off", day) for day in calendar.off] + [("make_up", day) for day in calendar.make_up]
    CalendarDay.objects.bulk_create(
        CalendarDay(
            calendar=edition,
            day=day.day,
            kind=kind,
            name=day.name,
            source=day.source,
            hours=write_hours(day.sessions),
        )
        for kind, day in named
    )
    return edition
