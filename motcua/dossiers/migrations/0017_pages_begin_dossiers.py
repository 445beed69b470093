"""Remember which reception page a dossier not yet accepted came from.

Why:   a page sent twice brings one dossier, also when it is not accepted and gets no receipt.
Size:  one table, empty.
Locks: none that anybody waits for.
Undo:  the reverse drops the table.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_absences_and_substitutes"),
        ("dossiers", "0016_opinions_are_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField(unique=True, verbose_name="dấu của trang tiếp nhận")),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page_sent",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
            ],
            options={"verbose_name": "trang đã gửi"},
        ),
    ]
