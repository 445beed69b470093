"""Absences: for which days somebody else stands in, and what two of them may not do at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.domain.process import Role


class AbsenceFlaw(StrEnum):
    """Lý do không ghi được người thay."""

    NOT_YOURS = "not_yours"
    SELF = "self"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    NOTHING_TO_DO = "nothing_to_do"
    NOT_A_COLLEAGUE = "not_a_colleague"
    OVERLAPS = "overlaps"
    DEPUTY_IS_ABSENT = "deputy_is_absent"
    ABSENT_IS_A_DEPUTY = "absent_is_a_deputy"
    NO_REASON = "no_reason"
    OVER_ALREADY = "over_already"
    RECEIVES_ALREADY = "receives_already"


class AbsenceRefused(Exception):
    """Nobody can stand in so."""

    def __init__(self, flaw: AbsenceFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Vắng mặt: from the first to the last day the deputy acts for the absent officer.

    `role` is the one role that is delegated; None: all of them.
    """

    absent: int
    deputy: int
    first: date
    last: date
    role: Role | None = None

    def meets(self, other: "Absence") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def check_days(first: date, last: date, *, on: date) -> None:
    """Raise AbsenceRefused for days in the wrong order, or gone by on that day."""
    if last < first:
        raise AbsenceRefused(AbsenceFlaw.ENDS_BEFORE_IT_BEGINS)
    if first < on:
        raise AbsenceRefused(AbsenceFlaw.BEGINS_IN_THE_PAST)


def check_absence(new: Absence, known: Iterable[Absence], *, on: date) -> None:
    """Raise AbsenceRefused for an absence that cannot stand beside those known, on that day.

    One deputy for a role and a day; what is delegated is not delegated on, so a deputy is there.
    """
    if new.absent == new.deputy:
        raise AbsenceRefused(AbsenceFlaw.SELF)
    check_days(new.first, new.last, on=on)
    for other in known:
        if not new.meets(other):
            continue
        if other.absent == new.absent and (
            None in (new.role, other.role) or new.role == other.role
        ):
            raise AbsenceRefused(AbsenceFlaw.OVERLAPS)
        if other.absent == new.deputy:
            raise AbsenceRefused(AbsenceFlaw.DEPUTY_IS_ABSENT)
        if other.deputy == new.absent:
            raise AbsenceRefused(AbsenceFlaw.ABSENT_IS_A_DEPUTY)
