"""How the product speaks to people: ông/bà, in every text of a screen, a paper or a scenario."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "motcua"
KINDS = ("csv", "html", "py", "toml", "txt", "typ")
FAMILIAR = re.compile(r"\bbạn\b", re.IGNORECASE)


def test_nobody_is_addressed_as_a_friend():
    texts = [path for kind in KINDS for path in ROOT.rglob(f"*.{kind}")]
    assert texts
    friendly = [path.name for path in texts if FAMILIAR.search(path.read_text(encoding="utf-8"))]
    assert friendly == [], "write ông/bà"
