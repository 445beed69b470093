"""Questions about counters: who sits at each, and who can sit in for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.agencies.models import Counter, Officer, OneStopUnit, RoleAssignment
from motcua.agencies.queries import delegations_in_force, holders
from motcua.domain.process import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Một quầy trong ngày: who sits there, who was named to sit in, who else could.

    `absent` are those of `own` for whom a deputy acts that day.
    """

    counter: Counter
    own: tuple[Officer, ...]
    absent: frozenset[int]
    named: tuple[RoleAssignment, ...]
    others: tuple[Officer, ...]

    @property
    def has_substitute(self) -> bool:
        """Whether somebody can receive here when none of its own is there."""
        return bool(self.named or self.others)


def rota(unit: OneStopUnit, *, on: date) -> tuple[Sitting, ...]:
    """Return the counters of the unit with their people of that day, and who is named for later."""
    receiving = list(holders(Role.RECEPTION, agency_id=unit.agency_id, on=on))
    away = frozenset(
        delegations_in_force(on)
        .filter(agency=unit.agency_id, role__in=("", Role.RECEPTION))
        .values_list("absent_id", flat=True)
    )
    named = list(
        RoleAssignment.objects.filter(counter__unit=unit, valid_until__gte=on)
        .select_related("officer")
        .order_by("valid_from", "pk")
    )
    return tuple(
        _sitting(counter, receiving, away, named) for counter in unit.counters.order_by("number")
    )


def _sitting(
    counter: Counter,
    receiving: Iterable[Officer],
    away: frozenset[int],
    named: Iterable[RoleAssignment],
) -> Sitting:
    here = tuple(row for row in named if row.counter_id == counter.pk)
    substitutes = {row.officer_id for row in named}
    own = tuple(
        one for one in receiving if one.counter_id == counter.pk and one.pk not in substitutes
    )
    others = tuple(one for one in receiving if one not in own and one.pk not in substitutes | away)
    return Sitting(counter=counter, own=own, absent=away, named=here, others=others)
