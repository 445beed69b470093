"""How often the public question may be asked wrongly, per dossier number and per address.

Each wrong answer holds one of a fixed number of places for an hour. A place is taken with one
atomic act of the shared cache, before the answer is looked at, so that many questions sent at
once, to any number of processes, are not more than the same questions one after the other.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

HOUR: Final = 3600  # seconds
PER_NUMBER: Final = 10
PER_ADDRESS: Final = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question, with the places it holds until it is found right."""

    places: tuple[str, ...]

    def was_right(self) -> None:
        """Give the places back: only wrong answers count."""
        cache.delete_many(self.places)


def begin(request: HttpRequest, number: str) -> Attempt | None:
    """Take a place for this number and this address; None when either has none left."""
    by_number = _take("number", number, PER_NUMBER)
    if by_number is None:
        return None
    by_address = _take("address", _network(request), PER_ADDRESS)
    if by_address is None:
        cache.delete(by_number)
        return None
    return Attempt((by_number, by_address))


def _take(kind: str, what: str, places: int) -> str | None:
    name = hashlib.sha256(f"{kind} {what}".encode()).hexdigest()
    keys = [f"lookup:{name}:{place}" for place in range(places)]
    taken = cache.get_many(keys)
    return next((key for key in keys if key not in taken and cache.add(key, 1, HOUR)), None)


def _network(request: HttpRequest) -> str:
    """Return the visitor's address; of IPv6 the part that is one household's."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)
