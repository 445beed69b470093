"""Find the hand-over lines whose papers did not arrive without reading all of them.

Why:   the counter looks for them on every visit to its hand-over page; the lines of all the years
       were read for the few that carry a note.
Size:  no rows change; the index holds only lines with a note.
Locks: writing lines waits while the index is made; lines are few.
Undo:  the reverse drops the index; no data is lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_dossiers_are_sealed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handoverline",
            index=models.Index(
                condition=models.Q(("note", ""), _negated=True),
                fields=["dossier"],
                name="hand_over_line_missing",
            ),
        ),
    ]
