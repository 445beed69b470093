"""What the settings make of the address citizens use, and of the proxies in front of it."""

import json
import subprocess
import sys
import uuid

import pytest
from django.urls import reverse

from motcua.clock import now
from motcua.dossiers import papers
from motcua.dossiers.services.reception import receive_together
from motcua.web.portal import attempts
from tests.homes import ROOT, environment, run

ASKED = (
    "import json; from motcua.config import settings as s; print(json.dumps(["
    "s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
    "s.ALLAUTH_TRUSTED_PROXY_COUNT, getattr(s, 'SECURE_PROXY_SSL_HEADER', None)]))"
)
USUAL = ["127.0.0.1", "localhost", "[::1]"]


def settings_with(tmp_path, **named):
    """Return what the settings say in a process with these variables."""
    found = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env={**environment(), "MOTCUA_HOME": str(tmp_path), **named},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({}, [USUAL, [], False, False, 0, None]),
        (
            {"MOTCUA_HOSTS": "motcua.xa.gov.vn,10.0.0.5"},
            [[*USUAL, "motcua.xa.gov.vn", "10.0.0.5"], [], False, False, 0, None],
        ),
        (
            {"MOTCUA_PUBLIC": "https://motcua.xa.gov.vn/", "MOTCUA_PROXIES": "1"},
            [
                [*USUAL, "motcua.xa.gov.vn"],
                ["https://motcua.xa.gov.vn"],
                True,
                True,
                1,
                ["HTTP_X_FORWARDED_PROTO", "https"],
            ],
        ),
        (
            {"MOTCUA_PUBLIC": "http://10.0.0.5:8000", "MOTCUA_HOSTS": "motcua"},
            [[*USUAL, "motcua", "10.0.0.5"], ["http://10.0.0.5:8000"], False, False, 0, None],
        ),
        (
            {"MOTCUA_PUBLIC": "https://[2001:db8::1]"},
            [[*USUAL, "[2001:db8::1]"], ["https://[2001:db8::1]"], True, True, 0, None],
        ),
    ],
    ids=["nothing", "names", "https behind a proxy", "plain in the office", "ipv6"],
)
def test_one_address_says_names_origins_and_cookies(tmp_path, named, expected):
    assert settings_with(tmp_path, **named) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_PUBLIC", "motcua.xa.gov.vn"),
        ("MOTCUA_PUBLIC", "https://motcua.xa.gov.vn/mot-cua"),
        ("MOTCUA_PROXIES", "nginx"),
        ("MOTCUA_PROXIES", "-1"),
    ],
)
def test_a_variable_that_cannot_be_read_is_named(tmp_path, name, value):
    found = run("calendar", "show", "--home", str(tmp_path), named={name: value})
    assert found.returncode == 2
    assert name in found.stderr
    assert "Traceback" not in found.stderr


def wrong_answers(client, **meta):
    """Ask until an address is closed; the last answer's status."""
    for serial in range(attempts.PER_ADDRESS + 1):
        number = f"901.00.99.H40-210317-{serial + 100:04d}"
        answer = client.post("/lookup/", {"number": number, "digits": "9999"}, **meta)
    return answer.status_code


def test_a_visitor_without_proxies_cannot_choose_an_address(world, client):
    chosen = ({"HTTP_X_FORWARDED_FOR": f"10.0.0.{serial}"} for serial in range(200))
    for serial in range(attempts.PER_ADDRESS):
        number = f"901.00.99.H40-210317-{serial + 100:04d}"
        client.post("/lookup/", {"number": number, "digits": "9999"}, **next(chosen))
    answer = client.post("/lookup/", {"number": number, "digits": "9999"}, **next(chosen))
    assert answer.status_code == 429


def test_behind_a_proxy_each_visitor_is_one_address(world, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # What a visitor writes stands left of what the trusted proxy adds.
    assert wrong_answers(client, HTTP_X_FORWARDED_FOR="8.8.8.8, 113.160.0.1") == 429
    assert wrong_answers(client, HTTP_X_FORWARDED_FOR="9.9.9.9, 113.160.0.1") == 429
    asked = {"number": "901.00.99.H40-210317-0999", "digits": "9999"}
    other = client.post("/lookup/", asked, HTTP_X_FORWARDED_FOR="113.160.0.2")
    assert other.status_code == 422


def test_fewer_proxies_than_said_is_no_error(world, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    asked = {"number": "901.00.99.H40-210317-0999", "digits": "9999"}
    for headers in ({"HTTP_X_FORWARDED_FOR": "113.160.0.2"}, {}):
        assert client.post("/lookup/", asked, **headers).status_code == 422


@pytest.mark.parametrize(
    ("public", "expected"),
    [("https://motcua.xa.gov.vn", "https://motcua.xa.gov.vn"), ("", "http://testserver")],
)
def test_the_slip_shows_the_address_citizens_use(
    world, client, settings, monkeypatch, public, expected
):
    settings.PUBLIC = public
    slip = receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[world.filing()],
        officer=world.officers["reception"],
        at=now(),
        token=uuid.uuid4(),
    )
    printed = []
    monkeypatch.setattr(
        papers, "receipt", lambda *_what, lookup_address, **_how: printed.append(lookup_address)
    )
    client.force_login(world.officers["reception"].user)
    client.get(reverse("counter:receipt_pdf", args=[slip.token, 1]))
    assert printed == [f"{expected}/lookup/"]
