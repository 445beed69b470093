"""Two processes side by side: which steps came, went, moved or changed, and in what."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.domain.draft import DraftStep


class Fate(StrEnum):
    """Khác biệt của bước: what became of a step."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


# What of a step may change, in the order in which it is said.
PARTS: Final = (
    "name",
    "kind",
    "role",
    "performer",
    "budget",
    "outcomes",
    "same_as",
    "consulted",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Bước trước và sau: the same step in both processes; None where it is not."""

    fate: Fate
    before: DraftStep | None
    after: DraftStep | None
    parts: tuple[str, ...] = ()


def compare(before: Sequence[DraftStep], after: Sequence[DraftStep]) -> tuple[Pair, ...]:
    """Return the steps of both in the order of `after`, each once; what went stands where it was.

    A step is the same by its code. It moved when the steps both processes have no longer follow
    each other as they did; as few as can be are said to have moved.
    """
    old = {step.code: step for step in before}
    new = {step.code: step for step in after}
    kept = _in_order([step.code for step in before], [step.code for step in after])
    pairs: list[Pair] = []
    gone = [step for step in before if step.code not in new]
    for step in after:
        was = old.get(step.code)
        if step.code in kept:
            while gone and _comes_before(gone[0], step.code, before):
                pairs.append(Pair(fate=Fate.REMOVED, before=gone.pop(0), after=None))
        pairs.append(_pair(was, step, step.code in kept))
    return (*pairs, *(Pair(fate=Fate.REMOVED, before=step, after=None) for step in gone))


def _pair(was: DraftStep | None, step: DraftStep, is_in_order: bool) -> Pair:
    if was is None:
        return Pair(fate=Fate.ADDED, before=None, after=step)
    parts = tuple(part for part in PARTS if getattr(was, part) != getattr(step, part))
    if parts:
        return Pair(fate=Fate.CHANGED, before=was, after=step, parts=parts)
    return Pair(fate=Fate.SAME if is_in_order else Fate.MOVED, before=was, after=step)


def _comes_before(gone: DraftStep, code: str, steps: Sequence[DraftStep]) -> bool:
    codes = [step.code for step in steps]
    return codes.index(gone.code) < codes.index(code)


def _in_order(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the longest run of codes that follow each other in both."""
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            if before[i] == after[j]:
                lengths[i][j] = lengths[i + 1][j + 1] + 1
            else:
                lengths[i][j] = max(lengths[i + 1][j], lengths[i][j + 1])
    kept, i, j = set(), 0, 0
    while i < len(before) and j < len(after):
        if before[i] == after[j]:
            kept.add(before[i])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return frozenset(kept)
