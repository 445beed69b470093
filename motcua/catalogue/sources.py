"""In which published database the State already holds a paper that a procedure asks for."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.catalogue.drafting import ProcessOfOthers, foreign_agencies
from motcua.catalogue.models import ProcedureVersion
from motcua.domain.vietnamese import tidy


@transaction.atomic
def say_sources(
    version: ProcedureVersion, sources: Mapping[int, str], *, officer: Officer, on: date
) -> int:
    """Note for each paper, by its position, where the State holds it; empty: nowhere.

    A paper that is held is asked for only when its source fails. Returns how many papers changed.
    Raises ProcessOfOthers when the procedure is also of agencies the officer does not administer.
    """
    foreign = foreign_agencies(version, officer, on=on)
    if foreign:
        raise ProcessOfOthers(foreign)
    changed = 0
    for paper in version.documents.select_for_update().order_by("position"):
        said = tidy(sources.get(paper.position, paper.state_source))
        if said != paper.state_source:
            paper.state_source = said
            paper.save(update_fields=["state_source"])
            changed += 1
    return changed
