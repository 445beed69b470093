"""The database beside its tables: reading at one instant, and its name for the person in charge."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def at_one_instant() -> Iterator[None]:
    """Let everything read inside be of one instant, whatever others write meanwhile.

    Only for reading: what is written inside is refused or taken back. Inside a transaction
    already begun it leaves things as they are.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`: it would take the write lock and keep the counters waiting.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def name_of_database() -> str:
    """Return which database is read, for the person in charge: a path, or name and server."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"{settings['NAME']} ({settings['HOST'] or 'localhost'}{port})"
