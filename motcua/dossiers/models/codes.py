"""Codes of the domain as columns know them."""

from collections.abc import Iterable, Mapping


def codes(members: Iterable[str]) -> list[str]:
    """The codes as plain text, for a check in the database."""
    return [str(member) for member in members]


def choices(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each code with its Vietnamese words, as a column's choices."""
    return [(str(code), words) for code, words in labels.items()]
