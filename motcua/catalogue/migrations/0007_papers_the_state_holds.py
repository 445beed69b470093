"""Say of each required paper in which published database the State already holds it.

Why:   what a database holds is not asked for again, unless it fails or is wrong (Decree 309/2026
       amending Decree 118/2025 art. 4 and 17).
Size:  one column; papers published before are all the applicant's to bring.
Locks: the table of required papers for a moment.
Undo:  the reverse drops the column; papers marked so are asked for again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_processes_are_drafted")]

    operations = [
        migrations.AddField(
            model_name="requireddocument",
            name="state_source",
            field=models.CharField(blank=True, max_length=255, verbose_name="Nhà nước đã có, tại"),
        ),
    ]
