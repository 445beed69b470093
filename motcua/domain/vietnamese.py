"""Vietnamese text as people type it: one spelling for storage, one for search, one for order."""

import unicodedata
from typing import Final

# The letters of other alphabets that look like Đ are what some keyboards send for it.
_STROKE: Final = str.maketrans(dict.fromkeys("đðɖ", "d") | dict.fromkeys("ĐÐƉ", "D"))
_RUB_OUT: Final = "\b\x7f"

# Vowels in dictionary order, then the five tones in theirs: ngang, huyền, hỏi, ngã, sắc, nặng.
_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def tidy(text: str) -> str:
    """Return `text` in NFC, trimmed, its runs of white space made one space.

    Signs without a width are dropped, control signs are spaces; a backspace that an input
    method left in the text takes the letter before it away. Capitals stay as typed.

    >>> tidy("  Nguyễn   Văn\\tA ")
    'Nguyễn Văn A'
    """
    if text.isprintable():
        return " ".join(unicodedata.normalize("NFC", text).split())
    kept = unicodedata.normalize("NFC", "".join(_visible(sign) for sign in text))
    if "\b" in kept:
        kept = unicodedata.normalize("NFC", _rubbed_out(kept))
    return " ".join(kept.split())


def tidy_lines(text: str) -> str:
    """Return `text` tidied line by line, without empty lines at its ends.

    >>> tidy_lines("Thiếu  tờ khai\\r\\n\u202ehẹn thứ hai ")
    'Thiếu tờ khai\\nhẹn thứ hai'
    """
    return "\n".join(tidy(line) for line in text.splitlines()).strip("\n")


def _visible(sign: str) -> str:
    if sign.isprintable():
        return sign
    if sign in _RUB_OUT:
        return "\b"
    category = unicodedata.category(sign)
    return " " if category == "Cc" or category.startswith("Z") else ""


def _rubbed_out(text: str) -> str:
    left: list[str] = []
    for sign in text:
        if sign != "\b":
            left.append(sign)
        elif left:
            left.pop()
    return "".join(left)


def fold(text: str) -> str:
    """Return `text` as searched for: small letters, no diacritics, đ as d.

    The same for composed and decomposed text; folding again changes nothing.

    >>> fold("Đỗ Đức  Thịnh")
    'do duc thinh'
    """
    plain = tidy(text).lower()
    if not plain.isascii():
        split = unicodedata.normalize("NFD", plain.translate(_STROKE))
        plain = "".join(sign for sign in split if not unicodedata.combining(sign))
        plain = " ".join(plain.split())  # a word may have been nothing but marks
    return plain


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
