"""Drop the indexes of events that nothing reads.

Why:   an event is read by its dossier, which its unique constraint already finds; five further
       indexes cost a third of every write.
Size:  no rows change; SQLite makes the table anew.
Locks: the event table while its indexes go (on SQLite, while it is copied).
Undo:  the reverse makes the indexes again; on SQLite it loses the guards until 0006 runs anew.
"""

import django.db.models.deletion
from django.db import migrations, models

from motcua.dossiers.migrations._guards import raise_guards


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_threshold_is_a_time"),
        ("dossiers", "0005_why_a_line_was_not_confirmed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossierevent",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="to_agency",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="to_officer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.RunPython(raise_guards, migrations.RunPython.noop),
    ]
