"""What may be typed on the reception page, by the names of its fields."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from motcua.web.counter.filing import LONGEST, storable
from motcua.web.counter.people import PERSON_PARTS

# Numbers that the page shows filled in: one emptied was emptied by somebody.
COUNTS: Final = ("sets", "copies", "pages")
BLOCKS: Final = ("person", "owner")
# What belongs to one filing; the rest of the page stays when another one is added.
FILING_PARTS: Final = (
    "procedure",
    "case",
    "subject",
    "sets",
    "copies",
    "pages",
    "exempt",
    "exempt_reason",
    "later",
    "signer",
)
PAGE_PARTS: Final = (
    "for_other",
    "relation",
    "search",
    "return_channel",
    "earlier",
    # The dossier this page was before it was complete, and its revision as it was seen.
    "begun",
    "seen",
)
LONGEST_EARLIER: Final = 60_000
LONGEST_ANSWER_NAME: Final = 60
_PEOPLE: Final = frozenset(f"{block}_{part}" for block in BLOCKS for part in PERSON_PARTS)


def typed_values(data: QueryDict) -> dict[str, str]:
    """Return what was typed on the page, by the page's own names, as a database can keep it."""
    return dict(_known_names(data))


def _known_names(data: QueryDict) -> Iterator[tuple[str, str]]:
    names = _PEOPLE.union(FILING_PARTS, PAGE_PARTS, {"token"})
    for name in data:
        if name in names or _is_paper(name) or _is_answer(name):
            longest = LONGEST_EARLIER if name == "earlier" else LONGEST
            text = storable(data[name], longest)
            if text or name in COUNTS:
                yield name, text


def _is_paper(name: str) -> bool:
    first, _, rest = name.partition("_")
    position, _, part = rest.partition("_")
    return first == "paper" and position.isdigit() and part in ("kind", "count")


def _is_answer(name: str) -> bool:
    return name.startswith("answer_") and len(name) <= LONGEST_ANSWER_NAME


def filing_names(values: Mapping[str, str]) -> list[str]:
    """Return the names of the values that belong to the filing typed last."""
    own = ("paper_", "answer_")
    return [name for name in values if name in FILING_PARTS or name.startswith(own)]


def names_worth_keeping(values: Mapping[str, str]) -> list[str]:
    """Return the names of what somebody would miss were the page thrown away."""
    return [
        name
        for name, value in values.items()
        if value and (name in _PEOPLE or name in ("subject", "earlier") or _is_paper(name))
    ]
