"""The page of one dossier: where it is, what the clock says and why, all that is known of it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.domain import reasons, spoken
from motcua.domain.dossier import GOES_BACK, Action
from motcua.domain.process import Role
from motcua.domain.snapshot import Snapshot, is_paused
from motcua.domain.terms import Terms
from motcua.dossiers import papers
from motcua.dossiers.labels import (
    ATTACHMENT_KIND_LABELS,
    CHANNEL_LABELS,
    MARK_LABELS,
    PARTY_ROLE_LABELS,
    RETURN_CHANNEL_LABELS,
)
from motcua.dossiers.models import Dossier, DossierEvent, HandOverLine, Paper, StepTaken
from motcua.dossiers.queries import explanation_of, left_of
from motcua.dossiers.services.attachments import kinds_allowed
from motcua.dossiers.services.ledger import happening_of
from motcua.dossiers.work_queries import reported_missing
from motcua.web.access import DOSSIER_ROLES, Acting, dossier_for, for_roles
from motcua.web.workspace import (
    dossier_letters,
    dossier_notices,
    dossier_opinions,
    dossier_work,
    words,
)
from motcua.web.workspace.dossier_read import Read, read
from motcua.web.workspace.dossier_shares import held
from motcua.web.workspace.dossier_steps import step_lines
from motcua.web.workspace.forms import FileForm
from motcua.web.workspace.offers import Offer, likely, offers, permitted_to
from motcua.web.workspace.timeline import timeline

SHOWN_STEPS: Final = 15  # the latest; what lies further back is folded


@for_roles(*DOSSIER_ROLES)
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a dossier to those on whose road it lies."""
    dossier = dossier_for(request.acting, number)
    return render(request, "workspace/dossier.html", page(request, dossier))


@for_roles(*DOSSIER_ROLES)
@require_safe
def control_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Print the sheet that goes with the dossier from hand to hand."""
    dossier = dossier_for(request.acting, number)
    response = HttpResponse(
        papers.control_sheet(dossier, at=request.at), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="phieu-kiem-soat-{dossier.number}.pdf"'
    return response


def page(
    request: HttpRequest, dossier: Dossier, *, file_form: FileForm | None = None, **filled: Any
) -> dict[str, Any]:
    """Return all the page shows, in a bounded number of questions.

    `filled` are the forms of dossier_work.py as they were sent with mistakes.
    """
    seen = read(dossier, request.at)
    sheets = list(dossier.papers.all())
    return {
        "desk": "work",
        "dossier": dossier,
        "links": _links(request, dossier),
        **_where(seen),
        **_what_next(seen, request.acting),
        **_road(seen),
        **_contents(dossier, sheets),
        "opinions": dossier_opinions.lines(request, dossier, seen.events),
        "file_form": file_form or _file_form(request.acting, dossier, sheets),
        **dossier_work.parts(request, dossier, seen.steps, seen.terms, **filled),
    }


def _where(seen: Read) -> dict[str, Any]:
    """Return where the dossier is, who has it, and what the clock says."""
    dossier, now = seen.dossier, seen.now
    standing, standing_words = words.standing(dossier, seen.at)
    left = left_of(now, seen.terms)
    return {
        "state": dossier.state,
        "holder": words.holder(dossier),
        "held_since": now.holder.since if now.holder else None,
        "step": words.step(dossier),
        "step_line": next((step for step in seen.steps if step.ended_at is None), None),
        "standing": standing,
        "standing_words": f"{standing_words}, {spoken.left(left)}" if left else standing_words,
        "why": _why(now, seen.terms, seen.events),
        "limit": spoken.limit(seen.terms.limit),
        "waits_to_be_fetched": words.waits_to_be_fetched(dossier),
    }


def _what_next(seen: Read, acting: Acting) -> dict[str, Any]:
    """Return what the reader may do, and what is likely."""
    dossier = seen.dossier
    missing = _reported_missing(dossier, seen.steps, is_confirmed=seen.is_confirmed)
    permitted = permitted_to(dossier, acting=acting, is_confirmed=seen.is_confirmed)
    permitted |= dossier_notices.also_drafted(dossier, seen.terms, acting)
    possible = offers(dossier, permitted, acting=acting, is_missing=missing is not None)
    next_act = likely(possible, is_missing=missing is not None)
    return {
        "offers": possible,
        "likely": next_act,
        "next": next_act.words if next_act else words.who_is_next(dossier),
        "rework": _rework(seen.events),
        "missing": missing,
        "proposes_sending_back": _proposes_sending_back(possible),
        "letter": dossier_letters.writable(
            dossier, seen.now, seen.terms, acting=acting, at=seen.at
        ),
    }


def _road(seen: Read) -> dict[str, Any]:
    """Return what happened, step by step and day by day, and whose minutes they were."""
    dossier, events = seen.dossier, seen.events
    result, hand_back = getattr(dossier, "result", None), getattr(dossier, "hand_back", None)
    fetched = result or hand_back
    lines = step_lines(seen)
    return {
        "days": timeline(
            events,
            seen.stood,
            terms=seen.terms,
            step_names=seen.names,
            collector=fetched.collector_name if fetched else "",
            corrections=_corrections(dossier, events),
        ),
        "events": len(events),
        "earlier_steps": lines[:-SHOWN_STEPS],
        "steps": lines[-SHOWN_STEPS:],
        "shares": held(seen),
        "result": result,
        "hand_back": hand_back,
        "handed_back": next((e for e in events if e.action == Action.HAND_BACK), None),
    }


def _contents(dossier: Dossier, sheets: Iterable[Paper]) -> dict[str, Any]:
    """Return who filed what, what was paid, and the files."""
    return {
        "papers": [_paper(sheet) for sheet in sheets],
        "parties": [
            (PARTY_ROLE_LABELS[party.role], party) for party in dossier.parties.order_by("pk")
        ],
        "channel": CHANNEL_LABELS[dossier.channel],
        "return_channel": RETURN_CHANNEL_LABELS[dossier.return_channel],
        "payments": list(dossier.payments.all()),
        "files": [
            (ATTACHMENT_KIND_LABELS[row.kind], row)
            for row in dossier.attachments.select_related("officer", "paper")
        ],
    }


def _rework(events: Sequence[DossierEvent]) -> DossierEvent | None:
    """Return the act that sent the dossier back to the step where it is; None when none did."""
    moved = next((event for event in reversed(events) if event.to_step), None)
    return moved if moved is not None and moved.action in GOES_BACK else None


def _reported_missing(
    dossier: Dossier, steps: Sequence[StepTaken], *, is_confirmed: bool
) -> HandOverLine | None:
    """Return the line of the open step's hand-over that says its papers did not arrive."""
    handed_over = len(steps) > 1 and steps[-2].outcome == Action.HAND_OVER
    if is_confirmed or not handed_over:
        return None
    said = reported_missing().filter(dossier=dossier)
    return said.select_related(None).select_related("hand_over_list__confirmed_by").first()


def _proposes_sending_back(possible: Iterable[Offer]) -> bool:
    """Whether sending it back unsettled is the signer's, and the reader can only propose it."""
    actions = {offer.action for offer in possible}
    return Action.PROPOSE in actions and Action.SEND_BACK not in actions


def _corrections(dossier: Dossier, events: Sequence[DossierEvent]) -> list:
    if any(event.action == Action.CORRECT for event in events):
        return list(dossier.corrections.order_by("pk"))
    return []


def _why(now: Snapshot, terms: Terms, events: Sequence[DossierEvent]) -> dict[str, Any]:
    """Return why the promise falls when it does, in lines, with what the lines cannot say."""
    explanation = explanation_of(now, terms)
    notes = list(reasons.moves(map(happening_of, events)))
    if is_paused(now):
        notes.append(
            "Thời hạn đang tạm dừng. Ngày hẹn mới được tính khi hồ sơ được giải quyết tiếp."
        )
    if now.extended:
        notes.append("Hồ sơ đã được gia hạn; cách tính dưới đây là của lần hẹn trước khi gia hạn.")
    if explanation is not None and explanation.provisional:
        notes.append("Lịch làm việc của một năm trong đó là tạm thời, có thể được công bố lại.")
    if explanation is None:
        return {"notes": notes, "lines": ()}
    if not now.extended and now.due_at is not None and explanation.due_at < now.due_at:
        notes.append("Ngày hẹn đã báo với người nộp không đưa sớm lên, nên giữ nguyên.")
    notes.append(reasons.counted_on(explanation))
    return {
        "notes": notes,
        "lines": reasons.explanation_lines(explanation),
        "limit": spoken.limit(explanation.limit),
    }


def _links(request: HttpRequest, dossier: Dossier) -> list[tuple[str, str]]:
    links = [("Phiếu kiểm soát (PDF)", reverse("workspace:control_sheet", args=[dossier.number]))]
    roles = request.acting.roles_by_agency.get(dossier.unit.agency_id, frozenset())
    if dossier.receipt is not None and Role.RECEPTION in roles:
        links.insert(
            0, ("Giấy tiếp nhận", reverse("counter:receipt", args=[dossier.receipt.token]))
        )
    return links


def _file_form(acting: Any, dossier: Dossier, sheets: Sequence[Paper]) -> FileForm | None:
    kinds = kinds_allowed(dossier, acting.roles_by_agency)
    if not kinds:
        return None
    return FileForm(papers=sheets, kind=kinds[0])


def _paper(sheet: Paper) -> dict[str, Any]:
    kinds = (
        ("bản chính", sheet.originals),
        ("bản chứng thực", sheet.certified),
        ("bản chụp", sheet.photocopies),
    )
    return {
        "sheet": sheet,
        "counts": ", ".join(f"{number} {kind}" for kind, number in kinds if number) or "không có",
        "mark": MARK_LABELS[sheet.mark],
    }
