"""One act on one dossier: a page that says what will happen, and the act itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from motcua.catalogue.queries import step_names
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.dossier import GOES_BACK, GOES_ON, Action, ActionNotAllowed, State
from motcua.domain.permission import ways
from motcua.domain.process import Step
from motcua.domain.standing import standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import followed_id, terms_of
from motcua.dossiers.services import processing, results
from motcua.dossiers.services.attachments import AlreadyAttached
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import HeldByColleague
from motcua.dossiers.services.supplements import would_be
from motcua.gateways.accepted import FileRefused
from motcua.web.access import DOSSIER_ROLES, Acting, dossier_for, for_roles
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace import places, words
from motcua.web.workspace.files import kept
from motcua.web.workspace.forms import (
    ActForm,
    BackForm,
    EndForm,
    ForkForm,
    NoteForm,
    OnwardForm,
    ResultForm,
    TakeOverForm,
)
from motcua.web.workspace.offers import AT_ONCE, action_of, instead_of, label


@dataclass(frozen=True)
class Deed:
    """Việc sắp làm: an act on a dossier, with all its page needs to know."""

    action: Action
    dossier: Dossier
    at: datetime
    acting: Acting

    @cached_property
    def terms(self) -> Terms:
        """What was in force for the dossier when it was accepted."""
        return terms_of(self.dossier)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the steps, by code."""
        return step_names(followed_id(self.dossier))

    @cached_property
    def ways(self) -> tuple[Step, ...]:
        """The steps the act may lead to."""
        if not self.dossier.step_code:
            return ()
        return ways(self.action, step=self.dossier.step_code, process=self.terms.process)

    @property
    def target(self) -> Step | None:
        """The step a forward act leads to; None where there is a choice."""
        return self.ways[0] if len(self.ways) == 1 else None

    @property
    def instead_of(self) -> str:
        """The colleague whose work would be taken over; empty when nobody's."""
        return instead_of(self.dossier, self.action, acting=self.acting)

    @property
    def words(self) -> str:
        """What the act is called."""
        return label(self.action, self.instead_of)

    @property
    def is_permitted(self) -> bool:
        """Whether the officer may do it now."""
        roles = self.acting.roles_by_agency
        return processing.may(self.action, self.dossier, terms=self.terms, roles=roles) and (
            bool(self.instead_of) or not self.is_colleagues
        )

    @property
    def is_colleagues(self) -> bool:
        """Whether it is the work of a colleague who has the dossier."""
        return processing.is_colleagues(
            self.action, self.dossier, self.acting.officer, absent=self.acting.absent
        )

    def form(self, *data: Any, **how: Any) -> ActForm:
        """Return the form of this act, filled in with what is known."""
        initial = {"revision": self.dossier.revision, **how.pop("initial", {})}
        if self.action in GOES_ON and self.target is not None:
            people = processing.colleagues(self.dossier, self.target, at=self.at)
            process = self.terms.process
            same = processing.who_continues(self.target, self.dossier, process, at=self.at)
            if same is not None:
                people = people.filter(pk=same.pk)
            return OnwardForm(*data, colleagues=people, initial=initial, **how)
        named = [(step.code, self.names[step.code]) for step in self.ways]
        if self.action in GOES_ON and named:
            label, here = self.terms.process.label, self.dossier.step_code
            called = [(code, label(here, code) or name) for code, name in named]
            return ForkForm(*data, steps=called, initial=initial, **how)
        if self.action in GOES_BACK:
            return BackForm(*data, steps=named, initial=initial, **how)
        if self.action in (Action.SEND_BACK, Action.SUSPEND):
            return EndForm(*data, initial=initial, **how)
        if self.instead_of:
            return TakeOverForm(*data, initial=initial, **how)
        if self.action is Action.ISSUE_RESULT:
            today = office(self.at).date()
            return ResultForm(*data, today=today, initial=initial | self._signed(), **how)
        return (ActForm if self.action in AT_ONCE else NoteForm)(*data, initial=initial, **how)

    def _signed(self) -> dict[str, str]:
        """Who approved, and on which day: most often who signed."""
        approved = (
            self.dossier.events.filter(action=Action.APPROVE)
            .select_related("officer")
            .order_by("-position")
            .first()
        )
        if approved is None or approved.officer is None:
            return {"signed_on": spoken.day(office(self.at).date())}
        return {
            "signer": approved.officer.full_name,
            "signed_on": spoken.day(office(approved.at).date()),
        }

    @cached_property
    def consequences(self) -> list[str]:
        """What the act will do, to whom the dossier goes and to the clock."""
        unchanged = f"Thời hạn không đổi: hẹn trả {spoken.moment(self.dossier.due_at)}."
        match self.action:
            case Action.TAKE if self.instead_of:
                return [
                    f"Hồ sơ chuyển từ {self.instead_of} sang ông/bà, cùng bước đang làm.",
                    unchanged,
                ]
            case Action.TAKE:
                return ["Ông/bà nhận làm bước hiện nay của hồ sơ.", unchanged]
            case Action.CONFIRM:
                return ["Ghi nhận hồ sơ giấy đã đến tay ông/bà.", unchanged]
            case Action.SEND_TO_STEP | Action.SEND_BACK_FOR_REWORK:
                return [
                    "Hồ sơ quay lại bước được chọn, về người đã làm bước ấy nếu còn phụ trách, "
                    "kèm lý do đã ghi.",
                    unchanged,
                ]
            case Action.SEND_BACK:
                return [
                    "Hồ sơ kết thúc mà không giải quyết; người nộp nhận lại hồ sơ và lý do bằng "
                    "văn bản.",
                    "Thời hạn dừng hẳn, không chạy lại. Việc này không hoàn tác được.",
                ]
            case Action.SUSPEND:
                return [
                    "Hồ sơ tạm dừng theo quyết định của cơ quan; người nộp đọc được lý do.",
                    "Thời hạn không chạy cho đến khi tiếp tục giải quyết.",
                ]
            case Action.RESUME:
                return ["Hồ sơ trở lại bước đang làm trước khi tạm dừng.", self._runs_again()]
            case Action.ISSUE_RESULT:
                return ["Bộ phận Một cửa nhận kết quả để trả cho công dân.", self._settles()]
        return [self._goes_to(), unchanged]

    @property
    def unanswered(self) -> list[str]:
        """Say which agencies asked at this step have not answered, where the act leaves it."""
        if self.action not in GOES_ON | {Action.ISSUE_RESULT}:
            return []
        waits = self.dossier.opinions.filter(replied_at=None, step=self.dossier.step_code)
        names = ", ".join(waits.order_by("position").values_list("agency__name", flat=True))
        return (
            [f"Chưa trả lời ý kiến: {names}. Ghi rõ lý do đi tiếp khi chưa đủ ý kiến."]
            if names
            else []
        )

    def _goes_to(self) -> str:
        if self.target is None:
            return "Hồ sơ chuyển đến bước được chọn; ai ở bước đó cũng nhận được."
        agency = processing.performing_agency(self.dossier, self.target).name
        return f"Hồ sơ chuyển đến bước “{self.names[self.target.code]}”, {agency}.{self._budget()}"

    def _budget(self) -> str:
        assert self.target is not None, "the act leads to a step"
        try:
            until = self.terms.step_due(self.target.code, self.at)
        except CalendarNotPublished:
            return ""
        return f" Bước này phải xong trước {spoken.moment(until)}." if until else ""

    def _runs_again(self) -> str:
        foreseen = would_be(self.dossier, self.terms, self.action, self.at)
        if foreseen is None or foreseen.due_at is None:
            return "Thời hạn chạy tiếp; ngày hẹn mới tính khi có lịch làm việc."
        before = spoken.moment(self.dossier.due_at)
        if foreseen.due_at == self.dossier.due_at:
            return f"Thời hạn chạy tiếp, hẹn trả vẫn là {before}."
        return f"Thời hạn chạy tiếp: hẹn trả {before} thành {spoken.moment(foreseen.due_at)}."

    def _settles(self) -> str:
        standing = standing_settled(due_at=self.dossier.due_at, settled_at=self.at)
        hours = self.terms.on(self.dossier.counted_edition).office_time
        said = spoken.standing_in_words(standing, self.dossier.due_at, self.at, hours)
        return f"Thời hạn dừng lúc ghi: {said}."


@for_roles(*DOSSIER_ROLES)
def act(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Show what an act will do, and do it."""
    dossier = dossier_for(request.acting, number)
    action = action_of(what)
    if action is None:
        raise Http404
    deed = Deed(action, dossier, request.at, request.acting)
    if request.method != "POST":
        if not deed.is_permitted:
            messages.warning(request, explain(_why_not(request, deed)))
            return redirect("workspace:dossier", number=number)
        return _page(request, deed, deed.form())
    return _do(request, deed)


def _do(request: HttpRequest, deed: Deed) -> HttpResponse:
    if not deed.is_permitted or _is_overtaken(request, deed):
        return _refused(request, deed, _why_not(request, deed))
    form = deed.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, deed, form, status=422)
    try:
        moved = _SERVICE.get(deed.action, _move)(request, deed, form.cleaned_data)
    except (FileRefused, AlreadyAttached) as problem:
        form.add_error("file", explain(problem))
        return _page(request, deed, form, status=422)
    except REFUSALS as problem:
        return _refused(request, deed, problem)
    return _done(request, deed.action, moved)


def _is_overtaken(request: HttpRequest, deed: Deed) -> bool:
    """Whether a colleague took what a page offered at once: taking over asks for a reason."""
    return bool(deed.instead_of) and "note" not in request.POST


def _why_not(request: HttpRequest, deed: Deed) -> Exception:
    """Say who moved the dossier since the officer looked, or else that this is not theirs to do."""
    seen = request.POST.get("revision", "")
    if seen.isascii() and seen.isdigit() and int(seen) != deed.dossier.revision:
        return SomebodyActed(deed.dossier.events.latest("position"))
    if deed.is_colleagues:
        return HeldByColleague(deed.dossier.holder_officer)
    return ActionNotAllowed(State(deed.dossier.state), deed.action)


def _move(request: HttpRequest, deed: Deed, values: dict[str, Any]) -> Dossier:
    return processing.act(
        dossier_id=deed.dossier.pk,
        action=deed.action,
        officer=request.acting.officer,
        at=request.at,
        seen_revision=values.get("revision"),
        to_step=values.get("to_step", ""),
        to_officer=values.get("to_officer"),
        note=values.get("note", ""),
    )


def _issue(request: HttpRequest, deed: Deed, values: dict[str, Any]) -> Dossier:
    file = values["file"]
    return results.issue(
        dossier_id=deed.dossier.pk,
        words=results.ResultWords(
            number=values["number"],
            signed_on=values["signed_on"],
            signer=values["signer"],
        ),
        file=kept(file, request.acting.officer) if file else None,
        officer=request.acting.officer,
        at=request.at,
        seen_revision=values.get("revision"),
        note=values.get("note", ""),
    )


_SERVICE: Final[dict[Action, Callable[..., Dossier]]] = {Action.ISSUE_RESULT: _issue}


def _done(request: HttpRequest, action: Action, moved: Dossier) -> HttpResponse:
    link = reverse("workspace:dossier", args=[moved.number])
    before, after = words.BANNERS[action].split("{}")
    said = f"{after}. {words.after(action, moved)}".rstrip()
    messages.success(
        request, format_html('{}<a href="{}">{}</a>{}', before, link, moved.number, said)
    )
    if action in AT_ONCE:
        return redirect(link)
    return redirect(places.last(request))


def _refused(request: HttpRequest, deed: Deed, problem: Exception) -> HttpResponse:
    """Show the act's page again as the dossier stands now, with what was typed."""
    if isinstance(problem, SomebodyActed):
        last = problem.last
        if last.officer_id == request.acting.officer.pk and last.action == deed.action:
            messages.info(request, f"Việc này đã ghi lúc {spoken.short_moment(last.at)}.")
            return redirect("workspace:dossier", number=deed.dossier.number)
    dossier = dossier_for(request.acting, deed.dossier.number)
    now = Deed(deed.action, dossier, request.at, request.acting)
    typed = request.POST.copy()
    typed["revision"] = now.dossier.revision
    form = None
    if now.is_permitted and not _is_overtaken(request, now):
        form = now.form(typed)
    note = typed.get("note", "").strip()
    said = explain(problem)
    if note:
        said += " Nội dung đã gõ vẫn còn."
    return _page(request, now, form, status=409, problem=said, kept_note=note)


def _page(
    request: HttpRequest,
    deed: Deed,
    form: ActForm | None,
    *,
    status: int = 200,
    problem: str = "",
    kept_note: str = "",
) -> HttpResponse:
    standing, standing_words = words.standing(deed.dossier, deed.at)
    return render(
        request,
        "workspace/act.html",
        {
            "desk": "work",
            "deed": deed,
            "dossier": deed.dossier,
            "form": form,
            "problem": problem,
            "kept_note": kept_note,
            "consequences": [*deed.consequences, *deed.unanswered] if form else [],
            "is_final": deed.action is Action.SEND_BACK,
            "step": words.step(deed.dossier),
            "holder": words.holder(deed.dossier),
            "standing": standing,
            "standing_words": standing_words,
        },
        status=status,
    )
