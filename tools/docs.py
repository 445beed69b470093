"""Redraw what the documents draw from the code: the diagram of states.

Usage: tools/docs.py [--check]     --check writes nothing; it ends with 1 when something changed.
"""

import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from motcua.domain.dossier import TRANSITIONS  # noqa: E402 - the checkout comes first

STATES: Final = ROOT / "docs" / "dossier-states.md"
DIAGRAM: Final = re.compile(r"(?<=^stateDiagram-v2\n).*?(?=^```$)", re.M | re.S)


def main(words: list[str]) -> int:
    """Redraw, or say what should be redrawn."""
    written = STATES.read_text()
    drawn = DIAGRAM.sub(_diagram(), written)
    if drawn == written:
        return 0
    if "--check" in words:
        print(f"{STATES.relative_to(ROOT)} is not the table: run make docs", file=sys.stderr)
        return 1
    STATES.write_text(drawn)
    print(f"{STATES.relative_to(ROOT)}: redrawn")
    return 0


def _diagram() -> str:
    return "".join(
        f"    {was or '[*]'} --> {now}: {action}\n" for (was, action), now in TRANSITIONS.items()
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
