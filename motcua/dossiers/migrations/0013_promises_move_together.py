"""List the dossiers whose promises one change moves, for a leader to approve.

Why:   a new calendar, and days on which nobody could work, move many promises by one decision.
Size:  three new tables, empty.
Locks: nothing that is in use.
Undo:  the reverse drops the lists; what they did to each dossier stays in its events.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_calendars_are_drafted"),
        ("dossiers", "0012_every_road"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromiseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("calendar", "Lịch làm việc mới"),
                            ("force_majeure", "Bất khả kháng"),
                        ],
                        max_length=16,
                        verbose_name="loại",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("proposed", "Chờ lãnh đạo duyệt"),
                            ("approved", "Đã duyệt"),
                            ("cancelled", "Đã hủy"),
                        ],
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần ghi")),
                (
                    "edition",
                    models.PositiveIntegerField(null=True, verbose_name="lịch công bố lần"),
                ),
                ("excused_from", models.DateTimeField(null=True, verbose_name="không tính từ")),
                ("excused_until", models.DateTimeField(null=True, verbose_name="không tính đến")),
                ("reason", models.CharField(max_length=255, verbose_name="lý do")),
                ("legal_basis", models.CharField(max_length=255, verbose_name="căn cứ")),
                ("listed_at", models.DateTimeField(verbose_name="lập danh sách lúc")),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="trình lúc")),
                (
                    "returned_note",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do chuyển lại"),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="duyệt lúc")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="hủy lúc")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "calendar_draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promise_changes",
                        to="agencies.calendardraft",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "units",
                    models.ManyToManyField(
                        related_name="promise_changes", to="agencies.onestopunit"
                    ),
                ),
            ],
            options={
                "verbose_name": "điều chỉnh hẹn trả",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PromiseMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_due_at", models.DateTimeField(verbose_name="hẹn cũ")),
                ("new_due_at", models.DateTimeField(null=True, verbose_name="hẹn mới")),
                (
                    "old_step_due_at",
                    models.DateTimeField(null=True, verbose_name="bước phải xong cũ"),
                ),
                (
                    "new_step_due_at",
                    models.DateTimeField(null=True, verbose_name="bước phải xong mới"),
                ),
                (
                    "listed_due_at",
                    models.DateTimeField(null=True, verbose_name="hẹn mới khi lập danh sách"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("listed", "Trong danh sách"),
                            ("applied", "Đã đổi hẹn"),
                            ("recounted", "Tính lại khi duyệt"),
                            ("added", "Thêm khi duyệt"),
                            ("left_out", "Không đổi hẹn nữa"),
                        ],
                        max_length=12,
                        verbose_name="kết quả",
                    ),
                ),
                (
                    "event_position",
                    models.PositiveIntegerField(null=True, verbose_name="sự kiện thứ"),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="dossiers.promisechange",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promise_moves",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.onestopunit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="promisechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["calendar", "force_majeure"])),
                name="promise_change_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("calendar_draft__isnull", False),
                        ("excused_from", None),
                        ("excused_until", None),
                        ("kind", "calendar"),
                    ),
                    models.Q(
                        ("calendar_draft", None),
                        ("edition", None),
                        ("excused_from__isnull", False),
                        ("excused_until__gt", models.F("excused_from")),
                        ("kind", "force_majeure"),
                    ),
                    _connector="OR",
                ),
                name="promise_change_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("proposed_at__isnull", False),
                        ("status", "approved"),
                    ),
                    models.Q(
                        ("status__in", ["draft", "proposed", "cancelled"]),
                        ("approved_at", None),
                        ("approved_by", None),
                        ("edition", None),
                    ),
                    _connector="OR",
                ),
                name="promise_change_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["draft", "proposed"])),
                fields=("calendar_draft",),
                name="promise_change_one_live_of_a_draft",
            ),
        ),
        migrations.AddIndex(
            model_name="promisemove",
            index=models.Index(
                fields=["change", "unit", "old_due_at"], name="promise_move_by_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisemove",
            constraint=models.UniqueConstraint(
                fields=("change", "dossier"), name="promise_move_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["listed", "applied", "recounted", "added", "left_out"])
                ),
                name="promise_move_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("event_position__isnull", False),
                        ("outcome__in", ["applied", "recounted", "added"]),
                    ),
                    models.Q(("event_position", None), ("outcome__in", ["listed", "left_out"])),
                    _connector="OR",
                ),
                name="promise_move_done_names_its_act",
            ),
        ),
    ]
