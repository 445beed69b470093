"""What an officer pins to the keys 1 to 9."""

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import ProcedureUse


@transaction.atomic
def pin(*, officer: Officer, procedure: Procedure) -> bool:
    """Pin the procedure, or let go of a pinned one; whether it is pinned now."""
    use, _created = ProcedureUse.objects.select_for_update().get_or_create(
        officer=officer, procedure=procedure
    )
    use.is_favourite = not use.is_favourite
    use.save(update_fields=["is_favourite"])
    return use.is_favourite
