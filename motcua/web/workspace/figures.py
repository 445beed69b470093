"""The unit's figures above the list of its work: sums one can check by eye."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.models import OneStopUnit
from motcua.domain.calendar import office
from motcua.domain.tally import BooksDoNotBalance, Tally
from motcua.reports.queries import COUNTED_FROM, counted_for
from motcua.web.access import Acting


@dataclass(frozen=True, slots=True)
class Figures:
    """Số liệu của một bộ phận: since 1 January of this year, and since counting began.

    `since` is empty where the books do not balance: no figure is shown then.
    """

    unit: OneStopUnit
    since: tuple[tuple[date, Tally], ...]


def figures_for(acting: Acting, at: datetime) -> Figures | None:
    """Return the figures of the officer's unit; None where no agency of theirs has one.

    Of several it is that of their own agency, else the first by code.
    """
    units = OneStopUnit.objects.filter(agency__in=acting.agency_ids).order_by("agency__code")
    home = acting.officer.agency_id
    unit = min(units, key=lambda one: one.agency_id != home, default=None)
    if unit is None:
        return None
    this_year = office(at).date().replace(month=1, day=1)
    starts = sorted({this_year, COUNTED_FROM}, reverse=True)
    try:
        return Figures(unit, tuple(counted_for(unit, starts, at).items()))
    except BooksDoNotBalance:
        return Figures(unit, ())
