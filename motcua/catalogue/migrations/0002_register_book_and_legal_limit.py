"""A book for results that are numbered in one, and the wording of the legal limit.

Why:   certified copies take a number of the certification book of their year.
Size:  procedure versions only.
Locks: that table, while two columns are added.
Undo:  the reverse drops the two columns.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_first_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="legal_limit",
            field=models.CharField(blank=True, max_length=255, verbose_name="quy định về thời hạn"),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="register_book",
            field=models.CharField(blank=True, max_length=20, verbose_name="sổ ghi kết quả"),
        ),
    ]
