"""The books: serials, receipts, hand-over lists, the day book, counted anew from the dossiers.

Every number given out belongs to one row, from 1 to the last without a gap; a number without a
row is a dossier that somebody took away. A finding ends with the dossiers it concerns; a number
that nobody has, with those that stand beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import AdministrativeField, ProcedureVersion
from motcua.domain.calendar import office
from motcua.domain.numbering import BookNumber, DossierNumber, NumberUnreadable
from motcua.domain.standing import standing_settled
from motcua.dossiers.migrations._guards import GUARDS
from motcua.dossiers.models import (
    Attachment,
    Correction,
    DayBook,
    Dossier,
    DossierEvent,
    HandBack,
    HandOverLine,
    HandOverList,
    Paper,
    Party,
    Payment,
    Receipt,
    ReceiptIssue,
    Result,
    Serial,
    StepTaken,
)
from motcua.dossiers.services.ledger import DAY_COLUMNS
from motcua.dossiers.verification.dossiers import Proof
from motcua.dossiers.verification.reading import Range, Row, all_ranges, in_readable_parts

NAMED: Final = 3  # dossiers at the end of one finding; the others are counted
COLUMNS: Final = (
    "pk",
    "number",
    "unit_id",
    "version_id",
    "register_year",
    "register_position",
    "accepted_at",
    "due_at",
    "settled_at",
    "ended_at",
    "result__number",
    "receipt_id",
)
BELONGING: Final = {
    DossierEvent: "sự kiện",
    StepTaken: "bước",
    Party: "người nộp",
    Paper: "giấy tờ",
    Payment: "khoản thu",
    Result: "kết quả",
    HandBack: "phần trả lại giấy tờ",
    Attachment: "tệp",
    Correction: "phần sửa",
    HandOverLine: "dòng bàn giao",
}

Book = tuple[int, str, str]  # unit, book, period
Day = tuple[int, int, date]  # unit, administrative field, day
Number = tuple[int, tuple[str, ...]]  # one number of a book, and the dossiers that have it


@dataclass(slots=True, kw_only=True)
class Counted:
    """What the dossiers and slips add up to; `units` gives code and identifier of each unit.

    `days` names the dossiers that each column of the day book counts, `slips` those of a receipt.
    """

    units: dict[int, tuple[str, str]]
    fields: dict[int, str]
    numbers: defaultdict[Book, list[Number]] = field(default_factory=lambda: defaultdict(list))
    days: defaultdict[Day, defaultdict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    slips: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def code(self, unit: int) -> str:
        """Return the code of a unit, for a finding."""
        return self.units[unit][0] if unit in self.units else f"đơn vị {unit}"


def prove() -> Proof:
    """Return what differs on the books.

    Call it where everything is read at one instant: a dossier received between the list of
    dossiers and the serials would seem a number that belongs to nobody.
    """
    units = OneStopUnit.objects.values_list("pk", "agency__code", "agency__identifier")
    counted = Counted(
        units={pk: (code, identifier) for pk, code, identifier in units},
        fields=dict(AdministrativeField.objects.values_list("pk", "code")),
    )
    field_of = dict(
        ProcedureVersion.objects.values_list("pk", "procedure__administrative_field_id")
    )
    for keys in all_ranges():
        for _part, rows in in_readable_parts(keys, _read):
            if not isinstance(rows, Exception):  # else a finding of that dossier already
                for row in rows:
                    _count(row, field_of, counted)
    slips = _receipts(counted)
    lists = _hand_over_lists(counted)
    serials = list(Serial.objects.order_by("unit_id", "book", "period"))
    days = {
        (row.unit_id, row.administrative_field_id, row.day): row for row in DayBook.objects.all()
    }
    differences = [
        *_guards(),
        *_left_alone(),
        *slips,
        *lists,
        *_serials(serials, counted),
        *_day_book(days, counted),
    ]
    counts = {"bộ đếm": len(serials), "dòng sổ ngày": len(days)}
    return Proof(counts, differences)


def _read(keys: Range) -> list[Row]:
    rows = Dossier.objects.filter(pk__range=(keys.first, keys.last)).order_by("pk")
    return list(rows.values_list(*COLUMNS))


def _count(row: Row, field_of: dict[int, int], counted: Counted) -> None:
    dossier = dict(zip(COLUMNS, row, strict=True))
    name = _name(dossier["number"], dossier["pk"])
    unit, accepted_at = dossier["unit_id"], dossier["accepted_at"]
    year, position = dossier["register_year"], dossier["register_position"]
    if dossier["receipt_id"] is not None:
        counted.slips[dossier["receipt_id"]].append(name)
    if isinstance(position, int):  # else a finding of that dossier already
        counted.numbers[unit, "register", str(year)].append((position, (name,)))
    if dossier["result__number"]:
        _count_result(unit, dossier["result__number"], name, counted)
    if accepted_at is None:
        return
    try:
        number = DossierNumber.parse(dossier["number"] or "")
    except NumberUnreadable:
        pass  # a finding of that dossier already
    else:
        key = (unit, "number", f"{number.day:%y%m%d}")
        counted.numbers[key].append((number.serial, (name,)))
    place = (unit, field_of[dossier["version_id"]])
    counted.days[*place, office(accepted_at).date()]["received"].append(name)
    settled_at, ended_at, due_at = dossier["settled_at"], dossier["ended_at"], dossier["due_at"]
    if settled_at is not None and due_at is not None:
        standing = standing_settled(due_at=due_at, settled_at=settled_at)
        counted.days[*place, office(settled_at).date()][standing.value].append(name)
    if ended_at is not None:
        counted.days[*place, office(ended_at).date()]["sent_back"].append(name)


def _count_result(unit: int, text: str, dossier: str, counted: Counted) -> None:
    try:
        number = BookNumber.parse(text)
    except NumberUnreadable:
        return  # numbered elsewhere, in no book kept here
    key = (unit, number.book, str(number.year))
    counted.numbers[key].append((number.serial, (dossier,)))


def _name(number: str | None, pk: int) -> str:
    return number or f"chưa tiếp nhận {pk}"


def _named(dossiers: Iterable[str]) -> str:
    """Return the dossiers that a finding concerns as its end."""
    names = list(dict.fromkeys(dossiers))
    if not names:
        return ""
    more = f" và {len(names) - NAMED} hồ sơ khác" if len(names) > NAMED else ""
    return f" (hồ sơ {', '.join(names[:NAMED])}{more})"


def _receipts(counted: Counted) -> list[str]:
    found = []
    issues: defaultdict[int, list[int]] = defaultdict(list)
    for receipt_id, position in ReceiptIssue.objects.order_by("position").values_list(
        "receipt_id", "position"
    ):
        issues[receipt_id].append(position)
    slips = Receipt.objects.order_by("unit_id", "year", "position")
    for pk, unit_id, year, position, issued_at in slips.values_list(
        "pk", "unit_id", "year", "position", "issued_at"
    ):
        dossiers = tuple(counted.slips.get(pk, ()))
        counted.numbers[unit_id, "receipt", str(year)].append((position, dossiers))
        name = f"giấy tiếp nhận {position}/{year} của {counted.code(unit_id)}"
        if not dossiers:
            orphaned = Dossier.objects.filter(
                unit_id=unit_id, accepted_at=issued_at, receipt=None
            ).values_list("number", flat=True)
            found += [f"{number}: không còn chỉ đến {name}" for number in orphaned]
            found.append(f"{name}: không có hồ sơ nào")
        if office(issued_at).year != year:
            found.append(f"{name}: lập lúc {issued_at}{_named(dossiers)}")
        if issues[pk] != list(range(1, len(issues[pk]) + 1)) or not issues[pk]:
            found.append(f"{name}: các lần in không liền số: {issues[pk]}{_named(dossiers)}")
    return found


def _hand_over_lists(counted: Counted) -> list[str]:
    found = []
    lines: defaultdict[int, list[Row]] = defaultdict(list)
    for list_id, *line in HandOverLine.objects.order_by("position", "pk").values_list(
        "hand_over_list_id", "position", "dossier__unit_id", "dossier__number", "dossier_id"
    ):
        lines[list_id].append(tuple(line))
    for pk, unit_id, year, position in HandOverList.objects.order_by("pk").values_list(
        "pk", "unit_id", "year", "position"
    ):
        dossiers = tuple(_name(number, key) for _position, _unit, number, key in lines[pk])
        counted.numbers[unit_id, "hand_over", str(year)].append((position, dossiers))
        name = f"danh sách bàn giao {position}/{year} của {counted.code(unit_id)}"
        positions = [line[0] for line in lines[pk]]
        if positions != list(range(1, len(positions) + 1)) or not positions:
            found.append(f"{name}: các dòng không liền số: {positions}{_named(dossiers)}")
        found += [
            f"{_name(number, key)}: nằm trong {name}, là đơn vị khác"
            for _position, unit, number, key in lines[pk]
            if unit != unit_id
        ]
    return found


def _serials(serials: list[Serial], counted: Counted) -> Iterator[str]:
    last_of = {(serial.unit_id, serial.book, serial.period): serial.last for serial in serials}
    for key in sorted({*last_of, *counted.numbers}):
        unit, book, period = key
        numbers = sorted(counted.numbers.get(key, ()))
        name = f"bộ đếm {book} {period} của {counted.code(unit)}"
        largest, dossiers = numbers[-1] if numbers else (0, ())
        if key not in last_of:
            yield f"{name}: không có, số lớn nhất là {largest}{_named(dossiers)}"
            continue
        last = last_of[key]
        if last < largest:
            over = [name for number, names in numbers if number >= last for name in names]
            yield f"{name}: ghi {last}, số lớn nhất là {largest}{_named(over)}"
        for (one, before), (following, after) in pairwise([(0, ()), *numbers]):
            beside = _named([*before, *after])
            if one == following:
                yield f"{name}: số {one} dùng hai lần{beside}"
            elif following > one + 1:
                yield f"{name}: {_nobody(key, one + 1, following - 1, counted)}{beside}"
        if last > largest:
            nobody = _nobody(key, largest + 1, last, counted)
            yield f"{name}: ghi {last}, {nobody}{_named(dossiers)}"


def _nobody(key: Book, first: int, last: int, counted: Counted) -> str:
    unit, book, period = key
    written = [str(first), str(last)]
    if book == "number" and unit in counted.units:
        identifier = counted.units[unit][1]
        written = [f"{identifier}-{period}-{serial:04d}" for serial in (first, last)]
    return f"không dòng nào mang số {written[0] if first == last else ' đến '.join(written)}"


def _day_book(days: dict[Day, DayBook], counted: Counted) -> Iterator[str]:
    for key in sorted({*days, *counted.days}):
        unit, field_id, day = key
        row, name = days.get(key), counted.fields.get(field_id, f"lĩnh vực {field_id}")
        for column in DAY_COLUMNS:
            written = getattr(row, column) if row else 0
            dossiers = counted.days[key][column] if key in counted.days else []
            if written != len(dossiers):
                yield (
                    f"sổ ngày {day} của {counted.code(unit)}, {name}: "
                    f"{column} ghi {written}, đếm được {len(dossiers)}"
                    f"{_named(dossiers or chain(*counted.days[key].values()))}"
                )


def _left_alone() -> Iterator[str]:
    """Yield the rows whose dossier is gone: only a database told not to look lets that happen."""
    for model, words in BELONGING.items():
        alone = model._default_manager.filter(
            ~Exists(Dossier.objects.filter(pk=OuterRef("dossier_id")))
        )
        for dossier_id in sorted(set(alone.values_list("dossier_id", flat=True))):
            yield f"hồ sơ {dossier_id}: không còn, nhưng còn {words}"


def _guards() -> Iterator[str]:
    """Yield the triggers that are gone, idle or not what they were."""
    if connection.vendor == "postgresql":
        asked = (
            "SELECT tgname, relname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    else:
        asked = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        standing = {name: (table, text) for name, table, text in cursor.fetchall()}
    refuses = "motcua_refuse()" if connection.vendor == "postgresql" else "RAISE(ABORT"
    for name, (table, operation, _condition) in GUARDS.items():
        guarded, text = standing.get(name, ("", ""))
        if guarded != table or f"BEFORE {operation}" not in text or refuses not in text:
            yield f"bảng {table}: không còn chốt chặn {name}"
