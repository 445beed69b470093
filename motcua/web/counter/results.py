"""Results: what is ready at this unit, and returning one to whom it is due."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from motcua.domain import spoken, typed
from motcua.domain.calendar import office
from motcua.domain.citizen_card import CardUnreadable, CitizenCard, looks_scanned
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.numbering import DossierNumber
from motcua.domain.process import Role
from motcua.domain.vietnamese import fold
from motcua.dossiers.labels import PARTY_ROLE_LABELS, STATE_LABELS
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries import terms_of
from motcua.dossiers.search_queries import found
from motcua.dossiers.services import results
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import may
from motcua.dossiers.work_queries import ready_to_return
from motcua.web.access import for_roles, front_door, received_by, visible_to
from motcua.web.counter.fields import Line, TypedLine
from motcua.web.counter.sent_back import to_fetch
from motcua.web.wording import REFUSALS, explain

PER_PAGE: Final = 25
MOST_FOUND: Final = 500
# Who brought the dossier comes for it first; then whom they authorised, then the owner.
COMES_FIRST: Final = ("submitter", "representative", "owner")
ADVICE: Final = "Số định danh có 9 hoặc 12 chữ số (hoặc số hộ chiếu). Kiểm tra lại, hoặc quét thẻ."
LONGEST_CARD: Final = 400
WHICH_PAGE: Final = (
    "Trang gửi lên không cho biết ông/bà đã xem hồ sơ lúc nào. Xem lại hồ sơ bên dưới rồi bấm "
    "Trả kết quả lần nữa."
)
# Where a scanner may type: whichever field of the page has the cursor.
SCANNED_INTO: Final = ("personal_id", "full_name", "note")


class CollectorForm(forms.Form):
    """Người nhận kết quả."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    personal_id = TypedLine(
        "Số định danh",
        typed.read_identity,
        ADVICE,
        length=LONGEST_CARD,
        required=True,
        error_messages={"required": "Ghi số định danh của người nhận, hoặc quét thẻ vào ô này."},
        help_text="Quét thẻ hoặc gõ.",
        widget=forms.TextInput(attrs={"autofocus": True, "data-select": True}),
    )
    full_name = Line(
        "Họ và tên người nhận",
        required=True,
        error_messages={"required": "Ghi họ và tên người nhận."},
    )
    note = Line("Quan hệ với chủ hồ sơ, giấy tờ ủy quyền")

    def __init__(self, *args: Any, owner: Party | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        for field in self.fields.values():
            # A scanner types into whichever field has the cursor; nothing may cut the card.
            field.widget.attrs.pop("maxlength", None)
        self.fields["note"].help_text = "Bắt buộc khi người nhận không phải chủ hồ sơ."

    def clean(self) -> dict[str, Any]:
        """Ask by what right somebody other than the owner collects."""
        values = super().clean() or {}
        if self.errors.pop("revision", None):
            self.add_error(None, WHICH_PAGE)
        if not self.errors and not values["note"] and not self._is_owner(values):
            self.add_error(
                "note",
                "Người nhận không phải chủ hồ sơ. Ghi quan hệ hoặc giấy ủy quyền đã xem.",
            )
        return values

    def _is_owner(self, values: dict[str, Any]) -> bool:
        if self.owner is None:
            return False
        if self.owner.personal_id:
            return values["personal_id"] == self.owner.personal_id
        return fold(values["full_name"]) == fold(self.owner.full_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Một kết quả chưa ai nhận."""

    dossier: Dossier
    days: str
    comes: str


@require_safe
@front_door(Role.RECEPTION)
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
            "sent_back": () if text else to_fetch(unit, at=request.at),
            "query": f"{urlencode({'q': text})}&" if text else "",
        },
    )


def _scanned_number(text: str) -> str:
    """Return the identity number of a card scanned into the search; nothing for typed text."""
    try:
        return CitizenCard.parse(_scan_in(text)).personal_id
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
    parties = {party.role: party for party in dossier.people}
    comes = next((parties[role] for role in COMES_FIRST if role in parties), None)
    return Waiting(
        dossier=dossier,
        days=f"{spoken.whole(days)} ngày" if days else "hôm nay",
        comes=comes.full_name if comes else dossier.applicant_name,
    )


@for_roles(Role.RECEPTION)
def return_result(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the result over, and keep who took it."""
    dossier = received_by(request.acting, number)
    parties = {party.role: party for party in dossier.parties.order_by("pk")}
    owner = parties.get("owner")
    roles = request.acting.roles_by_agency
    may_return = may(Action.RETURN, dossier, terms=terms_of(dossier), roles=roles)
    if request.method != "POST":
        if not may_return:
            problem = ActionNotAllowed(State(dossier.state), Action.RETURN)
            messages.warning(request, explain(problem))
            return redirect("workspace:dossier", number=number)
        initial = {"revision": dossier.revision, **_comes(parties)}
        return _page(request, dossier, CollectorForm(initial=initial, owner=owner), parties)
    for name in SCANNED_INTO:
        if looks_scanned(request.POST.get(name, "")):
            return _scanned(request, dossier, parties, name)
    form = CollectorForm(request.POST, owner=owner)
    if not form.is_valid():
        if "revision" not in form.cleaned_data:
            form.data = {**request.POST.dict(), "revision": dossier.revision}
        return _page(request, dossier, form, parties, status=422)
    values = form.cleaned_data
    try:
        results.return_to_applicant(
            dossier_id=dossier.pk,
            collector=results.Collector(
                full_name=values["full_name"],
                personal_id=values["personal_id"],
                note=values["note"],
            ),
            officer=request.acting.officer,
            at=request.at,
            seen_revision=values["revision"],
        )
    except REFUSALS as problem:
        return _refused(request, dossier, parties, problem)
    messages.success(
        request,
        f"Đã trả kết quả hồ sơ {number} cho {values['full_name']}. Hồ sơ tiếp theo: gõ mã "
        "hoặc tên vào ô bên dưới.",
    )
    return redirect("counter:ready")


def _comes(parties: dict[str, Party]) -> dict[str, str]:
    """Fill in who is expected to come: who brought the dossier, else whose it is."""
    role = next((role for role in COMES_FIRST if role in parties), "")
    if not role:
        return {}
    note = "" if role == "owner" else PARTY_ROLE_LABELS[role]
    return {
        "personal_id": parties[role].personal_id,
        "full_name": parties[role].full_name,
        "note": note,
    }


def _scanned(
    request: HttpRequest, dossier: Dossier, parties: dict[str, Party], field: str
) -> HttpResponse:
    """Fill the form from a card scanned into that field; the officer still says yes."""
    typed_in = request.POST.copy()
    scan = typed_in[field]
    typed_in[field] = ""
    try:
        card = CitizenCard.parse(_scan_in(scan))
    except CardUnreadable:
        form = CollectorForm(typed_in, owner=parties.get("owner"))
        form.is_valid()
        form.errors.pop(field, None)
        form.add_error(field, "Không đọc được thẻ. Quét lại, hoặc gõ số định danh và họ tên.")
        return _page(request, dossier, form, parties, status=422)
    typed_in["personal_id"] = card.personal_id
    typed_in["full_name"] = card.full_name
    known = next((p for p in parties.values() if p.personal_id == card.personal_id), None)
    if known is not None:
        typed_in["note"] = "" if known.role == "owner" else PARTY_ROLE_LABELS[known.role]
    elif typed_in.get("note") in PARTY_ROLE_LABELS.values():
        typed_in["note"] = ""
    form = CollectorForm(initial=typed_in.dict(), owner=parties.get("owner"))
    said = "Đã đọc thẻ. Kiểm tra rồi bấm Trả kết quả."
    return _page(request, dossier, form, parties, notice=said)


def _scan_in(text: str) -> str:
    """Return the scan in a field that was filled in before: a card begins with twelve digits."""
    scan = re.search(r"\d{12}\|.*", text[:LONGEST_CARD], re.ASCII | re.DOTALL)
    return scan[0] if scan else text


def _refused(
    request: HttpRequest, dossier: Dossier, parties: dict[str, Party], problem: Exception
) -> HttpResponse:
    """Show the page again as the dossier stands now, with what was typed."""
    if isinstance(problem, SomebodyActed):
        last = problem.last
        if last.officer_id == request.acting.officer.pk and last.action == Action.RETURN:
            messages.info(request, f"Hồ sơ này đã trả lúc {spoken.short_moment(last.at)}.")
            return redirect("counter:ready")
    now = received_by(request.acting, dossier.number)
    typed_in = request.POST.copy()
    typed_in["revision"] = now.revision
    form = CollectorForm(typed_in, owner=parties.get("owner"))
    return _page(request, now, form, parties, status=409, problem=explain(problem))


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: CollectorForm,
    parties: dict[str, Party],
    *,
    status: int = 200,
    notice: str = "",
    problem: str = "",
) -> HttpResponse:
    return render(
        request,
        "counter/return.html",
        {
            "desk": "ready",
            "dossier": dossier,
            "result": getattr(dossier, "result", None),
            "parties": [(PARTY_ROLE_LABELS[role], party) for role, party in parties.items()],
            "form": form,
            "notice": notice,
            "problem": problem,
            "is_ready": dossier.state == State.RESULT_READY,
            "state_words": STATE_LABELS[dossier.state],
        },
        status=status,
    )
