"""Keep when a procedure was used last before the day of its last use.

Why:   the digits of the procedures at hand follow the order a day begins with, and stay all day.
Size:  one empty column; a row for each officer and procedure.
Locks: the table for an instant.
Undo:  the reverse drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_papers_may_be_shown")]

    operations = [
        migrations.AddField(
            model_name="procedureuse",
            name="used_before_at",
            field=models.DateTimeField(null=True, verbose_name="lần cuối trước ngày đó"),
        )
    ]
