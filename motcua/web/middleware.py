"""What every request passes: headers that keep pages safe, text that databases accept, who acts."""

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua import clock
from motcua.gateways.storage import storage_failure
from motcua.web import access, errors

POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
Answer = Callable[[HttpRequest], HttpResponse]


def careful(answer: Answer) -> Answer:
    """Refuse addresses no database can store, and set the headers of every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.path + "?" + unquote_plus(request.META.get("QUERY_STRING", ""))
        response = errors.unreadable(request) if "\x00" in asked else answer(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=()")
        if not request.path.startswith("/static/"):
            # A shared office PC: the back button shows nothing after signing out.
            response.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


class StorageWatch:
    """Answers calmly, whatever the page, when the database or the disk does not do its work."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the page answer."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer when it was the storage; leave everything else to others."""
        failure = storage_failure(problem)
        return errors.storage_failed(request, failure) if failure else None


def who_acts(answer: Answer) -> Answer:
    """Give the request its instant, read once, and the officer who acts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()
        request.acting = SimpleLazyObject(lambda: access.acting(request.user, request.at))
        return answer(request)

    return middleware
