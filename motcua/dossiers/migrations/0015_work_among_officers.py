"""Keep in whose name a deputy acted, and what officers note, tell the applicant and go to see.

Why:   acts for an absent colleague name both; notes, messages and field inspections are evidence.
Size:  four new tables, empty; one empty column of the events.
Locks: the event table for an instant; the guards are made anew.
Undo:  the reverse drops notes, messages and inspections, and the names acts were done in.
"""

import django.db.models.deletion
from django.db import migrations, models

from motcua.dossiers.migrations._guards import raise_guards


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_absences_and_substitutes"),
        ("dossiers", "0014_questions_are_answered"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierevent",
            name="for_officer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
                verbose_name="thay cho",
            ),
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step_code", models.CharField(max_length=30, verbose_name="bước")),
                ("place", models.CharField(max_length=255, verbose_name="địa điểm")),
                ("starts_at", models.DateTimeField(verbose_name="từ")),
                ("ends_at", models.DateTimeField(verbose_name="đến")),
                ("participants", models.TextField(blank=True, verbose_name="thành phần mời")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Đã hẹn"),
                            ("held", "Đã kiểm tra"),
                            ("cancelled", "Đã hủy"),
                        ],
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("planned_at", models.DateTimeField(verbose_name="hẹn lúc")),
                ("minutes", models.TextField(blank=True, verbose_name="biên bản")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do hủy"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(null=True, verbose_name="ghi biên bản hoặc hủy lúc"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="agencies.agency",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "minutes_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.attachment",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "buổi kiểm tra thực địa",
                "ordering": ["dossier_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Inspector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspectors",
                        to="dossiers.inspection",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="agencies.officer",
                    ),
                ),
            ],
            options={
                "ordering": ["inspection_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="InternalNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("text", models.TextField(verbose_name="nội dung")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="internal_notes",
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
            options={
                "verbose_name": "ghi chú nội bộ",
                "ordering": ["dossier_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ApplicantMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("text", models.TextField(verbose_name="nội dung")),
                (
                    "delivery",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("counter", "Trao tại quầy"),
                            ("post", "Gửi bưu chính"),
                            ("email", "Gửi thư điện tử"),
                            ("phone", "Báo qua điện thoại"),
                        ],
                        max_length=12,
                        verbose_name="đã báo thêm bằng",
                    ),
                ),
                (
                    "first_read_at",
                    models.DateTimeField(null=True, verbose_name="người nộp đọc lần đầu lúc"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applicant_messages",
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
            options={
                "verbose_name": "tin nhắn cho người nộp",
                "ordering": ["dossier_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivery", ""),
                            ("delivery__in", ["counter", "post", "email", "phone"]),
                            _connector="OR",
                        ),
                        name="message_delivery_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_read_at", None),
                            ("first_read_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="message_is_read_after_it_is_written",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["agency", "starts_at"], name="inspection_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "held", "cancelled"])),
                name="inspection_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="inspection_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancel_reason", ""),
                        ("closed_at", None),
                        ("closed_by", None),
                        ("minutes", ""),
                        ("minutes_file", None),
                        ("status", "planned"),
                    ),
                    models.Q(
                        ("cancel_reason", ""),
                        ("closed_by__isnull", False),
                        ("status", "held"),
                        ("closed_at__isnull", False),
                        models.Q(("minutes", ""), _negated=True),
                    ),
                    models.Q(
                        ("minutes", ""),
                        ("minutes_file", None),
                        ("status", "cancelled"),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_says_how_it_was_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "planned")),
                fields=("dossier",),
                name="inspection_one_planned",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspector",
            constraint=models.UniqueConstraint(
                fields=("inspection", "officer"), name="inspector_once"
            ),
        ),
        migrations.RunPython(raise_guards, migrations.RunPython.noop),
    ]
