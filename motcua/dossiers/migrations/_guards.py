"""Triggers that refuse to change what happened, for the migrations that raise them.

SQLite makes a table anew when a migration changes it, and its triggers go with the old one: a
migration that touches a guarded table raises its guards again, last.
"""

# name: table, operation, condition on the old row
GUARDS = {
    "event_is_never_changed": ("dossiers_dossierevent", "UPDATE", ""),
    "event_is_never_deleted": ("dossiers_dossierevent", "DELETE", ""),
    "closed_step_is_never_changed": ("dossiers_steptaken", "UPDATE", "OLD.ended_at IS NOT NULL"),
    "closed_step_is_never_deleted": ("dossiers_steptaken", "DELETE", "OLD.ended_at IS NOT NULL"),
    "attachment_is_never_changed": ("dossiers_attachment", "UPDATE", ""),
    "attachment_is_never_deleted": ("dossiers_attachment", "DELETE", ""),
    "correction_is_never_changed": ("dossiers_correction", "UPDATE", ""),
    "correction_is_never_deleted": ("dossiers_correction", "DELETE", ""),
}


def raise_guards(apps, schema_editor):
    """Make every guard, in the place of the one of the same name."""
    lower_guards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (table, operation, condition) in GUARDS.items():
        when = f"WHEN ({condition}) " if condition else ""
        refuse = (
            "EXECUTE FUNCTION motcua_refuse()"
            if on_postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW {when}{refuse}"
        )


def lower_guards(apps, schema_editor):
    """Drop every guard."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (table, _operation, _condition) in GUARDS.items():
        on = f" ON {table}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
