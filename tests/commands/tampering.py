"""Somebody with the database in his hands: lowers the guards, writes, raises them again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from motcua.dossiers.migrations._guards import lower_guards, raise_guards
from motcua.dossiers.models import (
    Dossier,
    Enclosure,
    HandOverLine,
    HandOverList,
    Inspector,
    NoticeItem,
    Receipt,
    ReceiptIssue,
)
from motcua.dossiers.verification import Outcome, verify


@contextmanager
def guards_down() -> Iterator[None]:
    """Let a test do what it likes to the rows; the guards stand again when it is done."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        connection.check_constraints()  # PostgreSQL alters no table that has checks to come
        lower_guards(None, editor)
        yield
        raise_guards(None, editor)


def proof_after(write: Callable[[], object]) -> Outcome | None:
    """Return what verify says after this was written; None when the database refuses it.

    Everything is taken back.
    """
    outcome = None
    with transaction.atomic():
        try:
            with transaction.atomic(), guards_down():
                write()
        except DatabaseError:
            pass
        else:
            outcome = verify(settings.FILES)
        transaction.set_rollback(True)
    return outcome


def change(row: models.Model, **values: object) -> None:
    """Write these columns as an administrator with a database client would."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def execute(statement: str) -> None:
    """Write what no column of its kind should hold, past whatever Django would convert."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def dossiers_of(row: models.Model) -> set[str]:
    """Return the numbers of the dossiers that a row belongs to, as it is stored now.

    A counter or a line of the day book belongs to every dossier of its unit.
    """
    match row:
        case Dossier():
            found = Dossier.objects.filter(pk=row.pk)
        case Receipt():
            found = Dossier.objects.filter(receipt=row.pk)
        case ReceiptIssue():
            found = Dossier.objects.filter(receipt__issues=row.pk)
        case HandOverList():
            found = Dossier.objects.filter(hand_over_lines__hand_over_list=row.pk)
        case HandOverLine():
            found = Dossier.objects.filter(hand_over_lines=row.pk)
        case Inspector():
            found = Dossier.objects.filter(inspections__inspectors=row.pk)
        case NoticeItem():
            found = Dossier.objects.filter(notices__items=row.pk)
        case Enclosure():
            found = Dossier.objects.filter(attachments__enclosure=row.pk)
        case _ if hasattr(row, "dossier_id"):
            kept = type(row)._base_manager.filter(pk=row.pk)
            found = Dossier.objects.filter(pk__in=kept.values("dossier_id"))
        case _:
            found = Dossier.objects.filter(unit=row.unit_id)
    return {number for number in found.values_list("number", flat=True) if number}
