"""Results: what is ready at this unit, and returning one to whom it is due."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.domain import spoken, typed
from motcua.domain.calendar import office
from motcua.domain.citizen_card import CardUnreadable, CitizenCard
from motcua.domain.dossier import Action
from motcua.domain.numbering import DossierNumber
from motcua.domain.process import Role
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries import bringing_first
from motcua.dossiers.search_queries import found
from motcua.dossiers.services import results
from motcua.dossiers.work_queries import papers_to_fetch, ready_to_return
from motcua.web.access import for_roles, front_door, visible_to
from motcua.web.counter.collecting import Errand, collect, scan_in
from motcua.web.counter.sent_back import rows_of

PER_PAGE: Final = 25
MOST_FOUND: Final = 500
RETURNING: Final = Errand(
    action=Action.RETURN,
    words="Trả kết quả",
    lists="Kết quả chờ trả",
    address="counter:ready",
    hand=results.return_to_applicant,
    done=(
        "Đã trả kết quả hồ sơ {number} cho {name}. Hồ sơ tiếp theo: gõ mã hoặc tên vào ô bên dưới."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Một kết quả chưa ai nhận."""

    dossier: Dossier
    days: str
    comes: str


@front_door(Role.RECEPTION)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Show the results of this unit nobody has collected, the longest waiting first."""
    unit = request.acting.unit
    text = request.GET.get("q", "").strip()
    listed = ready_to_return(unit)
    if text:
        asked = _scanned_number(text) or text
        matches = found(
            visible_to(request.acting), asked, agency_ids=[unit.agency_id], most=MOST_FOUND
        )
        listed = listed.filter(pk__in=matches.order_by().values("pk"))
    listed = listed.prefetch_related(
        Prefetch("parties", Party.objects.order_by("pk"), to_attr="people")
    )
    papers = papers_to_fetch(unit)
    fetching = [] if text else rows_of(papers[: PER_PAGE + 1])
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1 and _says_one(text):
        return redirect("counter:return", number=page.object_list[0].number)
    rows = [_waiting(request, dossier) for dossier in page.object_list]
    return render(
        request,
        "counter/ready.html",
        {
            "desk": "ready",
            "unit": unit,
            "text": text,
            "number": page.paginator.count,
            "page": page,
            "rows": rows,
            "fetching": fetching[:PER_PAGE],
            "waiting": papers.count() if len(fetching) > PER_PAGE else len(fetching),
            "query": f"{urlencode({'q': text})}&" if text else "",
        },
    )


def _scanned_number(text: str) -> str:
    """Return the identity number of a card scanned into the search; nothing for typed text."""
    try:
        return CitizenCard.parse(scan_in(text)).personal_id
    except CardUnreadable:
        return ""


def _says_one(text: str) -> bool:
    """Whether the text is a whole number or a card, so that its only result may open at once.

    A name or a part of a number may be somebody else's: its results are listed first.
    """
    if _scanned_number(text):
        return True
    for read in (DossierNumber.parse, typed.read_identity, typed.read_phone):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


def _waiting(request: HttpRequest, dossier: Dossier) -> Waiting:
    days = (office(request.at).date() - office(dossier.settled_at).date()).days
    comes = next(iter(bringing_first(dossier.people)), None)
    return Waiting(
        dossier=dossier,
        days=f"{spoken.whole(days)} ngày" if days else "hôm nay",
        comes=comes.full_name if comes else dossier.applicant_name,
    )


@for_roles(Role.RECEPTION)
def return_result(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the result over, and keep who took it."""
    return collect(request, number, RETURNING)
