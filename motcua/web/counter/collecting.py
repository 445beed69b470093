"""Who comes to the counter to fetch something: one page for a result and for papers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.domain import spoken, typed
from motcua.domain.citizen_card import CardUnreadable, CitizenCard, looks_scanned
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.vietnamese import fold
from motcua.dossiers.labels import PARTY_ROLE_LABELS, STATE_LABELS
from motcua.dossiers.models import Dossier, DossierEvent, Party
from motcua.dossiers.queries import bringing_first, terms_of
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import may
from motcua.dossiers.services.results import Collector, PapersFetched
from motcua.web.access import received_by
from motcua.web.counter.fields import Line, TypedLine
from motcua.web.wording import REFUSALS, explain

ADVICE: Final = "Số định danh có 9 hoặc 12 chữ số (hoặc số hộ chiếu). Kiểm tra lại, hoặc quét thẻ."
LONGEST_CARD: Final = 400
WHICH_PAGE: Final = (
    "Trang gửi lên không cho biết ông/bà đã xem hồ sơ lúc nào. Xem lại hồ sơ bên dưới rồi bấm "
    "{} lần nữa."
)
# Where a scanner may type: whichever field of the page has the cursor.
SCANNED_INTO: Final = ("personal_id", "full_name", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Việc trả: what somebody comes for; `hand` is the service that hands it over.

    `done` is the banner after it, with the dossier's number and the collector's name; `lists` and
    `address` are the name and the page of the list it is taken from.
    """

    action: Action
    words: str
    lists: str
    address: str
    hand: Callable[..., Dossier]
    done: str


class CollectorForm(forms.Form):
    """Người nhận."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    personal_id = TypedLine(
        "Số định danh",
        typed.read_identity,
        ADVICE,
        length=LONGEST_CARD,
        required=True,
        error_messages={"required": "Ghi số định danh của người nhận, hoặc quét thẻ vào ô này."},
        help_text="Quét thẻ hoặc gõ. Để trống mọi ô rồi bấm Ctrl+Enter thì điền người được hẹn.",
        widget=forms.TextInput(attrs={"autofocus": True, "data-select": True}),
    )
    full_name = Line(
        "Họ và tên người nhận",
        required=True,
        error_messages={"required": "Ghi họ và tên người nhận."},
    )
    note = Line("Quan hệ với chủ hồ sơ, giấy tờ ủy quyền")

    def __init__(self, *args: Any, owner: Party | None, errand: Errand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner, self.errand = owner, errand
        for field in self.fields.values():
            # A scanner types into whichever field has the cursor; nothing may cut the card.
            field.widget.attrs.pop("maxlength", None)
        self.fields["note"].help_text = "Bắt buộc khi người nhận không phải chủ hồ sơ."

    def clean(self) -> dict[str, Any]:
        """Ask by what right somebody other than the owner collects."""
        values = super().clean() or {}
        if self.errors.pop("revision", None):
            self.add_error(None, WHICH_PAGE.format(self.errand.words))
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


@dataclass(frozen=True)
class _Visit:
    """Người đến nhận: who stands at the counter, for which dossier, and what for."""

    request: HttpRequest
    dossier: Dossier
    errand: Errand

    @cached_property
    def parties(self) -> dict[str, Party]:
        return {party.role: party for party in self.dossier.parties.order_by("pk")}

    @cached_property
    def may_collect(self) -> bool:
        """Whether the officer may hand it over now."""
        roles = self.request.acting.roles_by_agency
        return may(self.errand.action, self.dossier, terms=terms_of(self.dossier), roles=roles)

    @property
    def why_not(self) -> Exception:
        """Why there is nothing to hand over."""
        fetched = getattr(self.dossier, "hand_back", None)
        if self.errand.action is Action.HAND_BACK and fetched is not None:
            return PapersFetched(fetched)
        return ActionNotAllowed(State(self.dossier.state), self.errand.action)

    def form(self, *data: Any, **how: Any) -> CollectorForm:
        return CollectorForm(*data, owner=self.parties.get("owner"), errand=self.errand, **how)

    @cached_property
    def expected(self) -> Party | None:
        """Who is expected to come: who brought the dossier, else whose it is."""
        return next(iter(bringing_first(self.parties.values())), None)

    def comes(self, party: Party) -> HttpResponse:
        """Show the page filled in with that party; the officer still says yes."""
        form = self.form(
            initial={
                "revision": self.dossier.revision,
                "personal_id": party.personal_id,
                "full_name": party.full_name,
                "note": "" if party.role == "owner" else PARTY_ROLE_LABELS[party.role],
            }
        )
        said = (
            f"{_who_comes(party)}: {party.full_name}. Đối chiếu giấy tờ tùy thân rồi bấm "
            f"{self.errand.words}."
        )
        return self.page(form, notice=said)

    def page(
        self, form: CollectorForm, *, status: int = 200, notice: str = "", problem: str = ""
    ) -> HttpResponse:
        dossier = self.dossier
        named = [(PARTY_ROLE_LABELS[role], party) for role, party in self.parties.items()]
        return render(
            self.request,
            "counter/return.html",
            {
                "desk": "ready",
                "errand": self.errand,
                "dossier": dossier,
                "result": getattr(dossier, "result", None),
                "parties": named,
                "choices": [(party, _who_comes(party)) for party in self.parties.values()],
                "form": form,
                "notice": notice,
                "problem": problem,
                "may_collect": self.may_collect,
                "state_words": STATE_LABELS[dossier.state],
            },
            status=status,
        )


def collect(request: HttpRequest, number: str, errand: Errand) -> HttpResponse:
    """Show what is to be fetched and hand it over, and keep who took it."""
    visit = _Visit(request, received_by(request.acting, number), errand)
    if request.method != "POST":
        if not visit.may_collect:
            messages.warning(request, explain(visit.why_not))
            return redirect("workspace:dossier", number=number)
        who = request.GET.get("who", "")
        if who in visit.parties:
            return visit.comes(visit.parties[who])
        # Nobody is filled in: who takes it is said by the officer, not by the page.
        return visit.page(visit.form(initial={"revision": visit.dossier.revision}))
    if visit.may_collect and visit.expected and _is_blank(request):
        return visit.comes(visit.expected)
    for name in SCANNED_INTO:
        if looks_scanned(request.POST.get(name, "")):
            return _scanned(visit, name)
    form = visit.form(request.POST)
    if not form.is_valid():
        if "revision" not in form.cleaned_data:
            form.data = {**request.POST.dict(), "revision": visit.dossier.revision}
        return visit.page(form, status=422)
    values = form.cleaned_data
    try:
        errand.hand(
            dossier_id=visit.dossier.pk,
            collector=Collector(
                full_name=values["full_name"],
                personal_id=values["personal_id"],
                note=values["note"],
            ),
            officer=request.acting.officer,
            at=request.at,
            seen_revision=values["revision"],
        )
    except (*REFUSALS, PapersFetched) as problem:
        return _refused(visit, problem)
    messages.success(request, errand.done.format(number=number, name=values["full_name"]))
    return redirect(errand.address)


def _who_comes(party: Party) -> str:
    return "Chính chủ nhận" if party.role == "owner" else f"{PARTY_ROLE_LABELS[party.role]} nhận"


def _is_blank(request: HttpRequest) -> bool:
    return not any(request.POST.get(name, "").strip() for name in SCANNED_INTO)


def _scanned(visit: _Visit, field: str) -> HttpResponse:
    """Fill the form from a card scanned into that field; the officer still says yes."""
    typed_in = visit.request.POST.copy()
    scan = typed_in[field]
    typed_in[field] = ""
    try:
        card = CitizenCard.parse(scan_in(scan))
    except CardUnreadable:
        form = visit.form(typed_in)
        form.is_valid()
        form.errors.pop(field, None)
        form.add_error(field, "Không đọc được thẻ. Quét lại, hoặc gõ số định danh và họ tên.")
        return visit.page(form, status=422)
    typed_in["personal_id"] = card.personal_id
    typed_in["full_name"] = card.full_name
    parties = visit.parties.values()
    known = next((p for p in parties if p.personal_id == card.personal_id), None)
    if known is not None:
        typed_in["note"] = "" if known.role == "owner" else PARTY_ROLE_LABELS[known.role]
    elif typed_in.get("note") in PARTY_ROLE_LABELS.values():
        typed_in["note"] = ""
    said = f"Đã đọc thẻ. Kiểm tra rồi bấm {visit.errand.words}."
    return visit.page(visit.form(initial=typed_in.dict()), notice=said)


def scan_in(text: str) -> str:
    """Return the scan in a field that was filled in before: a card begins with twelve digits."""
    scan = re.search(r"\d{12}\|.*", text[:LONGEST_CARD], re.ASCII | re.DOTALL)
    return scan[0] if scan else text


def _refused(visit: _Visit, problem: Exception) -> HttpResponse:
    """Show the page again as the dossier stands now, with what was typed."""
    last = _handed_over_by(problem, visit.errand)
    if last is not None and last.officer_id == visit.request.acting.officer.pk:
        said = f"Hồ sơ này đã {visit.errand.words.lower()} lúc {spoken.short_moment(last.at)}."
        messages.info(visit.request, said)
        return redirect(visit.errand.address)
    now = _Visit(
        visit.request, received_by(visit.request.acting, visit.dossier.number), visit.errand
    )
    typed_in = visit.request.POST.copy()
    typed_in["revision"] = now.dossier.revision
    return now.page(now.form(typed_in), status=409, problem=explain(problem))


def _handed_over_by(problem: Exception, errand: Errand) -> DossierEvent | None:
    """Return the act that handed it over already, if that is the problem."""
    match problem:
        case PapersFetched(known=known):
            return known.event
        case SomebodyActed(last=last) if last.action == errand.action:
            return last
    return None
