"""Refuse to change what happened.

Why:   events and closed steps are the legal record; everything else can be recomputed from them.
Size:  no rows are touched.
Locks: each table for an instant, while its trigger is made.
Undo:  the reverse drops the triggers; no data is lost.
"""

from django.db import migrations

CLOSED = "OLD.ended_at IS NOT NULL"

# table, operation, condition on the old row, name
GUARDS = [
    ("dossiers_dossierevent", "UPDATE", "", "event_is_never_changed"),
    ("dossiers_dossierevent", "DELETE", "", "event_is_never_deleted"),
    ("dossiers_steptaken", "UPDATE", CLOSED, "closed_step_is_never_changed"),
    ("dossiers_steptaken", "DELETE", CLOSED, "closed_step_is_never_deleted"),
]


def raise_guards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION motcua_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$",
            params=None,  # the text holds a percent sign of its own
        )
    for table, operation, condition, name in GUARDS:
        when = f"WHEN ({condition}) " if condition else ""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION motcua_refuse()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW {when}"
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )


def lower_guards(apps, schema_editor):
    for table, _operation, _condition, name in GUARDS:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION motcua_refuse()")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_first_rows")]

    operations = [migrations.RunPython(raise_guards, lower_guards)]
