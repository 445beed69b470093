"""Let administrators add reasons for a delay to those the product brings.

Why:   a letter of apology names its reason from a list, so that the public list says why without
       naming anybody (Decree 61/2018 art. 19).
Size:  one small table, empty at first.
Locks: none.
Undo:  the reverse drops the table; letters keep the reason they were sent with.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_papers_the_state_holds")]

    operations = [
        migrations.CreateModel(
            name="AddedDelayReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="mã")),
                ("sentence", models.CharField(max_length=255, verbose_name="câu")),
                (
                    "answerable",
                    models.CharField(
                        choices=[
                            ("office", "Cơ quan giải quyết"),
                            ("other_agency", "Cơ quan khác"),
                            ("applicant", "Người nộp"),
                            ("nobody", "Không do ai"),
                        ],
                        max_length=12,
                        verbose_name="trách nhiệm",
                    ),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="còn dùng")),
            ],
            options={
                "verbose_name": "lý do chậm",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answerable__in", ["office", "other_agency", "applicant", "nobody"])
                        ),
                        name="delay_reason_answerable_is_known",
                    )
                ],
            },
        ),
    ]
