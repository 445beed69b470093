"""Values as Vietnamese reads them: dates, hours, money, limits; pages and papers share them."""

from datetime import date, datetime
from fractions import Fraction
from typing import Final

from motcua.domain.calendar import office
from motcua.domain.deadline import TimeLimit, Unit

WEEKDAYS: Final = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
)
UNIT_WORDS: Final = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.WORKING_MINUTE: "phút làm việc",
}


def day(value: date) -> str:
    """Return the date as tables show it.

    >>> day(date(2021, 3, 17))
    '17/03/2021'
    """
    return f"{value:%d/%m/%Y}"


def weekday(value: date) -> str:
    """Return the date with its day of the week.

    >>> weekday(date(2021, 3, 17))
    'Thứ Tư, 17/03/2021'
    """
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


def hour(at: datetime) -> str:
    """Return the time of day in office time, as `08:03`."""
    return f"{office(at):%H:%M}"


def moment(at: datetime) -> str:
    """Return an instant with its weekday, in office time: `Thứ Tư, 17/03/2021, 08:03`."""
    local = office(at)
    return f"{weekday(local.date())}, {hour(local)}"


def short_moment(at: datetime) -> str:
    """Return an instant for a table, in office time: `08:03 17/03/2021`."""
    local = office(at)
    return f"{hour(local)} {day(local.date())}"


def whole(number: int) -> str:
    """Return a whole number with points between its thousands.

    >>> whole(50677)
    '50.677'
    """
    return f"{number:,}".replace(",", ".")


def dong(amount: int) -> str:
    """Return an amount of money.

    >>> dong(15000)
    '15.000 đ'
    """
    return f"{whole(amount)} đ"


def share(part: Fraction | None, *, digits: int = 1) -> str:
    """Return a share in per cent, rounded for the page; a dash when there is none.

    >>> share(Fraction(997, 1000))
    '99,7 %'
    """
    if part is None:
        return "–"
    return f"{float(part * 100):.{digits}f}".replace(".", ",") + " %"


def limit(value: TimeLimit) -> str:
    """Return a time limit in words.

    >>> limit(TimeLimit.parse("0.5 working_day")), limit(TimeLimit.parse("same_day"))
    ('0,5 ngày làm việc', 'trong ngày')
    """
    if value.unit is Unit.SAME_DAY:
        return "trong ngày"
    amount = str(value).split()[0].replace(".", ",")
    return f"{amount} {UNIT_WORDS[value.unit]}"


def minutes(number: int) -> str:
    """Return a length of working time in hours and minutes.

    >>> minutes(135), minutes(40)
    ('2 giờ 15 phút', '40 phút')
    """
    hours, left = divmod(number, 60)
    if not hours:
        return f"{left} phút"
    return f"{whole(hours)} giờ {left} phút" if left else f"{whole(hours)} giờ"
