"""The table that every process's cache shares.

Why:   rate limits of the sign-in and look-up pages must hold across processes.
Size:  a new table.
Locks: nothing that exists.
Undo:  the reverse drops it; what it holds can be lost.
"""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE web_cache")


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunPython(create, drop)]
