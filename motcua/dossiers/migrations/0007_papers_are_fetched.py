"""Keep who fetched the papers of a dossier that ended unsettled.

Why:   such papers lay at the counter and no act said who took them.
Size:  no rows change, a small index of dossiers comes; SQLite makes the event table anew, PostgreSQL reads it once to prove the
       list of acts again.
Locks: the event table while that lasts; new hand-backs wait for nothing else.
Undo:  the reverse drops who fetched what; it refuses while an event of that act is written.
"""

import django.db.models.deletion
from django.db import migrations, models

from motcua.dossiers.migrations._guards import raise_guards


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_threshold_is_a_time"),
        ("dossiers", "0006_events_are_read_by_their_dossier"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("collector_name", models.CharField(max_length=255, verbose_name="người nhận")),
                (
                    "collector_id",
                    models.CharField(max_length=20, verbose_name="số định danh người nhận"),
                ),
                (
                    "collector_note",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="giấy tờ, quan hệ của người nhận"
                    ),
                ),
            ],
            options={
                "verbose_name": "trả lại giấy tờ",
            },
        ),
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_action_is_known",
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
                ],
                max_length=24,
                verbose_name="hành động",
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
                        ],
                    )
                ),
                name="event_action_is_known",
            ),
        ),
        migrations.AddField(
            model_name="handback",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_back",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="handback",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_back",
                to="dossiers.dossierevent",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["unit", "ended_at"],
                name="dossier_ended_unsettled",
                condition=models.Q(("state__in", ["sent_back", "withdrawn", "discontinued"])),
            ),
        ),
        migrations.RunPython(raise_guards, migrations.RunPython.noop),
    ]
