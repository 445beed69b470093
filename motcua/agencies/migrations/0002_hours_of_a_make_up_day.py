"""Opening hours of its own for a make-up day.

Why:   some notices make up for a swapped day with a morning only.
Size:  a few days a year and edition; the rows there keep Monday's hours.
Locks: that table, while the column and its constraint are added.
Undo:  the reverse drops both; editions that used hours of their own then read as Mondays.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_first_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarday",
            name="hours",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="giờ làm việc riêng"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "make_up"), ("hours", ""), _connector="OR"),
                name="calendar_day_off_has_no_hours",
            ),
        ),
    ]
