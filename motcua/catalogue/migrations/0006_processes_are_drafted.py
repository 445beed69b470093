"""Let the process of a procedure be drafted, ask questions and say whom its steps consult.

Why:   processes are edited on screen and published as new versions; who did so and when is kept.
Size:  four columns, empty for what was published before; one new table, empty.
Locks: the tables of versions and of steps for a moment.
Undo:  the reverse drops them; questions of processes published since are lost, so look first.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_given_passwords_are_changed"),
        ("catalogue", "0005_steps_may_fork"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="công bố lúc"),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
                verbose_name="người đăng",
            ),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="questions",
            field=models.JSONField(blank=True, default=list, verbose_name="câu hỏi"),
        ),
        migrations.AddField(
            model_name="processstep",
            name="consulted",
            field=models.JSONField(blank=True, default=list, verbose_name="cơ quan hỏi ý kiến"),
        ),
        migrations.CreateModel(
            name="ProcessDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField(verbose_name="nội dung")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="lần ghi")),
                ("changed_at", models.DateTimeField(verbose_name="sửa lúc")),
                (
                    "based_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.procedureversion",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                        verbose_name="người sửa",
                    ),
                ),
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="process_draft",
                        to="catalogue.procedure",
                    ),
                ),
            ],
            options={"verbose_name": "quy trình đang soạn"},
        ),
    ]
