"""Every address of the product, walked: who may see it, and what odd input does to it.

A new address is walked without being added here, unless its path takes something no address
took before: then the test fails and asks for a value.
"""

import uuid
from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.domain.dossier import Action
from motcua.dossiers.services.processing import act
from tests.world import MORNING, next_town, officer_of

pytestmark = pytest.mark.django_db

PUBLIC = {
    "/",
    "/robots.txt",
    "/apologies/",
    "/lookup/",
    "/procedures/",
    "/procedures/1.001193/",
    "/sign-in/",
}
# These lead somewhere, whoever asks.
LEADING = {"/lookup/answer/", "/sign-out/", "/desk/", "/password/"}
# The reception page again, with the certified copies already chosen.
SAME_PAGE = {"/counter/certified/"}
ODD_VALUES = [
    "a" * 10_000,
    "-1",
    "0",
    "9" * 400,
    "1e309",
    "NaN",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "../../../etc/passwd",
    "\ud7ff\U0001f600",
    "2021-02-30",
    "٣",
]
NAMES = ("q", "page", "number", "field", "level", "year", "agency", "tab", "day", "account", "next")


def patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        else:
            assert isinstance(entry, URLPattern)
            yield path, entry


class Values:
    """A real value for each thing that a path takes, of a dossier of the small world."""

    def __init__(self, world):
        dossier = world.receive()
        act(
            dossier_id=dossier.pk,
            action=Action.TAKE,
            officer=world.officers["handler"],
            at=MORNING,
        )
        officer = world.officers["reception"]
        self.known = {
            "<str:number>": dossier.number,
            "procedures/<str:code>": "1.001193",
            "units/<str:code>": world.unit.agency.code,
            "catalogue/<str:code>": "1.001193",
            "processes/of/<str:code>": "1.001193",
            "<int:officer_id>": officer.pk,
            "<int:assignment_id>": officer.assignments.get().pk,
            "<slug:what>": "forward",
            "delay-reasons/<slug:code>": "other",
            "<int:pk>": 1,
            "<int:change_id>": 1,
            "<int:issue>": 1,
            "<int:position>": 1,
            "<uuid:token>": uuid.UUID(int=1),
        }

    def fill(self, path):
        for named, value in self.known.items():
            path = path.replace(named, named[: named.index("<")] + quote(str(value)))
        assert "<" not in path, f"give a value for what {path} takes"
        return f"/{path}"


@pytest.fixture
def addresses(world, morning):
    values = Values(world)
    return [values.fill(path) for path, _entry in patterns(get_resolver())]


@pytest.fixture
def stranger(world):
    """An officer of the next town, with every role there."""
    agency = next_town().agency
    stranger = officer_of(agency, "reception", "rangdong.canbo")
    for role in ("handler", "approver", "leader"):
        stranger.assignments.create(agency=agency, role=role, valid_from=MORNING.date())
    client = Client()
    client.force_login(stranger.user)
    return client


def test_the_walk_knows_every_address(addresses):
    assert set(addresses) >= PUBLIC | LEADING
    assert len(addresses) == len(set(addresses))
    assert len(addresses) > 20


def test_a_signed_out_visitor_sees_public_pages_front_doors_and_nothing_else(addresses):
    for address in addresses:
        response = Client().get(address)
        if address in PUBLIC:
            assert response.status_code == 200, address
        elif address in LEADING:
            assert response.status_code == 302, address
        elif response.status_code == 302:
            assert response["Location"] == f"/sign-in/?next={quote(address)}", address
            assert address.count("/") <= 3, f"no front door: {address}"
        else:
            assert response.status_code in (404, 405), address


def test_no_dossier_or_file_exists_for_the_signed_out_or_the_next_town(addresses, world, stranger):
    number = world.unit.dossiers.get().number
    closed = [address for address in addresses if quote(number) in address]
    assert closed
    for address, client in product(closed, (Client(), stranger)):
        for method in ("get", "post"):
            status = getattr(client, method)(address).status_code
            assert status in (404, 405), (method, address)
    # A number that exists and one that does not are answered alike.
    for address in closed:
        other = address.replace(quote(number), quote(number[:-1] + "9"))
        assert stranger.get(address).content == stranger.get(other).content


def test_the_next_towns_pages_never_show_this_towns_dossiers(addresses, world, stranger):
    dossier = world.unit.dossiers.get()
    queries = ["", *(f"?{urlencode({'q': text})}" for text in (dossier.number, "Nguyễn", "0001"))]
    for address, query in product(addresses, queries):
        page = stranger.get(address + query)
        if page.status_code == 200 and not page.streaming:
            words = page.content.decode(errors="replace").replace(query and dossier.number, "")
            assert dossier.applicant_name not in words, address
            assert f"/dossiers/{dossier.number}" not in words, address


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace", "head", "post"])
def test_every_method_is_answered_without_failing(addresses, world, stranger, method):
    insider = Client()
    insider.force_login(world.officers["reception"].user)
    for address, client in product(addresses, (Client(), stranger, insider)):
        response = getattr(client, method)(address)
        assert response.status_code < 500, (method, address)


def clients_of(world):
    yield Client()
    for officer in (
        world.officers["reception"],
        world.officers["handler"],
        officer_of(world.unit.agency, "administrator", "lieude.quantri"),
    ):
        client = Client()
        client.force_login(officer.user)
        yield client


def test_odd_input_in_the_address_never_fails(addresses, world):
    clients = list(clients_of(world))
    for address, client in product(addresses, clients):
        for shift in range(0, len(ODD_VALUES), 5):
            values = ODD_VALUES[shift:] + ODD_VALUES[:shift]
            query = urlencode(dict(zip(NAMES, values, strict=False)))
            assert client.get(f"{address}?{query}").status_code < 500, (address, query[:200])
        for raw in (
            "page=%ff%fe&q=%c3%28",
            "%00=%00",
            "q=a%00b&page=%00",
            "q=%ed%a0%80",
            "&&&===",
            "page=1&page=x",
        ):
            response = client.get(address, QUERY_STRING=raw)
            assert response.status_code < 500, (address, raw)


def test_odd_paths_never_fail(addresses, world):
    client = Client()
    client.force_login(world.officers["reception"].user)
    number = world.unit.dossiers.get().number
    for value in ODD_VALUES:
        typed = quote(value)
        for address in {
            f"/procedures/{typed}/",
            f"/administration/units/{typed}/",
            f"/administration/accounts/{typed}/",
            f"/{typed}",
            *(a.replace(quote(number), typed) for a in addresses if quote(number) in a),
        }:
            assert client.get(address).status_code < 500, address[:80]
    for raw in ("/procedures/%ff%fe/", "/dossiers/%c3%28/", "/%ed%a0%80", "/%00/"):
        assert client.get("/", PATH_INFO=raw).status_code < 500
        assert client.get(raw).status_code < 500, raw


def test_odd_forms_never_fail(addresses, world):
    fields = ("number", "digits", "login", "password", "note", "username", "role", "agency", "q")
    for client, address in product(clients_of(world), addresses):
        for value in ("\x00", "a" * 10_000, "9" * 400, "٣"):
            response = client.post(address, dict.fromkeys(fields, value))
            assert response.status_code < 500, (address, value[:20])


def test_every_answer_is_kept_safe(addresses, world, stranger):
    for address, client in product([*addresses, "/nowhere/", "/?q=%00"], (Client(), stranger)):
        response = client.get(address)
        assert "default-src 'self'" in response["Content-Security-Policy"], address
        assert response["X-Frame-Options"] == "DENY", address
        assert response["Cache-Control"] == "no-store, private" or address == "/sign-in/", address


def test_every_page_speaks_vietnamese_and_has_a_title_of_its_own(addresses, world):
    titles = {}
    for client in clients_of(world):
        for address in addresses:
            response = client.get(address)
            if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
                continue
            page = response.content.decode()
            if "<html" not in page:
                continue  # a part that htmx asks for
            assert '<html lang="vi">' in page, address
            title = page[page.index("<title>") + 7 : page.index("</title>")]
            assert title.endswith("– Một Cửa"), address
            if address not in SAME_PAGE:
                titles.setdefault(title, set()).add(address)
            for code in (" style=", " onclick=", " onload=", "javascript:"):
                assert code not in page, (address, code)
    doubled = {title: found for title, found in titles.items() if len(found) > 1}
    assert not doubled


def test_what_is_not_there_says_what_to_do():
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "bắt đầu từ trang đầu" in response.content.decode()


def test_a_stranger_learns_of_no_address_by_a_wrong_method(world, morning):
    number = world.receive().number
    stranger = Client()
    administrator = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    stranger.force_login(administrator.user)
    for client in (Client(), stranger):
        for address in (
            f"/dossiers/{number}/",
            f"/dossiers/{number}/files/",
            f"/dossiers/{number}/files/1/",
            "/counter/hand-over/lists/1/",
        ):
            assert client.get(address).status_code == 404, address
            assert client.put(address).status_code == 404, address
            assert client.delete(address).status_code == 404, address
