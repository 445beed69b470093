"""Give the rows every road a dossier can take: notices to the applicant, dossiers brought and not
yet accepted, promises counted anew, announced dates.

Why:   requests for papers, refusals and apologies are drafted, approved and sent; a dossier not
       accepted stands in no register; a later calendar moves open promises.
Size:  no rows change; two tables and two small indexes come; SQLite makes the tables of dossiers
       and events anew, PostgreSQL reads them once to prove their constraints.
Locks: the tables of dossiers and events while that lasts.
Undo:  the reverse drops notices and the new columns; it refuses while a dossier without a place in
       the register, or an event of a new act, is written.
"""

import django.db.models.deletion
from django.db import migrations, models

from motcua.dossiers.migrations._guards import raise_guards


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_given_passwords_are_changed"),
        ("catalogue", "0005_steps_may_fork"),
        ("dossiers", "0011_keys_stay_for_a_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                            ("supplement", "Yêu cầu bổ sung, hoàn thiện hồ sơ"),
                            ("refusal", "Từ chối tiếp nhận hồ sơ"),
                            ("payment", "Thông báo nghĩa vụ tài chính"),
                            ("extension", "Xin lỗi và đề nghị gia hạn"),
                            ("apology", "Xin lỗi và hẹn lại ngày trả kết quả"),
                            ("stop", "Thông báo dừng giải quyết hồ sơ"),
                            ("withdrawal", "Thông báo về việc rút hồ sơ"),
                        ],
                        max_length=12,
                        verbose_name="loại văn bản",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("approved", "Đã duyệt, chờ gửi"),
                            ("sent", "Đã gửi"),
                            ("cancelled", "Đã hủy"),
                        ],
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần ghi")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="lần thứ")),
                (
                    "reason_code",
                    models.CharField(blank=True, max_length=30, verbose_name="mã lý do"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("guidance", models.TextField(blank=True, verbose_name="hướng dẫn")),
                ("answer_by", models.DateField(null=True, verbose_name="thực hiện trước ngày")),
                ("new_due_at", models.DateTimeField(null=True, verbose_name="hẹn lại")),
                (
                    "responsible_step",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="bước chịu trách nhiệm"
                    ),
                ),
                ("amount", models.PositiveIntegerField(null=True, verbose_name="số tiền (đồng)")),
                ("drafted_at", models.DateTimeField(verbose_name="soạn lúc")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="duyệt lúc")),
                (
                    "approval_note",
                    models.CharField(blank=True, max_length=500, verbose_name="ý kiến duyệt"),
                ),
                (
                    "returned_note",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do chuyển lại"),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="gửi lúc")),
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
                        verbose_name="cách gửi",
                    ),
                ),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="hủy lúc")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do hủy"),
                ),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="năm")),
                ("position", models.PositiveIntegerField(null=True, verbose_name="số")),
            ],
            options={
                "verbose_name": "văn bản gửi người nộp",
                "ordering": ["dossier_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoticeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("name", models.CharField(max_length=300, verbose_name="tên giấy tờ")),
                (
                    "flaw",
                    models.CharField(
                        choices=[
                            ("sufficient", "Đủ"),
                            ("missing", "Thiếu"),
                            ("wrong", "Chưa đúng"),
                            ("shown", "Đã xem, trả lại ngay"),
                        ],
                        max_length=12,
                        verbose_name="đánh dấu",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                (
                    "source_failed",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        verbose_name="vì sao không lấy từ dữ liệu có sẵn",
                    ),
                ),
            ],
            options={
                "ordering": ["notice_id", "position"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_action_is_known",
        ),
        migrations.AddField(
            model_name="dossier",
            name="announced_at",
            field=models.DateTimeField(null=True, verbose_name="hẹn lại trong thư xin lỗi"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="counted_edition",
            field=models.PositiveIntegerField(null=True, verbose_name="hẹn tính lại theo lịch lần"),
        ),
        migrations.AddField(
            model_name="dossierevent",
            name="edition",
            field=models.PositiveIntegerField(null=True, verbose_name="lịch công bố lần"),
        ),
        migrations.AddField(
            model_name="dossierevent",
            name="excused_from",
            field=models.DateTimeField(null=True, verbose_name="không tính từ"),
        ),
        migrations.AddField(
            model_name="dossierevent",
            name="excused_until",
            field=models.DateTimeField(null=True, verbose_name="không tính đến"),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="register_position",
            field=models.PositiveIntegerField(null=True, verbose_name="số thứ tự trong sổ"),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="register_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="sổ năm"),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("submit", "Nộp hồ sơ"),
                    ("receive", "Tiếp nhận"),
                    ("refuse", "Từ chối tiếp nhận"),
                    ("request_supplement", "Yêu cầu bổ sung"),
                    ("supplement", "Nhận giấy tờ bổ sung"),
                    ("request_payment", "Yêu cầu thực hiện nghĩa vụ tài chính"),
                    ("pay", "Ghi nhận đã nộp tiền"),
                    ("suspend", "Tạm dừng"),
                    ("resume", "Tiếp tục giải quyết"),
                    ("extend", "Gia hạn"),
                    ("hand_over", "Bàn giao"),
                    ("confirm", "Xác nhận đã nhận hồ sơ giấy"),
                    ("take", "Nhận việc"),
                    ("forward", "Chuyển bước tiếp theo"),
                    ("send_to_step", "Chuyển lại bước trước"),
                    ("propose", "Trình ký"),
                    ("approve", "Phê duyệt"),
                    ("send_back_for_rework", "Yêu cầu làm lại"),
                    ("correct", "Sửa thông tin"),
                    ("issue_result", "Ghi kết quả"),
                    ("return", "Trả kết quả"),
                    ("send_back", "Trả lại hồ sơ"),
                    ("withdraw", "Rút hồ sơ"),
                    ("discontinue", "Dừng giải quyết"),
                    ("hand_back", "Trả lại giấy tờ"),
                    ("apologise", "Xin lỗi và hẹn lại"),
                    ("consult", "Lấy ý kiến"),
                    ("remind", "Nhắc trả lời ý kiến"),
                    ("reply", "Trả lời ý kiến"),
                    ("assign", "Phân công"),
                    ("recall", "Thu hồi"),
                    ("recalculate", "Tính lại ngày hẹn theo lịch mới"),
                    ("excuse", "Không tính thời gian bất khả kháng"),
                ],
                max_length=24,
                verbose_name="hành động",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("state__in", ["submitted", "incomplete"])),
                fields=["unit", "submitted_at"],
                name="dossier_not_yet_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_at", None), ("register_position", None), ("register_year", None)
                    ),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("register_position__isnull", False),
                        ("register_year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dossier_stands_in_the_register_once_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "submit",
                            "receive",
                            "refuse",
                            "request_supplement",
                            "supplement",
                            "request_payment",
                            "pay",
                            "suspend",
                            "resume",
                            "extend",
                            "hand_over",
                            "confirm",
                            "take",
                            "forward",
                            "send_to_step",
                            "propose",
                            "approve",
                            "send_back_for_rework",
                            "correct",
                            "issue_result",
                            "return",
                            "send_back",
                            "withdraw",
                            "discontinue",
                            "hand_back",
                            "apologise",
                            "consult",
                            "remind",
                            "reply",
                            "assign",
                            "recall",
                            "recalculate",
                            "excuse",
                        ],
                    )
                ),
                name="event_action_is_known",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="cancelled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="drafted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="event",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice",
                to="dossiers.dossierevent",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="sent_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="agencies.onestopunit",
            ),
        ),
        migrations.AddField(
            model_name="noticeitem",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="dossiers.notice",
            ),
        ),
        migrations.AddField(
            model_name="noticeitem",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asked_for",
                to="dossiers.paper",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("status__in", ["draft", "approved"])),
                fields=["unit", "drafted_at"],
                name="notice_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "supplement",
                            "refusal",
                            "payment",
                            "extension",
                            "apology",
                            "stop",
                            "withdrawal",
                        ],
                    )
                ),
                name="notice_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", False),
                        ("event__isnull", False),
                        ("position__isnull", False),
                        ("sent_at__isnull", False),
                        ("sent_by__isnull", False),
                        ("status", "sent"),
                        ("year__isnull", False),
                    ),
                    models.Q(
                        ("event", None),
                        ("position", None),
                        ("sent_at", None),
                        ("sent_by", None),
                        ("status__in", ["draft", "approved", "cancelled"]),
                        ("year", None),
                    ),
                    _connector="OR",
                ),
                name="notice_sent_has_its_number_and_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at__isnull", False), ("status", "cancelled")),
                    models.Q(
                        models.Q(("status", "cancelled"), _negated=True),
                        ("cancelled_at", None),
                        ("cancelled_by", None),
                    ),
                    _connector="OR",
                ),
                name="notice_cancelled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["draft", "approved"])),
                fields=("dossier", "kind"),
                name="notice_one_live_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("unit", "kind", "year", "position"), name="notice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(
                fields=("notice", "position"), name="notice_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("flaw__in", ["missing", "wrong"])),
                name="notice_item_names_a_flaw",
            ),
        ),
        migrations.RunPython(raise_guards, migrations.RunPython.noop),
    ]
