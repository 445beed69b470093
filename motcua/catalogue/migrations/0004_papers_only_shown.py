"""Say of each required paper whether it is only shown: seen at the counter, never kept.

Why:   identity papers that were shown stood on receipts and lists as handed in.
Size:  one column; the papers of versions published before stay as they are, to be handed in.
Locks: the table of required papers for a moment.
Undo:  the reverse drops the column, and with it which papers are only shown.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_threshold_is_a_time")]

    operations = [
        migrations.AddField(
            model_name="requireddocument",
            name="is_shown_only",
            field=models.BooleanField(default=False, verbose_name="chỉ xuất trình"),
        )
    ]
