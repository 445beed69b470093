"""From a filled sheet to a PDF: the one place that calls the typesetter.

A template of forms/ gets its sheet as one JSON text and reads it as values, so nothing a person
typed can become markup. The faces come from the machine: Times New Roman or its equals, and
without any of them Libertinus Serif, which the typesetter carries.
"""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

FORMS: Final = Path(__file__).parent / "forms"

_own = threading.local()  # a compiler serves one thread only


def typeset(form: str, sheet: Mapping[str, object], *, at: datetime) -> bytes:
    """Return the PDF of one form; `at` is the instant it says it was made at.

    The same sheet at the same instant gives the same bytes, on one machine.
    """
    pdf = _compiler().compile(
        input=FORMS / f"{form}.typ",
        format="pdf",
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes), "one PDF, whatever its pages"
    return pdf


def _compiler() -> typst.Compiler:
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(root=FORMS, font_paths=_faces())
    return _own.compiler


@cache
def _faces() -> typst.Fonts:
    return typst.Fonts()
