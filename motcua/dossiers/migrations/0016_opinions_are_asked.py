"""Keep what other agencies are asked, and which files go with an act.

Why:   an agency lists what it was asked and by when; reading every event for that is too slow.
Size:  two new tables, empty: nobody was asked so far.
Locks: nothing that is in use.
Undo:  the reverse drops both; questions and answers stay in the events.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_absences_and_substitutes"),
        ("dossiers", "0015_work_among_officers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosure",
                        to="dossiers.attachment",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosures",
                        to="dossiers.dossierevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp kèm theo",
            },
        ),
        migrations.CreateModel(
            name="OpinionAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("step", models.CharField(max_length=30, verbose_name="bước")),
                ("asked_at", models.DateTimeField(verbose_name="hỏi lúc")),
                ("reply_by", models.DateTimeField(verbose_name="trả lời trước")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="nhắc lúc")),
                ("replied_at", models.DateTimeField(null=True, verbose_name="trả lời lúc")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="agencies.agency",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "ý kiến đã hỏi",
                "ordering": ["dossier_id", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("replied_at", None)),
                        fields=["agency", "reply_by"],
                        name="opinion_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "position"), name="opinion_asked_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replied_at", None)),
                        fields=("dossier", "agency"),
                        name="opinion_one_open_per_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_at", None),
                            ("replied_at__gte", models.F("asked_at")),
                            _connector="OR",
                        ),
                        name="opinion_answered_after_it_was_asked",
                    ),
                ],
            },
        ),
    ]
