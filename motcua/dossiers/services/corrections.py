"""Mistyped values of an accepted dossier: corrected as a recorded act, the slip issued anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from motcua.agencies.models import Officer
from motcua.domain import spoken
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.history import Happening
from motcua.domain.permission import permitted
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers import facts
from motcua.dossiers.labels import PARTY_ROLE_LABELS, RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Correction, Dossier, Party, ReceiptIssue
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger
from motcua.dossiers.services.processing import roles_at
from motcua.dossiers.services.reception import PartyFacts

PARTY_VALUES: Final = {
    "full_name": "họ và tên",
    "personal_id": "số định danh",
    "born_on": "ngày sinh",
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
}


class NothingToCorrect(Exception):
    """Every value is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What the dossier should say; a party that is not named stays as it is."""

    parties: Mapping[str, PartyFacts]
    subject: str
    return_channel: str


@dataclass(frozen=True, slots=True)
class _Change:
    subject: str
    before: str
    after: str


@transaction.atomic
def correct(
    *,
    dossier_id: int,
    values: Corrected,
    reason: str,
    officer: Officer,
    at: datetime,
    seen_revision: int,
) -> Dossier:
    """Correct mistyped values, keep what stood there before, and issue the slip anew.

    Numbers, papers, fees and the promise stay as they are. Raises ActionNotAllowed,
    ReasonMissing, NothingToCorrect, and SomebodyActed when the dossier moved since the officer
    looked. Nothing is written when it raises.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version", "case")
        .get(pk=dossier_id)
    )
    if dossier.revision != seen_revision:
        raise ledger.SomebodyActed(dossier.events.latest("position"))
    terms = terms_of(dossier)
    state = State(dossier.state)
    roles = roles_at(officer, dossier.unit.agency, at=at)
    allowed = permitted(state=state, step=dossier.step_code, process=terms.process, roles=roles)
    if Action.CORRECT not in allowed:
        raise ActionNotAllowed(state, Action.CORRECT)
    parties = {party.role: party for party in dossier.parties.all()}
    changes = [*_changed_parties(parties, values), *_changed_dossier(dossier, values)]
    if not changes:
        raise NothingToCorrect
    for party in parties.values():
        party.save()
    _repeat_owner(dossier, parties)
    ledger.record(
        dossier,
        Happening(
            action=Action.CORRECT, at=at, agency=officer.agency_id, officer=officer.pk, note=reason
        ),
        terms=terms,
        seen_revision=seen_revision,
        facts=facts.digest_of_stored(dossier),
    )
    event = dossier.events.latest("position")
    Correction.objects.bulk_create(
        Correction(
            dossier=dossier,
            event=event,
            subject=change.subject,
            before=change.before,
            after=change.after,
        )
        for change in changes
    )
    _issue_anew(dossier, reason=reason, officer=officer, at=at)
    return dossier


def _changed_parties(parties: Mapping[str, Party], values: Corrected) -> Iterator[_Change]:
    for role, person in values.parties.items():
        party = parties[role]
        for name, words in PARTY_VALUES.items():
            before, after = getattr(party, name), _tidied(getattr(person, name))
            if before == after:
                continue
            setattr(party, name, after)
            yield _Change(f"{PARTY_ROLE_LABELS[role]}: {words}", _words(before), _words(after))


def _changed_dossier(dossier: Dossier, values: Corrected) -> Iterator[_Change]:
    subject = tidy(values.subject)
    if dossier.subject != subject:
        yield _Change("Nội dung", dossier.subject, subject)
        dossier.subject = subject
    if dossier.return_channel != values.return_channel:
        labels = RETURN_CHANNEL_LABELS
        before, after = labels[dossier.return_channel], labels[values.return_channel]
        yield _Change("Nhận kết quả", before, after)
        dossier.return_channel = values.return_channel


def _repeat_owner(dossier: Dossier, parties: Mapping[str, Party]) -> None:
    owner = parties.get("owner")
    if owner is not None:
        dossier.applicant_name = owner.full_name
        dossier.search_text = fold(owner.full_name)


def _issue_anew(dossier: Dossier, *, reason: str, officer: Officer, at: datetime) -> None:
    if dossier.receipt_id is None:
        return
    issues = ReceiptIssue.objects.filter(receipt_id=dossier.receipt_id)
    last = issues.aggregate(last=Max("position"))["last"] or 0
    ReceiptIssue.objects.create(
        receipt_id=dossier.receipt_id, position=last + 1, at=at, officer=officer, reason=reason
    )


def _tidied(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _words(value: date | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else spoken.day(value)
