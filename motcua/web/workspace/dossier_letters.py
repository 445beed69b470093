"""What the page of a dossier offers of letters of apology, and says of the date one announced."""

from datetime import datetime

from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.letter import letter_possible
from motcua.domain.snapshot import Snapshot
from motcua.domain.standing import ApologyRefused, ExtensionRefused
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.signing import may_draft
from motcua.web.access import Acting
from motcua.web.workspace.letter_forms import KIND_WORDS


def writable(dossier: Dossier, now: Snapshot, terms: Terms, *, acting: Acting, at: datetime) -> str:
    """Return what the letter is called that the officer may write now; empty where none."""
    try:
        kind = letter_possible(now, terms, at=at)
    except (ActionNotAllowed, ApologyRefused, CalendarNotPublished, ExtensionRefused):
        return ""
    if not may_draft(kind, dossier, terms=terms, roles=acting.roles_by_agency):
        return ""
    return KIND_WORDS[kind].lower()
