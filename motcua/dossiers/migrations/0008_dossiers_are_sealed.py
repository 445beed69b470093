"""Seal every dossier over the rows that its events do not speak of.

Why:   receipts, cash, files, corrections and hand-over lists could be changed behind the product's
       back without `verify` naming the dossier.
Size:  64 characters on each dossier; those of a district's year are sealed in seconds. What is
       stored on the day of the migration is what counts as unchanged from then on. Who lets a
       seal cover more makes all of them anew in a migration of its own, and takes that out here.
Locks: the dossiers, while the column is added and they are sealed.
Undo:  the reverse drops the column; no other data is lost. No guarded table is touched.
"""

from django.db import migrations, models

from motcua.dossiers.seals import stored_seals

AT_ONCE = 1000


def seal_all(apps, schema_editor):
    """Seal each dossier as its rows are stored now."""
    Dossier = apps.get_model("dossiers", "Dossier")
    keys = list(Dossier.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        dossiers = Dossier.objects.filter(pk__range=(part[0], part[-1]))
        Dossier.objects.bulk_update(
            [Dossier(pk=key, seal=seal) for key, seal in stored_seals(dossiers).items()], ["seal"]
        )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_papers_are_fetched")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="seal",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="dấu hồ sơ",
            ),
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
