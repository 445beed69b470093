"""Values as Vietnamese reads them: dates, hours, money, limits; pages and papers share them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from typing import Final

from motcua.domain.calendar import (
    ONE_DAY,
    CalendarNotPublished,
    OfficeTime,
    Session,
    office,
    write_hours,
)
from motcua.domain.fee import FeeRule
from motcua.domain.limit import Left, TimeLimit, Unit
from motcua.domain.standing import Standing

DAYS_END: Final = time(23, 59, 59)
WEEKDAYS: Final = (
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ Nhật",
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


def full_day(value: date) -> str:
    """Return the date as papers write it out.

    >>> full_day(date(2021, 3, 7))
    'ngày 07 tháng 3 năm 2021'
    """
    # A day below ten and the months January and February take a zero (Decree 30/2020, annex I).
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


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


def full_moment(at: datetime) -> str:
    """Return an instant as papers write it out, in office time.

    As `08 giờ 03 phút, ngày 17 tháng 3 năm 2021`.
    """
    local = office(at)
    return f"{local:%H} giờ {local:%M} phút, {full_day(local.date())}"


def short_moment(at: datetime) -> str:
    """Return an instant for a table, in office time: `08:03 17/03/2021`."""
    local = office(at)
    return f"{hour(local)} {day(local.date())}"


def period(start: datetime, end: datetime) -> str:
    """Return a stretch of time; one that begins or ends with a day says the day alone.

    As `từ đầu ngày Thứ Sáu, 19/03/2021 đến hết ngày Thứ Hai, 22/03/2021`.
    """
    start, end = office(start), office(end)
    since, until = moment(start), moment(end)
    if start.time() == DAYS_END:
        since = f"đầu ngày {weekday(start.date() + ONE_DAY)}"
    if end.time() == DAYS_END:
        until = f"hết ngày {weekday(end.date())}"
    return f"từ {since} đến {until}"


def whole(number: int) -> str:
    """Return a whole number with points between its thousands.

    >>> whole(50677)
    '50.677'
    """
    return f"{number:,}".replace(",", ".")


def dong(amount: int) -> str:
    """Return an amount of money; the sign stays with its figures.

    >>> dong(15000)
    '15.000\\xa0đ'
    """
    return f"{whole(amount)}\N{NO-BREAK SPACE}đ"


def fee(amount: int) -> str:
    """Return what is due in đồng; that nothing is, in words.

    >>> fee(0)
    'không thu'
    """
    return dong(amount) if amount else "không thu"


def rate(rule: FeeRule) -> str:
    """Return a published rate in words.

    >>> from motcua.domain.fee import FeeKind
    >>> rate(FeeRule(name="Phí", kind=FeeKind.FEE, amount=2000, per="trang", first=2,
    ...              further=1000, ceiling=200_000)).replace("\\xa0", " ")
    'Phí: 2.000 đ mỗi trang cho 2 trang đầu, 1.000 đ mỗi trang tiếp theo, cao nhất 200.000 đ'
    """
    words = fee(rule.amount)
    if rule.per and rule.amount:
        words += f" mỗi {rule.per}"
        if rule.further is not None:
            words += f" cho {rule.first} {rule.per} đầu" if rule.first > 1 else " đầu"
            words += f", {dong(rule.further)} mỗi {rule.per} tiếp theo"
    if rule.ceiling is not None:
        words += f", cao nhất {dong(rule.ceiling)}"
    return f"{rule.name}: {words}"


def copies_at(copies: int, total: int) -> str:
    """Return how many copies, and what each of them costs where they cost the same, in đồng.

    >>> copies_at(3, 6000).replace("\\xa0", " "), copies_at(3, 0), copies_at(3, 10_000)
    ('3 bản × 2.000 đ', '3 bản', '3 bản')
    """
    words = f"{whole(copies)} bản"
    each, left_over = divmod(total, copies)
    return f"{words} × {dong(each)}" if each and not left_over else words


def limit(value: TimeLimit) -> str:
    """Return a time limit in words.

    >>> limit(TimeLimit.parse("0.5 working_day")), limit(TimeLimit.parse("same_day"))
    ('0,5 ngày làm việc', 'trong ngày')
    """
    if value.unit is Unit.SAME_DAY:
        return "trong ngày"
    amount = str(value).split()[0].replace(".", ",")
    return f"{amount} {UNIT_WORDS[value.unit]}"


def opening_hours(office_time: OfficeTime, on: date) -> tuple[str, ...]:
    """Return the weekly opening hours in force on a date, like weekdays in one line.

    A session for reception only (Saturday mornings) is named as such, beside others too.
    """
    days: dict[int, str] = {}
    for weekday_number in range(len(WEEKDAYS)):
        here = [
            session
            for session in office_time.sessions
            if session.weekday == weekday_number and session.valid_from <= on <= session.valid_until
        ]
        in_order = sorted(here, key=lambda session: session.opens)
        alike = groupby(in_order, key=lambda session: session.counts)
        if here:
            days[weekday_number] = "; ".join(_sessions(group, counts) for counts, group in alike)
    runs: list[tuple[int, int, str]] = []
    for number, words in days.items():
        if runs and runs[-1][1] == number - 1 and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], number, words)
        else:
            runs.append((number, number, words))
    return tuple(f"{_weekdays(first, last)}: {words}" for first, last, words in runs)


def calendar_running_out(ends: date, on: date) -> str:
    """Return what the person in charge should do before, or after, the calendar ends.

    >>> calendar_running_out(date(2027, 12, 31), date(2027, 12, 1))[:54]
    'Lịch làm việc công bố đến hết 31/12/2027, còn 30 ngày.'
    """
    left = (ends - on).days
    how = f"còn {left} ngày" if left >= 0 else "đã hết"
    return (
        f"Lịch làm việc công bố đến hết {day(ends)}, {how}. Hẹn trả sau ngày ấy không ghi được. "
        f"Nâng cấp để có lịch năm {ends.year + 1}, rồi chạy motcua calendar load."
    )


def masked(personal_id: str) -> str:
    """Return an identity number as lists show it: all but its last four signs hidden.

    >>> masked("003200000001")
    '••••••••0001'
    """
    hidden = max(0, len(personal_id) - 4)
    return "•" * hidden + personal_id[hidden:]


def minutes(number: int) -> str:
    """Return a length of working time in hours and minutes.

    >>> minutes(135), minutes(40)
    ('2 giờ 15 phút', '40 phút')
    """
    hours, left = divmod(number, 60)
    if not hours:
        return f"{left} phút"
    return f"{whole(hours)} giờ {left} phút" if left else f"{whole(hours)} giờ"


def remaining(due_at: datetime, at: datetime, office_time: OfficeTime) -> str:
    """Say how long an open dossier still has at `at`, which is not after `due_at`.

    The day of `at` is not counted, the due date is. In a year without a calendar plain days
    are counted and called so.
    """
    due_on, today = office(due_at).date(), office(at).date()
    if due_on == today:
        return f"hẹn trả hôm nay {hour(due_at)}"
    if due_on == today + ONE_DAY:
        return f"hẹn trả ngày mai {hour(due_at)}"
    return f"còn {_days_between(today, due_on, office_time)}"


def overdue_by(due_at: datetime, at: datetime, office_time: OfficeTime) -> str:
    """Say by how much `at` is after `due_at`: hours and minutes on the due date, then days."""
    return f"quá hạn {_delay(due_at, at, office_time)}"


def left(value: Left) -> str:
    """Say what a suspended limit still has when the pause ends.

    >>> from fractions import Fraction
    >>> left(Left(amount=Fraction(3), unit=Unit.WORKING_DAY))
    'còn 3 ngày làm việc khi hết tạm dừng'
    """
    if not value.amount:
        return "đã tính đủ thời hạn, trả vào ngày làm việc đầu tiên sau khi hết tạm dừng"
    if value.unit is Unit.WORKING_MINUTE:
        return f"còn {minutes(int(value.amount))} làm việc khi hết tạm dừng"
    if value.unit is Unit.SAME_DAY:
        return "còn nguyên thời hạn trong ngày khi hết tạm dừng"
    return f"còn {limit(TimeLimit(value.amount, value.unit))} khi hết tạm dừng"


def standing_in_words(
    standing: Standing, due_at: datetime, at: datetime, office_time: OfficeTime
) -> str:
    """Say how a dossier stands; `at` is now for an open one, the settling for a settled one."""
    match standing:
        case Standing.WITHIN | Standing.DUE_SOON:
            return remaining(due_at, at, office_time)
        case Standing.OVERDUE:
            return overdue_by(due_at, at, office_time)
        case Standing.SUSPENDED:
            return "đang tạm dừng, thời hạn không chạy"
        case Standing.EARLY:
            return "có kết quả trước hạn"
        case Standing.ON_TIME:
            return "có kết quả đúng hạn"
        case Standing.LATE:
            return f"có kết quả trễ hạn {_delay(due_at, at, office_time)}"


def _sessions(sessions: Iterable[Session], counts: bool) -> str:
    hours = write_hours((session.opens, session.closes) for session in sessions)
    words = hours.replace(",", ", ").replace("-", "–")
    return words if counts else f"{words} (chỉ tiếp nhận)"


def _weekdays(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    joined = " và " if last == first + 1 else " đến "
    return f"{WEEKDAYS[first]}{joined}{WEEKDAYS[last]}"


def _delay(due_at: datetime, at: datetime, office_time: OfficeTime) -> str:
    due_on, today = office(due_at).date(), office(at).date()
    if due_on == today:
        late = int((at - due_at).total_seconds()) // 60
        return minutes(late) if late else "chưa đến 1 phút"
    return _days_between(due_on, today, office_time)


def _days_between(first: date, last: date, office_time: OfficeTime) -> str:
    try:
        number = office_time.working_days_between(first, last)
    except CalendarNotPublished:
        return f"{whole((last - first).days)} ngày"
    return f"{whole(number)} ngày làm việc" if number else "chưa đến 1 ngày làm việc"
