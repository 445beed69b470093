"""The text a scanner types from the QR of a citizen card.

number|old number|name|ddmmyyyy|sex|address|ddmmyyyy
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.domain.vietnamese import tidy

_PARTS: Final = 7


class Sex(StrEnum):
    """Giới tính."""

    FEMALE = "female"
    MALE = "male"


class CardUnreadable(ValueError):
    """The scanned text is not that of a citizen card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenCard:
    """Căn cước công dân: what the card's QR says."""

    personal_id: str
    former_id: str
    full_name: str
    born_on: date
    sex: Sex | None
    address: str
    issued_on: date | None

    @classmethod
    def parse(cls, text: str) -> "CitizenCard":
        """Read the scanned text.  Raises CardUnreadable.

        >>> CitizenCard.parse("003200000001||Trần Thị Na|05091990|Nữ|Xóm 1|01032021").born_on
        datetime.date(1990, 9, 5)
        """
        parts = [tidy(part) for part in text.strip().split("|")]
        if len(parts) < _PARTS or not re.fullmatch(r"\d{12}", parts[0]) or not parts[2]:
            raise CardUnreadable(text)
        born_on = _day(parts[3])
        if born_on is None:
            raise CardUnreadable(text)
        return cls(
            personal_id=parts[0],
            former_id=parts[1],
            full_name=parts[2],
            born_on=born_on,
            sex={"nữ": Sex.FEMALE, "nam": Sex.MALE}.get(parts[4].lower()),
            address=parts[5],
            issued_on=_day(parts[6]),
        )


def looks_scanned(text: str) -> bool:
    """Whether `text` is a card's QR rather than something typed by hand."""
    return text.count("|") >= _PARTS - 1


def _day(digits: str) -> date | None:
    if not re.fullmatch(r"\d{8}", digits):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
