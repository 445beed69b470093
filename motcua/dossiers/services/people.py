"""People at the counter: what is said of them, and what is remembered for their next visit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.applicants.models import Applicant
from motcua.domain.vietnamese import tidy

# What the next visit fills in.
_REMEMBERED: Final = ("full_name", "phone", "email", "address", "born_on", "sex")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """What the page says of one party."""

    full_name: str
    personal_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    born_on: date | None = None
    sex: str = ""


def remember(people: Iterable[PartyFacts]) -> dict[str, Applicant]:
    """Remember these people for the next time; return them by identity number.

    What is left blank keeps what was known. Their rows are locked in the order of the numbers.
    """
    by_id = {person.personal_id: person for person in people if person.personal_id}
    known = {}
    for personal_id in sorted(by_id):
        person = by_id[personal_id]
        said = {name: tidied(getattr(person, name)) for name in _REMEMBERED}
        known[personal_id], _created = Applicant.objects.update_or_create(
            personal_id=personal_id,
            defaults={name: value for name, value in said.items() if value},
            create_defaults=said,
        )
    return known


def mend(person: Applicant, changes: Mapping[str, tuple[object, object]]) -> None:
    """Correct what is remembered of a person: for each name the value before and after.

    Only what is still known by the mistyped value: what a later visit said stays.
    """
    known = Applicant.objects.select_for_update().get(pk=person.pk)
    mended = [
        name
        for name, (before, _after) in changes.items()
        if name in _REMEMBERED and getattr(known, name) == before
    ]
    for name in mended:
        setattr(known, name, changes[name][1])
    known.save(update_fields=mended)


def tidied(value: object) -> object:
    """Return a text without stray spacing, anything else as it is."""
    return tidy(value) if isinstance(value, str) else value
