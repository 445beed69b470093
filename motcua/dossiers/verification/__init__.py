"""The proof that the rows are what the events say: every dossier folded again, every book counted.

Dossiers are shared out among processes in ranges of their keys. Each range is read at one
instant, and so are all the books together with every dossier they count, so that an office may
work on meanwhile. What cannot be read or folded is a finding like any other.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from django.db import connections

from motcua.dossiers.verification import books, dossiers
from motcua.dossiers.verification.dossiers import Proof
from motcua.dossiers.verification.reading import (
    UNREADABLE,
    Range,
    all_ranges,
    in_readable_parts,
)
from motcua.gateways.database import at_one_instant
from motcua.gateways.machine import cores

SHOWN: Final = 20


@dataclass(slots=True)
class Outcome:
    """Kết quả kiểm tra: how many rows were looked at, how many differences, the first in words."""

    counts: dict[str, int] = field(default_factory=dict)
    differing: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, proof: Proof) -> None:
        """Add one part of the proof; the parts come in the order of the dossiers."""
        for name, number in proof.counts.items():
            self.counts[name] = self.counts.get(name, 0) + number
        self.differing += len(proof.differences)
        self.first += proof.differences[: SHOWN - len(self.first)]


def verify(files: Path) -> Outcome:
    """Prove all dossiers and all books; `files` is the folder of the file store."""
    dossiers.forget()
    outcome = Outcome()
    for proof in _proofs(all_ranges(), files):
        outcome.add(proof)
    return outcome


def _proofs(ranges: list[Range], files: Path) -> Iterator[Proof]:
    processes = min(cores(), len(ranges))
    prove = partial(prove_range, files=files)
    if processes < 2:
        yield from map(prove, ranges)
        yield prove_books()
        return
    connections.close_all()  # a connection cannot be shared with the processes to come
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        proven = pool.map(prove, ranges)
        of_books = prove_books()
        yield from proven
        yield of_books


def prove_range(keys: Range, *, files: Path) -> Proof:
    """Prove the dossiers of one range."""
    whole = Proof()
    with at_one_instant():
        for part, rows in in_readable_parts(keys, dossiers.read):
            if isinstance(rows, Exception):
                proof = dossiers.unreadable(part, rows)
            else:
                proof = dossiers.prove(rows, files)
            whole.differences += proof.differences
            for name, number in proof.counts.items():
                whole.counts[name] = whole.counts.get(name, 0) + number
    return whole


def prove_books() -> Proof:
    """Prove the books that run across dossiers."""
    with at_one_instant():
        try:
            return books.prove()
        except UNREADABLE as problem:  # a value no book can hold is a finding, not a crash
            return Proof({}, [f"không đọc được các sổ: {type(problem).__name__}: {problem}"])
