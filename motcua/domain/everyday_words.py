"""Finding a name by everyday words: without diacritics, with small mistakes, in any order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from math import log
from typing import Final

from motcua.domain.vietnamese import fold

# Typed words beyond these add nothing to a question, only work.
MOST_WORDS: Final = 12
MOST_LETTERS: Final = 30
_CLOSE: Final = 0.74  # of difflib: one wrong or missing letter in five
_LEAST_BEGUN: Final = 3  # letters of a word that may be unfinished
# Share of what was typed, by weight, that a name must answer; the less when none answers more.
_ENOUGH: Final = 0.6
_LEAST: Final = 0.4


@dataclass(frozen=True, slots=True)
class Named:
    """Tên và tên thường gọi: one thing to be found, under its key."""

    key: int
    name: str
    aliases: str = ""  # separated by commas or semicolons


@dataclass(frozen=True)
class NameIndex:
    """Mục lục tên: names with the words they answer to.

    A word that few names have says more than one that many have.
    """

    entries: tuple[Named, ...]

    @cached_property
    def _words(self) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset(_words(entry.name)) | frozenset(_words(entry.aliases))
            for entry in self.entries
        )

    @cached_property
    def _holders(self) -> Counter[str]:
        return Counter(word for words in self._words for word in words)

    def find(self, typed: str) -> list[int]:
        """Return the keys of the entries that answer the words typed, best first.

        Nothing typed finds nothing.
        """
        asked = [word[:MOST_LETTERS] for word in _words(typed)[:MOST_WORDS]]
        if not asked:
            return []
        phrase = " ".join(asked)
        meant = [self._meant(word) for word in asked]
        weights = [self._weight(words) for words in meant]
        total = sum(weights)
        shares = [
            sum(
                weight
                for candidates, weight in zip(meant, weights, strict=True)
                if not words.isdisjoint(candidates)
            )
            / total
            for words in self._words
        ]
        enough = max(_LEAST, min(_ENOUGH, max(shares, default=0.0)))
        found = [place for place, share in enumerate(shares) if share >= enough]
        found.sort(key=lambda place: self._order(place, phrase, shares[place]))
        return [self.entries[place].key for place in found]

    def _order(self, place: int, phrase: str, share: float) -> tuple[int, float, int, int]:
        entry = self.entries[place]
        return (-_closeness(entry, phrase), -share, len(entry.name), place)

    def _meant(self, word: str) -> frozenset[str]:
        """Return the words of the index that a typed word may stand for."""
        if word in self._holders:
            return frozenset({word})
        if len(word) >= _LEAST_BEGUN:
            begun = frozenset(known for known in self._holders if known.startswith(word))
            if begun:
                return begun
        near = [
            known
            for known in self._holders
            if abs(len(known) - len(word)) <= 1 and set(known) & set(word)
        ]
        return frozenset(get_close_matches(word, near, n=3, cutoff=_CLOSE))

    def _weight(self, words: frozenset[str]) -> float:
        """Return how much a typed word tells: the rarer, the more; an unknown one as a common."""
        holders = max((self._holders[word] for word in words), default=len(self.entries))
        return log(1 + len(self.entries) / max(holders, 1))


@lru_cache(maxsize=8)
def index_of(entries: tuple[Named, ...]) -> NameIndex:
    """Return the index of these names; the same names have the same one."""
    return NameIndex(entries)


def _words(text: str) -> list[str]:
    letters = (sign if sign.isalnum() else " " for sign in fold(text))
    return "".join(letters).split()


def _closeness(entry: Named, phrase: str) -> int:
    """Return how the whole phrase lies in the names: an everyday name, the beginning, inside."""
    aliases: Sequence[str] = entry.aliases.replace(";", ",").split(",")
    names = [" ".join(_words(alias)) for alias in (entry.name, *aliases)]
    if phrase in names:
        return 3
    if any(name.startswith(phrase) for name in names):
        return 2
    return int(any(phrase in name for name in names))
