"""Raise the guards over events and closed steps again, and over files and corrections.

Why:   0003 adds columns to the events; SQLite makes that table anew and drops its triggers.
Size:  no rows are touched.
Locks: each table for an instant, while its trigger is made.
Undo:  the reverse drops all guards, those of 0002 with them; no data is lost.
"""

from django.db import migrations

from motcua.dossiers.migrations._guards import lower_guards, raise_guards


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_receipts_lists_files_and_day_book")]

    operations = [migrations.RunPython(raise_guards, lower_guards)]
