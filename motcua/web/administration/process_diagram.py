"""A process drawn: one box a step from top to bottom, arrows beside them where it does not just go
on. Pure: steps in, places out; the template only writes them down.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from textwrap import wrap
from typing import Final

from motcua.domain.draft import DraftOutcome, DraftStep

BOX_WIDTH: Final = 196
BOX_HEIGHT: Final = 46
GAP: Final = 34  # between two boxes: room for an arrow and its words
LANE: Final = 14  # between two arrows that run side by side
EDGE: Final = 10
LETTERS_A_LINE: Final = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Khung của một bước: where it stands and what is written in it."""

    number: int
    code: str
    title: str
    lines: tuple[str, ...]
    kind: str
    x: int
    y: int

    @property
    def text_y(self) -> int:
        """Where the first line is written."""
        return self.y + BOX_HEIGHT // 2 + 5 - 8 * (len(self.lines) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """Mũi tên: its path, and the mark at its beginning that the legend explains, if any."""

    path: str
    is_back: bool
    mark: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Sơ đồ quy trình: everything to draw, its size, and the same in one sentence a step.

    `legend` says of each mark which dossiers go that way.
    """

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class _Way:
    start: int  # rows
    end: int
    mark: str = ""
    words: str = ""


def draw(steps: Sequence[DraftStep], say: Callable[[str], str]) -> Drawing:
    """Return the drawing of these steps, whatever is wrong with them; `say` words a condition."""
    ways = _ways(steps, say)
    forward = [way for way in ways if way.end > way.start + 1]
    back = [way for way in ways if way.end <= way.start]
    lanes, lanes_back = _lanes(forward), _lanes(back)
    left = EDGE + LANE * (max(lanes_back, default=-1) + 2 if back else 0)
    right = left + BOX_WIDTH
    outside = right + LANE * (max(lanes, default=-1) + 2 if forward else 0)
    middle = left + BOX_WIDTH // 2
    arrows = [_down(way, middle) for way in ways if way.end == way.start + 1]
    for side, there, beside in ((right, forward, lanes), (left, back, lanes_back)):
        away = 1 if side == right else -1
        ends = _ends(there)
        for way, lane, (leaves, meets) in zip(there, beside, ends, strict=True):
            turns = side + away * LANE * (lane + 1)
            arrows.append(
                Arrow(
                    path=f"M{side} {leaves}H{turns}V{meets}H{side + 2 * away}",
                    is_back=side == left,
                    mark=way.mark,
                    x=side + (3 if away == 1 else -10),
                    y=leaves - 3,
                )
            )
    return Drawing(
        width=outside + EDGE,
        height=_top(len(steps)) - GAP + EDGE if steps else 2 * EDGE,
        boxes=tuple(_box(number, step, left) for number, step in enumerate(steps, start=1)),
        arrows=tuple(arrows),
        legend=tuple(
            (f"{way.start + 1}{way.mark}", f"đến bước {way.end + 1}: {way.words}")
            for way in ways
            if way.words
        ),
        sentences=_sentences(steps, ways),
    )


def _ways(steps: Sequence[DraftStep], say: Callable[[str], str]) -> list[_Way]:
    rows = {step.code: row for row, step in reversed(list(enumerate(steps)))}
    ways: list[_Way] = []
    for row, step in enumerate(steps):
        if not step.outcomes and row + 1 < len(steps):
            ways.append(_Way(row, row + 1))
        marks = iter(ascii_lowercase)
        for outcome in step.outcomes:
            if outcome.target in rows:
                words = _words(outcome, say)
                ways.append(_Way(row, rows[outcome.target], words and next(marks), words))
    return ways


def _words(outcome: DraftOutcome, say: Callable[[str], str]) -> str:
    parts = [outcome.label, f"khi {say(outcome.when)}" if outcome.when else ""]
    return ", ".join(filter(None, parts))


def _lanes(ways: Sequence[_Way]) -> list[int]:
    """Return of each way the lane beside the boxes it runs in: short ones nearest, none shared by
    two that pass each other."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found: dict[int, int] = {}
    for index in sorted(range(len(ways)), key=lambda one: abs(ways[one].end - ways[one].start)):
        low, high = sorted((ways[index].start, ways[index].end))
        lane = 0
        while any(low < there[1] and there[0] < high for there in taken[lane]):
            lane += 1
        taken[lane].append((low, high))
        found[index] = lane
    return [found[index] for index in range(len(ways))]


def _ends(ways: Sequence[_Way]) -> list[tuple[int, int]]:
    """Return of each way the heights at which it leaves its box and meets the next one, so that no
    two arrows lie on each other."""
    at: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for index, way in enumerate(ways):
        at[way.start].append((way.end, index, True))
        at[way.end].append((way.start, index, False))
    heights = {
        (index, leaves): _top(row) + BOX_HEIGHT * place // (len(here) + 1)
        for row, here in at.items()
        for place, (_other, index, leaves) in enumerate(sorted(here), start=1)
    }
    return [(heights[index, True], heights[index, False]) for index in range(len(ways))]


def _top(row: int) -> int:
    return EDGE + row * (BOX_HEIGHT + GAP)


def _down(way: _Way, middle: int) -> Arrow:
    start = _top(way.start) + BOX_HEIGHT
    return Arrow(
        path=f"M{middle} {start}V{start + GAP - 2}",
        is_back=False,
        mark=way.mark,
        x=middle + 5,
        y=start + GAP // 2,
    )


def _box(number: int, step: DraftStep, x: int) -> Box:
    lines = wrap(step.name or step.code or "(chưa có tên)", LETTERS_A_LINE)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][: LETTERS_A_LINE - 1]}…"]
    return Box(
        number=number,
        code=step.code,
        title=step.name or step.code,
        lines=tuple(lines),
        kind=step.kind,
        x=x,
        y=_top(number - 1),
    )


def _sentences(steps: Sequence[DraftStep], ways: Sequence[_Way]) -> tuple[str, ...]:
    said = []
    for row, step in enumerate(steps):
        onward = [
            f"bước {way.end + 1}" + (f" ({way.words})" if way.words else "")
            for way in ways
            if way.start == row
        ]
        name = f"Bước {row + 1}, {step.name or step.code}"
        said.append(f"{name}: đến {', '.join(onward)}." if onward else f"{name}.")
    return tuple(said)
