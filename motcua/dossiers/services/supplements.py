"""What the applicant brings while the clock waits: papers, or proof of payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Counter, Officer
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.checklist import Presented
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.history import advance
from motcua.domain.notice import NoticeKind, NoticeStatus
from motcua.domain.passage import ReasonMissing
from motcua.domain.pause import PauseImpossible
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, Notice, Paper, Payment
from motcua.dossiers.services import attachments, ledger, processing
from motcua.dossiers.services.attachments import Kept
from motcua.dossiers.services.sealing import seal_anew


class NothingBrought(Exception):
    """None of the papers asked for is there."""


class StillMissing(Exception):
    """Some papers asked for are not there, and nobody says why the work goes on without them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("; ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Giấy tờ mang đến: one paper asked for, as it is now, with its scan if there is one."""

    paper: Presented
    file: Kept | None = None


def open_request(dossier: Dossier, kind: NoticeKind) -> Notice | None:
    """Return the last notice of this kind that was sent for the dossier, with its papers."""
    sent = dossier.notices.filter(kind=kind.value, status=NoticeStatus.SENT.value)
    return sent.prefetch_related("items").order_by("-event__position").first()


@transaction.atomic
def receive_papers(
    *,
    dossier_id: int,
    brought: Sequence[Brought],
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    note: str = "",
) -> Dossier:
    """Take in what the applicant brings; the clock runs again, by the version's policy.

    What was asked for and is not among `brought` needs a `note` that says why the work goes on.
    Raises NothingBrought, StillMissing, AlreadyAttached, and what `processing.act` raises. Nothing
    is written then.

    Source: Decree 61/2018 art. 17 and 19.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    asked = open_request(dossier, NoticeKind.SUPPLEMENT)
    if asked is None and dossier.state != State.AWAITING_SUPPLEMENT:
        raise ActionNotAllowed(State(dossier.state), Action.SUPPLEMENT)
    there = {one.paper.position: one for one in brought if one.paper.is_there}
    if not there:
        raise NothingBrought
    items = list(asked.items.all()) if asked else []
    silent = tuple(item.name for item in items if item.position not in there)
    if silent and not note.strip():
        raise StillMissing(silent)
    names = {item.position: item.name for item in items}
    rows = [_paper(dossier, one.paper, names) for one in there.values()]
    moved = processing.act(
        dossier_id=dossier.pk,
        action=Action.SUPPLEMENT,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
        note=note,
        holds_more=True,
    )
    for row, one in zip(rows, there.values(), strict=True):
        if one.file is not None:
            attachments.record(moved, one.file, kind="paper", paper=row, officer=officer, at=at)
    return moved


@transaction.atomic
def record_payment(
    *,
    dossier_id: int,
    evidence: str,
    counter: Counter | None,
    in_cash: bool,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
) -> Dossier:
    """Note that the financial obligation was met; the clock runs again.

    `evidence` names the voucher it was paid by elsewhere; in cash, it is taken at the counter and
    counts among what was taken there. Raises ReasonMissing without either, and what
    `processing.act` raises. Nothing is written then.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    asked = open_request(dossier, NoticeKind.PAYMENT)
    if not in_cash and not evidence.strip():
        raise ReasonMissing(Action.PAY)
    if in_cash and asked is not None:
        Payment.objects.create(
            dossier=dossier,
            counter=counter,
            officer=officer,
            name="Nghĩa vụ tài chính",
            amount=asked.amount or 0,
            at=at,
        )
    moved = processing.act(
        dossier_id=dossier.pk,
        action=Action.PAY,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
        note=evidence,
        holds_more=in_cash,
    )
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return moved


def would_be(dossier: Dossier, terms: Terms, action: Action, at: datetime) -> Snapshot | None:
    """Return where the dossier would stand if the clock ran again at `at`; None when no calendar
    reaches so far, and within the instant in which it was stopped."""
    now = ledger.past_of(dossier.events.order_by("position"), terms).snapshot
    what = Happening(action=action, at=at, agency=dossier.unit.agency_id)
    try:
        return advance(now, what, terms)
    except (CalendarNotPublished, PauseImpossible):
        return None


def _paper(dossier: Dossier, presented: Presented, names: dict[int, str]) -> Paper:
    """Write one paper as it is there now; what was wrong of it before is not so any more."""
    row = dossier.papers.filter(position=presented.position).first() or Paper(
        dossier=dossier,
        position=presented.position,
        name=names.get(presented.position, ""),
    )
    row.originals, row.certified = presented.originals, presented.certified
    row.photocopies, row.mark, row.note = presented.photocopies, presented.mark.value, ""
    row.save()
    return row
