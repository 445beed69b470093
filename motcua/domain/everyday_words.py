"""Finding a name by everyday words: without diacritics, with small mistakes, in any order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import compress
from math import log
from typing import Final

from motcua.domain.vietnamese import fold

# Typed words beyond these add nothing to a question, only work.
MOST_WORDS: Final = 12
MOST_LETTERS: Final = 30
_CLOSE: Final = 0.74  # of difflib: one wrong or missing letter in five
_LEAST_BEGUN: Final = 3  # letters of a word that may be unfinished
# Where no name answers every word: of so many words some may be beside the point, as long as
# a name answers this share of them by weight.
_MANY: Final = 3
_ENOUGH: Final = 0.6


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

        Those that answer every word that any name has; when there are none, those that answer
        most of many words.
        Nothing typed finds nothing.
        """
        asked = [word[:MOST_LETTERS] for word in _words(typed)[:MOST_WORDS]]
        if not asked:
            return []
        phrase = " ".join(asked)
        meant = [self._meant(word) for word in asked]
        meant[-1] = meant[-1] or self._begun(asked[-1])
        # A word that no name has says nothing of any of them.
        is_known = [bool(words) for words in meant]
        asked, meant = list(compress(asked, is_known)), list(compress(meant, is_known))
        if not meant:
            return []
        answered = self._answered(meant)
        if len(asked[-1]) < _LEAST_BEGUN and not any(map(all, answered)):
            # The last word is still on its way.
            meant[-1] = self._begun(asked[-1])
            answered = self._answered(meant)
        weights = [self._weight(words) for words in meant]
        shares = [sum(compress(weights, answers)) / sum(weights) for answers in answered]
        found = [place for place, answers in enumerate(answered) if all(answers)]
        if not found and len(asked) >= _MANY:
            found = [place for place, share in enumerate(shares) if share >= _ENOUGH]
        found.sort(key=lambda place: self._order(place, phrase, asked, shares[place]))
        return [self.entries[place].key for place in found]

    def _order(
        self, place: int, phrase: str, asked: Sequence[str], share: float
    ) -> tuple[int, float, int, int, int]:
        entry = self.entries[place]
        whole = sum(word in self._words[place] for word in asked)
        return (-_closeness(entry, phrase), -share, -whole, len(entry.name), place)

    def _answered(self, meant: Sequence[frozenset[str]]) -> list[list[bool]]:
        """Return for each entry which of the words typed it answers."""
        return [[not words.isdisjoint(candidates) for candidates in meant] for words in self._words]

    def _begun(self, word: str) -> frozenset[str]:
        return frozenset(known for known in self._holders if known.startswith(word))

    def _meant(self, word: str) -> frozenset[str]:
        """Return the words of the index that a typed word may stand for."""
        if word in self._holders:
            return frozenset({word})
        if len(word) >= _LEAST_BEGUN and (begun := self._begun(word)):
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
    """Return how the phrase lies in the names, whole words before words that are only begun.

    An everyday name, the beginning of one, inside one; then the same for a word begun.
    """
    aliases: Sequence[str] = entry.aliases.replace(";", ",").split(",")
    names = [" ".join(_words(alias)) for alias in (entry.name, *aliases)]
    if phrase in names:
        return 5
    ways = (f"\n{phrase} ", f" {phrase} ", f"\n{phrase}", f" {phrase}")
    lines = "".join(f"\n{name} \n {name} " for name in names)
    return next((4 - rank for rank, way in enumerate(ways) if way in lines), 0)
