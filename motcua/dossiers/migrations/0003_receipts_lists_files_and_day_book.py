"""Rows for the counter: receipts and their issues, hand-over lists, files, drafts, the day book.

Why:   the reception page, the register and the roll-ups need them; events carry a digest of facts.
Size:  no rows exist yet outside of development homes.
Locks: the dossier, event, party, paper and result tables, while columns are added.
Undo:  the reverse drops the new tables and columns with what they hold.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_first_rows"),
        ("catalogue", "0002_register_book_and_legal_limit"),
        ("dossiers", "0002_what_happened_stays"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="result",
            options={"verbose_name": "kết quả"},
        ),
        migrations.AddField(
            model_name="dossier",
            name="quantity",
            field=models.PositiveIntegerField(default=1, verbose_name="số bản"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="return_channel",
            field=models.CharField(
                choices=[
                    ("counter", "Tại quầy"),
                    ("post", "Bưu chính công ích"),
                    ("electronic", "Bản điện tử"),
                ],
                default="counter",
                max_length=12,
                verbose_name="nhận kết quả",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="step_role",
            field=models.CharField(blank=True, max_length=16, verbose_name="vai trò ở bước"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="subject",
            field=models.CharField(blank=True, max_length=255, verbose_name="nội dung"),
        ),
        migrations.AddField(
            model_name="dossierevent",
            name="facts",
            field=models.CharField(blank=True, max_length=64, verbose_name="dấu nội dung"),
        ),
        migrations.AddField(
            model_name="party",
            name="born_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày sinh"),
        ),
        migrations.AddField(
            model_name="party",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử"),
        ),
        migrations.AddField(
            model_name="party",
            name="sex",
            field=models.CharField(blank=True, max_length=8, verbose_name="giới tính"),
        ),
        migrations.AddField(
            model_name="result",
            name="collector_note",
            field=models.CharField(
                blank=True, max_length=255, verbose_name="giấy tờ, quan hệ của người nhận"
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="channel",
            field=models.CharField(
                choices=[
                    ("in_person", "Trực tiếp"),
                    ("online", "Trực tuyến"),
                    ("post", "Bưu chính công ích"),
                ],
                default="in_person",
                max_length=12,
                verbose_name="hình thức nộp",
            ),
        ),
        migrations.AlterField(
            model_name="paper",
            name="mark",
            field=models.CharField(
                choices=[("sufficient", "Đủ"), ("missing", "Thiếu"), ("wrong", "Chưa đúng")],
                default="sufficient",
                max_length=12,
                verbose_name="đánh dấu",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=60, verbose_name="mục")),
                ("before", models.CharField(blank=True, max_length=255, verbose_name="trước")),
                ("after", models.CharField(blank=True, max_length=255, verbose_name="sau")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dossiers.dossierevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "sửa thông tin",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4, unique=True, verbose_name="dấu của trang tiếp nhận"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="tên")),
                ("content", models.JSONField(default=dict, verbose_name="nội dung đã gõ")),
                ("saved_at", models.DateTimeField(verbose_name="lưu lúc")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="agencies.officer",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="agencies.onestopunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ nháp",
            },
        ),
        migrations.CreateModel(
            name="HandOverList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("position", models.PositiveIntegerField(verbose_name="số")),
                ("made_at", models.DateTimeField(verbose_name="lập lúc")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="xác nhận lúc")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
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
                (
                    "to_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lists",
                        to="agencies.agency",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lists",
                        to="agencies.onestopunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "danh sách bàn giao",
            },
        ),
        migrations.CreateModel(
            name="HandOverLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lines",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "hand_over_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="dossiers.handoverlist",
                    ),
                ),
            ],
            options={
                "ordering": ["hand_over_list_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="ProcedureUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_favourite", models.BooleanField(default=False, verbose_name="ghim")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="số lần")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="lần cuối")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedure_uses",
                        to="agencies.officer",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="catalogue.procedure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("position", models.PositiveIntegerField(verbose_name="số")),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4, unique=True, verbose_name="dấu của trang tiếp nhận"
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="lập lúc")),
                (
                    "counter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.counter",
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
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="agencies.onestopunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "giấy tiếp nhận",
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="receipt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="dossiers.receipt",
                verbose_name="giấy tiếp nhận",
            ),
        ),
        migrations.CreateModel(
            name="ReceiptIssue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="lần")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="dossiers.receipt",
                    ),
                ),
            ],
            options={
                "ordering": ["receipt_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                        choices=[("paper", "Giấy tờ"), ("result", "Kết quả")],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="tên tệp")),
                ("digest", models.CharField(max_length=64, verbose_name="dấu nội dung")),
                ("media_type", models.CharField(max_length=60, verbose_name="định dạng")),
                ("size", models.PositiveIntegerField(verbose_name="số byte")),
                ("pages", models.PositiveSmallIntegerField(default=1, verbose_name="số trang")),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="dossiers.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp đính kèm",
                "ordering": ["dossier_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["paper", "result"])),
                        name="attachment_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DayBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="ngày")),
                ("received", models.PositiveIntegerField(default=0, verbose_name="tiếp nhận")),
                ("early", models.PositiveIntegerField(default=0, verbose_name="trước hạn")),
                ("on_time", models.PositiveIntegerField(default=0, verbose_name="đúng hạn")),
                ("late", models.PositiveIntegerField(default=0, verbose_name="quá hạn")),
                (
                    "sent_back",
                    models.PositiveIntegerField(
                        default=0, verbose_name="kết thúc không giải quyết"
                    ),
                ),
                (
                    "administrative_field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.administrativefield",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_books",
                        to="agencies.onestopunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "sổ ngày",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "administrative_field", "day"), name="day_book_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="handoverlist",
            constraint=models.UniqueConstraint(
                fields=("unit", "year", "position"), name="hand_over_list_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="hand_over_is_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverline",
            constraint=models.UniqueConstraint(
                fields=("hand_over_list", "dossier"), name="hand_over_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureuse",
            constraint=models.UniqueConstraint(
                fields=("officer", "procedure"), name="procedure_use_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("unit", "year", "position"), name="receipt_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptissue",
            constraint=models.UniqueConstraint(
                fields=("receipt", "position"), name="receipt_issue_once"
            ),
        ),
    ]
