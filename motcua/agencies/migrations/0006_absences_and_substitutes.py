"""Keep who acts for an absent officer, and at which counter a substitute sits.

Why:   an absence left the desk of the absent one to nobody, and takeovers to whoever noticed.
Size:  one new table, empty; one empty column; a row for each assignment.
Locks: the table of assignments for an instant.
Undo:  the reverse drops both; what deputies did stays in the events of the dossiers.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_calendars_are_drafted"),
    ]

    operations = [
        migrations.AddField(
            model_name="roleassignment",
            name="counter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="substitutes",
                to="agencies.counter",
            ),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reception", "Cán bộ tiếp nhận"),
                            ("handler", "Cán bộ thụ lý"),
                            ("approver", "Người ký duyệt"),
                            ("leader", "Lãnh đạo theo dõi"),
                            ("administrator", "Quản trị viên"),
                        ],
                        max_length=16,
                        verbose_name="vai trò",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_until", models.DateField(verbose_name="đến hết ngày")),
                ("reason", models.CharField(max_length=255, verbose_name="lý do")),
                ("set_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="thôi trước hạn lúc")),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="agencies.officer",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="agencies.agency",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to="agencies.officer",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "ủy quyền khi vắng mặt",
                "ordering": ["valid_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("deputy")), _negated=True),
                        name="delegation_is_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="delegation_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role", ""),
                            (
                                "role__in",
                                ["reception", "handler", "approver", "leader", "administrator"],
                            ),
                            _connector="OR",
                        ),
                        name="delegation_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="delegation_is_ended_by_somebody",
                    ),
                ],
            },
        ),
    ]
