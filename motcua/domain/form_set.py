"""Which printed form a dossier gets: the set in force on the day it was accepted.

Source: Circular 01/2018/TT-VPCP, annex of forms; Circular 03/2025/TT-VPCP, annex I. The exact
day the second one took over was not seen in its own text; 15 September 2025 is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Form(StrEnum):
    """Mẫu giấy tờ: a printed paper the circulars give a number."""

    RECEIPT = "receipt"
    CONTROL_SHEET = "control_sheet"
    REGISTER = "register"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"


class Size(StrEnum):
    """Khổ giấy."""

    A5 = "a5"
    A4 = "a4"
    A4_LANDSCAPE = "a4_landscape"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Mẫu số: the number and the size a form has in one set; a paper the set does not number has
    none."""

    code: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSet:
    """Bộ mẫu: the forms of one circular.

    `counts_copies`: the receipt's list of papers has a column for each kind of copy; otherwise
    it names the kind and how many.
    """

    code: str
    circular: str
    valid_from: date
    counts_copies: bool
    sheets: Mapping[Form, Sheet]


# In the order of their dates; the first also serves every day before it.
FORM_SETS: Final = (
    FormSet(
        code="2018",
        circular="Thông tư số 01/2018/TT-VPCP",
        valid_from=date(2018, 11, 23),
        counts_copies=True,
        sheets=MappingProxyType(
            {
                Form.RECEIPT: Sheet("01", Size.A5),
                Form.SUPPLEMENT: Sheet("02", Size.A5),
                Form.REFUSAL: Sheet("03", Size.A5),
                Form.APOLOGY: Sheet("04", Size.A5),
                Form.STOP: Sheet("", Size.A5),
                Form.CONTROL_SHEET: Sheet("05", Size.A5),
                Form.REGISTER: Sheet("06", Size.A4_LANDSCAPE),
            }
        ),
    ),
    FormSet(
        code="2025",
        circular="Thông tư số 03/2025/TT-VPCP",
        valid_from=date(2025, 9, 15),
        counts_copies=False,
        sheets=MappingProxyType(
            {
                Form.RECEIPT: Sheet("01", Size.A5),
                Form.SUPPLEMENT: Sheet("02", Size.A5),
                Form.REFUSAL: Sheet("03", Size.A5),
                Form.APOLOGY: Sheet("04", Size.A5),
                Form.STOP: Sheet("05", Size.A5),
                Form.CONTROL_SHEET: Sheet("06", Size.A4),
                Form.REGISTER: Sheet("07", Size.A4_LANDSCAPE),
            }
        ),
    ),
)


def form_set(accepted_on: date) -> FormSet:
    """Return the set of forms for a dossier accepted on that day.

    >>> form_set(date(2025, 9, 14)).code, form_set(date(2025, 9, 15)).code
    ('2018', '2025')
    """
    in_force = [known for known in FORM_SETS if known.valid_from <= accepted_on]
    return in_force[-1] if in_force else FORM_SETS[0]
