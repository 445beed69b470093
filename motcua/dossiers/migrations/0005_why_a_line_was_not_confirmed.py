"""Let a line of a hand-over list say why its dossier did not arrive with the others.

Why:   a receiver confirms a list with exceptions; each exception is written down with its reason.
Size:  one empty text per line of a list.
Locks: the hand-over lines, while the column is added.
Undo:  the reverse drops the column with the reasons in it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_guards_again")]

    operations = [
        migrations.AddField(
            model_name="handoverline",
            name="note",
            field=models.CharField(
                blank=True, default="", max_length=255, verbose_name="chưa nhận được vì"
            ),
        ),
    ]
