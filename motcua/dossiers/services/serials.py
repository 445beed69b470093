"""The books' numbers: each given out once, in a row, under the lock of its book."""

from typing import Final

from django.db import connection

from motcua.agencies.models import OneStopUnit

# One statement opens the book, or waits for whoever has it, and takes: a reception takes three.
_TAKE: Final = """
    INSERT INTO dossiers_serial AS book (unit_id, book, period, last)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (unit_id, book, period) DO UPDATE SET last = book.last + excluded.last
    RETURNING last
"""


def take(unit: OneStopUnit, book: str, period: str, *, count: int = 1) -> int:
    """Take the next `count` numbers of a book and return the last of them.

    The book's row stays locked until the commit, so take late: the queue behind waits.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [unit.pk, book, period, count])
        [last] = cursor.fetchone()
    return last
