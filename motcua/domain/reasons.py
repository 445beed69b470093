"""Why a promised date is what it is, date by date, in words a citizen understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from motcua.domain import spoken
from motcua.domain.dossier import Action
from motcua.domain.explanation import Entry, Explanation, Rule
from motcua.domain.limit import TimeLimit, Unit
from motcua.domain.snapshot import Happening

SATURDAY: Final = 5
WEEKEND: Final = "nghỉ cuối tuần"
WITHIN_A_MONTH: Final = "trong thời hạn"
RULE_WORDS: Final = {
    Rule.COUNTED: "tính",
    Rule.MAKE_UP_DAY: "tính, ngày làm bù",
    Rule.HOLIDAY: "không tính, ngày nghỉ",
    Rule.REST_DAY: "không tính, ngoài ngày làm việc",
    Rule.OUTSIDE_HOURS: "không tính, ngoài giờ làm việc",
    Rule.PASSED_OVER: "không tính, đang tạm dừng",
    Rule.MOVED: "không tính thêm, hẹn dời đến ngày làm việc này",
}


# The same on a narrow slip.
BRIEF_RULE_WORDS: Final = {
    Rule.COUNTED: "tính",
    Rule.MAKE_UP_DAY: "làm bù",
    Rule.HOLIDAY: "ngày nghỉ",
    Rule.REST_DAY: "không làm việc",
    Rule.OUTSIDE_HOURS: "ngoài giờ",
    Rule.PASSED_OVER: "tạm dừng",
    Rule.MOVED: "hẹn dời đến đây",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Một dòng giải thích ngày hẹn: one date, what it counted, and why, in words.

    `amount` is empty where the date counted nothing; `source` names the notice behind a day off
    or a make-up day. `brief_day` and `brief_words` say the same on a narrow slip, the date
    without its year where all dates are of one.
    """

    day: date
    counts: bool
    amount: str
    words: str
    source: str
    brief_day: str
    brief_words: str


def explanation_lines(explanation: Explanation) -> tuple[Line, ...]:
    """Return one line per date of the explanation."""
    lines = []
    counted = Fraction(0)
    is_one_year = len({entry.day.year for entry in explanation.entries}) == 1
    for entry in explanation.entries:
        counted += entry.counted
        amount = _counted(entry, explanation.limit)
        words = _reason(entry, explanation.limit, counted, amount)
        lines.append(
            Line(
                day=entry.day,
                counts=entry.counted > 0,
                amount=amount,
                words=f"{words} ({entry.name})" if entry.name else words,
                source=entry.source,
                brief_day=_day_and_month(entry.day) if is_one_year else spoken.weekday(entry.day),
                brief_words=_brief_reason(entry, explanation.limit, counted, amount),
            )
        )
    return tuple(lines)


def counted_on(explanation: Explanation) -> str:
    """Say which edition of the calendar the dates were counted on."""
    return f"Đếm theo lịch làm việc công bố lần {explanation.edition}."


def moves(happenings: Iterable[Happening]) -> tuple[str, ...]:
    """Say why many promises were moved together, each time this one was among them."""
    said = []
    for what in happenings:
        if what.action is Action.RECALCULATE:
            calendar = f"lịch làm việc công bố lần {what.edition}"
            said.append(f"Ngày hẹn được tính lại theo {calendar}: {what.note}.")
        elif what.action is Action.EXCUSE and what.excused_from and what.excused_until:
            period = spoken.period(what.excused_from, what.excused_until)
            said.append(f"Không tính vào thời hạn {period}: {what.note}.")
    return tuple(said)


def _reason(entry: Entry, value: TimeLimit, counted: Fraction, amount: str) -> str:
    words = f"không tính, {WEEKEND}" if _is_weekend(entry) else RULE_WORDS[entry.rule]
    if not entry.counted:
        # Every date of a month passes, the corresponding one completes it.
        return WITHIN_A_MONTH if _is_within_a_month(entry, value) else words
    match value.unit:
        case Unit.SAME_DAY:
            return f"{words}, trả trong ngày"
        case Unit.MONTH:
            return f"{words}, đủ {amount}"
        case Unit.WORKING_DAY | Unit.CALENDAR_DAY if counted.denominator == 1:
            return f"{words}, {spoken.UNIT_WORDS[value.unit]} thứ {counted}"
    return f"{words} {amount}"


def _brief_reason(entry: Entry, value: TimeLimit, counted: Fraction, amount: str) -> str:
    if _is_weekend(entry):
        return WEEKEND
    if not entry.counted:
        if _is_within_a_month(entry, value):
            return WITHIN_A_MONTH
        return (entry.rule is Rule.HOLIDAY and entry.name) or BRIEF_RULE_WORDS[entry.rule]
    words = amount
    if value.unit in (Unit.WORKING_DAY, Unit.CALENDAR_DAY) and counted.denominator == 1:
        words = f"ngày {counted}"
    made_up = entry.rule is Rule.MAKE_UP_DAY
    return f"{words}, {BRIEF_RULE_WORDS[entry.rule]}" if made_up else words


def _is_weekend(entry: Entry) -> bool:
    return entry.rule is Rule.REST_DAY and entry.day.weekday() >= SATURDAY


def _is_within_a_month(entry: Entry, value: TimeLimit) -> bool:
    counts = entry.rule in (Rule.COUNTED, Rule.MAKE_UP_DAY)
    return value.unit is Unit.MONTH and counts and not entry.counted


def _day_and_month(value: date) -> str:
    return f"{spoken.WEEKDAYS[value.weekday()]}, {value:%d/%m}"


def _counted(entry: Entry, value: TimeLimit) -> str:
    if not entry.counted:
        return ""
    match value.unit:
        case Unit.SAME_DAY:
            return spoken.limit(value)
        case Unit.WORKING_HOUR | Unit.WORKING_MINUTE:
            return spoken.minutes(entry.minutes)
    return spoken.limit(TimeLimit(entry.counted, value.unit))
