"""Vietnamese text as people type it: one spelling for storage, one for search, one for order."""

import unicodedata
from typing import Final

_STROKE: Final = str.maketrans({"đ": "d", "Đ": "D"})

# Vowels in dictionary order, then the five tones in theirs: ngang, huyền, hỏi, ngã, sắc, nặng.
_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def tidy(text: str) -> str:
    """Return `text` in NFC, trimmed, its runs of white space made one space, control signs out.

    Capitals stay as typed.

    >>> tidy("  Nguyễn   Văn\\tA ")
    'Nguyễn Văn A'
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (c if not unicodedata.category(c).startswith("C") else " " for c in composed)
    return " ".join("".join(kept).split())


def fold(text: str) -> str:
    """Return `text` as searched for: small letters, no diacritics, đ as d.

    >>> fold("Đỗ Đức  Thịnh")
    'do duc thinh'
    """
    plain = tidy(text).translate(_STROKE)
    if not plain.isascii():
        split = unicodedata.normalize("NFD", plain)
        plain = "".join(c for c in split if not unicodedata.combining(c))
    return plain.lower()


def sort_key(text: str) -> str:
    """Return a key whose plain order is the Vietnamese dictionary's, letters before tones.

    >>> sorted(["đa", "da", "dạ", "dà"], key=sort_key)
    ['da', 'dà', 'dạ', 'đa']
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in tidy(text).lower().split():
        tone = "0"
        for sign in unicodedata.normalize("NFD", word):
            if sign in _TONES:
                tone = _TONES[sign]
        bare = unicodedata.normalize(
            "NFC", "".join(s for s in unicodedata.normalize("NFD", word) if s not in _TONES)
        )
        letters.append("".join(_RANK.get(letter, letter) for letter in bare))
        tones.append(tone)
    return " ".join(letters) + "\x1f" + "".join(tones)
