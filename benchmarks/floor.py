"""The floor: the SQL of one reception, statement by statement, by the plain driver.

The statements of many receptions are taken down inside a transaction that is rolled back; then
the driver executes them again, each reception in a transaction of its own. What the product adds
to this is Python: the rules, the form, the page.
"""

import re
import sqlite3
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField

Statement = tuple[str, Any]
_BOOKKEEPING = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", re.I)


class _Undo(Exception):
    """Takes the receptions back after they were taken down."""


def taken_down(receive: Callable[[int], None], number: int) -> list[list[Statement]]:
    """Return the statements of that many receptions; the home is as it was before."""
    receptions: list[list[Statement]] = []

    def note(execute, sql, params, many, context):
        if not _BOOKKEEPING.match(sql):
            rows = list(params) if many else None
            receptions[-1].append((sql, rows if many else params))
        return execute(sql, params, many, context)

    try:
        with transaction.atomic():
            for index in range(number):
                receptions.append([])
                with connection.execute_wrapper(note):
                    receive(index)
            raise _Undo
    except _Undo:
        if connection.vendor == "postgresql":
            _turn_sequences_back()
    return receptions


def per_second(receptions: list[list[Statement]]) -> float:
    """Execute them by the driver alone; return receptions per second."""
    connection.close()
    run = _by_sqlite3 if connection.vendor == "sqlite" else _by_psycopg
    began = perf_counter()
    run(receptions)
    return len(receptions) / (perf_counter() - began)


def _by_sqlite3(receptions: list[list[Statement]]) -> None:
    driver = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    driver.executescript(connection.settings_dict["OPTIONS"]["init_command"])
    for statements in receptions:
        driver.execute("BEGIN IMMEDIATE")
        for sql, params in statements:
            marked = sql.replace("%s", "?").replace("%%", "%")
            driver.execute(marked, tuple(params or ())).fetchall()
        driver.execute("COMMIT")
    driver.close()


def _by_psycopg(receptions: list[list[Statement]]) -> None:
    import psycopg

    wanted = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        wanted.pop(name, None)
    with psycopg.connect(**wanted) as driver:
        for statements in receptions:
            with driver.transaction():
                for sql, params in statements:
                    driver.execute(sql, tuple(params or ()) or None)


def _turn_sequences_back() -> None:
    """A rolled-back insert keeps the key it took; the statements name the keys they were given."""
    tables = [m._meta.db_table for m in apps.get_models() if isinstance(m._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table}"
            )
