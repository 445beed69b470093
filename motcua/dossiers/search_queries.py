"""Finding a dossier by what an officer has at hand: its number, a name, a telephone, an identity.

Every search starts from the dossiers the asker may see; it never widens them.
"""

import re
from collections.abc import Collection
from datetime import date
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
_SERIAL: Final = re.compile(r"\d{1,4}", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s.\-–_/,()]+")


def found(
    visible: QuerySet[Dossier], text: str, *, agency_ids: Collection[int], most: int
) -> QuerySet[Dossier]:
    """Return which of the visible dossiers the text means, the newest first; blank: none.

    A number may be typed without its points, in part, or as its last group alone; a name without
    diacritics, its words in any order; a telephone, identity or passport number or an enterprise
    code in full. Figures that may be several of these are looked for as each of them. Of what is
    found in part at most `most` are looked at: a frequent name costs no more than a rare one.

    `agency_ids` are the agencies of who asks: with them a search by part of a name or a number
    reads their own dossiers instead of everybody's. What may be seen is `visible`'s to say.
    """
    asked = tidy(text)[:LONGEST]
    if not fold(asked).strip():
        return visible.none()
    try:
        return _newest_first(visible.filter(number=str(DossierNumber.parse(asked))))
    except NumberUnreadable:
        pass
    squeezed = _BETWEEN.sub("", asked).upper()
    keys = _in_full(squeezed)
    meant = Q(pk__in=keys[0].union(*keys[1:])) if keys else Q(pk__in=[])
    # Letters with figures may also be part of a number, whatever passport they are.
    if not keys or not squeezed.removeprefix("+").isdigit():
        own = Dossier.objects.filter(_partly(asked), pk__in=_on_the_road_of(agency_ids))
        meant |= Q(pk__in=_newest_first(own)[:most].values("pk"))
    return _newest_first(visible.filter(meant))


def _newest_first(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return dossiers.order_by("-accepted_at", "-pk")


def _in_full(squeezed: str) -> list[QuerySet]:
    """Return the keys of the dossiers of each thing the text may be in full, found by an index.

    The same figures may be a day with a serial, a telephone, an identity number or an enterprise
    code: all of them are meant, for only the person before the counter knows which.
    """
    keys = []
    by_day = _DAY_AND_SERIAL.fullmatch(squeezed)
    if by_day is not None and _is_day(by_day[1]):
        day, serial = by_day.groups()
        start = f"-{day}-{int(serial):04d}" if serial else f"-{day}-"
        keys.append(_of_known_units(start).values("pk"))
    person = Q()
    for column, read in (("phone", typed.read_phone), ("personal_id", typed.read_applicant_number)):
        try:
            person |= Q(**{column: read(squeezed)})
        except ValueError:
            continue
    if person:
        keys.append(Party.objects.filter(person).values("dossier"))
    return keys


def _is_day(digits: str) -> bool:
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True


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
