"""My work and search: lists of dossiers, and one act on several of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.domain import spoken
from motcua.domain.dossier import Action
from motcua.domain.process import PERFORMING, Role
from motcua.dossiers.consultation_queries import asked_by
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.late_step_queries import Cautions, Warned, cautions_among, warned_of
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries import counted
from motcua.dossiers.search_queries import found
from motcua.dossiers.services import hand_over
from motcua.dossiers.work_queries import (
    Desk,
    Order,
    Tab,
    agencys_desk,
    as_rows,
    officers_desk,
    unconfirmed,
    untouched,
)
from motcua.web.access import DOSSIER_ROLES, Acting, front_door, visible_to
from motcua.web.workspace import places, words
from motcua.web.workspace.figures import Figures, figures_for
from motcua.web.workspace.offers import COMMON, Offer, is_common, likely, offers, permitted_to

PER_PAGE: Final = 25
MOST_FOUND: Final = 200
MINE: Final = "mine"
AGENCY: Final = "agency"
TAB_LABELS: Final = {
    Tab.DESK: "Cần làm",
    Tab.NEW: "Mới",
    Tab.DUE_SOON: "Sắp đến hạn",
    Tab.OVERDUE: "Quá hạn",
    Tab.WAITING: "Chờ người khác",
}
HEADINGS: Final = {
    Tab.DESK: "{} hồ sơ cần làm",
    Tab.NEW: "{} hồ sơ mới, chưa ai nhận việc",
    Tab.DUE_SOON: "{} hồ sơ sắp đến hạn",
    Tab.OVERDUE: "{} hồ sơ quá hạn",
    Tab.WAITING: "{} hồ sơ đang chờ người khác",
}
EMPTY: Final = {
    Tab.DESK: "Không có hồ sơ nào cần làm.",
    Tab.NEW: "Không có hồ sơ mới.",
    Tab.DUE_SOON: "Không có hồ sơ nào đến hạn hôm nay hoặc ngày làm việc tới.",
    Tab.OVERDUE: "Không có hồ sơ quá hạn.",
    Tab.WAITING: "Không có hồ sơ nào đang chờ người khác.",
}
# On an agency's desk lies what is settled there; what is the reader's to do, on their own.
AGENCY_TAB: Final = "Đang giải quyết"
AGENCY_HEADING: Final = "{} hồ sơ đang giải quyết, không kể tạm dừng,"
AGENCY_EMPTY: Final = "Không có hồ sơ nào đang giải quyết."
ORDER_LABELS: Final = {
    Order.DUE: "hạn gần nhất trước",
    Order.RECEIVED: "mới tiếp nhận trước",
    Order.NUMBER: "theo mã số",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Một dòng: what a list says of a dossier."""

    key: int
    revision: int
    number: str
    address: str
    applicant: str
    procedure: str
    case: str
    due_at: datetime
    step: str
    holder: str
    standing: str
    due_words: str
    says_when: bool
    next_act: Offer | None
    waits_for: str
    common: frozenset[Action]
    is_missing: bool
    identity: str = ""
    warning: str = ""

    @property
    def ticked_as(self) -> str:
        """The row as a ticked box sends it: which dossier, and how it looked."""
        return f"{self.key}.{self.revision}"


@front_door(*DOSSIER_ROLES)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show what lies on the officer's desk, or on the agency's."""
    scope = scope_of(request)
    desk = desk_in(request, scope)
    besides = counted({**_besides(request.acting, request.at), **_of(desk, request.at)})
    counts = desk.counts(besides["waiting"])
    tab = _chosen(Tab, request.GET.get("tab", ""), Tab.DESK)
    order = _chosen(Order, request.GET.get("order", ""), Order.DUE)
    paginator = Paginator(desk.listed(tab, order), PER_PAGE)
    paginator.count = counts[tab]
    page = paginator.get_page(request.GET.get("page"))
    rows = _rows(request, page.object_list if counts[tab] else ())
    asked = {"scope": scope, "order": order}
    is_agencys = scope == AGENCY
    labels = TAB_LABELS | ({Tab.DESK: AGENCY_TAB} if is_agencys else {})
    headings = HEADINGS | ({Tab.DESK: AGENCY_HEADING} if is_agencys else {})
    empty = EMPTY | ({Tab.DESK: AGENCY_EMPTY} if is_agencys else {})
    heading = headings[tab].format(spoken.whole(counts[tab]))
    response = render(
        request,
        "workspace/work.html",
        {
            "desk": "work",
            "heading": f"{heading} của {'cơ quan' if is_agencys else 'tôi'}",
            "tabs": [
                (label, counts[each], f"?{urlencode({**asked, 'tab': each})}", each is tab)
                for each, label in labels.items()
            ],
            "tab": tab,
            "scope": scope,
            "scopes": scopes_of(request.acting),
            "order": order,
            "orders": ORDER_LABELS.items(),
            "page": page,
            "query": f"{urlencode({**asked, 'tab': tab})}&",
            "rows": rows,
            "common": [
                (action, ACTION_LABELS[action])
                for action in COMMON
                if any(action in row.common for row in rows)
            ],
            "empty": empty[tab],
            "figures": _figures(request, scope),
            "late_steps": Warned(besides["late"], besides["today"]),
            **{name: besides.get(name, 0) for name in ("to_confirm", "passed_on", "late_opinions")},
        },
    )
    places.remember(response, {**asked, "tab": tab, "page": page.number})
    return response


@front_door(*DOSSIER_ROLES)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find dossiers by number, name, telephone or identity."""
    text = request.GET.get("q", "").strip()
    acting = request.acting
    visible = visible_to(acting)
    matches = found(visible, text, agency_ids=acting.agency_ids, most=MOST_FOUND + 1)
    keys = list(matches.values_list("pk", flat=True)[: MOST_FOUND + 1]) if text else []
    page = Paginator(keys[:MOST_FOUND], PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "workspace/search.html",
        {
            "searched": text,
            "page": page,
            "rows": _rows(request, _owned(page.object_list), identity=_identity),
            "heading": _found_words(len(keys)),
            "most": MOST_FOUND if len(keys) > MOST_FOUND else None,
            "query": f"{urlencode({'q': text})}&",
        },
    )


def _found_words(number: int) -> str:
    if number > MOST_FOUND:
        return f"Hơn {spoken.whole(MOST_FOUND)} hồ sơ"
    return f"{spoken.whole(number)} hồ sơ"


def _owned(keys: Sequence[int]) -> list[Dossier]:
    """Return these dossiers in this order, each with its owner."""
    owners = Prefetch("parties", Party.objects.filter(role="owner"))
    dossiers = as_rows(Dossier.objects).prefetch_related(owners).in_bulk(keys)
    return [dossiers[key] for key in keys]


def _identity(dossier: Dossier) -> str:
    numbers = [party.personal_id for party in dossier.parties.all() if party.personal_id]
    return spoken.masked(numbers[0]) if numbers else ""


def _rows(
    request: HttpRequest,
    dossiers: Iterable[Dossier],
    *,
    identity: Callable[[Dossier], str] = lambda _dossier: "",
) -> list[Row]:
    shown = list(dossiers)
    cautions = cautions_among(shown, at=request.at)
    return [_row(request, dossier, identity(dossier), cautions) for dossier in shown]


def _row(request: HttpRequest, dossier: Dossier, identity: str, cautions: Cautions) -> Row:
    standing, due_words = words.standing(dossier, request.at)
    is_missing = dossier.pk in cautions.missing
    step_due = cautions.step_due.get(dossier.pk)
    # Arrived papers are confirmed by their list or on the dossier's page, unless somebody misses
    # them.
    possible = permitted_to(dossier, acting=request.acting, is_confirmed=not is_missing)
    offered = offers(dossier, possible, acting=request.acting, is_missing=is_missing)
    return Row(
        key=dossier.pk,
        revision=dossier.revision,
        number=dossier.number,
        address=places.of(dossier.number),
        applicant=dossier.applicant_name,
        procedure=dossier.version.procedure.name,
        case=dossier.case.name if dossier.case else "",
        due_at=dossier.due_at,
        step=words.step(dossier),
        holder=words.holder_for(dossier, request.acting),
        standing=standing,
        due_words=due_words,
        says_when=spoken.hour(dossier.due_at) in due_words,
        next_act=likely(offered, is_missing=is_missing),
        # Whose turn it is stands beside the step already when somebody has the dossier.
        waits_for="" if dossier.holder_officer else words.who_is_next(dossier),
        common=frozenset(offer.action for offer in offered if is_common(offer, dossier)),
        is_missing=is_missing,
        identity=identity,
        warning=words.lateness(dossier, step_due, at=request.at) if step_due else "",
    )


def scopes_of(acting: Acting) -> list[tuple[str, str]]:
    """Return whose dossiers this officer may ask for, each with its words."""
    own = [(MINE, "của tôi")] if acting.acts else []
    return [*own, (AGENCY, "của cơ quan")]


def scope_of(request: HttpRequest) -> str:
    """Return whose dossiers the page is asked for: the officer's own, or the agency's."""
    known = [code for code, _words in scopes_of(request.acting)]
    asked = request.GET.get("scope", "")
    return asked if asked in known else known[0]


def desk_in(request: HttpRequest, scope: str) -> Desk:
    """Return the desk of the officer, or of their agencies."""
    acting = request.acting
    if scope == AGENCY:
        return agencys_desk(agency_ids=acting.agency_ids, at=request.at)
    return officers_desk(
        officer_id=acting.officer.pk,
        roles_by_agency={
            agency: roles & PERFORMING for agency, roles in acting.roles_by_agency.items()
        },
        absent=acting.absent,
        at=request.at,
    )


def _figures(request: HttpRequest, scope: str) -> Figures | None:
    """Return the unit's figures for those who look after it as a whole."""
    if scope == AGENCY or Role.LEADER in request.acting.roles:
        return figures_for(request.acting, request.at)
    return None


def _besides(acting: Acting, at: datetime) -> dict[str, QuerySet]:
    """Return what the page links to besides its lists, where it is this officer's to see."""
    sets: dict[str, QuerySet] = {}
    receiving = [
        agency
        for agency, roles in acting.roles_by_agency.items()
        if roles & hand_over.RECEIVING_ROLES
    ]
    if receiving:
        sets["to_confirm"] = unconfirmed(receiving)
    if acting.acts:
        sets["passed_on"] = untouched(acting.officer.pk)
    if Role.LEADER in acting.roles:
        sets["late_opinions"] = asked_by(acting.agency_ids).filter(reply_by__lt=at)
    return sets


def _of(desk: Desk, at: datetime) -> dict[str, QuerySet]:
    return {"waiting": desk.waiting, **warned_of(desk, at=at)}


def _chosen(kind: type, text: str, default: object) -> object:
    return kind(text) if text in list(kind) else default
