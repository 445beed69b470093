"""Fees and charges: what is due at the counter, in whole đồng.

Source: Law on fees and charges 97/2015/QH13: nothing beyond what is published may be taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

PER_PAGE: Final = "trang"


class FeeKind(StrEnum):
    """Phí / lệ phí: two legal kinds."""

    FEE = "fee"
    CHARGE = "charge"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """Mức thu: one published rate. `first` units cost `amount`, each further one `further`."""

    name: str
    kind: FeeKind
    amount: int
    per: str = ""  # "bản", "trang"; empty: once per dossier
    first: int = 1
    further: int | None = None
    ceiling: int | None = None

    def __post_init__(self) -> None:
        if self.amount < 0 or self.first < 1 or (self.further or 0) < 0:
            raise ValueError(f"{self.name}: a rate cannot be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """Khoản thu: what one rule comes to for this dossier."""

    name: str
    kind: FeeKind
    quantity: int
    amount: int


def fees_due(
    rules: Iterable[FeeRule], *, quantity: int = 1, exempt: bool = False
) -> tuple[FeeLine, ...]:
    """Return one line per rule, in whole đồng; an exempt applicant owes lines of zero.

    `quantity` counts what the rules with a `per` count (copies, pages); other rules take one.
    Raises ValueError when `quantity` is below one.

    >>> rule = FeeRule(name="Sao y", kind=FeeKind.FEE, amount=2000, per="trang", first=1,
    ...                further=1000, ceiling=200_000)
    >>> fees_due([rule], quantity=3)[0].amount
    4000
    """
    if quantity < 1:
        raise ValueError("a quantity is at least one")
    return tuple(
        FeeLine(
            name=rule.name,
            kind=rule.kind,
            quantity=quantity if rule.per else 1,
            amount=0 if exempt else _amount(rule, quantity if rule.per else 1),
        )
        for rule in rules
    )


def fees_for_copies(
    rules: Iterable[FeeRule], *, copies: int = 1, pages: int = 1, exempt: bool = False
) -> tuple[FeeLine, ...]:
    """Return one line per rule for so many copies of so many pages each, in whole đồng.

    A rule per page is applied to each copy, with its ceiling; a rule per copy to all of them.
    Raises ValueError when `copies` or `pages` is below one.

    Source: Circular 226/2016/TT-BTC art. 4: 2,000 đ for each of the first two pages, 1,000 đ for
    each further one, at most 200,000 đ a copy.

    >>> rule = FeeRule(name="Sao y", kind=FeeKind.FEE, amount=2000, per="trang", first=2,
    ...                further=1000, ceiling=200_000)
    >>> fees_for_copies([rule], copies=3, pages=4)[0].amount
    18000
    """
    if copies < 1 or pages < 1:
        raise ValueError("a quantity is at least one")
    lines = []
    for rule in rules:
        by_page = rule.per == PER_PAGE
        [line] = fees_due([rule], quantity=pages if by_page else copies, exempt=exempt)
        lines.append(
            replace(line, quantity=pages * copies, amount=line.amount * copies) if by_page else line
        )
    return tuple(lines)


def _amount(rule: FeeRule, quantity: int) -> int:
    if rule.further is None:
        total = rule.amount * quantity
    else:
        at_full_rate = min(quantity, rule.first)
        total = rule.amount * at_full_rate + rule.further * (quantity - at_full_rate)
    return total if rule.ceiling is None else min(total, rule.ceiling)
