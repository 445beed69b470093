"""Dossiers sealed anew, by whoever wrote a row that their seal covers."""

from django.db import transaction
from django.db.models import QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.seals import stored_seals


def seal_anew(dossiers: QuerySet[Dossier]) -> None:
    """Seal these dossiers as their rows are stored now; their objects in memory stay as read.

    Call it inside the transaction that wrote the rows, after them. The dossiers are locked first,
    so that two who write for one dossier do not each seal without what the other wrote.
    """
    assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
    locked = dossiers.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    for key, seal in stored_seals(Dossier.objects.filter(pk__in=list(locked))).items():
        Dossier.objects.filter(pk=key).update(seal=seal)
