"""Pages for what went wrong: what happened, why, what to do next."""

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.clock import now
from motcua.gateways.storage import StorageFailed, Trouble, storage_failure
from motcua.web.wording import explain

# What stands in the log, once for each answer.
REASONS: Final = {
    Trouble.FULL: "Storage Full",
    Trouble.READ_ONLY: "Storage Read-Only",
    Trouble.BUSY: "Storage Busy",
    Trouble.UNREACHABLE: "Storage Unreachable",
}


def unreadable(request: HttpRequest) -> HttpResponse:
    """Answer an address that holds signs no text has."""
    return HttpResponse(
        "Địa chỉ có ký tự không đọc được. Kiểm tra lại địa chỉ, hoặc mở trang đầu: /",
        status=400,
        content_type="text/plain; charset=utf-8",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is refused."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, or nowhere for this visitor."""
    return render(request, "errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when the product itself failed."""
    failure = storage_failure(sys.exception())
    if failure is not None:
        return storage_failed(request, failure)
    # Without the request: the page must come even when who acts cannot be asked.
    return render(None, "errors/500.html", {"at": now()}, status=500)


def storage_failed(request: HttpRequest, failure: StorageFailed) -> HttpResponse:
    """Answer when the database or the disk fails: a form's values stand on the page, to be sent
    again."""
    is_form = request.method == "POST"
    # Without the request: who acts stands in the database.
    response = render(
        None,
        "errors/storage.html",
        {
            "problem": explain(failure),
            "is_form": is_form,
            "fields": _sent(request) if is_form else [],
            "address": request.get_full_path(),
            "at": now(),
        },
        status=503,
    )
    response.reason_phrase = REASONS[failure.trouble]
    response["Retry-After"] = "60"
    return response


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return all that the form brought; nothing when a file or a password was among it."""
    if request.FILES or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is too old or came from elsewhere."""
    return render(request, "errors/csrf.html", status=403)
