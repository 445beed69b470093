"""The ledger's door for one act on many dossiers, and the list it goes by: large batches of rows.

Only an act that moves promises and nothing else comes this way: no other row of the dossier, no
book of the day, no holder changes with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db import connection, models, transaction

from motcua.domain.dossier import Action
from motcua.domain.snapshot import Happening, Snapshot
from motcua.dossiers.models import Dossier, DossierEvent, PromiseMove, StepTaken
from motcua.dossiers.services import ledger
from motcua.dossiers.services.door import write_rows
from motcua.dossiers.services.open_promises import OpenPromise

BATCH: Final = 10_000
MOVES_ONLY_PROMISES: Final = frozenset({Action.RECALCULATE, Action.EXCUSE})
LINE: Final = (
    "change_id",
    "dossier_id",
    "unit_id",
    "old_due_at",
    "new_due_at",
    "old_step_due_at",
    "new_step_due_at",
    "listed_due_at",
    "outcome",
    "event_position",
)
_EVENT: Final = ("dossier_id", *ledger.EVENT_COLUMNS)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """One act on one dossier, and where it leads."""

    before: OpenPromise
    what: Happening
    after: Snapshot


class DossierMoved(Exception):
    """A dossier that is to be written is not as it was read: the whole must be done again."""


def record_together(acts: Iterable[Done]) -> None:
    """Write these acts, each with what it changes; call it where the dossiers are locked.

    Raises DossierMoved; nothing is kept then, since it ends the transaction.
    """
    assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
    acts = iter(acts)
    while batch := list(islice(acts, BATCH)):
        assert all(done.what.action in MOVES_ONLY_PROMISES for done in batch)
        write_rows(DossierEvent, _EVENT, [_event(done) for done in batch])
        moved = [
            (
                done.before.dossier,
                done.before.revision + 1,
                stored(done.after.due_at),
                _edition(done),
            )
            for done in batch
        ]
        if update_rows(Dossier, ("revision", "due_at", "counted_edition"), moved) != len(moved):
            raise DossierMoved
        steps = [
            (done.before.step, stored(_step_due(done.after)))
            for done in batch
            if _step_due(done.after) != _step_due(done.before.snapshot)
        ]
        update_rows(StepTaken, ("due_at",), steps)


def write_lines(change_id: int, lines: Sequence[Row]) -> None:
    """Write the lines of a change, in the columns of LINE, in the place of those there were."""
    PromiseMove.objects.filter(change=change_id).delete()
    if lines:
        write_rows(PromiseMove, LINE, [tuple(map(stored, line)) for line in lines])


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> int:
    """Set these columns of many rows, each given by its key first; returns how many were set."""
    if not rows:
        return 0
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    key = model._meta.pk
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            kinds = [field.db_type(connection) for field in map(model._meta.get_field, columns)]
            given = ", ".join(f"%s::{kind}[]" for kind in ("bigint", *kinds))
            names = ", ".join(["key", *map(quote, columns)])
            to = ", ".join(f"{quote(column)} = new.{quote(column)}" for column in columns)
            cursor.execute(
                f"UPDATE {table} SET {to} FROM unnest({given}) AS new ({names}) "  # noqa: S608 - names of models
                f"WHERE {table}.{quote(key.column)} = new.key",
                [list(column) for column in zip(*rows, strict=True)],
            )
            return cursor.rowcount
        to = ", ".join(f"{quote(column)} = %s" for column in columns)
        cursor.executemany(
            f"UPDATE {table} SET {to} WHERE {quote(key.column)} = %s",  # noqa: S608 - names of models
            [(*values, pk) for pk, *values in rows],
        )
        return cursor.rowcount


def _event(done: Done) -> Row:
    before, what = done.before, done.what
    position = before.revision + 1
    columns = ledger.event_columns(what, before.snapshot, done.after, position)
    columns["digest"] = ledger.digest_of(before.digest, position, what)
    return (
        before.dossier,
        *(stored(columns[name]) for name in ledger.EVENT_COLUMNS),
    )


def _edition(done: Done) -> int | None:
    """Return the edition the promise was counted anew on; nothing for that of acceptance."""
    after = done.after.edition
    return None if after == done.before.accepted_on else after


def _step_due(snapshot: Snapshot) -> datetime | None:
    return snapshot.step.due_at if snapshot.step else None


def stored(value: Any) -> Any:
    """Return a value as the database takes it where no model stands between."""
    if not isinstance(value, datetime):
        return value
    return connection.ops.adapt_datetimefield_value(value)
