"""Where a dossier's pages are, and where in the lists an officer was, so that an act done leads
back to the same rows.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

REMEMBERED: Final = 8192
COOKIE: Final = "work"
PARTS: Final = frozenset({"scope", "order", "tab", "page"})


@lru_cache(REMEMBERED)
def of(number: str) -> str:
    """Return the address of the dossier's page; lists ask for the same ones again and again."""
    return reverse("workspace:dossier", args=[number])


@lru_cache(REMEMBERED)
def of_act(number: str, act: str) -> str:
    """Return the address of the page where this desk does this act to the dossier."""
    return reverse("workspace:act", args=[number, act])


def remember(response: HttpResponse, place: Mapping[str, object]) -> None:
    """Keep the place in the browser until it is closed; no dossier is named in it."""
    response.set_cookie(COOKIE, urlencode(place), httponly=True, samesite="Lax")


def last(request: HttpRequest) -> str:
    """Return the address of the list last looked at; of the whole desk when none is known."""
    known = dict(parse_qsl(request.COOKIES.get(COOKIE, "")))
    place = {part: value for part, value in known.items() if part in PARTS}
    address = reverse("workspace:work")
    return f"{address}?{urlencode(place)}" if place else address
