"""Pages for what went wrong: what happened, why, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.clock import now


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
    # Without the request: the page must come even when who acts cannot be asked.
    return render(None, "errors/500.html", {"at": now()}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is too old or came from elsewhere."""
    return render(request, "errors/csrf.html", status=403)
