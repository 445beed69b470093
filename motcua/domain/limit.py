"""The time limit: what the law or a rule gives for a procedure, as text and as a value."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

LARGEST_AMOUNT: Final = 1_000_000
MINUTES_A_DAY: Final = 480
MINUTES_OF_SAME_DAY: Final = 100  # what is received at 15:00 is returned before 17:00


class Unit(StrEnum):
    """Đơn vị thời hạn."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    WORKING_MINUTE = "working_minute"
    SAME_DAY = "same_day"


class Ends(StrEnum):
    """Hết hạn lúc: at the close of the last day, or at the hour of acceptance."""

    END_OF_DAY = "end_of_day"
    SAME_CLOCK = "same_clock"


class LimitUnreadable(ValueError):
    """The text is no time limit, or its amount is not above zero."""


_WHOLE_ONLY: Final = frozenset({Unit.CALENDAR_DAY, Unit.MONTH, Unit.WORKING_MINUTE})
_NAMED_UNITS: Final = frozenset(unit.value for unit in Unit if unit is not Unit.SAME_DAY)
_AMOUNT: Final = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,12})?")
IN_MINUTES: Final = {Unit.WORKING_HOUR: 60, Unit.WORKING_MINUTE: 1}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Thời hạn giải quyết: an exact amount above zero and its unit.

    >>> str(TimeLimit.parse("0.5 working_day")), str(TimeLimit.parse("same_day"))
    ('0.5 working_day', 'same_day')
    """

    amount: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LARGEST_AMOUNT:
            raise LimitUnreadable(f"amount {self.amount}")
        if self.unit in _WHOLE_ONLY and not self.is_whole:
            raise LimitUnreadable(f"{self.unit} takes whole amounts")

    def __str__(self) -> str:
        if self.unit is Unit.SAME_DAY:
            return self.unit.value
        amount = Decimal(self.amount.numerator) / Decimal(self.amount.denominator)
        return f"{amount.normalize():f} {self.unit.value}"

    @property
    def is_whole(self) -> bool:
        """Whether the amount is a whole number."""
        return self.amount.denominator == 1

    @property
    def minutes(self) -> int:
        """How many opening minutes a limit in hours or minutes holds, a begun minute included."""
        return -(-self.amount.numerator * IN_MINUTES[self.unit] // self.amount.denominator)

    @property
    def least_minutes(self) -> int:
        """How many opening minutes it holds in an ordinary week of eight-hour days, rather fewer
        than more: what the steps of a process may share out.
        """
        match self.unit:
            case Unit.SAME_DAY:
                return MINUTES_OF_SAME_DAY
            case Unit.WORKING_DAY:
                return int(self.amount * MINUTES_A_DAY)
            case Unit.CALENDAR_DAY:
                return max(1, int(self.amount) * 5 // 7 - 1) * MINUTES_A_DAY
            case Unit.MONTH:
                return int(self.amount) * 20 * MINUTES_A_DAY
            case _:
                return self.minutes

    @classmethod
    def parse(cls, text: str) -> "TimeLimit":
        """Read `5 working_day`, `0.5 working_day`, `same_day` …; `hour` means working_hour.

        Raises LimitUnreadable.
        """
        words = text.split()
        if words == [Unit.SAME_DAY.value]:
            return cls(Fraction(1), Unit.SAME_DAY)
        if len(words) != 2:
            raise LimitUnreadable(text)
        name = {"hour": "working_hour", "minute": "working_minute"}.get(words[1], words[1])
        # Plain digits only: Decimal would read 1e-99999999, and the fraction fill the memory.
        if not _AMOUNT.fullmatch(words[0]) or name not in _NAMED_UNITS:
            raise LimitUnreadable(text)
        return cls(Fraction(words[0]), Unit(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Phần thời hạn còn lại: what is still to count when an open pause ends.

    A month is given in calendar days, hours in minutes; nothing is left once the count is
    complete.
    """

    amount: Fraction
    unit: Unit
