"""Report form 06: columns that must balance, rates, roll-up. A table that lies cannot exist.

Source: forms II.06 of the circulars on control of administrative procedures; Decree 61/2018.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields


class BooksDoNotBalance(Exception):
    """What came in is not where it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Số liệu giải quyết: dossiers of one unit, field or level in one period.

    Identities: carried_in + received = settled + open + sent_back;
    settled = early + on_time + late; open = open_within + open_overdue + open_suspended.
    `sent_back` is what ended without settlement; form 06 has no column for it, a footnoted
    setting says where it is printed.
    """

    received: int = 0
    carried_in: int = 0
    settled: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    open_within: int = 0
    open_overdue: int = 0
    open_suspended: int = 0
    sent_back: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 0:
                raise BooksDoNotBalance(f"{field.name} is {getattr(self, field.name)}")
        self._equal(
            "carried_in + received",
            self.carried_in + self.received,
            "settled + open + sent_back",
            self.settled + self.open + self.sent_back,
        )
        self._equal(
            "settled", self.settled, "early + on_time + late", self.early + self.on_time + self.late
        )
        self._equal(
            "open",
            self.open,
            "within + overdue + suspended",
            self.open_within + self.open_overdue + self.open_suspended,
        )

    @staticmethod
    def _equal(left: str, left_sum: int, right: str, right_sum: int) -> None:
        if left_sum != right_sum:
            raise BooksDoNotBalance(f"{left} = {left_sum}, but {right} = {right_sum}")

    @property
    def in_time(self) -> int:
        """Settled early or on time."""
        return self.early + self.on_time

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum; of nothing, the empty tally."""
    return sum(tallies, Tally())
