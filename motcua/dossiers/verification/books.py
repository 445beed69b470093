"""The books: serials, receipts, hand-over lists, the day book, counted anew from the dossiers.

Every number given out belongs to one row, from 1 to the last without a gap; a number without a
row is a dossier that somebody took away. A finding ends with the dossiers it concerns; a number
that nobody has, with those that stand beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any, Final

from django.db import connection, models
from django.db.models import Exists, F, Func, OuterRef

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import AdministrativeField, ProcedureVersion
from motcua.domain.calendar import office
from motcua.domain.notice import NoticeKind
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
    Notice,
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
from motcua.dossiers.services.notices import book_of
from motcua.dossiers.verification.dossiers import Proof, name_of
from motcua.dossiers.verification.reading import Kinds, Misfit, Row, legible_rows

NAMED: Final = 3  # dossiers at the end of one finding; the others are counted
DOSSIER: Final[Kinds] = {
    "pk": int,
    "number": str | None,
    "unit_id": int,
    "version_id": int,
    "register_year": int | None,
    "register_position": int | None,
    "accepted_at": datetime | None,
    "due_at": datetime | None,
    "settled_at": datetime | None,
    "ended_at": datetime | None,
    "result__number": str | None,
    "receipt_id": int | None,
}
RECEIPT: Final[Kinds] = {
    "pk": int,
    "unit_id": int,
    "year": int,
    "position": int,
    "issued_at": datetime,
}
ISSUE: Final[Kinds] = {"receipt_id": int, "position": int}
LIST: Final[Kinds] = {"pk": int, "unit_id": int, "year": int, "position": int}
NOTICE: Final[Kinds] = {
    "unit_id": int,
    "kind": str,
    "year": int | None,
    "position": int | None,
    "dossier__number": str | None,
    "dossier_id": int,
}
LINE: Final[Kinds] = {
    "hand_over_list_id": int,
    "position": int,
    "dossier__unit_id": int,
    "dossier__number": str | None,
    "dossier_id": int,
}
SERIAL: Final[Kinds] = {"pk": int, "unit_id": int, "book": str, "period": str, "last": int}
DAY: Final[Kinds] = {
    "pk": int,
    "unit_id": int,
    "administrative_field_id": int,
    "day": date,
    **dict.fromkeys(DAY_COLUMNS, int),
}
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
    Notice: "văn bản gửi người nộp",
}

# The way to the dossiers, from a dossier and from what belongs to it.
TO_DOSSIERS: Final = {
    Dossier: "",
    **dict.fromkeys(BELONGING, "dossier__"),
    HandOverList: "lines__dossier__",
}
# As SQL of SQLite: what a column of times holds, and nothing where that is no time.
DAY_OR_NOTHING: Final = "CASE WHEN %(expressions)s GLOB '????-??-??' THEN date(%(expressions)s) END"
INSTANT_OR_NOTHING: Final = (
    "CASE WHEN %(expressions)s GLOB '????-??-??*' THEN datetime(%(expressions)s) END"
)

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
    for row in legible_rows(Dossier, DOSSIER):
        _count(row, field_of, counted)
    # Before the serials are compared: these count the numbers of slips, lists and notices too.
    slips, lists = _receipts(counted), _hand_over_lists(counted)
    _count_notices(counted)
    serials = list(legible_rows(Serial, SERIAL))
    days = list(legible_rows(DayBook, DAY))
    differences = [
        *_guards(),
        *_left_alone(),
        *_no_times(),
        *slips,
        *lists,
        *_serials(serials, counted),
        *_day_book(days, counted),
    ]
    counts = {"bộ đếm": len(serials), "dòng sổ ngày": len(days)}
    return Proof(counts, differences)


def _count(row: Row, field_of: dict[int, int], counted: Counted) -> None:
    """Count a dossier wherever it can be; what cannot is a finding of that dossier already."""
    dossier = {
        column: None if isinstance(value, Misfit) else value
        for column, value in zip(DOSSIER, row, strict=True)
    }
    name = name_of(row[1], dossier["pk"])
    unit, accepted_at = dossier["unit_id"], dossier["accepted_at"]
    year, position = dossier["register_year"], dossier["register_position"]
    if dossier["receipt_id"] is not None:
        counted.slips[dossier["receipt_id"]].append(name)
    if unit is None:
        return
    if position is not None and year is not None:
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
    field_id = field_of.get(dossier["version_id"])
    if field_id is None:
        return
    _count_day((unit, field_id), accepted_at, "received", name, counted)
    settled_at, due_at = dossier["settled_at"], dossier["due_at"]
    if settled_at is not None and due_at is not None:
        try:
            standing = standing_settled(due_at=due_at, settled_at=settled_at)
        except OverflowError:
            pass  # at the end of time, where office time has no such day
        else:
            _count_day((unit, field_id), settled_at, standing.value, name, counted)
    if dossier["ended_at"] is not None:
        _count_day((unit, field_id), dossier["ended_at"], "sent_back", name, counted)


def _count_day(
    place: tuple[int, int], at: datetime, column: str, dossier: str, counted: Counted
) -> None:
    try:
        day = office(at).date()
    except OverflowError:
        return  # at the end of time, where office time has no such day
    counted.days[*place, day][column].append(dossier)


def _count_result(unit: int, text: str, dossier: str, counted: Counted) -> None:
    try:
        number = BookNumber.parse(text)
    except NumberUnreadable:
        return  # numbered elsewhere, in no book kept here
    key = (unit, number.book, str(number.year))
    counted.numbers[key].append((number.serial, (dossier,)))


def _named(dossiers: Iterable[str]) -> str:
    """Return the dossiers that a finding concerns as its end."""
    names = list(dict.fromkeys(dossiers))
    if not names:
        return ""
    more = f" và {len(names) - NAMED} hồ sơ khác" if len(names) > NAMED else ""
    return f" (hồ sơ {', '.join(names[:NAMED])}{more})"


def _written(row: Row, kinds: Kinds) -> str:
    """Return what a row holds that its columns cannot mean, in words; empty when nothing."""
    bad = [
        f"{column} ghi {value}"
        for column, value in zip(kinds, row, strict=True)
        if isinstance(value, Misfit)
    ]
    return ", ".join(bad)


def _gaps(positions: list[int | Misfit]) -> bool:
    """Whether these are not 1, 2, 3 and so on, in whatever order they come."""
    if any(isinstance(position, Misfit) for position in positions):
        return True
    return not positions or sorted(positions) != list(range(1, len(positions) + 1))


def _receipts(counted: Counted) -> list[str]:
    found = []
    issues: defaultdict[int | Misfit, list[int | Misfit]] = defaultdict(list)
    for receipt_id, position in legible_rows(ReceiptIssue, ISSUE):
        issues[receipt_id].append(position)
    found += [
        f"lần in {positions} ở giấy tiếp nhận {receipt_id}: không biết là giấy nào"
        for receipt_id, positions in issues.items()
        if isinstance(receipt_id, Misfit)
    ]
    for row in legible_rows(Receipt, RECEIPT):
        pk, unit_id, year, position, issued_at = row
        dossiers = tuple(counted.slips.get(pk, ()))
        name = f"giấy tiếp nhận {position}/{year} của {counted.code(unit_id)}"
        bad = _written(row, RECEIPT)
        if bad:
            found.append(f"{name}: {bad}{_named(dossiers)}")
        if not isinstance(unit_id, Misfit) and not isinstance(position, Misfit):
            counted.numbers[unit_id, "receipt", str(year)].append((position, dossiers))
        if not dossiers:
            if not bad:
                orphaned = Dossier.objects.filter(
                    unit_id=unit_id, accepted_at=issued_at, receipt=None
                ).values_list("number", flat=True)
                found += [f"{number}: không còn chỉ đến {name}" for number in orphaned]
            found.append(f"{name}: không có hồ sơ nào")
        if not bad and _year(issued_at) != year:
            found.append(f"{name}: lập lúc {issued_at}{_named(dossiers)}")
        if _gaps(issues[pk]):
            found.append(f"{name}: các lần in không liền số: {issues[pk]}{_named(dossiers)}")
    return found


def _year(at: datetime) -> int | None:
    try:
        return office(at).year
    except OverflowError:
        return None  # at the end of time, where office time has no such day


def _hand_over_lists(counted: Counted) -> list[str]:
    found = []
    lines: defaultdict[int | Misfit, list[Row]] = defaultdict(list)
    for list_id, *line in legible_rows(HandOverLine, LINE):
        lines[list_id].append(tuple(line))
    for row in legible_rows(HandOverList, LIST):
        pk, unit_id, year, position = row
        dossiers = tuple(name_of(number, key) for _position, _unit, number, key in lines[pk])
        name = f"danh sách bàn giao {position}/{year} của {counted.code(unit_id)}"
        bad = _written(row, LIST)
        if bad:
            found.append(f"{name}: {bad}{_named(dossiers)}")
        if not isinstance(unit_id, Misfit) and not isinstance(position, Misfit):
            counted.numbers[unit_id, "hand_over", str(year)].append((position, dossiers))
        positions = [line[0] for line in lines[pk]]
        if _gaps(positions):
            found.append(f"{name}: các dòng không liền số: {positions}{_named(dossiers)}")
        found += [
            f"{name_of(number, key)}: nằm trong {name}, là đơn vị khác"
            for _position, unit, number, key in lines[pk]
            if unit != unit_id
        ]
    return found


def _count_notices(counted: Counted) -> None:
    """Count the numbers of notices; whatever else differs on one, its dossier's seal tells."""
    for unit_id, kind, year, position, number, key in legible_rows(Notice, NOTICE):
        if isinstance(position, int) and isinstance(unit_id, int):
            # A kind nobody knows stands for itself; the dossier's seal tells of it.
            known = book_of(NoticeKind(kind)) if kind in [*NoticeKind] else str(kind)
            book = (unit_id, known, str(year))
            counted.numbers[book].append((position, (name_of(number, key),)))


def _serials(serials: list[Row], counted: Counted) -> Iterator[str]:
    last_of: dict[Book, int | Misfit] = {}
    for row in serials:
        pk, unit, book, period, last = row
        if any(isinstance(value, Misfit) for value in (unit, book, period)):
            yield f"bộ đếm {pk}: {_written(row, SERIAL)}"
        else:
            last_of[unit, book, period] = last
    for key in sorted({*last_of, *counted.numbers}):
        unit, book, period = key
        numbers = sorted(counted.numbers.get(key, ()))
        name = f"bộ đếm {book} {period} của {counted.code(unit)}"
        largest, dossiers = numbers[-1] if numbers else (0, ())
        if key not in last_of:
            yield f"{name}: không có, số lớn nhất là {largest}{_named(dossiers)}"
            continue
        last = last_of[key]
        if isinstance(last, Misfit):
            yield f"{name}: last ghi {last}, số lớn nhất là {largest}{_named(dossiers)}"
            last = largest
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


def _day_book(rows: list[Row], counted: Counted) -> Iterator[str]:
    days: dict[Day, dict[str, Any]] = {}
    for values in rows:
        row = dict(zip(DAY, values, strict=True))
        key = (row["unit_id"], row["administrative_field_id"], row["day"])
        if any(isinstance(value, Misfit) for value in key):
            yield f"dòng sổ ngày {row['pk']}: {_written(values, DAY)}"
        else:
            days[key] = row
    for key in sorted({*days, *counted.days}):
        unit, field_id, day = key
        row, name = days.get(key), counted.fields.get(field_id, f"lĩnh vực {field_id}")
        for column in DAY_COLUMNS:
            written = row[column] if row else 0
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
        for dossier_id in sorted(set(alone.values_list("dossier_id", flat=True)), key=str):
            yield f"hồ sơ {dossier_id}: không còn, nhưng còn {words}"


def _no_times() -> Iterator[str]:
    """Yield the dossiers with a time that is none, where none need be: it is read as nothing."""
    if connection.vendor != "sqlite":
        return  # elsewhere a column of times holds times
    for model, way in TO_DOSSIERS.items():
        for column in model._meta.concrete_fields:
            if not (column.null and isinstance(column, models.DateField)):
                continue
            is_instant = isinstance(column, models.DateTimeField)
            time = Func(
                F(column.name),
                template=INSTANT_OR_NOTHING if is_instant else DAY_OR_NOTHING,
                output_field=models.TextField(),
            )
            written = model._default_manager.filter(**{f"{column.name}__isnull": False})
            none = written.alias(time=time).filter(time=None)
            for number, key in none.values_list(f"{way}number", f"{way}pk"):
                place = f"{BELONGING.get(model, 'danh sách bàn giao')}: " if way else ""
                yield f"{name_of(number, key)}: {place}{column.name} ghi điều không phải ngày giờ"


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
