"""The ledger's bulk door: many dossiers with their whole past, for a replay or an import.

It folds the same rules as the ledger, one act after another, and writes the same rows: events
with their chain and the facts they carry, steps, what the dossier repeats, the day book, the
serials. `fold_course` needs no database and may run in another process; `Door` writes what it
returns in large batches, inside one transaction of the caller.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, Final
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from motcua.applicants.models import Applicant
from motcua.domain.dossier import Action
from motcua.domain.history import Happening, Snapshot, Terms, advance
from motcua.dossiers import facts
from motcua.dossiers.models import (
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
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts

BATCH: Final = 20_000

# After these acts a dossier's other rows say something new; after HAND_BACK too, when it comes.
_TELLING: Final = (Action.RECEIVE, Action.ISSUE_RESULT, Action.RETURN)

Row = tuple[Any, ...]
Book = tuple[int, str, str]  # unit, book, period
Instant = Callable[[datetime], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """Cash taken for a dossier."""

    name: str
    amount: int
    counter: int | None
    officer: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """The slip of a dossier as first issued."""

    year: int
    position: int
    token: UUID
    counter: int | None
    officer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What the applicant takes home; the collector is empty until it is fetched."""

    number: str
    signed_on: date
    signer: str
    collector_name: str = ""
    collector_id: str = ""
    collector_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandBackRow:
    """Who fetched the papers of a dossier that ended unsettled."""

    collector_name: str
    collector_id: str
    collector_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Hồ sơ đã qua: one dossier as it lay on the counter, and all that happened to it, in order.

    `columns` are those of facts.DOSSIER_COLUMNS; `papers` are in facts.PAPER_COLUMNS; `parties`
    are under their role.
    """

    terms: Terms
    administrative_field: int
    columns: Mapping[str, Any]
    search_text: str
    happenings: tuple[Happening, ...]
    parties: Mapping[str, PartyFacts]
    papers: tuple[Row, ...]
    payments: tuple[PaymentRow, ...] = ()
    receipt: ReceiptRow | None = None
    result: ResultRow | None = None
    hand_back: HandBackRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The rows of one dossier, without their keys, instants as the database takes them."""

    unit: int
    administrative_field: int
    dossier: Row
    events: tuple[Row, ...]
    steps: tuple[Row, ...]
    parties: Mapping[str, PartyFacts]
    papers: tuple[Row, ...]
    payments: tuple[Row, ...]
    receipt: Row | None
    result: Row | None
    hand_back: Row | None
    day_book: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Danh sách bàn giao: the dossiers by their place among those given to the door."""

    unit: int
    to_agency: int
    year: int
    position: int
    made_at: datetime
    officer: int
    confirmed_at: datetime | None
    confirmed_by: int | None
    dossiers: tuple[int, ...]


@dataclass(slots=True)
class Books:
    """Sổ: gives the next number of each book of a unit in a period, as reception does."""

    last: dict[Book, int] = field(default_factory=dict)

    def take(self, unit: int, book: str, period: str) -> int:
        """Return the next number."""
        number = self.last.get((unit, book, period), 0) + 1
        self.last[unit, book, period] = number
        return number


DOSSIER_COLUMNS: Final = (*facts.DOSSIER_COLUMNS, "search_text", "revision", *ledger.REPEATED)
PAYMENT_COLUMNS: Final = ("name", "amount", "counter_id", "officer_id", "at")
RECEIPT_COLUMNS: Final = (
    "unit_id",
    "year",
    "position",
    "token",
    "issued_at",
    "officer_id",
    "counter_id",
)
_DAY_BOOK_KEY: Final = ("unit_id", "administrative_field_id", "day")
_person: Final = attrgetter(*facts.PARTY_COLUMNS[1:])  # its role stands before it
_result: Final = attrgetter(*facts.RESULT_COLUMNS)
_hand_back: Final = attrgetter(*facts.HAND_BACK_COLUMNS)
_repeated: Final = itemgetter(*ledger.REPEATED)
_event: Final = itemgetter(*ledger.EVENT_COLUMNS)
_step: Final = itemgetter(*ledger.STEP_COLUMNS)
_PERSON_COLUMNS: Final = ("personal_id", "full_name", "born_on", "sex", "address", "phone", "email")


def fold_course(course: Course, instant: Instant) -> Folded:
    """Return the rows of one dossier; `instant` makes instants what the database takes.

    Raises what `advance` raises.
    """
    now = Snapshot()
    # The same instants stand on event, step and dossier: each is made ready once.
    ready: dict[int, Any] = {}

    def stored(at: Any) -> Any:
        if not isinstance(at, datetime):
            return at
        found = ready.get(id(at))
        if found is None:
            found = ready[id(at)] = instant(at)
        return found

    telling = _facts(course)
    link = ledger.CHAIN_START
    events: list[Row] = []
    day_book: list[tuple[date, str]] = []
    for position, what in enumerate(course.happenings, start=1):
        before, now = now, advance(now, what, course.terms)
        said = telling.get(what.action, "")
        link = ledger.digest_of(link, position, what, said)
        day_book += ledger.day_book_changes(before, now)
        columns = ledger.event_columns(what, before, now, position)
        columns["at"], columns["new_due_at"] = stored(what.at), stored(what.new_due_at)
        columns["facts"], columns["digest"] = said, link
        events.append(_event(columns))
    accepted_at = stored(now.accepted_at)
    return Folded(
        unit=course.columns["unit_id"],
        administrative_field=course.administrative_field,
        dossier=(
            *(course.columns[name] for name in facts.DOSSIER_COLUMNS),
            course.search_text,
            len(events),
            *map(stored, _repeated(ledger.repeated(now, course.terms))),
        ),
        events=tuple(events),
        steps=tuple(tuple(map(stored, _step(ledger.step_columns(run)))) for run in now.steps),
        parties=course.parties,
        papers=course.papers,
        payments=tuple(
            (row.name, row.amount, row.counter, row.officer, stored(row.at))
            for row in course.payments
        ),
        receipt=_receipt(course, accepted_at),
        result=_result(course.result) if course.result else None,
        hand_back=_hand_back(course.hand_back) if course.hand_back else None,
        day_book=tuple(day_book),
    )


def _facts(course: Course) -> dict[Action, str]:
    """Return the digest each act carries after which the other rows say something new."""
    results: list[Row | None] = [None]
    if course.result is not None:
        whole = _result(course.result)
        results += [(*whole[:3], "", "", ""), whole]
    rows = (
        tuple(course.columns[name] for name in facts.DOSSIER_COLUMNS),
        [(role, *_person(person)) for role, person in course.parties.items()],
        course.papers,
        [(payment.name, payment.amount) for payment in course.payments],
    )
    telling = dict(zip(_TELLING, facts.digests_of_values(*rows, results), strict=False))
    if course.hand_back is not None:
        fetched = _hand_back(course.hand_back)
        telling[Action.HAND_BACK] = facts.digest_of_values(*rows, results[-1], fetched)
    return telling


def _receipt(course: Course, accepted_at: Any) -> Row | None:
    slip = course.receipt
    if slip is None:
        return None
    return (
        course.columns["unit_id"],
        slip.year,
        slip.position,
        slip.token,
        accepted_at,
        slip.officer,
        slip.counter,
    )


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
            receipt = self._add_receipt(folded.receipt)
        key = self._add(Dossier, (*DOSSIER_COLUMNS, "receipt_id"), (*folded.dossier, receipt))
        last = None
        for event in folded.events:
            last = self._add(DossierEvent, ("dossier_id", *ledger.EVENT_COLUMNS), (key, *event))
        for step in folded.steps:
            self._add(StepTaken, ("dossier_id", *ledger.STEP_COLUMNS), (key, *step))
        for role, person in folded.parties.items():
            self._add(
                Party,
                ("dossier_id", *facts.PARTY_COLUMNS, "applicant_id"),
                (key, role, *_person(person), self._applicant(person)),
            )
        for paper in folded.papers:
            self._add(Paper, ("dossier_id", *facts.PAPER_COLUMNS), (key, *paper))
        for payment in folded.payments:
            self._add(Payment, ("dossier_id", *PAYMENT_COLUMNS), (key, *payment))
        if folded.result is not None:
            self._add(Result, ("dossier_id", *facts.RESULT_COLUMNS), (key, *folded.result))
        if folded.hand_back is not None:
            columns = ("dossier_id", "event_id", *facts.HAND_BACK_COLUMNS)
            self._add(HandBack, columns, (key, last, *folded.hand_back))
        for day, column in folded.day_book:
            self._day_book[folded.unit, folded.administrative_field, day, column] += 1
        return key

    def add_hand_over(self, handed: HandOver) -> None:
        """Take a hand-over list of dossiers already added."""
        instant = connection.ops.adapt_datetimefield_value
        key = self._add(
            HandOverList,
            (
                "unit_id",
                "to_agency_id",
                "year",
                "position",
                "made_at",
                "officer_id",
                "confirmed_at",
                "confirmed_by_id",
            ),
            (
                handed.unit,
                handed.to_agency,
                handed.year,
                handed.position,
                instant(handed.made_at),
                handed.officer,
                instant(handed.confirmed_at),
                handed.confirmed_by,
            ),
        )
        for position, dossier in enumerate(handed.dossiers, start=1):
            self._add(
                HandOverLine,
                ("hand_over_list_id", "position", "dossier_id"),
                (key, position, dossier),
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
            self._next[model] = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        key = self._next[model]
        self._next[model] = key + 1
        waiting.rows.append((key, *row, *waiting.defaults))
        if len(waiting.rows) >= BATCH:
            self._write(model)
        return key

    def _add_receipt(self, receipt: Row) -> int:
        unit, year, position, token, issued_at, officer, counter = receipt
        token = token if self._native_uuid else token.hex
        key = self._add(
            Receipt,
            RECEIPT_COLUMNS,
            (unit, year, position, token, issued_at, officer, counter),
        )
        self._add(
            ReceiptIssue,
            ("receipt_id", "position", "at", "officer_id", "reason"),
            (key, 1, issued_at, officer, ""),
        )
        return key

    def _applicant(self, person: PartyFacts) -> int | None:
        if not person.personal_id:
            return None
        known = self._applicants.get(person.personal_id)
        if known is None:
            known = self._add(
                Applicant, _PERSON_COLUMNS, tuple(getattr(person, name) for name in _PERSON_COLUMNS)
            )
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
