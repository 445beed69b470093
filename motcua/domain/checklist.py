"""Required papers: what is missing, what is enough.

Source: Decree 61/2018 art. 17, Decree 118/2025 art. 17: check first, one complete notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CopyKind(StrEnum):
    """Loại giấy tờ: how a paper is handed in."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    PHOTOCOPY = "photocopy"


class Mark(StrEnum):
    """Đánh dấu: what the officer found."""

    SUFFICIENT = "sufficient"
    MISSING = "missing"
    WRONG = "wrong"
    SHOWN = "shown"  # seen and given back at once: nothing of it stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """Thành phần hồ sơ: one paper the published procedure asks for, with its least counts."""

    position: int
    name: str
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    compulsory: bool = True
    shown_only: bool = False  # xuất trình: it is seen at the counter, never kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """Giấy tờ đã nộp: what lies on the counter for one required paper."""

    position: int
    originals: int = 0
    certified: int = 0
    photocopies: int = 0
    mark: Mark = Mark.SUFFICIENT

    def __post_init__(self) -> None:
        if min(self.originals, self.certified, self.photocopies) < 0:
            raise ValueError("a paper cannot be presented less than zero times")
        if self.mark is Mark.SHOWN and self.count:
            raise ValueError("what was only shown was not handed in")

    @property
    def count(self) -> int:
        """How many pieces, of whatever kind."""
        return self.originals + self.certified + self.photocopies

    @property
    def is_there(self) -> bool:
        """Whether it lies on the counter, to stay or to be seen."""
        return self.count > 0 or self.mark is Mark.SHOWN


def missing(required: Iterable[Required], presented: Iterable[Presented]) -> tuple[Required, ...]:
    """Return the compulsory papers that are absent or marked missing or wrong, in their order.

    One piece of any kind is enough here: an original stands for any copy, and whether a
    photocopy will do where an original is asked for is the officer's mark to make. What was
    shown was there.
    """
    there = {paper.position: paper for paper in presented}

    def is_missing(paper: Required) -> bool:
        found = there.get(paper.position)
        fit = (Mark.SUFFICIENT, Mark.SHOWN)
        return found is None or not found.is_there or found.mark not in fit

    ordered = sorted(required, key=lambda paper: paper.position)
    return tuple(paper for paper in ordered if paper.compulsory and is_missing(paper))
