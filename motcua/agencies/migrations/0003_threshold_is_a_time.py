"""Say the default threshold as a time, not as its text.

Why:   a row used straight after it was made held the text, which no rule can compare.
Size:  no rows are touched; the default lives in Python.
Locks: nothing on PostgreSQL; SQLite makes the table anew.
Undo:  nothing to undo.
"""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_hours_of_a_make_up_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="onestopunit",
            name="hand_over_threshold",
            field=models.TimeField(
                default=datetime.time(15, 0), verbose_name="chuyển trong ngày nếu nhận đến"
            ),
        ),
    ]
