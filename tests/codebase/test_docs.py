"""What the documents say is what the code does."""

import re
from pathlib import Path

from motcua.domain.dossier import CLOCK, NATIONAL_CODE, TRANSITIONS, State
from motcua.dossiers.labels import STATE_LABELS

ROOT = Path(__file__).parents[2]


def test_the_state_diagram_is_the_table():
    drawn = re.findall(
        r"^    (\S+) --> (\S+): (\S+)$", (ROOT / "docs/dossier-states.md").read_text(), re.M
    )
    table = [(was or "[*]", now, action) for (was, action), now in TRANSITIONS.items()]
    assert drawn == table


def test_the_table_of_states_is_the_code():
    rows = re.findall(
        r"^\| (\w+) \| (.+?) \| (\d+) \| ([\w ]+) \|$",
        (ROOT / "docs/dossier-states.md").read_text(),
        re.M,
    )
    assert rows == [
        (state, STATE_LABELS[state], str(NATIONAL_CODE[state]), CLOCK[state].replace("_", " "))
        for state in State
    ]


def test_every_file_of_the_code_map_exists():
    named = re.findall(r"`((?:\w+/)*\w+\.py)`", (ROOT / "ARCHITECTURE.md").read_text())
    lost = [name for name in named if not list((ROOT / "motcua").rglob(name))]
    assert named and lost == []


def test_the_locks_name_no_address():
    for lock in ROOT.glob("requirements*.txt"):
        assert "://" not in lock.read_text()


def test_only_the_ledger_writes_events():
    culprits = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "motcua").rglob("*.py")
        if path.name not in ("ledger.py", "bulk.py")
        and re.search(r"(?<!class )DossierEvent\(|\bwrite_rows\(", path.read_text())
    ]
    assert culprits == []
