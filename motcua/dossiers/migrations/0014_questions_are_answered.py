"""Keep with a dossier what its procedure's questions were answered with.

Why:   the answers decide its road, as its case does.
Size:  one column, empty for what was received before; SQLite makes the table of dossiers anew.
Locks: the table of dossiers while that lasts.
Undo:  the reverse drops the column; dossiers whose road an answer decided cannot be followed then,
       so look first.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_promises_move_together")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="answers",
            field=models.TextField(blank=True, default="", verbose_name="trả lời các câu hỏi"),
        ),
    ]
