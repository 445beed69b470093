"""motcua verify"""

import sys
from collections.abc import Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db.models import Max, Prefetch

from motcua.domain.numbering import DossierNumber, NumberUnreadable
from motcua.dossiers.models import Dossier, DossierEvent, Serial
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger

SHOWN: Final = 20


class Command(BaseCommand):
    help = "Dựng lại mọi hồ sơ từ sự kiện, so với các dòng đang ghi; kết thúc 1 khi có khác biệt."

    def handle(self, **options: Any) -> None:
        checked, differing = 0, 0
        dossiers = (
            Dossier.objects.select_related("unit__agency", "version", "case")
            .prefetch_related(
                Prefetch("events", DossierEvent.objects.order_by("position")), "steps_taken"
            )
            .order_by("pk")
        )
        for dossier in dossiers.iterator(chunk_size=2000):
            checked += 1
            found = next(differences(dossier), None)
            if found is not None:
                differing += 1
                self._say(differing, f"{dossier}: {found}")
        for found in serial_differences():
            differing += 1
            self._say(differing, found)
        self.stdout.write(f"{checked} hồ sơ đã kiểm tra, {differing} khác biệt")
        if differing:
            sys.exit(1)

    def _say(self, position: int, words: str) -> None:
        if position <= SHOWN:
            self.stderr.write(words)


def differences(dossier: Dossier) -> Iterator[str]:
    """Yield what on the dossier's rows is not what its events say."""
    events = list(dossier.events.all())
    if [event.position for event in events] != list(range(1, len(events) + 1)) or not events:
        yield f"các sự kiện không liền số: {[event.position for event in events]}"
        return
    link = ledger.CHAIN_START
    for event in events:
        what = ledger.happening_of(event)
        link = ledger.digest_of(link, dossier.number or "", event.position, what, event.facts)
        if event.digest != link:
            yield f"sự kiện {event.position} đã bị sửa (dấu chuỗi không khớp)"
            return
    terms = terms_of(dossier)
    try:
        after = ledger.past_of(events, terms).snapshot
    except Exception as problem:  # whatever the rules refuse is a finding, named with its dossier
        yield f"sự kiện không dựng lại được: {type(problem).__name__}: {problem}"
        return
    if events[-1].state_after != after.state:
        yield f"sự kiện cuối ghi {events[-1].state_after}, dựng lại là {after.state}"
    for column, expected in ledger.repeated(after, terms).items():
        written = getattr(dossier, column)
        if written != expected:
            yield f"{column} ghi {written}, sự kiện nói {expected}"
    if dossier.revision != len(events):
        yield f"revision ghi {dossier.revision}, có {len(events)} sự kiện"
    yield from _step_differences(dossier, after.steps)


def _step_differences(dossier: Dossier, expected: tuple) -> Iterator[str]:
    rows = sorted(dossier.steps_taken.all(), key=lambda row: row.position)
    if [row.position for row in rows] != [run.position for run in expected]:
        yield f"ghi {len(rows)} bước, sự kiện nói {len(expected)}"
        return
    for row, run in zip(rows, expected, strict=True):
        for column, value in ledger.step_columns(run).items():
            if getattr(row, column) != value:
                yield f"bước {row.position}: {column} ghi {getattr(row, column)}, phải là {value}"


def serial_differences() -> Iterator[str]:
    """Yield the books whose last number is not the largest one on a dossier."""
    used: dict[tuple[int, str, str], int] = {}
    numbers = Dossier.objects.exclude(number=None).values_list("number", "unit_id")
    for text, unit_id in numbers.iterator(chunk_size=5000):
        try:
            number = DossierNumber.parse(text)
        except NumberUnreadable:
            yield f"{text}: không phải mã số hồ sơ"
            continue
        key = (unit_id, "number", f"{number.day:%y%m%d}")
        used[key] = max(used.get(key, 0), number.serial)
    books = Dossier.objects.values("unit_id", "register_year").annotate(
        last=Max("register_position")
    )
    for book in books:
        used[book["unit_id"], "register", str(book["register_year"])] = book["last"]
    for serial in Serial.objects.order_by("pk"):
        last = used.pop((serial.unit_id, serial.book, serial.period), 0)
        if serial.last != last:
            yield f"bộ đếm {serial.book} {serial.period}: ghi {serial.last}, số lớn nhất là {last}"
    for _unit, book, period in used:
        yield f"bộ đếm {book} {period}: không có"
