"""Dossier numbers: write, read, check.

Old order (Circular 01/2018 art. 19 with QCVN 102:2016, smallest unit first):
    000.00.99.H40-210317-0012
New order (Decision 20/2020, largest unit first):
    H15.50.05.13-261008-0975
The date is the day of reception, the last group a running number of that agency on that day.
A printed number is never rewritten; both orders are read for ever.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

LARGEST_SERIAL: Final = 9_999_999

_OLD: Final = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"
_NEW: Final = r"[A-Z]\d{2}(?:\.\d{1,3}){0,4}"
_NUMBER: Final = re.compile(rf"(?P<agency>{_OLD}|{_NEW})-(?P<day>\d{{6}})-(?P<serial>\d{{4,7}})")
_AGENCY: Final = re.compile(rf"{_OLD}|{_NEW}")


class NumberUnreadable(ValueError):
    """The text is not a dossier number in either order."""


class NumbersExhausted(Exception):
    """The agency has given out every number of the day."""


@dataclass(frozen=True, slots=True)
class DossierNumber:
    """Mã số hồ sơ: one dossier's number, the same for ever.

    >>> str(DossierNumber("000.00.99.H40", date(2021, 3, 17), 12))
    '000.00.99.H40-210317-0012'
    """

    agency: str
    day: date
    serial: int

    def __post_init__(self) -> None:
        if not _AGENCY.fullmatch(self.agency):
            raise NumberUnreadable(f"agency identifier {self.agency!r}")
        if not 2000 <= self.day.year <= 2099:
            raise NumberUnreadable(f"year {self.day.year} does not fit two digits")
        if self.serial < 1:
            raise NumberUnreadable(f"serial {self.serial}")
        if self.serial > LARGEST_SERIAL:
            raise NumbersExhausted(f"{self.agency} on {self.day}")

    def __str__(self) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{self.serial:04d}"

    @classmethod
    def parse(cls, text: str) -> "DossierNumber":
        """Read a number as people type it: spaces and lower case are forgiven.

        Raises NumberUnreadable.

        >>> str(DossierNumber.parse(" h15.50.05.13-261008-0975 "))
        'H15.50.05.13-261008-0975'
        """
        found = _NUMBER.fullmatch("".join(text.split()).upper())
        if found is None:
            raise NumberUnreadable(text)
        digits = found["day"]
        try:
            day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        except ValueError:
            raise NumberUnreadable(text) from None
        return cls(found["agency"], day, int(found["serial"]))


_BOOK_NUMBER: Final = re.compile(
    r"(?P<serial>\d{1,9}), quyển số 01/(?P<year>\d{4})-(?P<book>\S+)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class BookNumber:
    """Số trong sổ: the number of a result in a register book that begins anew each year.

    Source: Circular 01/2020/TT-BTP, forms of certification: number, volume and year, book.

    >>> str(BookNumber(125, 2021, "SCT/BS"))
    '125, quyển số 01/2021-SCT/BS'
    """

    serial: int
    year: int
    book: str

    def __str__(self) -> str:
        return f"{self.serial}, quyển số 01/{self.year}-{self.book}"

    @classmethod
    def parse(cls, text: str) -> "BookNumber":
        """Read what `str` writes.  Raises NumberUnreadable."""
        found = _BOOK_NUMBER.fullmatch(text)
        if found is None:
            raise NumberUnreadable(text)
        return cls(int(found["serial"]), int(found["year"]), found["book"])
