"""What the office writes to the applicant: drafted, approved by who signs, sent.

Sending a notice is the act on its dossier; nothing of the dossier moves before.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.agencies.queries import mandates
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.dossier import ActionNotAllowed, State, actions_from
from motcua.domain.letter import LETTERS
from motcua.domain.notice import (
    ACT_OF,
    MOVES,
    NoticeKind,
    NoticeMove,
    NoticeStatus,
    is_signed_by_drafter,
    moved,
)
from motcua.domain.notice_words import (
    NoticeFlaw,
    NoticeIncomplete,
    NoticeWords,
    check,
    check_approval,
)
from motcua.domain.process import Role
from motcua.domain.snapshot import Happening
from motcua.domain.terms import Terms
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.notice_queries import live_of
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, processing
from motcua.dossiers.services.notice_contents import said_in_short, words_of, write
from motcua.dossiers.services.sealing import seal_anew
from motcua.dossiers.services.serials import take
from motcua.dossiers.services.signing import RolesByAgency, may_draft, rounds_before, signs


class DraftedAlready(Exception):
    """A notice of this kind is on its way for this dossier; `known` is it."""

    def __init__(self, known: Notice) -> None:
        super().__init__(f"{known.kind} of {known.dossier_id}")
        self.known = known


class NoticeMoved(Exception):
    """The notice is not as the officer last saw it; `known` says how it stands."""

    def __init__(self, known: Notice) -> None:
        super().__init__(f"{known.kind} of {known.dossier_id} at revision {known.revision}")
        self.known = known


class NotTheirNotice(Exception):
    """This officer neither drafted the notice, nor signs it, nor hands it out."""

    def __init__(self, move: NoticeMove) -> None:
        super().__init__(move.value)
        self.move = move


@dataclass(frozen=True, slots=True)
class _Open:
    """A notice and its dossier, both locked, with what decides who may do what."""

    notice: Notice
    dossier: Dossier
    terms: Terms
    officer: Officer | None
    roles: RolesByAgency
    at: datetime

    @property
    def kind(self) -> NoticeKind:
        return NoticeKind(self.notice.kind)

    @property
    def is_drafters(self) -> bool:
        return self.officer is not None and self.notice.drafted_by_id == self.officer.pk

    @property
    def is_signers(self) -> bool:
        return signs(self.dossier, self.terms, self.roles)

    @property
    def signs_alone(self) -> bool:
        """Whether who drafts this notice may also approve it, as the dossier stands now."""
        return is_signed_by_drafter(
            self.kind,
            is_accepted=self.dossier.accepted_at is not None,
            rounds=rounds_before(self.dossier, self.terms),
        )

    @property
    def drafts(self) -> bool:
        return self.is_drafters or may_draft(
            self.kind, self.dossier, terms=self.terms, roles=self.roles
        )

    def may(self, move: NoticeMove) -> bool:
        """Whether this is the officer's to do, wherever the notice stands."""
        match move:
            case NoticeMove.APPROVE:
                return self.is_signers or (self.signs_alone and self.drafts)
            case NoticeMove.RETURN:
                approved_by = self.notice.approved_by_id
                is_theirs = self.officer is not None and approved_by == self.officer.pk
                return self.is_signers or is_theirs
            case NoticeMove.SEND:
                held = self.roles.get(self.dossier.unit.agency_id, ())
                return Role.RECEPTION in held or self.is_signers or self.drafts
            case NoticeMove.CANCEL if self.officer is None:
                return True
            case _:
                return self.drafts or self.is_signers

    def move(self, move: NoticeMove) -> None:
        """Take the notice on its way.  Raises NoticeMoveNotAllowed, NotTheirNotice."""
        status = moved(NoticeStatus(self.notice.status), move)
        if not self.may(move):
            raise NotTheirNotice(move)
        self.notice.status = status.value

    def save(self) -> Notice:
        self.notice.revision += 1
        self.notice.save()
        seal_anew(Dossier.objects.filter(pk=self.dossier.pk))
        return self.notice


@transaction.atomic
def draft(
    *,
    dossier_id: int,
    kind: NoticeKind,
    words: NoticeWords,
    officer: Officer | None,
    at: datetime,
    seen_revision: int | None = None,
) -> Notice:
    """Write down what the office is going to say; `officer` None: the daily run proposes it.

    `seen_revision` is the dossier's as the officer saw it. Raises ActionNotAllowed when sending
    it would not be allowed now or the officer may not draft it, HeldByColleague, DraftedAlready,
    NoticeIncomplete, NotOnTheList, HeldByState, and SomebodyActed. Nothing is written then.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    terms = terms_of(dossier)
    _check_may_draft(kind, dossier, terms, officer, at)
    known = live_of(dossier).filter(kind=kind.value).first()
    if known is not None:
        raise DraftedAlready(known)
    notice = Notice(
        dossier=dossier,
        kind=kind.value,
        status=NoticeStatus.DRAFT.value,
        round=rounds_before(dossier, terms) + 1 if kind is NoticeKind.SUPPLEMENT else 1,
        drafted_by=officer,
        drafted_at=at,
        unit=dossier.unit,
    )
    write(notice, dossier, words, at=at)
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return notice


@transaction.atomic
def amend(
    *, notice_id: int, words: NoticeWords, officer: Officer, at: datetime, seen_revision: int
) -> Notice:
    """Change what a draft says; what was returned to its drafter waits for who signs again.

    A draft that nobody wrote becomes the officer's who amends it. Raises NoticeMoved,
    NoticeMoveNotAllowed, NotTheirNotice, NoticeIncomplete, NotOnTheList, HeldByState.
    """
    opened = _opened(notice_id, officer, at, seen_revision)
    opened.move(NoticeMove.AMEND)
    notice = opened.notice
    notice.returned_note = ""
    notice.drafted_by = notice.drafted_by or officer
    notice.revision += 1
    write(notice, opened.dossier, words, at=at)
    seal_anew(Dossier.objects.filter(pk=opened.dossier.pk))
    return notice


@transaction.atomic
def approve(
    *, notice_id: int, officer: Officer, at: datetime, seen_revision: int, note: str = ""
) -> Notice:
    """Agree to a draft: it may be sent. `note` is compulsory from the third request on.

    By who signs at the dossier's agency; by the drafter where the domain leaves it to them.
    Raises NoticeMoved, NoticeMoveNotAllowed, NotTheirNotice, NoticeIncomplete, ActionNotAllowed.
    """
    opened = _opened(notice_id, officer, at, seen_revision)
    opened.move(NoticeMove.APPROVE)
    notice = opened.notice
    _check_state(opened.kind, opened.dossier)
    _check_words(notice, opened.dossier, at=at)
    check_approval(opened.kind, rounds=notice.round - 1, note=note)
    notice.approved_by, notice.approved_at, notice.approval_note = officer, at, tidy(note)
    notice.returned_note = ""
    return opened.save()


@transaction.atomic
def return_to_drafter(
    *, notice_id: int, officer: Officer, at: datetime, seen_revision: int, reason: str
) -> Notice:
    """Give a draft, or what was approved and not yet sent, back to be amended, saying why.

    Raises NoticeMoved, NoticeMoveNotAllowed, NotTheirNotice, NoticeIncomplete.
    """
    opened = _opened(notice_id, officer, at, seen_revision)
    opened.move(NoticeMove.RETURN)
    if not reason.strip():
        raise NoticeIncomplete(NoticeFlaw.NO_RETURN_REASON)
    notice = opened.notice
    notice.returned_note = tidy(reason)
    notice.approved_by, notice.approved_at, notice.approval_note = None, None, ""
    return opened.save()


@transaction.atomic
def send(
    *, notice_id: int, delivery: str, officer: Officer, at: datetime, seen_revision: int
) -> Notice:
    """Send an approved notice: it gets its number, and the dossier moves by the act it stands for.

    By its drafter, who signs, or the reception of the dossier's unit. Raises NoticeMoved,
    NoticeMoveNotAllowed, NotTheirNotice, NoticeIncomplete when its date has passed meanwhile,
    and what `history.advance` raises when the dossier no longer stands where this may be done.
    """
    opened = _opened(notice_id, officer, at, seen_revision)
    dossier, notice = opened.dossier, opened.notice
    opened.move(NoticeMove.SEND)
    _check_state(opened.kind, dossier)
    _check_approved(opened)
    _check_words(notice, dossier, at=at)
    year = at.astimezone(OFFICE_ZONE).year
    notice.year, notice.position = year, take(notice.unit, book_of(opened.kind), str(year))
    act = ACT_OF[opened.kind]
    ledger.record(
        dossier,
        Happening(
            action=act,
            at=at,
            agency=processing.agency_for(act, dossier, opened.terms.process),
            officer=officer.pk,
            new_due_at=notice.new_due_at,
            note=said_in_short(notice),
        ),
        terms=opened.terms,
    )
    notice.event = dossier.events.latest("position")
    notice.sent_by, notice.sent_at, notice.delivery = officer, at, delivery
    return opened.save()


@transaction.atomic
def cancel(
    *, notice_id: int, officer: Officer | None, at: datetime, seen_revision: int, reason: str
) -> Notice:
    """Give up a notice that was not sent, saying why; `officer` None: the daily run does.

    Raises NoticeMoved, NoticeMoveNotAllowed, NotTheirNotice, NoticeIncomplete.
    """
    opened = _opened(notice_id, officer, at, seen_revision)
    opened.move(NoticeMove.CANCEL)
    if not reason.strip():
        raise NoticeIncomplete(NoticeFlaw.NO_CANCEL_REASON)
    notice = opened.notice
    notice.cancelled_by, notice.cancelled_at, notice.cancel_reason = officer, at, tidy(reason)
    return opened.save()


@transaction.atomic
def hand_out(
    *,
    dossier_id: int,
    kind: NoticeKind,
    words: NoticeWords,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    delivery: str = "counter",
) -> Notice:
    """Draft a notice and, where its drafter signs it alone, send it at once.

    Where somebody else has to sign, the draft waits for them: its status tells. Raises what
    `draft`, `approve` and `send` raise.
    """
    notice = draft(
        dossier_id=dossier_id,
        kind=kind,
        words=words,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
    )
    who = {"notice_id": notice.pk, "officer": officer, "at": at}
    if not _opened(notice.pk, officer, at, notice.revision).signs_alone:
        return notice
    notice = approve(**who, seen_revision=notice.revision)
    return send(**who, seen_revision=notice.revision, delivery=delivery)


def moves_for(
    notice: Notice, *, roles: RolesByAgency, officer: Officer, at: datetime
) -> set[NoticeMove]:
    """Return what an officer with these roles, by agency, may do to the notice now."""
    dossier = notice.dossier
    opened = _Open(notice, dossier, terms_of(dossier), officer, roles, at)
    possible = {move for status, move in MOVES if status == notice.status and opened.may(move)}
    if ACT_OF[opened.kind] not in actions_from(State(dossier.state)):
        possible -= {NoticeMove.APPROVE, NoticeMove.SEND}
    return possible


def book_of(kind: NoticeKind) -> str:
    """Return the book that numbers the notices of this kind, year by year.

    Both letters of apology are form 04, and stand in one book.
    """
    return (NoticeKind.APOLOGY if kind in LETTERS else kind).value


def _opened(notice_id: int, officer: Officer | None, at: datetime, seen_revision: int) -> _Open:
    # The dossier first, as everybody locks them.
    dossier = ledger.locked(Notice.objects.values_list("dossier_id", flat=True).get(pk=notice_id))
    notice = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("unit__agency")
        .get(pk=notice_id)
    )
    notice.dossier = dossier
    if notice.revision != seen_revision:
        raise NoticeMoved(notice)
    roles = {} if officer is None else mandates(officer.pk, on=office(at).date()).roles
    return _Open(notice, dossier, terms_of(dossier), officer, roles, at)


def _check_may_draft(
    kind: NoticeKind, dossier: Dossier, terms: Terms, officer: Officer | None, at: datetime
) -> None:
    _check_state(kind, dossier)
    if officer is None:
        return
    today = mandates(officer.pk, on=office(at).date())
    if not may_draft(kind, dossier, terms=terms, roles=today.roles):
        raise ActionNotAllowed(State(dossier.state), ACT_OF[kind])
    if processing.is_colleagues(ACT_OF[kind], dossier, officer, absent=today.absent):
        raise processing.HeldByColleague(dossier.holder_officer)


def _check_state(kind: NoticeKind, dossier: Dossier) -> None:
    state, act = State(dossier.state), ACT_OF[kind]
    if act not in actions_from(state):
        raise ActionNotAllowed(state, act)


def _check_approved(opened: _Open) -> None:
    """Raise NotTheirNotice when who approved it might not any more.

    A request drafted and approved at the counter is for who signs once the dossier was accepted.
    """
    approver = opened.notice.approved_by
    assert approver is not None, "a notice is approved before it is sent"
    held = mandates(approver.pk, on=office(opened.at).date()).roles
    if not (opened.signs_alone or signs(opened.dossier, opened.terms, held)):
        raise NotTheirNotice(NoticeMove.APPROVE)


def _check_words(notice: Notice, dossier: Dossier, *, at: datetime) -> None:
    kind, is_accepted = NoticeKind(notice.kind), dossier.accepted_at is not None
    check(kind, words_of(notice), on=office(at).date(), is_accepted=is_accepted)
