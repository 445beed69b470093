"""One dossier after another: its rows against the fold of its events."""

import hashlib
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from motcua.agencies.models import Counter, OneStopUnit
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import office
from motcua.domain.consultation import Consultations
from motcua.domain.dossier import Action
from motcua.domain.history import advance
from motcua.domain.numbering import DossierNumber, NumberUnreadable
from motcua.domain.snapshot import Snapshot, StepRun
from motcua.domain.terms import Terms
from motcua.domain.vietnamese import fold
from motcua.dossiers import facts
from motcua.dossiers.models import (
    Attachment,
    Correction,
    Dossier,
    DossierEvent,
    HandBack,
    OpinionAsked,
    Paper,
    Party,
    Payment,
    PromiseMove,
    Receipt,
    Result,
    StepTaken,
)
from motcua.dossiers.queries import terms_for
from motcua.dossiers.seals import stored_seals
from motcua.dossiers.services import ledger
from motcua.dossiers.verification import moves
from motcua.dossiers.verification.reading import UNREADABLE, Range, Row, rows_by_dossier
from motcua.gateways.archive import Archive, FileLost

DOSSIER: Final = (
    "pk",
    *facts.DOSSIER_COLUMNS,
    *ledger.REPEATED,
    "revision",
    "search_text",
    "seal",
    "receipt_id",
)
FACTS: Final = slice(1, 1 + len(facts.DOSSIER_COLUMNS))
PARTY: Final = (*facts.PARTY_COLUMNS, "applicant_id", "applicant__personal_id")
PAYMENT: Final = (*facts.PAYMENT_COLUMNS, "at", "officer_id", "counter_id")
HAND_BACK: Final = (*facts.HAND_BACK_COLUMNS, "event_id")
FILE: Final = ("name", "digest", "size", "paper_id", "paper__dossier_id")
RECEIPT: Final = ("pk", "unit_id", "issued_at", "officer_id")

Event = namedtuple("Event", ("pk", *ledger.EVENT_COLUMNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of the dossiers of one range, by the dossier's key."""

    dossiers: list[Row]
    events: dict[int, list[Row]]
    steps: dict[int, list[Row]]
    opinions: dict[int, list[Row]]
    parties: dict[int, list[Row]]
    papers: dict[int, list[Row]]
    payments: dict[int, list[Row]]
    results: dict[int, list[Row]]
    hand_backs: dict[int, list[Row]]
    files: dict[int, list[Row]]
    corrections: dict[int, list[Row]]
    moves: dict[int, list[Row]]
    receipts: dict[int, Row]
    seals: dict[int, str]
    unit_of_counter: dict[int, int]


@dataclass(slots=True)
class Proof:
    """Kết quả kiểm tra một phần: how many rows were looked at, and what differs, in words."""

    counts: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def read(keys: Range) -> Rows:
    """Return the rows of a range.  Raises whatever the database does on what it cannot read."""
    dossiers = Dossier.objects.filter(pk__range=(keys.first, keys.last)).order_by("pk")
    rows = list(dossiers.values_list(*DOSSIER))
    slips = {row[-1] for row in rows if row[-1] is not None}
    return Rows(
        dossiers=rows,
        events=rows_by_dossier(DossierEvent, Event._fields, keys, "dossier_id", "position"),
        steps=rows_by_dossier(StepTaken, ledger.STEP_COLUMNS, keys, "dossier_id", "position"),
        opinions=rows_by_dossier(
            OpinionAsked, ledger.OPINION_COLUMNS, keys, "dossier_id", "position"
        ),
        parties=rows_by_dossier(Party, PARTY, keys, "dossier_id", "pk"),
        papers=rows_by_dossier(Paper, facts.PAPER_COLUMNS, keys, "dossier_id", "pk"),
        payments=rows_by_dossier(Payment, PAYMENT, keys, "dossier_id", "pk"),
        results=rows_by_dossier(Result, facts.RESULT_COLUMNS, keys, "dossier_id", "pk"),
        hand_backs=rows_by_dossier(HandBack, HAND_BACK, keys, "dossier_id", "pk"),
        files=rows_by_dossier(Attachment, FILE, keys, "dossier_id", "pk"),
        corrections=rows_by_dossier(Correction, ("event_id",), keys, "dossier_id", "pk"),
        moves=rows_by_dossier(PromiseMove, moves.MOVE, keys, "dossier_id", "pk"),
        receipts={
            row[0]: row for row in Receipt.objects.filter(pk__in=slips).values_list(*RECEIPT)
        },
        seals=stored_seals(dossiers),
        unit_of_counter=dict(Counter.objects.values_list("pk", "unit_id")),
    )


def prove(rows: Rows, files: Path) -> Proof:
    """Return what differs on these dossiers, each difference with the dossier's number."""
    proof = Proof(
        counts={
            "hồ sơ": len(rows.dossiers),
            "sự kiện": sum(map(len, rows.events.values())),
            "bước": sum(map(len, rows.steps.values())),
            "tệp": sum(map(len, rows.files.values())),
        }
    )
    archive = Archive(files)
    for values in rows.dossiers:
        one = _One(dict(zip(DOSSIER, values, strict=True)), values[FACTS], rows, archive)
        try:
            for words in one.differences():
                proof.differences.append(f"{one}: {words}")
        except Exception as problem:  # a value nothing can be reckoned with is a finding as well
            proof.differences.append(f"{one}: không kiểm tra hết được: {_said(problem)}")
    return proof


@dataclass(frozen=True, slots=True)
class _One:
    """One dossier with what belongs to it."""

    dossier: dict[str, Any]
    facts: Row
    rows: Rows
    archive: Archive

    def __str__(self) -> str:
        return name_of(self.dossier["number"], self.dossier["pk"])

    def _of(self, table: dict[int, list[Row]]) -> list[Row]:
        return table.get(self.dossier["pk"], [])

    def differences(self) -> Iterator[str]:
        """Yield what is not as the events say."""
        events = [Event(*row) for row in self._of(self.rows.events)]
        positions = [event.position for event in events]
        if not events or positions != list(range(1, len(events) + 1)):
            yield f"các sự kiện không liền số: {positions}"
            return
        if self.dossier["revision"] != len(events):
            yield f"revision ghi {self.dossier['revision']}, có {len(events)} sự kiện"
        yield from self._content(events)
        try:
            terms = self._terms()
            after, broken = _fold(events, terms)
        except Exception as problem:  # what cannot be folded is a finding, whatever refuses it
            yield f"không dựng lại được: {_said(problem)}"
            return
        if broken:
            yield broken
            return
        yield from self._repeated(after, terms)
        yield from self._steps(after.steps)
        yield from moves.differences(
            self._of(self.rows.moves), events, terms, unit=self.dossier["unit_id"]
        )
        yield from self._opinions(after.consultations)

    def _terms(self) -> Terms:
        one = self.dossier
        names = ("unit_id", "version_id", "case_id", "calendar_edition", "answers")
        return _terms(*(one[name] for name in names))

    def _repeated(self, after: Snapshot, terms: Terms) -> Iterator[str]:
        for column, expected in ledger.repeated(after, terms).items():
            written = self.dossier[column]
            if written != expected:
                yield f"{column} ghi {written}, sự kiện nói {expected}"

    def _steps(self, expected: tuple[StepRun, ...]) -> Iterator[str]:
        taken = self._of(self.rows.steps)
        if [row[0] for row in taken] != [run.position for run in expected]:
            yield f"ghi {len(taken)} bước, sự kiện nói {len(expected)}"
            return
        for row, run in zip(taken, expected, strict=True):
            written = dict(zip(ledger.STEP_COLUMNS, row, strict=True))
            for column, due in ledger.step_columns(run).items():
                if written[column] != due:
                    yield f"bước {run.position}: {column} ghi {written[column]}, phải là {due}"

    def _opinions(self, expected: Consultations) -> Iterator[str]:
        asked = self._of(self.rows.opinions)
        if len(asked) != len(expected):
            yield f"ghi {len(asked)} lần lấy ý kiến, sự kiện nói {len(expected)}"
            return
        for row, (position, one) in zip(asked, enumerate(expected, start=1), strict=True):
            if row != tuple(ledger.opinion_columns(position, one).values()):
                yield f"lần lấy ý kiến {position} không như sự kiện nói"

    def _content(self, events: list[Event]) -> Iterator[str]:
        """Yield what differs on the rows besides events and steps."""
        yield from self._facts(events)
        if self.dossier["search_text"] != fold(self.dossier["applicant_name"]):
            yield f"search_text ghi {self.dossier['search_text']!r}, không phải tên chủ hồ sơ"
        if self.dossier["seal"] != self.rows.seals[self.dossier["pk"]]:
            yield (
                "giấy tiếp nhận, lần in, khoản thu, tệp, phần sửa hoặc bàn giao "
                "không còn như lúc ghi (dấu hồ sơ không khớp)"
            )
        yield from self._number()
        yield from self._receipt(events)
        yield from self._people()
        yield from self._payments(events)
        yield from self._files()
        for row in self._of(self.rows.hand_backs):
            if row[-1] not in {e.pk for e in events if e.action == Action.HAND_BACK}:
                yield f"phần trả lại giấy tờ chỉ đến sự kiện {row[-1]}, không phải của hồ sơ này"
        for (event_id,) in self._of(self.rows.corrections):
            if event_id not in {e.pk for e in events if e.action == Action.CORRECT}:
                yield f"phần sửa thông tin chỉ đến sự kiện {event_id}, không phải của hồ sơ này"

    def _facts(self, events: list[Event]) -> Iterator[str]:
        sealed = [event.facts for event in events if event.facts]
        if not sealed:
            yield "không sự kiện nào mang dấu nội dung"
            return
        results, hand_backs = self._of(self.rows.results), self._of(self.rows.hand_backs)
        parties, payments = len(facts.PARTY_COLUMNS), len(facts.PAYMENT_COLUMNS)
        digest = facts.digest_of_values(
            self.facts,
            [row[:parties] for row in self._of(self.rows.parties)],
            self._of(self.rows.papers),
            [row[:payments] for row in self._of(self.rows.payments)],
            results[0] if results else None,
            hand_backs[0][:-1] if hand_backs else None,
        )
        if digest != sealed[-1]:
            yield (
                "thông tin hồ sơ, người nộp, giấy tờ, khoản thu, kết quả hoặc "
                "người nhận lại giấy tờ không còn như lúc ghi (dấu nội dung không khớp)"
            )

    def _number(self) -> Iterator[str]:
        text, accepted_at = self.dossier["number"], self.dossier["accepted_at"]
        if text is None or accepted_at is None:
            return
        try:
            number = DossierNumber.parse(text)
        except NumberUnreadable:
            yield "không phải mã số hồ sơ"
            return
        if number.day != office(accepted_at).date():
            yield f"mã số của ngày {number.day}, tiếp nhận lúc {accepted_at}"

    def _receipt(self, events: list[Event]) -> Iterator[str]:
        if self.dossier["receipt_id"] is None:
            return
        slip = self.rows.receipts.get(self.dossier["receipt_id"])
        if slip is None:
            yield "giấy tiếp nhận không còn"
            return
        said = (self.dossier["unit_id"], self.dossier["accepted_at"])
        received_by = [event.officer_id for event in events if event.action == Action.RECEIVE]
        if (*said, *received_by[:1]) != slip[1:]:
            yield "giấy tiếp nhận của đơn vị, lúc hoặc người tiếp nhận khác"

    def _people(self) -> Iterator[str]:
        for row in self._of(self.rows.parties):
            party = dict(zip(PARTY, row, strict=True))
            known = party["applicant__personal_id"]
            if (known or "") != (party["personal_id"] if party["applicant_id"] else ""):
                yield f"{party['role']} chỉ đến người có số định danh khác"
            elif party["personal_id"] and not party["applicant_id"]:
                yield f"{party['role']} không chỉ đến ai"

    def _payments(self, events: list[Event]) -> Iterator[str]:
        unit = self.dossier["unit_id"]
        acts = {(event.at, event.officer_id) for event in events}
        for row in self._of(self.rows.payments):
            paid = dict(zip(PAYMENT, row, strict=True))
            if (paid["at"], paid["officer_id"]) not in acts:
                yield f"khoản thu {paid['name']!r} không thuộc sự kiện nào của hồ sơ"
            counter = paid["counter_id"]
            if counter is not None and self.rows.unit_of_counter.get(counter) != unit:
                yield f"khoản thu {paid['name']!r} ở quầy của đơn vị khác"

    def _files(self) -> Iterator[str]:
        for row in self._of(self.rows.files):
            kept = dict(zip(FILE, row, strict=True))
            if kept["paper_id"] and kept["paper__dossier_id"] != self.dossier["pk"]:
                yield f"tệp {kept['name']!r} chỉ đến giấy tờ của hồ sơ khác"
            try:
                content = self.archive.path(kept["digest"]).read_bytes()
            except (FileLost, OSError):
                yield f"tệp {kept['name']!r} không còn trong kho"
                continue
            if hashlib.sha256(content).hexdigest() != kept["digest"]:
                yield f"tệp {kept['name']!r} trong kho đã bị sửa"
            elif len(content) != kept["size"]:
                yield f"tệp {kept['name']!r} ghi {kept['size']} byte, có {len(content)}"


def _fold(events: list[Event], terms: Terms) -> tuple[Snapshot, str]:
    """Return where the events lead, and in words what is wrong with the first bad one.

    Raises what `advance` raises, and what values of a strange type do.
    """
    link, now = ledger.CHAIN_START, Snapshot()
    for event in events:
        what = ledger.happening_of(event)
        link = ledger.digest_of(link, event.position, what, event.facts)
        if event.digest != link:
            return now, f"sự kiện {event.position} đã bị sửa (dấu chuỗi không khớp)"
        before, now = now, advance(now, what, terms)
        written = (event.state_before, event.state_after)
        if written != (before.state or "", now.state):
            words = f"ghi từ {written[0]!r} sang {written[1]!r}, dựng lại là {now.state}"
            return now, f"sự kiện {event.position} {words}"
    return now, ""


@lru_cache(maxsize=4096)
def _terms(unit_id: int, version_id: int, case_id: int | None, edition: int, answers: str) -> Terms:
    return terms_for(
        unit=OneStopUnit.objects.get(pk=unit_id),
        version=ProcedureVersion.objects.get(pk=version_id),
        case=None if case_id is None else ProcedureCase.objects.get(pk=case_id),
        edition=edition,
        answers=answers,
    )


def forget() -> None:
    """Forget terms remembered from an earlier run of this process."""
    _terms.cache_clear()


def unreadable(keys: Range, problem: Exception) -> Proof:
    """Return the finding for one dossier whose rows the database cannot give."""
    key = keys.first
    try:
        number = Dossier.objects.filter(pk=key).values_list("number", flat=True).first()
    except UNREADABLE as unread:
        number = unread
    return Proof({"hồ sơ": 1}, [f"{name_of(number, key)}: không đọc được: {_said(problem)}"])


def name_of(number: object, key: int) -> str:
    """Return how a finding names a dossier: by its number, or its key where it has none."""
    if number is None or number == "":
        return f"hồ sơ chưa tiếp nhận {key}"
    return number if isinstance(number, str) else f"hồ sơ {key} (mã số không đọc được)"


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"
