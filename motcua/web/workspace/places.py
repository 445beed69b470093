"""Where in the lists an officer was, so that an act done leads back to the same rows."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE: Final = "work"
PARTS: Final = frozenset({"scope", "order", "tab", "page"})


def remember(response: HttpResponse, place: Mapping[str, object]) -> None:
    """Keep the place in the browser until it is closed; no dossier is named in it."""
    response.set_cookie(COOKIE, urlencode(place), httponly=True, samesite="Lax")


def last(request: HttpRequest) -> str:
    """Return the address of the list last looked at; of the whole desk when none is known."""
    known = dict(parse_qsl(request.COOKIES.get(COOKIE, "")))
    place = {part: value for part, value in known.items() if part in PARTS}
    address = reverse("workspace:work")
    return f"{address}?{urlencode(place)}" if place else address
