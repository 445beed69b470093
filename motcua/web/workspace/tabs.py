"""A page of several lists: a tab for each with its count, one of them open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from motcua.domain import spoken
from motcua.dossiers.queries import counted

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Tab:
    """Ngăn: its label, its heading with how many rows it has, the words when there are none."""

    label: str
    heading: str
    empty: str


def tabbed(
    request: HttpRequest,
    tabs: Mapping[str, Tab],
    lists: Mapping[str, QuerySet],
    *,
    tab: str = "",
    besides: Mapping[str, QuerySet] | None = None,
) -> dict[str, Any]:
    """Return what the page shows of its lists: the tab asked for, else the first with any rows.

    `besides` are counted along, and stand under their names.
    """
    counts = counted({**lists, **(besides or {})})
    tab = tab or request.GET.get("tab", "")
    if tab not in tabs:
        tab = next((code for code in tabs if counts[code]), next(iter(tabs)))
    paginator = Paginator(lists[tab], PER_PAGE)
    paginator.count = counts[tab]
    return {
        "heading": tabs[tab].heading.format(spoken.whole(counts[tab])),
        "tabs": [(one.label, counts[code], code) for code, one in tabs.items()],
        "tab": tab,
        "page": paginator.get_page(request.GET.get("page")),
        "query": f"tab={tab}&",
        "empty": tabs[tab].empty,
        **{name: counts[name] for name in besides or {}},
    }
