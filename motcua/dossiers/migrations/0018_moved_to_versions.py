"""Let a dossier under way follow a later version of its process.

Why:   whoever administers a process may move open dossiers to the version they have published.
Size:  no rows change; two empty columns, one with an index; SQLite makes the tables of dossiers
       and events anew, PostgreSQL reads the events once to prove their constraint.
Locks: the tables of dossiers and events while that lasts.
Undo:  the reverse refuses while a dossier was moved.
"""

import django.db.models.deletion
from django.db import migrations, models

from motcua.dossiers.migrations._guards import raise_guards


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_absences_and_substitutes"),
        ("catalogue", "0006_processes_are_drafted"),
        ("dossiers", "0017_pages_begin_dossiers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_action_is_known",
        ),
        migrations.AddField(
            model_name="dossier",
            name="followed_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="catalogue.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="dossierevent",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.procedureversion",
            ),
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
                    ("move_to_version", "Chuyển sang quy trình mới"),
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
                            "apologise",
                            "consult",
                            "remind",
                            "reply",
                            "assign",
                            "recall",
                            "recalculate",
                            "excuse",
                            "move_to_version",
                        ],
                    )
                ),
                name="event_action_is_known",
            ),
        ),
        migrations.RunPython(raise_guards, migrations.RunPython.noop),
    ]
