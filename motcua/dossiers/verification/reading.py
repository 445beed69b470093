"""Reading for the proof: plain rows in ranges of dossiers."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Final, TypeVar

from django.db import DatabaseError, models

from motcua.dossiers.models import Dossier

Row = tuple[Any, ...]
Kinds = dict[str, type | UnionType]  # the columns asked for, and what each may hold
Found = TypeVar("Found")
PER_RANGE: Final = 1000
# What a value of the wrong kind in a column raises while it is read.
UNREADABLE: Final = (DatabaseError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Range:
    """Khoảng: the dossiers whose keys lie from `first` to `last`, as read from a list of them."""

    keys: tuple[int, ...]

    @property
    def first(self) -> int:
        """The smallest key."""
        return self.keys[0]

    @property
    def last(self) -> int:
        """The largest key."""
        return self.keys[-1]

    def halves(self) -> tuple["Range", "Range"]:
        """Return both halves of a range of more than one dossier."""
        middle = len(self.keys) // 2
        return Range(self.keys[:middle]), Range(self.keys[middle:])


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value its column cannot mean; as text, what is said of it."""

    said: str

    def __repr__(self) -> str:
        return self.said


def all_ranges(model: type[models.Model] = Dossier) -> list[Range]:
    """Return the ranges that hold every row there is now."""
    keys = tuple(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return [Range(keys[at : at + PER_RANGE]) for at in range(0, len(keys), PER_RANGE)]


def rows_by_dossier(
    model: type[models.Model], columns: tuple[str, ...], keys: Range, *order: str
) -> dict[int, list[Row]]:
    """Return the rows of these dossiers, without the dossier's key, in the order asked for."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    rows = model._default_manager.filter(dossier_id__gte=keys.first, dossier_id__lte=keys.last)
    for dossier_id, *row in rows.order_by(*order).values_list("dossier_id", *columns):
        found[dossier_id].append(tuple(row))
    return found


def in_readable_parts(
    keys: Range, read: Callable[[Range], Found]
) -> Iterator[tuple[Range, Found | Exception]]:
    """Yield what `read` makes of the range, cut up around the rows it cannot read.

    A database that takes any text in any column may hold a date that is none; that row is
    yielded alone with the problem, the others as they are.
    """
    try:
        found = read(keys)
    except UNREADABLE as problem:
        if len(keys.keys) == 1:
            yield keys, problem
            return
        for half in keys.halves():
            yield from in_readable_parts(half, read)
    else:
        yield keys, found


def legible_rows(model: type[models.Model], kinds: Kinds) -> Iterator[Row]:
    """Yield these columns of every row; a value that is not of its kind is yielded as a Misfit."""

    def read(keys: Range) -> list[Row]:
        rows = model._default_manager.filter(pk__range=(keys.first, keys.last)).order_by("pk")
        return list(rows.values_list(*kinds))

    fitting: set[tuple[type, ...]] = set()  # the types of the rows that are all right
    for keys in all_ranges(model):
        for part, rows in in_readable_parts(keys, read):
            if isinstance(rows, Exception):
                yield _by_column(model, kinds, part.first)
                continue
            for row in rows:
                types = tuple(map(type, row))
                if types not in fitting:
                    seen = _fitted(row, kinds)
                    if seen != row:
                        yield seen
                        continue
                    fitting.add(types)
                yield row


def _by_column(model: type[models.Model], kinds: Kinds, key: int) -> Row:
    """Return the row of this key, read one column after another around what cannot be read."""
    values: list[Any] = []
    for column in kinds:
        try:
            values += model._default_manager.filter(pk=key).values_list(column, flat=True)
        except UNREADABLE as problem:
            values.append(Misfit(f"không đọc được: {problem}"))
    return _fitted(tuple(values), kinds)


def _fitted(row: Row, kinds: Kinds) -> Row:
    return tuple(
        value
        if isinstance(value, Misfit | kind)
        else Misfit("trống" if value is None else f"{value!r}")
        for value, kind in zip(row, kinds.values(), strict=True)
    )
