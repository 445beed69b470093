"""The page of one dossier: where it is, what the clock says and why, all that is known of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.labels import who_does
from motcua.domain import reasons, spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import GOES_BACK, Action
from motcua.domain.process import Role
from motcua.domain.responsibility import Share, shares
from motcua.domain.snapshot import HolderKind, Holding, Snapshot, StepRun, is_paused
from motcua.domain.standing import standing_settled
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
from motcua.dossiers.queries import explanation_of, left_of, place_of, step_names_of, terms_of
from motcua.dossiers.services.attachments import kinds_allowed
from motcua.dossiers.services.ledger import happening_of
from motcua.dossiers.work_queries import reported_missing
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles
from motcua.web.workspace import (
    dossier_letters,
    dossier_notices,
    dossier_opinions,
    dossier_work,
    words,
)
from motcua.web.workspace.forms import FileForm
from motcua.web.workspace.offers import Offer, likely, offers, permitted_to
from motcua.web.workspace.timeline import snapshots, timeline

UNTAKEN: Final = ", chưa ai nhận việc"
SHOWN_STEPS: Final = 15  # the latest; what lies further back is folded


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """Một bước: what was planned, and what was done of it so far."""

    name: str
    planned_by: str
    budget: str
    done_by: str = ""
    started_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    standing: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """Thời gian một nơi giữ hồ sơ: who, how many times, how long in working time."""

    holder: str
    times: int
    length: str
    late: str


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
    at, acting = request.at, request.acting
    terms = terms_of(dossier)
    events = list(
        dossier.events.select_related(
            "officer", "agency", "to_agency", "to_officer", "for_officer"
        ).order_by("position")
    )
    stood = snapshots(events, terms)
    now = stood[-1]
    steps = list(dossier.steps_taken.select_related("agency", "officer").order_by("position"))
    names = step_names_of(dossier)
    sheets = list(dossier.papers.all())
    people = _names(events, steps)
    standing, standing_words = words.standing(dossier, at)
    left = left_of(now, terms)
    is_confirmed = now.step is None or now.step.confirmed_at is not None
    missing = _reported_missing(dossier, events, is_confirmed=is_confirmed)
    permitted = permitted_to(dossier, acting=acting, is_confirmed=is_confirmed)
    permitted |= dossier_notices.also_drafted(dossier, terms, acting)
    possible = offers(dossier, permitted, acting=acting, is_missing=missing is not None)
    next_act = likely(possible, is_missing=missing is not None)
    result, hand_back = getattr(dossier, "result", None), getattr(dossier, "hand_back", None)
    fetched = result or hand_back
    current = terms.on(now.edition)
    lines = _steps(dossier, now, steps, current, names, at)
    return {
        "desk": "work",
        "dossier": dossier,
        "state": dossier.state,
        "holder": words.holder(dossier),
        "held_since": now.holder.since if now.holder else None,
        "step": words.step(dossier),
        "step_line": next((s for s in steps if s.ended_at is None), None),
        "standing": standing,
        "standing_words": f"{standing_words}, {spoken.left(left)}" if left else standing_words,
        "why": _why(now, terms, events),
        "offers": possible,
        "likely": next_act,
        "next": next_act.words if next_act else words.who_is_next(dossier),
        "rework": _rework(events),
        "missing": missing,
        "proposes_sending_back": _proposes_sending_back(possible),
        "links": _links(request, dossier),
        "days": timeline(
            events,
            stood,
            terms=terms,
            step_names=names,
            collector=fetched.collector_name if fetched else "",
            corrections=_corrections(dossier, events),
        ),
        "events": len(events),
        "papers": [_paper(sheet) for sheet in sheets],
        "earlier_steps": lines[:-SHOWN_STEPS],
        "steps": lines[-SHOWN_STEPS:],
        "parties": [
            (PARTY_ROLE_LABELS[party.role], party) for party in dossier.parties.order_by("pk")
        ],
        "channel": CHANNEL_LABELS[dossier.channel],
        "return_channel": RETURN_CHANNEL_LABELS[dossier.return_channel],
        "payments": list(dossier.payments.all()),
        "result": result,
        "hand_back": hand_back,
        "handed_back": next((e for e in events if e.action == Action.HAND_BACK), None),
        "waits_to_be_fetched": words.waits_to_be_fetched(dossier),
        "opinions": dossier_opinions.lines(request, dossier, events),
        "notices": dossier_notices.lines(dossier),
        "letter": dossier_letters.writable(dossier, now, terms, acting=acting, at=at),
        "shares": _shares(now, current, people, dossier, at),
        "files": [
            (ATTACHMENT_KIND_LABELS[row.kind], row)
            for row in dossier.attachments.select_related("officer", "paper")
        ],
        "file_form": file_form or _file_form(acting, dossier, sheets),
        "limit": spoken.limit(terms.limit),
        **dossier_work.parts(request, dossier, steps, terms, **filled),
    }


def _rework(events: Sequence[DossierEvent]) -> DossierEvent | None:
    """Return the act that sent the dossier back to the step where it is; None when none did."""
    moved = next((event for event in reversed(events) if event.to_step), None)
    return moved if moved is not None and moved.action in GOES_BACK else None


def _reported_missing(
    dossier: Dossier, events: Sequence[DossierEvent], *, is_confirmed: bool
) -> HandOverLine | None:
    """Return the line of the open step's hand-over that says its papers did not arrive."""
    if is_confirmed or not any(event.action == Action.HAND_OVER for event in events):
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


def _steps(
    dossier: Dossier,
    now: Snapshot,
    taken: Sequence[StepTaken],
    terms: Terms,
    names: Mapping[str, str],
    at: datetime,
) -> list[StepLine]:
    """Return the steps taken in their order, then those still planned."""
    lines = []
    for run, row in zip(now.steps, taken, strict=False):
        due_at = _due_of(run, now)
        standing, verdict = _verdict(run, due_at, terms, at)
        lines.append(
            StepLine(
                **_plan(dossier, run.code, terms, names),
                done_by=f"{row.officer.full_name}, {row.agency.name}"
                if row.officer
                else row.agency.name,
                started_at=run.started_at,
                due_at=due_at,
                ended_at=run.ended_at,
                standing=standing,
                verdict=verdict,
            )
        )
    if now.step is not None:
        codes = [step.code for step in terms.process.steps]
        ahead = codes[codes.index(now.step.code) + 1 :]
        lines += [StepLine(**_plan(dossier, code, terms, names)) for code in ahead]
    return lines


def _plan(dossier: Dossier, code: str, terms: Terms, names: Mapping[str, str]) -> dict[str, str]:
    step = terms.passed(code)
    return {
        "name": names.get(code, code),
        "planned_by": f"{who_does(step)}, {place_of(step.performer, dossier)}",
        "budget": spoken.limit(step.budget) if step.budget else "",
    }


def _due_of(run: StepRun, now: Snapshot) -> datetime | None:
    """Until when the step has to be done; open while its dossier is paused."""
    return None if run.ended_at is None and is_paused(now) else run.due_at


def _verdict(run: StepRun, due_at: datetime | None, terms: Terms, at: datetime) -> tuple[str, str]:
    until = run.ended_at or at
    if due_at is None:
        return "", ""
    if until > due_at:
        late = spoken.overdue_by(due_at, until, terms.office_time)
        return "late", late.replace("quá hạn", "trễ" if run.ended_at else "đang trễ", 1)
    if run.ended_at is None:
        return "within", "đang làm, trong hạn"
    standing = standing_settled(due_at=due_at, settled_at=run.ended_at)
    return standing.value, {"early": "sớm", "on_time": "đúng hạn"}[standing.value]


def _names(
    events: Sequence[DossierEvent], steps: Sequence[StepTaken]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of the agencies and officers met on the road, by key."""
    agencies, officers = {}, {}
    for row in (*events, *steps):
        agencies[row.agency_id] = row.agency.name
        if row.officer is not None:
            officers[row.officer_id] = row.officer.full_name
    for event in events:
        if event.to_agency is not None:
            agencies[event.to_agency_id] = event.to_agency.name
        if event.to_officer is not None:
            officers[event.to_officer_id] = event.to_officer.full_name
    return agencies, officers


def _shares(
    now: Snapshot,
    terms: Terms,
    people: tuple[dict[int, str], dict[int, str]],
    dossier: Dossier,
    at: datetime,
) -> dict[str, Any]:
    """Return who held the dossier for how many working minutes, and their sum."""
    try:
        found = shares(now, at=at, office_time=terms.office_time)
    except CalendarNotPublished as problem:
        return {"lines": [], "unknown_year": problem.year}
    held: dict[str, list[Share]] = {}
    agencies: dict[str, list[Share]] = {}
    for share in found:
        held.setdefault(_holding(share.holding, people, dossier), []).append(share)
        place = _holding(replace(share.holding, officer=None), people, dossier)
        agencies.setdefault(place.removesuffix(UNTAKEN), []).append(share)
    late = sum(share.late_minutes for share in found)
    return {
        "lines": _share_lines(held),
        "agencies": _share_lines(agencies) if len(agencies) > 1 else [],
        "total": spoken.minutes(sum(share.minutes for share in found)),
        "late": spoken.minutes(late) if late else "",
    }


def _share_lines(held: Mapping[str, Sequence[Share]]) -> list[ShareLine]:
    return [
        ShareLine(
            holder=holder,
            times=len(found),
            length=spoken.minutes(sum(share.minutes for share in found)),
            late=spoken.minutes(late) if (late := sum(s.late_minutes for s in found)) else "",
        )
        for holder, found in held.items()
    ]


def _holding(
    holding: Holding, people: tuple[dict[int, str], dict[int, str]], dossier: Dossier
) -> str:
    agencies, officers = people
    match holding.kind:
        case HolderKind.CITIZEN:
            return "Công dân"
        case HolderKind.NOBODY:
            return "Không tính cho ai"
    place = dossier.unit.name
    if holding.kind is not HolderKind.COUNTER and holding.agency is not None:
        place = agencies.get(holding.agency, "")
    who = officers.get(holding.officer) if holding.officer is not None else None
    if who is None:
        at_the_counter = holding.kind is HolderKind.COUNTER
        return place if at_the_counter else f"{place}{UNTAKEN}"
    return f"{who}, {place}"
