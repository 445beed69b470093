"""The list of letters of apology and extension: approved and sent from there, several at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue import delay_reasons
from motcua.catalogue.queries import step_names
from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.notice import NoticeKind
from motcua.domain.process import Role
from motcua.dossiers import letter_queries
from motcua.dossiers.labels import DELIVERY_LABELS
from motcua.dossiers.models import Notice
from motcua.dossiers.services import letters, notices
from motcua.dossiers.services.notice_contents import words_of
from motcua.web.access import DOSSIER_ROLES, for_roles, front_door
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace import words
from motcua.web.workspace.letter_forms import KIND_WORDS, DeliveryForm, LetterForm
from motcua.web.workspace.tabs import Tab, tabbed

PER_PAGE: Final = 25
# The tabs of the list: label, heading, and what an empty one says.
TABS: Final = {
    "approve": Tab("Chờ duyệt", "{} thư chờ duyệt", "Không có thư nào chờ duyệt."),
    "send": Tab("Chờ gửi", "{} thư đã duyệt, chờ gửi", "Không có thư nào chờ gửi."),
    "sent": Tab("Đã gửi", "{} thư đã gửi", "Chưa gửi thư nào."),
}
SENDING: Final = frozenset({Role.RECEPTION, Role.APPROVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Một thư trong danh sách: the letter, its dossier, and the form that changes its words."""

    letter: Notice
    kind: str
    responsible: str
    standing: str
    standing_words: str
    delivery: str
    form: LetterForm | None
    problem: str = ""

    @property
    def ticked_as(self) -> str:
        """The row as a ticked box sends it: which letter, and how it looked."""
        return f"{self.letter.pk}.{self.letter.revision}"


@front_door(*DOSSIER_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show which letters wait to be approved or sent, and which were sent."""
    return _list(request)


@for_roles(Role.APPROVER)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the ticked letters, or the one whose button was pressed, each with its words."""
    chosen = _chosen(request, "approve")
    bound = {letter.pk: _form(request, letter, request.POST) for letter in chosen}
    problems: dict[int, str] = {}
    done = 0
    for letter, revision in chosen.items():
        form = bound[letter.pk]
        if not form.is_valid():
            problems[letter.pk] = "Thư này chưa duyệt: có chỗ cần xem lại."
            continue
        refused = _refusal(
            lambda letter=letter, revision=revision, form=form: letters.approve(
                notice_id=letter.pk,
                officer=request.acting.officer,
                at=request.at,
                seen_revision=revision,
                words=form.words,
            )
        )
        if refused:
            problems[letter.pk] = refused
        else:
            done += 1
    _tell(request, chosen, done, f"Đã duyệt {spoken.whole(done)} thư, chờ gửi cho người nộp.")
    if problems:
        return _list(request, tab="approve", bound=bound, problems=problems, status=422)
    return redirect(f"{reverse('workspace:letters')}?tab=approve")


@for_roles(*SENDING)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Record that the ticked letters, or the one whose button was pressed, went out."""
    chosen = _chosen(request, "send")
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        return _list(request, tab="send", delivery=form, status=422)
    problems: dict[int, str] = {}
    done = 0
    for letter, revision in chosen.items():
        refused = _refusal(
            lambda letter=letter, revision=revision: notices.send(
                notice_id=letter.pk,
                delivery=form.cleaned_data["delivery"],
                officer=request.acting.officer,
                at=request.at,
                seen_revision=revision,
            )
        )
        if refused:
            problems[letter.pk] = refused
        else:
            done += 1
    how = DELIVERY_LABELS[form.cleaned_data["delivery"]].lower()
    _tell(request, chosen, done, f"Đã ghi gửi {spoken.whole(done)} thư ({how}).")
    if problems:
        return _list(request, tab="send", delivery=form, problems=problems, status=409)
    return redirect(f"{reverse('workspace:letters')}?tab=send")


def _list(
    request: HttpRequest,
    *,
    tab: str = "",
    bound: Mapping[int, LetterForm] | None = None,
    delivery: DeliveryForm | None = None,
    problems: Mapping[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    lists = _lists(request)
    shown = tabbed(request, TABS, lists, tab=tab)
    roles = request.acting.roles
    return render(
        request,
        "workspace/letters.html",
        {
            "desk": "letters",
            "rows": _rows(request, shown["page"], shown["tab"], bound or {}, problems or {}),
            "signs": shown["tab"] == "approve" and Role.APPROVER in roles,
            "sends": shown["tab"] == "send" and bool(roles & SENDING),
            "delivery": delivery or DeliveryForm(),
            "problems": problems,
            **shown,
        },
        status=status,
    )


def _lists(request: HttpRequest) -> dict[str, QuerySet[Notice]]:
    agencies = request.acting.agency_ids
    return {
        "approve": letter_queries.to_approve(agencies),
        "send": letter_queries.to_send(agencies),
        "sent": letter_queries.sent_letters(agencies),
    }


def _rows(
    request: HttpRequest,
    page: Page,
    tab: str,
    bound: Mapping[int, LetterForm],
    problems: Mapping[int, str],
) -> list[Row]:
    rows = []
    for letter in page.object_list:
        dossier = letter.dossier
        standing, standing_words = words.standing(dossier, request.at)
        names = step_names(dossier.version_id)
        form = bound.get(letter.pk) or _form(request, letter) if tab == "approve" else None
        rows.append(
            Row(
                letter=letter,
                kind=KIND_WORDS[NoticeKind(letter.kind)],
                responsible=names.get(letter.responsible_step, ""),
                standing=standing,
                standing_words=standing_words,
                delivery=DELIVERY_LABELS.get(letter.delivery, ""),
                form=form,
                problem=problems.get(letter.pk, ""),
            )
        )
    return rows


def _form(
    request: HttpRequest, letter: Notice, data: Mapping[str, str] | None = None
) -> LetterForm:
    return LetterForm(
        data,
        reasons=_reasons(request),
        on=office(request.at).date(),
        words=words_of(letter),
        prefix=str(letter.pk),
    )


def _reasons(request: HttpRequest) -> list:
    if not hasattr(request, "delay_reasons"):
        request.delay_reasons = delay_reasons.offered()
    return request.delay_reasons


def _chosen(request: HttpRequest, tab: str) -> dict[Notice, int]:
    """Return the letters chosen in the list, each with the revision its row showed.

    A button of one row chooses that row alone.
    """
    only = request.POST.get("only", "")
    seen = _seen([only] if only else request.POST.getlist("ticked")[:PER_PAGE])
    if not seen:
        messages.warning(request, "Chưa đánh dấu thư nào. Đánh dấu ô ở đầu dòng, rồi bấm lại.")
    found = _lists(request)[tab].filter(pk__in=seen) if seen else Notice.objects.none()
    letters_found = {letter: seen[letter.pk] for letter in found}
    if len(letters_found) < len(seen):
        messages.warning(
            request,
            f"{spoken.whole(len(seen) - len(letters_found))} thư đã đánh dấu không còn ở danh sách "
            "này: người khác vừa làm, hoặc thư đã được bỏ.",
        )
    return letters_found


def _seen(ticked: Iterable[str]) -> dict[int, int]:
    seen = {}
    for text in ticked:
        key, _point, revision = text.partition(".")
        if (known := _number(key)) is not None and (version := _number(revision)) is not None:
            seen[known] = version
    return seen


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _refusal(act: Callable[[], object]) -> str:
    """Do it, and return why not; empty when it was done."""
    try:
        act()
    except REFUSALS as problem:
        return explain(problem)
    return ""


def _tell(request: HttpRequest, chosen: Mapping[Notice, int], done: int, said: str) -> None:
    if done:
        messages.success(request, said)
    if left := len(chosen) - done:
        messages.warning(
            request, f"{spoken.whole(left)} thư chưa ghi được; lý do ở từng dòng bên dưới."
        )
