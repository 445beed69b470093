"""Server time of the acts that the pages of a dossier offer, each done over HTTP and for good.

Whoever is signed in opens the dossiers of the lists of work one after the other, and does on each
what was done least so far. Nothing here knows the acts: what the page offers is what is measured.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from benchmarks.client import Client
from benchmarks.filled import Form, forms_of
from benchmarks.table import Row

ACCOUNTS = ("huyen.reception", "huyen.handler", "huyen.approver", "huyen.leader")
LISTS = ("/workspace/", "/workspace/?scope=agency", "/counter/ready/")
ENOUGH = 20
FEWEST = 3
ROUNDS = 6
BOUND = "median 40 ms"
# What an empty field of that name is filled with.
TYPED = {
    "number": "125/QĐ-UBND",
    "signer": "Ngô Văn Ký",
    "signed_on": "17/03/2021",
    "collector_name": "Đỗ Thị Hạnh",
    "collector_id": "003190000001",
    "full_name": "Đỗ Thị Hạnh",
    "personal_id": "003190000001",
}


@dataclass(slots=True)
class Tally:
    """What was measured so far, in milliseconds by act, and what was refused."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def is_wanted(self, act: str) -> bool:
        """Whether the act should be done once more."""
        return len(self.times[act]) < ENOUGH and self.refused[act] < ENOUGH

    def rows(self) -> list[Row]:
        """Return the acts done often enough to say something of."""
        return [
            Row(f"{act} ({len(times)} times)", f"median {median(times):.1f} ms", BOUND)
            for act, times in sorted(self.times.items())
            if len(times) >= FEWEST
        ]


def measure(address: str) -> list[Row]:
    """Return the median of each act."""
    tally = Tally()
    visitors = [Client(address, account) for account in ACCOUNTS]
    for _round in range(ROUNDS):
        for visitor in visitors:
            for dossier in _dossiers(visitor):
                _do_one(visitor, dossier, tally)
    return tally.rows()


def _dossiers(visitor: Client) -> list[str]:
    found: dict[str, None] = {}
    for page in LISTS:
        status, body, _location = visitor.ask("GET", page)
        if status == 200:
            links = re.findall(r'href="(/(?:dossiers|counter/ready)/[^"/]+/)"', body)
            found |= dict.fromkeys(map(unescape, links))
    return list(found)


def _do_one(visitor: Client, dossier: str, tally: Tally) -> None:
    status, body, _location = visitor.ask("GET", dossier)
    if status != 200:
        return
    choices = [
        (act, form) for act, form in _offered(visitor, dossier, body) if tally.is_wanted(act)
    ]
    if not choices:
        return
    act, form = min(choices, key=lambda choice: len(tally.times[choice[0]]))
    fields = form.with_typed(TYPED)
    began = perf_counter()
    status, _body, location = visitor.ask("POST", form.action or dossier, fields)
    took = (perf_counter() - began) * 1000
    if status == 302 and location:
        tally.times[act].append(took)
    else:
        tally.refused[act] += 1


def _offered(visitor: Client, dossier: str, body: str) -> list[tuple[str, Form]]:
    offered = [(_name(form.action or dossier), form) for form in forms_of(body)]
    for link in dict.fromkeys(re.findall(rf'href="({re.escape(dossier)}[^"]+/)"', body)):
        status, page, _location = visitor.ask("GET", unescape(link))
        if status == 200 and "<form" in page:
            for form in forms_of(page):
                form.action = form.action or unescape(link)
                offered.append((_name(form.action), form))
    return [(act, form) for act, form in offered if act and "sign-out" not in act]


def _name(address: str) -> str:
    """Return the act an address does: its path without the dossier's number and other keys."""
    parts = urlsplit(address).path.strip("/").split("/")
    return "/".join(part for part in parts if not re.search(r"\d", part))
