"""Say of each step where it may lead and whose work it continues.

Why:   a road may fork by case, and some steps belong to whoever did an earlier one.
Size:  two columns; steps published before lead to the step after them, as they always did.
Locks: the table of steps for a moment.
Undo:  the reverse drops the columns; processes with forks become straight roads, so look first.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_papers_only_shown")]

    operations = [
        migrations.AddField(
            model_name="processstep",
            name="outcomes",
            field=models.JSONField(blank=True, default=list, verbose_name="hướng đi tiếp"),
        ),
        migrations.AddField(
            model_name="processstep",
            name="same_as",
            field=models.CharField(blank=True, max_length=30, verbose_name="cùng người với bước"),
        ),
    ]
