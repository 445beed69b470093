"""Names, dates, telephone and identity numbers as people type them at a counter."""

import re
import unicodedata
from datetime import date
from typing import Final

from motcua.domain.vietnamese import tidy

EARLIEST_YEAR: Final = 1900
LONGEST_PERSONAL_ID: Final = 12

_DATE: Final = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4}|\d{2})", re.ASCII)
_DATE_OF_DIGITS: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_DATE_OF_FORMS: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SPACING: Final = re.compile(r"[\s.\-()]+")
_PHONE: Final = re.compile(r"(?:\+84|0084|84|0)([1-9]\d{8,9})", re.ASCII)
_PERSONAL_ID: Final = re.compile(r"\d{9}|\d{12}", re.ASCII)
# Decree 01/2021 art. 8: the code of an enterprise is its tax code.
_ENTERPRISE_CODE: Final = re.compile(r"\d{10}|\d{13}", re.ASCII)
# Between the letters of a name: O'Neil, Phan-Xi, Công ty A & B (chi nhánh 2), 12/7.
_IN_NAMES: Final = frozenset(" '’.,-–&()/:;\"“”")
_LEAST_LETTERS: Final = 2
_PASSPORT: Final = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{6,12}", re.ASCII)


class DateUnreadable(ValueError):
    """The text is no date."""


class DateTooLate(ValueError):
    """The date lies after the latest one possible here."""

    def __init__(self, day: date, latest: date) -> None:
        super().__init__(f"{day} is after {latest}")
        self.day = day
        self.latest = latest


class PhoneUnreadable(ValueError):
    """The text is no Vietnamese telephone number."""


class IdentityUnreadable(ValueError):
    """The text is neither an identity number nor a passport number."""


class NameUnreadable(ValueError):
    """The text is no name of a person or an organisation."""


def read_name(text: str) -> str:
    """Read the name of a person or an organisation, as it is stored.

    At least two letters, of any alphabet; digits and the signs that stand in names of
    organisations may stand among them, no others.

    Raises NameUnreadable.

    >>> read_name(" Nguyễn  Thị Na "), read_name("Công ty TNHH Thép 27-7 (chi nhánh 2)")
    ('Nguyễn Thị Na', 'Công ty TNHH Thép 27-7 (chi nhánh 2)')
    """
    name = tidy(text)
    letters = sum(sign.isalpha() for sign in name)
    if letters < _LEAST_LETTERS or not all(_may_stand_in_a_name(sign) for sign in name):
        raise NameUnreadable(text)
    return name


def read_date(text: str, *, latest: date) -> date:
    """Read a date: day, month, year with any of `/ - .` or none between them, or `2021-03-17`.

    A year of two digits is that of the last date of this writing not after `latest`, so that
    a birth date typed `17-3-21` is of 2021 in 2021 and of 1921 in 2020.

    Raises DateUnreadable, DateTooLate.

    >>> [read_date(text, latest=date(2021, 3, 17)) for text in ("5/9/90", "05092001")]
    [datetime.date(1990, 9, 5), datetime.date(2001, 9, 5)]
    """
    typed = tidy(text)
    if written := _DATE_OF_FORMS.fullmatch(typed):
        year, month, day = written.groups()
    elif written := _DATE.fullmatch(typed) or _DATE_OF_DIGITS.fullmatch(typed):
        day, month, year = written.groups()
    else:
        raise DateUnreadable(text)
    if len(year) == 4:
        found = _date(int(year), month, day)
        if found is None or found.year < EARLIEST_YEAR:
            raise DateUnreadable(text)
        if found > latest:
            raise DateTooLate(found, latest)
        return found
    century = latest.year // 100 * 100
    for whole in (century + int(year), century - 100 + int(year)):
        found = _date(whole, month, day)
        if found is not None and found <= latest:
            return found
    raise DateUnreadable(text)


def read_phone(text: str) -> str:
    """Read a telephone number: spacing dropped, the country's prefix made a zero.

    Raises PhoneUnreadable.

    >>> read_phone("+84 90.123-4567"), read_phone("(0228) 3 871 234")
    ('0901234567', '02283871234')
    """
    found = _PHONE.fullmatch(_SPACING.sub("", tidy(text)))
    if found is None:
        raise PhoneUnreadable(text)
    return f"0{found[1]}"


def read_identity(text: str) -> str:
    """Read an identity number of 9 or 12 digits, or a foreigner's passport number.

    Spacing is dropped, letters become capitals; there is no check digit to check, but a number
    of one digit over and over is nobody's.

    Raises IdentityUnreadable.

    >>> read_identity("003 200 000 001"), read_identity("b1234567")
    ('003200000001', 'B1234567')
    """
    found = _SPACING.sub("", tidy(text)).upper()
    is_known = _PERSONAL_ID.fullmatch(found) or _PASSPORT.fullmatch(found)
    if not is_known or len(set(found)) == 1:
        raise IdentityUnreadable(text)
    return found


def read_applicant_number(text: str) -> str:
    """Read what any applicant shows: an identity or passport number, or an enterprise code.

    An enterprise code has 10 digits, that of a branch 3 more.

    Raises IdentityUnreadable.

    >>> read_applicant_number("0600 123 456"), read_applicant_number("003200000001")
    ('0600123456', '003200000001')
    """
    found = _SPACING.sub("", tidy(text))
    is_enterprise = _ENTERPRISE_CODE.fullmatch(found) and len(set(found)) > 1
    return found if is_enterprise else read_identity(text)


def _may_stand_in_a_name(sign: str) -> bool:
    return sign in _IN_NAMES or sign.isdecimal() or unicodedata.category(sign)[0] in "LM"


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
