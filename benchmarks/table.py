"""How a figure is printed: what was measured, the figure, and what it is held against."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    what: str
    figure: str
    against: str = ""


def markdown(title: str, rows: list[Row]) -> str:
    """Return the rows as a table under their title."""
    lines = [f"### {title}", "", "| measured | figure | bound or floor |", "|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.against} |" for row in rows]
    return "\n".join(lines) + "\n"
