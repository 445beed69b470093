"""The words of the glossary are the words of the code."""

import re
from pathlib import Path

from tests.codebase.names import defined

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parents[2] / "GLOSSARY.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| Vietnamese |")
]


def test_every_name_in_the_glossary_exists_in_the_code():
    named = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])]
    known = defined()
    assert len(named) > 80
    assert [name for name in named if name not in known] == []


def test_each_row_has_both_languages_and_a_name_and_stands_once():
    assert [row for row in ROWS if len(row) != 4 or not all(row[:3])] == []
    words = [row[0] for row in ROWS]
    assert sorted(words) == sorted(set(words))


def test_every_state_is_in_the_glossary():
    text = "".join(row[2] for row in ROWS)
    states = {name for name in defined() if re.fullmatch(r"State\.[A-Z_]+", name)}
    assert {name for name in states if f"`{name}`" not in text} == set()
