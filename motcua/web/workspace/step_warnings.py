"""What lists say of a dossier's open step that is late, or due today."""

from collections.abc import Iterable
from datetime import datetime

from motcua.agencies.queries import office_time
from motcua.domain import spoken
from motcua.dossiers.late_step_queries import due_of_steps
from motcua.dossiers.models import Dossier


def warnings_for(dossiers: Iterable[Dossier], *, at: datetime) -> dict[int, str]:
    """Return what is said of the open step, by the key of the dossier, where there is cause."""
    shown = list(dossiers)
    due = due_of_steps(shown, at=at)
    return {
        dossier.pk: lateness_of(dossier, due[dossier.pk], at=at)
        for dossier in shown
        if dossier.pk in due
    }


def lateness_of(dossier: Dossier, due_at: datetime, *, at: datetime) -> str:
    """Say by how much the step is late, or until which hour of today it has to be done."""
    if due_at >= at:
        return f"bước phải xong trước {spoken.hour(due_at)} hôm nay"
    late = spoken.overdue_by(due_at, at, office_time(dossier.unit_id, dossier.edition))
    return late.replace("quá hạn", "bước trễ", 1)
