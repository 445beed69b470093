"""Late steps and steps due today: one's own, and for who looks after them, everybody's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.domain import spoken
from motcua.domain.process import Role
from motcua.dossiers.late_step_queries import Warned, by_officer, steps_on, warned_of
from motcua.dossiers.models import StepTaken
from motcua.dossiers.queries import counted
from motcua.web.access import DOSSIER_ROLES, front_door
from motcua.web.workspace import places, words
from motcua.web.workspace.work import AGENCY, desk_in, scope_of, scopes_of

PER_PAGE: Final = 25
# Who sees how late colleagues are.
LOOKING_AFTER: Final = frozenset({Role.LEADER, Role.APPROVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Một bước: of which dossier, who has it, how late it is, and the dossier's own date."""

    number: str
    address: str
    applicant: str
    procedure: str
    step: str
    holder: str
    due_at: datetime
    is_late: bool
    lateness: str
    standing: str
    standing_words: str


@front_door(*DOSSIER_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the late steps, and to who looks after them how many each officer has."""
    scope = scope_of(request)
    desk = desk_in(request, scope)
    found = Warned(**counted(warned_of(desk, at=request.at)))
    paginator = Paginator(steps_on(desk, at=request.at), PER_PAGE)
    paginator.count = found.late + found.today
    page = paginator.get_page(request.GET.get("page"))
    looks_after = scope == AGENCY and bool(request.acting.roles & LOOKING_AFTER)
    return render(
        request,
        "workspace/late_steps.html",
        {
            "desk": "work",
            "heading": (
                f"{spoken.whole(found.late)} bước đang trễ, {spoken.whole(found.today)} bước phải "
                f"xong hôm nay {'của cơ quan' if scope == AGENCY else 'của tôi'}"
            ),
            "scope": scope,
            "scopes": scopes_of(request.acting),
            "officers": by_officer(desk, at=request.at) if looks_after and found else [],
            "rows": [_row(request, step) for step in page.object_list],
            "page": page,
            "query": f"{urlencode({'scope': scope})}&",
        },
    )


def _row(request: HttpRequest, step: StepTaken) -> Row:
    dossier = step.dossier
    standing, standing_words = words.standing(dossier, request.at)
    return Row(
        number=dossier.number,
        address=places.of(dossier.number),
        applicant=dossier.applicant_name,
        procedure=dossier.version.procedure.name,
        step=words.step(dossier),
        holder=words.holder(dossier),
        due_at=step.due_at,
        is_late=step.due_at < request.at,
        lateness=words.lateness(dossier, step.due_at, at=request.at),
        standing=standing,
        standing_words=standing_words,
    )
