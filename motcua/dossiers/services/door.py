"""The ledger's bulk door: folded dossiers written in large batches, for a replay or an import."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Final

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from motcua.applicants.models import Applicant
from motcua.dossiers import facts, seals
from motcua.dossiers.models import (
    DayBook,
    Dossier,
    DossierEvent,
    HandBack,
    HandOverLine,
    HandOverList,
    Notice,
    NoticeItem,
    OpinionAsked,
    Paper,
    Party,
    Payment,
    Receipt,
    ReceiptIssue,
    Result,
    Serial,
    StepTaken,
)
from motcua.dossiers.services import ledger
from motcua.dossiers.services.courses import (
    DOSSIER_COLUMNS,
    Book,
    Books,
    Folded,
    HandOver,
    Row,
    person_row,
)
from motcua.dossiers.services.people import PartyFacts

BATCH: Final = 20_000
_DAY_BOOK_KEY: Final = ("unit_id", "administrative_field_id", "day")
_PERSON_COLUMNS: Final = ("personal_id", "full_name", "born_on", "sex", "address", "phone", "email")
_ITEM_COLUMNS: Final = tuple(name for name in seals.ITEM_COLUMNS if "__" not in name)
_KIND, _DRAFTED_AT = map(seals.NOTICE_COLUMNS.index, ("kind", "drafted_at"))
_applicant: Final = attrgetter(*_PERSON_COLUMNS)


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """Rows not yet written; columns nobody gave a value for take the model's default."""

    columns: tuple[str, ...]
    defaults: Row
    rows: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, model: type[models.Model], given: tuple[str, ...]) -> "_Waiting":
        """Return an empty heap for the model."""
        left = [
            column
            for column in model._meta.concrete_fields
            if not column.primary_key and column.column not in given
        ]
        return cls(
            columns=("id", *given, *(str(column.column) for column in left)),
            defaults=tuple(column.get_default() for column in left),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keyed:
    """A notice in seals.NOTICE_COLUMNS with its items, the keys they speak of known."""

    row: Row
    items: list[Row]


def _sealed(folded: Folded, notices: Iterable[_Keyed]) -> Row:
    """Return the dossier's row with the seal that covers its notices too."""
    columns = dict(zip(DOSSIER_COLUMNS, folded.dossier, strict=True))
    columns["seal"] = seals.seal_of_values(
        columns["number"],
        **folded.sealed,
        notices=[notice.row for notice in notices],
        notice_items=[
            (notice.row[_KIND], notice.row[_DRAFTED_AT], *item)
            for notice in notices
            for item in notice.items
        ],
    )
    return tuple(columns.values())


def _adapted(row: Row) -> Row:
    """Return the row with its instants as the database takes them."""
    instant = connection.ops.adapt_datetimefield_value
    return tuple(instant(value) if isinstance(value, datetime) else value for value in row)


class Door:
    """Writes folded dossiers in large batches.  Use it inside a transaction; `close` it last."""

    def __init__(self) -> None:
        assert transaction.get_connection().in_atomic_block, "call me inside a transaction"
        self._waiting: dict[type[models.Model], _Waiting] = {}
        self._next: dict[type[models.Model], int] = {}
        self._day_book: Counter[tuple[int, int, date, str]] = Counter()
        self._books: dict[Book, int] = {}
        self._applicants = dict(Applicant.objects.values_list("personal_id", "pk"))
        self._native_uuid = connection.features.has_native_uuid_field

    def add(self, folded: Folded) -> int:
        """Take one dossier; returns its key."""
        receipt = None
        if folded.receipt is not None:
            receipt = self._add_receipt(folded.receipt, folded.issues)
        notices = self._keyed(folded)
        dossier = _sealed(folded, notices) if notices else folded.dossier
        key = self._add(Dossier, (*DOSSIER_COLUMNS, "receipt_id"), (*dossier, receipt))
        last = None
        for event in folded.events:
            last = self._add(DossierEvent, ("dossier_id", *ledger.EVENT_COLUMNS), (key, *event))
        for step in folded.steps:
            self._add(StepTaken, ("dossier_id", *ledger.STEP_COLUMNS), (key, *step))
        for opinion in folded.opinions:
            self._add(OpinionAsked, ("dossier_id", *ledger.OPINION_COLUMNS), (key, *opinion))
        for role, person in folded.parties.items():
            self._add(
                Party,
                ("dossier_id", *facts.PARTY_COLUMNS, "applicant_id"),
                (key, role, *person_row(person), self._applicant(person)),
            )
        for paper in folded.papers:
            self._add(Paper, ("dossier_id", *facts.PAPER_COLUMNS), (key, *paper))
        for payment in folded.payments:
            self._add(Payment, ("dossier_id", *seals.CASH_COLUMNS), (key, *payment))
        if folded.result is not None:
            self._add(Result, ("dossier_id", *facts.RESULT_COLUMNS), (key, *folded.result))
        if folded.hand_back is not None:
            columns = ("dossier_id", "event_id", *facts.HAND_BACK_COLUMNS)
            self._add(HandBack, columns, (key, last, *folded.hand_back))
        for notice in notices:
            self._add_notice(key, notice)
        for day, column in folded.day_book:
            self._day_book[folded.unit, folded.administrative_field, day, column] += 1
        return key

    def add_hand_over(self, handed: HandOver, keys: Sequence[int]) -> None:
        """Take a hand-over list of dossiers already added; `keys` are those of the unit's year."""
        key = self._add(HandOverList, seals.LIST_COLUMNS, _adapted(handed.row()))
        for position, place in enumerate(handed.dossiers, start=1):
            self._add(
                HandOverLine,
                ("hand_over_list_id", "position", "dossier_id"),
                (key, position, keys[place]),
            )

    def add_books(self, books: Books) -> None:
        """Take the last numbers of books that were counted elsewhere."""
        for book, last in books.last.items():
            self._books[book] = max(last, self._books.get(book, 0))

    def close(self) -> None:
        """Write the day book, the serials and all that waits."""
        self._write_day_book()
        self._write_books()
        for model in self._waiting:
            self._write(model)
        keep_counting(self._next)

    def _add(self, model: type[models.Model], columns: tuple[str, ...], row: Row) -> int:
        waiting = self._waiting.get(model)
        if waiting is None:
            waiting = self._waiting[model] = _Waiting.of(model, columns)
        key = self._next_key(model)
        self._next[model] = key + 1
        waiting.rows.append((key, *row, *waiting.defaults))
        if len(waiting.rows) >= BATCH:
            self._write(model)
        return key

    def _next_key(self, model: type[models.Model]) -> int:
        """Return the key the next row of this table gets."""
        if model not in self._next:
            last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
            self._next[model] = last + 1
        return self._next[model]

    def _keyed(self, folded: Folded) -> list[_Keyed]:
        """Return the notices of a dossier about to be added, with the keys of its other rows."""
        if not folded.notices:
            return []
        event, paper = self._next_key(DossierEvent), self._next_key(Paper)
        return [
            _Keyed(
                row=tuple(
                    event + notice.act if column == "event_id" else notice.columns[column]
                    for column in seals.NOTICE_COLUMNS
                ),
                items=[(at, paper + place, *rest) for at, place, *rest in notice.items],
            )
            for notice in folded.notices
        ]

    def _add_notice(self, dossier: int, notice: _Keyed) -> None:
        key = self._add(
            Notice, ("dossier_id", *seals.NOTICE_COLUMNS), (dossier, *_adapted(notice.row))
        )
        for item in notice.items:
            self._add(NoticeItem, ("notice_id", *_ITEM_COLUMNS), (key, *item))

    def _add_receipt(self, receipt: Row, issues: Iterable[Row]) -> int:
        unit, year, position, token, *rest = receipt
        token = token if self._native_uuid else token.hex
        key = self._add(Receipt, seals.RECEIPT_COLUMNS, (unit, year, position, token, *rest))
        for issue in issues:
            self._add(ReceiptIssue, ("receipt_id", *seals.ISSUE_COLUMNS), (key, *issue))
        return key

    def _applicant(self, person: PartyFacts) -> int | None:
        if not person.personal_id:
            return None
        known = self._applicants.get(person.personal_id)
        if known is None:
            known = self._add(Applicant, _PERSON_COLUMNS, _applicant(person))
            self._applicants[person.personal_id] = known
        return known

    def _write(self, model: type[models.Model]) -> None:
        waiting = self._waiting[model]
        if waiting.rows:
            write_rows(model, waiting.columns, waiting.rows)
            waiting.rows.clear()

    def _write_day_book(self) -> None:
        counted: dict[tuple[int, int, date], Counter[str]] = {}
        for (unit, administrative_field, day, column), times in self._day_book.items():
            counted.setdefault((unit, administrative_field, day), Counter())[column] += times
        kept = {
            (row.unit_id, row.administrative_field_id, row.day): row
            for row in DayBook.objects.filter(unit__in={key[0] for key in counted})
        }
        for key, columns in sorted(counted.items()):
            row = kept.get(key)
            if row is None:
                values = tuple(columns[name] for name in ledger.DAY_COLUMNS)
                self._add(DayBook, (*_DAY_BOOK_KEY, *ledger.DAY_COLUMNS), (*key, *values))
                continue
            for column, times in columns.items():
                setattr(row, column, getattr(row, column) + times)
            row.save()

    def _write_books(self) -> None:
        kept = {
            (row.unit_id, row.book, row.period): row
            for row in Serial.objects.filter(unit__in={book[0] for book in self._books})
        }
        for book, last in sorted(self._books.items()):
            row = kept.get(book)
            if row is None:
                self._add(Serial, ("unit_id", "book", "period", "last"), (*book, last))
            elif last > row.last:
                row.last = last
                row.save(update_fields=["last"])


def write_rows(model: type[models.Model], columns: Iterable[str], rows: list[Row]) -> None:
    """Insert rows of plain values, in the order of the columns."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names of models
            rows,
        )


def keep_counting(written: Iterable[type[models.Model]]) -> None:
    """Let the database number on after keys that were given here."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(written))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
