"""Know whose password an administrator gave, so that its owner is asked to change it.

Why:   a password two people know proves nothing about who acted.
Size:  one column with a default; a row for each officer.
Locks: the table for an instant.
Undo:  the reverse drops the column; given passwords then stay as they are.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_threshold_is_a_time")]

    operations = [
        migrations.AddField(
            model_name="officer",
            name="must_change_password",
            field=models.BooleanField(default=False, verbose_name="phải đổi mật khẩu"),
        )
    ]
