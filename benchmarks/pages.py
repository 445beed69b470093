"""Server time of every page on the loaded home, asked one after the other over HTTP."""

from statistics import median

from benchmarks.client import Client
from benchmarks.table import Row

ROUNDS = 40
BOUND = "median 20 ms, 95 % 60 ms"


def measure(address: str) -> list[Row]:
    """Return median and 95th percentile per page, in milliseconds."""
    return [_row(client, name, path) for client, name, path in _pages(address)]


def _pages(address: str):
    stranger = Client(address)
    reception = Client(address, "lieu-de.reception")
    handler = Client(address, "huyen.handler")
    leader = Client(address, "huyen.leader")
    administrator = Client(address, "huyen.administrator")
    district = Client(address, "huyen.reception")
    dossier = district.first_link("/workspace/?scope=agency", r"/dossiers/[^/]+/")
    ready = reception.first_link("/counter/ready/", r"/counter/ready/[^/]+/")
    procedure = stranger.first_link("/procedures/?level=commune", r"/procedures/[^/?]+/")
    yield stranger, "front page", "/"
    yield stranger, "look-up", "/lookup/"
    yield stranger, "procedures", "/procedures/"
    yield stranger, "procedures, searched", "/procedures/?q=khai+sinh"
    yield stranger, "one procedure", procedure
    yield stranger, "sign-in", "/sign-in/"
    yield reception, "reception", "/counter/"
    yield reception, "certified copies", "/counter/certified/"
    yield reception, "ready results", "/counter/ready/"
    yield reception, "return a result", ready
    yield reception, "hand-over", "/counter/hand-over/"
    yield reception, "register", "/counter/register/"
    yield handler, "my work", "/workspace/"
    yield handler, "my agency's work", "/workspace/?scope=agency"
    yield leader, "a leader's list", "/workspace/"
    yield reception, "search by name", "/search/?q=nguyen+thi"
    yield reception, "search by identity", "/search/?q=003190000001"
    yield district, "a dossier", dossier
    yield administrator, "catalogue", "/administration/catalogue/"
    yield administrator, "units", "/administration/units/"
    yield administrator, "calendar", "/administration/calendar/"


def _row(client: Client, name: str, path: str) -> Row:
    client.get(path)
    times = sorted(client.timed(path) * 1000 for _ in range(ROUNDS))
    worst = times[int(len(times) * 0.95)]
    return Row(
        f"{name} `{path.split('?', maxsplit=1)[0]}`",
        f"median {median(times):.1f} ms, 95 % {worst:.1f} ms",
        BOUND,
    )
