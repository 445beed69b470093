"""What every page shows besides its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.clock import now


def every_page(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, the instant the page was made, and whether this is a demo home."""
    return {
        "acting": getattr(request, "acting", None),
        "at": getattr(request, "at", None) or now(),
        "is_demo": settings.DEMO,
    }
