"""What came of one act on several dossiers: which were done, which were not and why."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.domain import spoken
from motcua.dossiers.models import Dossier
from motcua.web.access import DOSSIER_ROLES, for_roles
from motcua.web.wording import explain

_SESSION = "outcome"
Refused = tuple[Dossier, Exception]


def tell(
    request: HttpRequest, act: str, done: Sequence[str], refused: Iterable[Refused], *, back: str
) -> HttpResponse:
    """Lead back to the list when all were done; else to the page that names each with its reason.

    `done` are the numbers of the dossiers; each was done, or not, in a transaction of its own.
    """
    left = [(dossier.number, explain(problem)) for dossier, problem in refused]
    if left:
        said = {
            "act": act,
            "done": list(done),
            "left": left,
            "back": back,
            "at": spoken.hour(request.at),
        }
        request.session[_SESSION] = said
        return redirect("workspace:outcome")
    messages.success(request, f"{act}: đã ghi {len(done)} hồ sơ ({', '.join(done)}).")
    return redirect(back)


@for_roles(*DOSSIER_ROLES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the outcome of the latest act on several dossiers in this browser."""
    found = request.session.get(_SESSION)
    return render(request, "workspace/outcome.html", {"desk": "work", "outcome": found})
