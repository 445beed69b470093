"""A dossier's whole past before it is written: as it lay on the counter, and all that happened.

`fold_course` folds the same rules as the ledger, one act after another, into the rows the ledger
would have written; it needs no database and may run in another process. `Door` writes them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, Final
from uuid import UUID

from motcua.domain.dossier import Action
from motcua.domain.history import advance
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.terms import Terms
from motcua.dossiers import facts, seals
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts

# After these acts a dossier's other rows say something new; after HAND_BACK too, when it comes.
_TELLING: Final = (Action.RECEIVE, Action.ISSUE_RESULT, Action.RETURN)

Row = tuple[Any, ...]
Book = tuple[int, str, str]  # unit, book, period
Instant = Callable[[datetime], Any]

# The columns of the rows a course is folded to, where facts.py, seals.py and ledger.py name them
# together or apart.
DOSSIER_COLUMNS: Final = (
    *facts.DOSSIER_COLUMNS,
    "search_text",
    "seal",
    "revision",
    *ledger.REPEATED,
)
person_row: Final = attrgetter(*facts.PARTY_COLUMNS[1:])  # its role stands before it
_result: Final = attrgetter(*facts.RESULT_COLUMNS)
_hand_back: Final = attrgetter(*facts.HAND_BACK_COLUMNS)
_repeated: Final = itemgetter(*ledger.REPEATED)
_event: Final = itemgetter(*ledger.EVENT_COLUMNS)
_step: Final = itemgetter(*ledger.STEP_COLUMNS)
_opinion: Final = itemgetter(*ledger.OPINION_COLUMNS)


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
class NoticeRow:
    """Văn bản đã gửi: a notice sent by the act at that place, from 0, of a course's happenings.

    `columns` are those of seals.NOTICE_COLUMNS but the event's key; `items` are in
    seals.ITEM_COLUMNS from the position on, a paper by its place among the course's papers.
    """

    act: int
    columns: Mapping[str, Any]
    items: tuple[Row, ...] = ()


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
    notices: tuple[NoticeRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The rows of one dossier, without their keys, instants as the database takes them.

    The seal of one with notices speaks of keys: whoever gives them seals it, over `sealed` and
    the notices.
    """

    unit: int
    administrative_field: int
    dossier: Row
    events: tuple[Row, ...]
    steps: tuple[Row, ...]
    opinions: tuple[Row, ...]
    parties: Mapping[str, PartyFacts]
    papers: tuple[Row, ...]
    payments: tuple[Row, ...]
    receipt: Row | None
    issues: tuple[Row, ...]
    result: Row | None
    hand_back: Row | None
    day_book: tuple[tuple[date, str], ...]
    notices: tuple[NoticeRow, ...]
    sealed: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Danh sách bàn giao: the dossiers by their place among those of the unit's year."""

    unit: int
    to_agency: int
    year: int
    position: int
    made_at: datetime
    officer: int
    confirmed_at: datetime | None
    confirmed_by: int | None
    dossiers: tuple[int, ...]

    def row(self) -> Row:
        """Return what the list says, in the columns of seals.LIST_COLUMNS."""
        return (
            self.unit,
            self.to_agency,
            self.year,
            self.position,
            self.made_at,
            self.officer,
            self.confirmed_at,
            self.confirmed_by,
        )

    def lines(self) -> Iterator[tuple[int, Row]]:
        """Yield each dossier's place, with its line and what the list says, as seals take them."""
        for position, place in enumerate(self.dossiers, start=1):
            yield place, (position, "", *self.row())


@dataclass(slots=True)
class Books:
    """Sổ: gives the next number of each book of a unit in a period, as reception does."""

    last: dict[Book, int] = field(default_factory=dict)

    def take(self, unit: int, book: str, period: str) -> int:
        """Return the next number."""
        number = self.last.get((unit, book, period), 0) + 1
        self.last[unit, book, period] = number
        return number


def fold_course(course: Course, instant: Instant, *, lines: Iterable[Row] = ()) -> Folded:
    """Return the rows of one dossier; `instant` makes instants what the database takes.

    `lines` are the dossier's lines on hand-over lists. Raises what `advance` raises.
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
        for name in ("at", "new_due_at", "excused_from", "excused_until"):
            columns[name] = stored(columns[name])
        columns["facts"], columns["digest"] = said, link
        events.append(_event(columns))
    receipt = _receipt(course, now.accepted_at)
    issues = [(1, now.accepted_at, course.receipt.officer, "")] if course.receipt else []
    payments = [(row.name, row.amount, row.counter, row.officer, row.at) for row in course.payments]
    sealed = {
        "receipt": (receipt,) if receipt else (),
        "issues": tuple(issues),
        "payments": tuple(payments),
        "lines": tuple(lines),
    }
    seal = "" if course.notices else seals.seal_of_values(course.columns["number"], **sealed)
    return Folded(
        unit=course.columns["unit_id"],
        administrative_field=course.administrative_field,
        dossier=(
            *(course.columns[name] for name in facts.DOSSIER_COLUMNS),
            course.search_text,
            seal,
            len(events),
            *map(stored, _repeated(ledger.repeated(now, course.terms))),
        ),
        events=tuple(events),
        steps=tuple(tuple(map(stored, _step(ledger.step_columns(run)))) for run in now.steps),
        opinions=tuple(
            tuple(map(stored, _opinion(ledger.opinion_columns(position, one))))
            for position, one in enumerate(now.consultations, start=1)
        ),
        parties=course.parties,
        papers=course.papers,
        payments=tuple(tuple(map(stored, row)) for row in payments),
        receipt=tuple(map(stored, receipt)) if receipt else None,
        issues=tuple(tuple(map(stored, row)) for row in issues),
        result=_result(course.result) if course.result else None,
        hand_back=_hand_back(course.hand_back) if course.hand_back else None,
        day_book=tuple(day_book),
        notices=course.notices,
        sealed=sealed if course.notices else {},
    )


def _facts(course: Course) -> dict[Action, str]:
    """Return the digest each act carries after which the other rows say something new."""
    results: list[Row | None] = [None]
    if course.result is not None:
        whole = _result(course.result)
        results += [(*whole[:3], "", "", ""), whole]
    rows = (
        tuple(course.columns[name] for name in facts.DOSSIER_COLUMNS),
        [(role, *person_row(person)) for role, person in course.parties.items()],
        course.papers,
        [(payment.name, payment.amount) for payment in course.payments],
    )
    telling = dict(zip(_TELLING, facts.digests_of_values(*rows, results), strict=False))
    if course.hand_back is not None:
        fetched = _hand_back(course.hand_back)
        telling[Action.HAND_BACK] = facts.digest_of_values(*rows, results[-1], fetched)
    return telling


def _receipt(course: Course, accepted_at: datetime | None) -> Row | None:
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
