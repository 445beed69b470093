"""Mistyped values of an accepted dossier: corrected as a recorded act, the slip issued anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, QuerySet

from motcua.agencies.models import Officer
from motcua.agencies.queries import roles_at
from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.permission import permitted
from motcua.domain.snapshot import Happening
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers import facts
from motcua.dossiers.labels import PARTY_ROLE_LABELS, RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Correction, Dossier, Party, ReceiptIssue
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts, mend, remember, tidied
from motcua.dossiers.services.sealing import seal_anew

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


# The values of one party that change, by name: what stood there and what comes.
_Changes = dict[str, tuple[Any, Any]]


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

    What is remembered of the person is corrected with them; a corrected identity number leads to
    the person known by it. Numbers, papers, fees and the promise stay as they are. Raises
    ActionNotAllowed, ReasonMissing, NothingToCorrect, and SomebodyActed when the dossier moved
    since the officer looked. Nothing is written when it raises.
    """
    dossier = _locked(dossier_id)
    _record(dossier, values, reason=reason, officer=officer, at=at, seen_revision=seen_revision)
    _issue_anew(dossier, reason=reason, officer=officer, at=at)
    seal_anew(_on_one_slip(dossier_id))
    return dossier


@transaction.atomic
def correct_together(
    *,
    dossier_id: int,
    values: Corrected,
    reason: str,
    officer: Officer,
    at: datetime,
    seen_revision: int,
) -> list[Dossier]:
    """Correct a dossier, and the same people in the others of its receipt; one slip for all.

    Of the others only what was mistyped of these people changes. Returns the corrected dossiers,
    the named one first. Raises what `correct` raises; nothing is written when it does.
    """
    dossier = _locked(dossier_id)
    others = also_on_the_slip(dossier, officer=officer, at=at)
    before = {party.role: party for party in dossier.parties.all()}
    changed = {role: _changes_of(before[role], said) for role, said in values.parties.items()}
    _record(dossier, values, reason=reason, officer=officer, at=at, seen_revision=seen_revision)
    corrected = [dossier]
    for other in others:
        people = {
            party.role: _with(party, changed[party.role])
            for party in other.parties.all()
            if party.role in changed and _is_same(party, before[party.role])
        }
        said = Corrected(parties=people, subject=other.subject, return_channel=other.return_channel)
        try:
            _record(
                other,
                said,
                reason=reason,
                officer=officer,
                at=at,
                seen_revision=other.revision,
            )
        except NothingToCorrect:
            continue
        corrected.append(other)
    _issue_anew(dossier, reason=reason, officer=officer, at=at)
    seal_anew(_on_one_slip(dossier_id))
    return corrected


def also_on_the_slip(dossier: Dossier, *, officer: Officer, at: datetime) -> list[Dossier]:
    """Return the other dossiers of the receipt about the same people that may be corrected."""
    if dossier.receipt_id is None:
        return []
    others = (
        Dossier.objects.filter(receipt_id=dossier.receipt_id)
        .exclude(pk=dossier.pk)
        .select_related("unit__agency", "version", "case")
        .prefetch_related("parties")
        .order_by("pk")
    )
    people = {party.role: party for party in dossier.parties.all()}
    return [
        other
        for other in others
        if _is_correctable(other, officer, at)
        and any(
            party.role in people and _is_same(party, people[party.role])
            for party in other.parties.all()
        )
    ]


def _on_one_slip(dossier_id: int) -> QuerySet[Dossier]:
    """Return the dossier with the others of its receipt: their seals cover a slip issued anew."""
    receipt_id = Dossier.objects.values_list("receipt_id", flat=True).get(pk=dossier_id)
    if receipt_id is None:
        return Dossier.objects.filter(pk=dossier_id)
    return Dossier.objects.filter(receipt_id=receipt_id)


def _locked(dossier_id: int) -> Dossier:
    # All in one order, whichever of them the officer looked at.
    list(_on_one_slip(dossier_id).select_for_update(of=("self",)).order_by("pk").only("pk"))
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version", "case")
        .get(pk=dossier_id)
    )


def _is_correctable(dossier: Dossier, officer: Officer, at: datetime) -> bool:
    roles = roles_at(officer, dossier.unit.agency_id, on=office(at).date())
    return Action.CORRECT in permitted(
        state=State(dossier.state),
        step=dossier.step_code,
        process=terms_of(dossier).process,
        roles=roles,
    )


def _record(
    dossier: Dossier,
    values: Corrected,
    *,
    reason: str,
    officer: Officer,
    at: datetime,
    seen_revision: int,
) -> None:
    if dossier.revision != seen_revision:
        raise ledger.SomebodyActed(dossier.events.latest("position"))
    if not _is_correctable(dossier, officer, at):
        raise ActionNotAllowed(State(dossier.state), Action.CORRECT)
    parties = {party.role: party for party in dossier.parties.all()}
    changed = {role: _changes_of(parties[role], said) for role, said in values.parties.items()}
    changes = [change for role in changed for change in _in_words(role, changed[role])]
    changes += _changed_dossier(dossier, values)
    if not changes:
        raise NothingToCorrect
    _write_parties(parties, values, changed)
    _repeat_owner(dossier, parties)
    ledger.record(
        dossier,
        Happening(
            action=Action.CORRECT,
            at=at,
            agency=dossier.unit.agency_id,
            officer=officer.pk,
            note=reason,
        ),
        terms=terms_of(dossier),
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


def _is_same(one: Party, other: Party) -> bool:
    if one.personal_id or other.personal_id:
        return one.personal_id == other.personal_id
    return (one.full_name, one.born_on) == (other.full_name, other.born_on)


def _with(party: Party, changes: _Changes) -> PartyFacts:
    said = {name: getattr(party, name) for name in PARTY_VALUES}
    return PartyFacts(**said | {name: after for name, (_before, after) in changes.items()})


def _changes_of(party: Party, person: PartyFacts) -> _Changes:
    return {
        name: (before, after)
        for name in PARTY_VALUES
        if (before := getattr(party, name)) != (after := tidied(getattr(person, name)))
    }


def _in_words(role: str, changes: _Changes) -> Iterator[_Change]:
    for name, (before, after) in changes.items():
        subject = f"{PARTY_ROLE_LABELS[role]}: {PARTY_VALUES[name]}"
        yield _Change(subject, _words(before), _words(after))


def _write_parties(
    parties: Mapping[str, Party], values: Corrected, changed: Mapping[str, _Changes]
) -> None:
    # In the order of the people's numbers, as everybody locks the rows of remembered people.
    for role in sorted(changed, key=lambda role: values.parties[role].personal_id):
        party, changes = parties[role], changed[role]
        for name, (_before, after) in changes.items():
            setattr(party, name, after)
        if "personal_id" in changes:
            said = replace(values.parties[role], sex=party.sex)
            party.applicant = remember([said]).get(said.personal_id)
        elif party.applicant is not None:
            mend(party.applicant, changes)
        party.save()


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


def _words(value: date | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else spoken.day(value)
