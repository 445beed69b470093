"""Questions the counter asks: favourites, drafts, cash, receipts, the register."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Sum, When

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.agencies.queries import holders
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.publication import found_by, in_force
from motcua.domain.calendar import ONE_DAY, midnight, office
from motcua.domain.process import Role
from motcua.domain.vietnamese import fold
from motcua.dossiers.models import (
    Dossier,
    Draft,
    Party,
    Payment,
    ProcedureUse,
    Receipt,
)
from motcua.dossiers.queries import bringing_first

FAVOURITES: Final = 9
MOST_FOUND: Final = 7
# How far up a procedure the officer uses may move among those found.
_NEAR_THE_TOP: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Favourite:
    """Thủ tục hay dùng: one of the keys 1 to 9; None: first used today, without a key."""

    key: int | None
    procedure_id: int
    code: str
    name: str


def received_here(unit: OneStopUnit, on: date) -> QuerySet[ProcedureVersion]:
    """Return the versions under which the unit receives on that day."""
    level = unit.agency.kind
    return in_force(on).filter(procedure__administrative_field__level=level)


def version_received(code: str, *, unit: OneStopUnit, on: date) -> ProcedureVersion | None:
    """Return the version of the procedure of that code to receive under; None: not here, not now.

    Its papers, fees and cases come with it.
    """
    return (
        received_here(unit, on)
        .filter(procedure__code=code)
        .prefetch_related("documents", "fees", "cases")
        .order_by("number")
        .last()
    )


def procedures_found(
    words: str, *, unit: OneStopUnit, on: date, familiar: Mapping[int, int]
) -> list[ProcedureVersion]:
    """Return what everyday words mean, best first; the familiar first among equals.

    `familiar` ranks the procedures the officer uses, 1 first. Enter takes the first row: a name
    typed as it stands comes before one the officer merely uses more.
    """
    if not words.strip():
        return []
    versions = received_here(unit, on)
    keys = found_by(words, versions)[:MOST_FOUND]
    rows = versions.in_bulk(keys)
    found = [rows[key] for key in keys]
    best = sorted(
        found[:_NEAR_THE_TOP],
        key=lambda version: (
            _closeness(words, version),
            familiar.get(version.procedure_id, FAVOURITES + 1),
        ),
    )
    return best + found[_NEAR_THE_TOP:]


def _closeness(words: str, version: ProcedureVersion) -> int:
    """How the words stand in what the procedure is called: 0 is an everyday name of its own."""
    typed = fold(words)
    name = fold(version.procedure.name)
    aliases = [fold(alias) for alias in version.procedure.aliases.split(",")]
    if typed == name or typed in aliases:
        return 0
    if typed in name:
        return 1
    return 2 if any(typed in alias for alias in aliases) else 3


def favourites(officer: Officer, *, unit: OneStopUnit, on: date) -> list[Favourite]:
    """Return what the officer receives here, at most nine; a digit means the same all day.

    Pinned first, in the order in which they were first met; then the last used before that day.
    What was first used on that day comes after them.
    """
    used = "procedure__uses__last_used_at"
    was = Case(
        When(**{f"{used}__lt": midnight(on)}, then=used),
        default="procedure__uses__used_before_at",
    )
    rows = (
        received_here(unit, on)
        .filter(procedure__uses__officer=officer)
        .annotate(pinned=F("procedure__uses__is_favourite"), was=was)
        .order_by(
            "-pinned",
            Case(When(pinned=True, then="procedure__uses__pk")),
            F("was").desc(nulls_last=True),
            "procedure_id",
        )
        .values_list("procedure_id", "procedure__code", "procedure__name", "pinned", "was")
        # A procedure may be in force in two versions, on the day one follows the other.
    )[: 2 * FAVOURITES]
    return [
        Favourite(
            key=rank if pinned or was else None, procedure_id=procedure_id, code=code, name=name
        )
        for rank, (procedure_id, code, name, pinned, was) in enumerate(dict.fromkeys(rows), start=1)
        if rank <= FAVOURITES
    ]


def is_pinned(procedure_id: int, officer: Officer) -> bool:
    """Return whether the officer pinned the procedure."""
    return ProcedureUse.objects.filter(
        officer=officer, procedure_id=procedure_id, is_favourite=True
    ).exists()


def settled_at_once(*, unit: OneStopUnit, on: date, familiar: Mapping[int, int]) -> list[str]:
    """Return the codes of what is received and returned in one act here, the familiar first."""
    rows = (
        received_here(unit, on)
        .filter(is_settled_at_once=True)
        .values_list("procedure_id", "procedure__code")
    )
    ranked = {(familiar.get(procedure_id, FAVOURITES + 1), code) for procedure_id, code in rows}
    return [code for _rank, code in sorted(ranked)]


def cash_of_the_day(officer: Officer, *, counter: Counter | None, at: datetime) -> int:
    """Return what the counter took on the day of `at`, in đồng.

    An officer who receives at no counter is answered with what they took themselves.
    """
    today = office(at).date()
    by = {"officer": officer} if counter is None else {"counter": counter}
    taken = Payment.objects.filter(at__gte=midnight(today), at__lt=midnight(today + ONE_DAY), **by)
    return taken.aggregate(total=Sum("amount"))["total"] or 0


def drafts_of(officer: Officer) -> QuerySet[Draft]:
    """Return the officer's drafts, the latest first; none of a page that has been accepted."""
    accepted = Receipt.objects.filter(token=OuterRef("token"))
    return (
        Draft.objects.filter(officer=officer).filter(~Exists(accepted)).order_by("-saved_at", "-pk")
    )


def person_before(officer: Officer, *, at: datetime) -> Party | None:
    """Return who stood before this officer last today: who brought the latest receipt."""
    start = midnight(office(at).date())
    receipt = (
        Receipt.objects.filter(officer=officer, issued_at__gte=start, issued_at__lte=at)
        .order_by("-pk")
        .first()
    )
    if receipt is None:
        return None
    parties = {party.role: party for party in Party.objects.filter(dossier__receipt=receipt)}
    return next(iter(bringing_first(parties.values())), None)


def signers(agency: Agency, *, on: date) -> list[Officer]:
    """Return who may sign at this agency on that day, in the order of their names."""
    return list(holders(Role.APPROVER, agency_id=agency.pk, on=on))


def receipt_with(token: uuid.UUID, *, unit: OneStopUnit) -> Receipt | None:
    """Return the unit's receipt of that page with its dossiers and issues; None: not here."""
    dossiers = Dossier.objects.select_related(
        "version__procedure", "case", "unit__agency", "result"
    ).prefetch_related("parties")
    return (
        Receipt.objects.filter(token=token, unit=unit)
        .select_related("unit__agency", "officer", "counter")
        .prefetch_related(Prefetch("dossiers", dossiers.order_by("pk")), "issues")
        .first()
    )


def register_of(unit: OneStopUnit, *, first: date, last: date) -> QuerySet[Dossier]:
    """Return what the unit accepted from `first` to `last`, both days inclusive, book by book."""
    return (
        Dossier.objects.filter(unit=unit, accepted_at__gte=midnight(first))
        .filter(accepted_at__lt=midnight(last + ONE_DAY))
        .select_related("version__procedure", "hand_back__event")
        .order_by("register_year", "register_position")
    )
