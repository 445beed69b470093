"""Files of a dossier: opened, kept under their digest, then written down."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.agencies.queries import roles_by_agency
from motcua.domain.calendar import office
from motcua.domain.dossier import CLOCK_PAUSED, FINAL, OPEN, State
from motcua.domain.process import PERFORMING, Role
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Attachment, Dossier, Paper
from motcua.dossiers.services import ledger
from motcua.dossiers.services.processing import working_agency
from motcua.dossiers.services.sealing import seal_anew
from motcua.gateways.accepted import ENDINGS
from motcua.gateways.archive import Archive
from motcua.gateways.uploads import Opened, opened

LONGEST_NAME: Final = 120  # letters, ending included
# What Windows takes for a device, whatever the ending.
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
_UNFIT: Final = re.compile(r'[<>:"|?*\\/]+')


class AlreadyAttached(Exception):
    """The dossier has this very file already."""

    def __init__(self, known: Attachment) -> None:
        super().__init__(known.name)
        self.known = known


class AttachmentNotAllowed(Exception):
    """No file of this kind is added by this officer, or in this state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Tệp đã lưu: opened, and in the store under its digest; not yet in any dossier."""

    name: str
    digest: str
    size: int
    what: Opened


def keep(content: bytes, *, name: str, archive: Archive) -> Kept:
    """Open the content, keep it, and return what to write down.  Raises FileRefused.

    Call it before the transaction that writes the row: a file without a row is harmless, a row
    without a file is not.
    """
    what = opened(content)
    return Kept(
        name=fit_name(name, what.media_type),
        digest=archive.keep(content),
        size=len(content),
        what=what,
    )


def kinds_allowed(dossier: Dossier, roles: Mapping[int, Collection[Role]]) -> tuple[str, ...]:
    """Return which kinds of file an officer with these roles, by agency, may add.

    Papers while the dossier is being worked on, the result's scan until it is handed over. Files
    are added where the dossier is worked on; at the counter too while it waits for the citizen.
    """
    state = State(dossier.state)
    here = {working_agency(dossier)}
    if state in CLOCK_PAUSED:
        here.add(dossier.unit.agency_id)
    if state in FINAL or not any(PERFORMING & set(roles.get(agency, ())) for agency in here):
        return ()
    return ("paper",) if state in OPEN else ("result",) if state is State.RESULT_READY else ()


@transaction.atomic
def attach(
    *,
    dossier_id: int,
    file: Kept,
    kind: str,
    paper: Paper | None = None,
    officer: Officer,
    at: datetime,
) -> Attachment:
    """Add a kept file to the dossier.  Raises AttachmentNotAllowed, AlreadyAttached."""
    dossier = ledger.locked(dossier_id)
    if kind not in kinds_allowed(dossier, roles_by_agency(officer, on=office(at).date())):
        raise AttachmentNotAllowed
    return record(dossier, file, kind=kind, paper=paper, officer=officer, at=at)


def record(
    dossier: Dossier,
    file: Kept,
    *,
    kind: str,
    paper: Paper | None = None,
    officer: Officer,
    at: datetime,
) -> Attachment:
    """Write the row of a kept file, inside the caller's transaction.  Raises AlreadyAttached."""
    assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
    known = dossier.attachments.filter(kind=kind, digest=file.digest).first()
    if known is not None:
        raise AlreadyAttached(known)
    attachment = Attachment.objects.create(
        dossier=dossier,
        kind=kind,
        paper=paper,
        name=file.name,
        digest=file.digest,
        media_type=file.what.media_type,
        size=file.size,
        pages=file.what.pages,
        added_at=at,
        officer=officer,
    )
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return attachment


def fit_name(name: str, media_type: str) -> str:
    """Return the file's name without folders and odd signs, ending as its content asks.

    >>> fit_name("C:\\\\scan\\\\to khai?.exe", "application/pdf")
    'to khai.pdf'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    stem = tidy(_UNFIT.sub(" ", PurePosixPath(plain).stem)).strip(" .") or "tệp"
    if _DEVICE.fullmatch(stem):
        stem = f"tệp {stem}"
    ending = ENDINGS[media_type]
    return stem[: LONGEST_NAME - len(ending)].rstrip() + ending
