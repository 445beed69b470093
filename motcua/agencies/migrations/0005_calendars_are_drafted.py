"""Let a new edition of the calendar be prepared on screen before it is published.

Why:   a holiday announced late moves promises; they are listed and approved before it is in force.
Size:  three new tables, empty.
Locks: nothing that is in use.
Undo:  the reverse drops the drafts; published editions stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_given_passwords_are_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True, null=True, unique=True, verbose_name="đang soạn"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần ghi")),
                ("begun_at", models.DateTimeField(verbose_name="bắt đầu soạn lúc")),
                ("changed_at", models.DateTimeField(verbose_name="sửa lúc")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "published",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="agencies.calendar",
                    ),
                ),
            ],
            options={
                "verbose_name": "lịch đang soạn",
            },
        ),
        migrations.CreateModel(
            name="CalendarDraftDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="ngày")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("off", "Ngày nghỉ"),
                            ("make_up", "Ngày làm bù"),
                            ("ordinary", "Ngày thường"),
                        ],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="tên")),
                ("source", models.CharField(blank=True, max_length=255, verbose_name="nguồn")),
                (
                    "hours",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="giờ làm việc riêng"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="agencies.calendardraft",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarDraftYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("provisional", models.BooleanField(default=False, verbose_name="tạm thời")),
                ("source", models.CharField(max_length=255, verbose_name="nguồn")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="years",
                        to="agencies.calendardraft",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="calendardraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_open", None),
                    models.Q(("is_open", True), ("published", None)),
                    _connector="OR",
                ),
                name="calendar_draft_is_open_or_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendardraftday",
            constraint=models.UniqueConstraint(
                fields=("draft", "day"), name="calendar_draft_day_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendardraftday",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["off", "make_up", "ordinary"])),
                name="calendar_draft_day_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendardraftyear",
            constraint=models.UniqueConstraint(
                fields=("draft", "year"), name="calendar_draft_year_once"
            ),
        ),
    ]
