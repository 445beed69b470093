"""The books' numbers: each given out once, in a row, under the lock of its book."""

from motcua.agencies.models import OneStopUnit
from motcua.dossiers.models import Serial


def take(unit: OneStopUnit, book: str, period: str, *, count: int = 1) -> int:
    """Take the next `count` numbers of a book and return the last of them.

    The book's row stays locked until the commit, so take late: the queue behind waits.
    """
    Serial.objects.get_or_create(unit=unit, book=book, period=period)
    serial = Serial.objects.select_for_update().get(unit=unit, book=book, period=period)
    serial.last += count
    serial.save(update_fields=["last"])
    return serial.last
