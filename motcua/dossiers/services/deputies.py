"""In whose name somebody acts while a colleague is absent."""

from motcua.agencies.queries import mandates
from motcua.domain.calendar import office
from motcua.domain.permission import roles_for
from motcua.domain.process import Process
from motcua.domain.snapshot import Happening, Snapshot


def in_whose_name(what: Happening, before: Snapshot, process: Process) -> int | None:
    """Return the key of the absent officer for whom this act is done; None in one's own name.

    A deputy acts for who holds the dossier, if that is somebody they stand in for; else in their
    own name wherever their own role allows the act; else for the one whose role it takes.
    """
    if what.officer is None:
        return None
    today = mandates(what.officer, on=office(what.at).date())
    if not today.absent:
        return None
    step = before.step.code if before.step else ""
    asked = roles_for(what.action, state=before.state, step=step, process=process)
    absent = {
        officer
        for (agency, role), officers in today.absent.items()
        if agency == what.agency and role in asked
        for officer in officers
    }
    holder = before.holder.officer if before.holder else None
    if holder in absent:
        return holder
    own = today.own.get(what.agency, frozenset())
    return None if own & asked else min(absent, default=None)
