"""Know the mark of a paper that was seen and given back at once.

Why:   what was only shown is no paper of the dossier, yet it must have been seen.
Size:  nothing in the database changes, only the words that Django knows.
Locks: none.
Undo:  the reverse forgets the mark's words; rows that carry it stay.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_missing_lines_are_found")]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="mark",
            field=models.CharField(
                choices=[
                    ("sufficient", "Đủ"),
                    ("missing", "Thiếu"),
                    ("wrong", "Chưa đúng"),
                    ("shown", "Đã xem, trả lại ngay"),
                ],
                default="sufficient",
                max_length=12,
                verbose_name="đánh dấu",
            ),
        )
    ]
