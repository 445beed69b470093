"""When the clock of a replayed home starts: where its scenario ends, or after what came since."""

import json
from datetime import datetime
from pathlib import Path

from django.db.models import Max

from motcua.dossiers.models import DossierEvent


def start_of(scenario_file: Path) -> datetime | None:
    """Return when the clock of this home starts; None where no scenario was replayed.

    Never before the last recorded event: what is done next comes after what was done.
    """
    if not scenario_file.exists():
        return None
    start = datetime.fromisoformat(json.loads(scenario_file.read_text())["clock_start"])
    last: datetime | None = DossierEvent.objects.aggregate(at=Max("at"))["at"]
    return max(start, last) if last else start
