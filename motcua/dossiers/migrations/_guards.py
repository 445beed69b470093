"""Triggers that refuse to change what happened, for the migrations that raise them.

SQLite makes a table anew when a migration changes it, and its triggers go with the old one: a
migration that touches a guarded table raises its guards again, last.
"""

# name: table, operation, condition on the row as it was and as it would be
GUARDS = {
    "event_is_never_changed": ("dossiers_dossierevent", "UPDATE", ""),
    "event_is_never_deleted": ("dossiers_dossierevent", "DELETE", ""),
    "closed_step_is_never_changed": ("dossiers_steptaken", "UPDATE", "OLD.ended_at IS NOT NULL"),
    "closed_step_is_never_deleted": ("dossiers_steptaken", "DELETE", "OLD.ended_at IS NOT NULL"),
    "attachment_is_never_changed": ("dossiers_attachment", "UPDATE", ""),
    "attachment_is_never_deleted": ("dossiers_attachment", "DELETE", ""),
    "correction_is_never_changed": ("dossiers_correction", "UPDATE", ""),
    "correction_is_never_deleted": ("dossiers_correction", "DELETE", ""),
    "note_is_never_changed": ("dossiers_internalnote", "UPDATE", ""),
    "note_is_never_deleted": ("dossiers_internalnote", "DELETE", ""),
    "message_is_read_once": (
        "dossiers_applicantmessage",
        "UPDATE",
        "OLD.first_read_at IS NOT NULL OR NEW.dossier_id <> OLD.dossier_id OR "
        "NEW.officer_id <> OLD.officer_id OR NEW.at <> OLD.at OR NEW.text <> OLD.text OR "
        "NEW.delivery <> OLD.delivery",
    ),
    "message_is_never_deleted": ("dossiers_applicantmessage", "DELETE", ""),
    "closed_inspection_is_never_changed": (
        "dossiers_inspection",
        "UPDATE",
        "OLD.status <> 'planned'",
    ),
    "inspection_is_never_deleted": ("dossiers_inspection", "DELETE", ""),
    "delegation_is_only_ended": (
        "agencies_delegation",
        "UPDATE",
        "OLD.ended_at IS NOT NULL OR NEW.absent_id <> OLD.absent_id OR "
        "NEW.deputy_id <> OLD.deputy_id OR NEW.agency_id <> OLD.agency_id OR "
        "NEW.role <> OLD.role OR NEW.valid_from <> OLD.valid_from OR "
        "NEW.valid_until <> OLD.valid_until OR NEW.set_by_id <> OLD.set_by_id OR "
        "NEW.set_at <> OLD.set_at OR NEW.reason <> OLD.reason",
    ),
    "delegation_is_never_deleted": ("agencies_delegation", "DELETE", ""),
}


def raise_guards(apps, schema_editor):
    """Make every guard whose table there is, in the place of the one of the same name."""
    lower_guards(apps, schema_editor)
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, (table, operation, condition) in _standing(schema_editor):
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
    for name, (table, _operation, _condition) in _standing(schema_editor):
        on = f" ON {table}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _standing(schema_editor):
    """Return the guards of the tables there are: an early migration knows none of the later."""
    tables = set(schema_editor.connection.introspection.table_names())
    return [(name, guard) for name, guard in GUARDS.items() if guard[0] in tables]
