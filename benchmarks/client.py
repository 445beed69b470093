"""A browser without a screen: keeps its connection and its cookies, reads forms."""

import http.client
import re
from html import unescape
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from motcua.scenarios import DEMO_PASSWORD

Fields = dict[str, str] | list[tuple[str, str]]


class Refused(Exception):
    """The server answered what no page should."""


class Client:
    """One visitor; an account's when it is named."""

    def __init__(self, address: str, account: str | None = None) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._cookies: dict[str, str] = {}
        if account is not None:
            form = self.form(self.get("/sign-in/"))
            self.post("/sign-in/", {**form, "login": account, "password": DEMO_PASSWORD})
            if "sessionid" not in self._cookies:
                raise Refused(f"{account} cannot sign in")

    def get(self, path: str) -> str:
        """Return the page, its redirects followed."""
        status, body, location = self.ask("GET", path)
        if location:
            return self.get(location)
        if status != 200:
            raise Refused(f"GET {path}: {status}")
        return body

    def post(self, path: str, fields: Fields) -> str:
        """Send a form; return the address it leads to.  Raises Refused when it leads nowhere."""
        status, body, location = self.ask("POST", path, fields)
        if not location:
            found = re.search(r'class="errors".*?</div>', body, re.S)
            raise Refused(f"POST {path}: {status} {found[0] if found else body[:300]}")
        return location

    def timed(self, path: str) -> float:
        """Return the seconds from asking to the last byte."""
        began = perf_counter()
        self.ask("GET", path)
        return perf_counter() - began

    def first_link(self, page: str, pattern: str) -> str:
        """Return the first address on the page that matches the pattern."""
        for link in re.findall(r'href="([^"]+)"', self.get(page)):
            if re.fullmatch(pattern, unescape(link)):
                return unescape(link)
        raise Refused(f"{page} leads to no {pattern}")

    @staticmethod
    def form(page: str) -> dict[str, str]:
        """Return the hidden fields of the page's forms."""
        fields = {}
        for tag in re.findall(r'<input [^>]*type="hidden"[^>]*>', page):
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            fields[attributes["name"]] = unescape(attributes.get("value", ""))
        return fields

    def ask(self, method: str, path: str, fields: Fields | None = None) -> tuple[int, str, str]:
        """Return the status, the page and where it leads."""
        body = None if fields is None else urlencode(fields)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, text, answer.headers.get("Location") or ""
