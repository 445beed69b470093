"""Finding a dossier by what an officer has at hand: its number, a name, a telephone, an identity.

Every search starts from the dossiers the asker may see; it never widens them.
"""

import re
from collections.abc import Collection
from typing import Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains

from motcua.agencies.models import OneStopUnit
from motcua.domain import typed
from motcua.domain.numbering import DossierNumber, NumberUnreadable
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers.models import Dossier, Party, StepTaken

LONGEST: Final = 100  # signs; a longer text is cut
_DAY_AND_SERIAL: Final = re.compile(r"(\d{6})(\d{1,4})?", re.ASCII)
_OF_A_PERSON: Final = re.compile(r"\+?\d{9,14}|[A-Z]{1,2}\d{6,8}", re.ASCII)
_SERIAL: Final = re.compile(r"\d{1,4}", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s.\-–_/,]+")


def found(
    visible: QuerySet[Dossier], text: str, *, agency_ids: Collection[int], most: int
) -> QuerySet[Dossier]:
    """Return which of the visible dossiers the text means, the newest first; blank: none.

    A number may be typed without its points, in part, or as its last group alone; a name without
    diacritics, its words in any order; a telephone or identity number in full. At most `most`
    are looked at, so that a frequent name costs no more than a rare one.

    `agency_ids` are the agencies of who asks: with them a search by part of a name or a number
    reads their own dossiers instead of everybody's. What may be seen is `visible`'s to say.
    """
    asked = tidy(text)[:LONGEST]
    if not fold(asked).strip():
        return visible.none()
    candidates = _exact(asked)
    if candidates is None:
        own = Dossier.objects.filter(_partly(asked), pk__in=_on_the_road_of(agency_ids))
        candidates = own.order_by("-accepted_at", "-pk")[:most]
    return visible.filter(pk__in=candidates.values("pk")).order_by("-accepted_at", "-pk")


def _exact(asked: str) -> QuerySet[Dossier] | None:
    """Return the dossiers with this number, telephone or identity, each found by an index; None
    when the text is none of them."""
    squeezed = _BETWEEN.sub("", asked).upper()
    try:
        return Dossier.objects.filter(number=str(DossierNumber.parse(asked)))
    except NumberUnreadable:
        pass
    by_day = _DAY_AND_SERIAL.fullmatch(squeezed)
    if by_day is not None and not squeezed.startswith("0"):
        day, serial = by_day.groups()
        return _of_known_units(f"-{day}-{int(serial):04d}" if serial else f"-{day}-")
    if not _OF_A_PERSON.fullmatch(squeezed):
        return None
    meant = Q(pk__in=[])
    for column, read in (("phone", typed.read_phone), ("personal_id", typed.read_identity)):
        try:
            value = read(squeezed)
        except ValueError:
            continue
        meant |= Q(pk__in=Party.objects.filter(**{column: value}).values("dossier"))
    return None if meant == Q(pk__in=[]) else Dossier.objects.filter(meant)


def _of_known_units(rest: str) -> QuerySet[Dossier]:
    """Return the numbers that go on so after the identifier of a unit."""
    meant = Q(pk__in=[])
    identifiers = OneStopUnit.objects.values_list("agency__identifier", flat=True).distinct()
    for identifier in identifiers:
        start = f"{identifier}{rest}"
        # The sign after every digit and hyphen closes the range, so that an index answers it.
        meant |= Q(number__gte=start, number__lt=f"{start}~")
    return Dossier.objects.filter(meant)


def _partly(asked: str) -> Q:
    squeezed = _BETWEEN.sub("", asked).upper()
    if _SERIAL.fullmatch(squeezed):
        return Q(number__endswith=f"-{int(squeezed):04d}")
    if any(sign.isdigit() for sign in squeezed) and squeezed.isascii():
        plain = Replace(Replace(F("number"), Value("."), Value("")), Value("-"), Value(""))
        return Q(Contains(plain, squeezed)) | _named(asked)
    return _named(asked)


def _named(asked: str) -> Q:
    meant = Q()
    for word in fold(asked).split():
        meant &= Q(search_text__contains=word)
    return meant


def _on_the_road_of(agency_ids: Collection[int]) -> QuerySet:
    """Return the keys of the dossiers these agencies received, settle or settled a step of."""
    received = Dossier.objects.filter(unit__agency__in=agency_ids).values("pk")
    settled = Dossier.objects.filter(competent_agency__in=agency_ids).values("pk")
    passed = StepTaken.objects.filter(agency__in=agency_ids).order_by().values("dossier")
    return received.union(settled, passed)
