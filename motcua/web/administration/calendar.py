"""The working calendar: the edition in force, and the next one while it is being prepared."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import calendar_drafts
from motcua.agencies.labels import DRAFT_DAY_KIND_LABELS
from motcua.agencies.models import Calendar, CalendarDraft
from motcua.agencies.queries import calendar_running_out, current_edition, working_calendar
from motcua.calendars import shipped_calendar
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.calendar_change import CalendarChangeRefused, day_of, differences
from motcua.domain.process import Role
from motcua.domain.projection import ChangeMoveNotAllowed, ChangeStatus
from motcua.dossiers.models import PromiseChange
from motcua.dossiers.services import promise_changes
from motcua.web.access import for_roles, front_door
from motcua.web.administration.calendar_forms import (
    DayForm,
    SeenForm,
    TakeBackForm,
    WhyForm,
    YearForm,
)
from motcua.web.wording import explain

NOT_WRITTEN = (
    CalendarChangeRefused,
    calendar_drafts.CalendarDraftGone,
    calendar_drafts.CalendarDraftMoved,
)
NO_MARK = "Trang gửi lên thiếu dấu nhận biết nên chưa ghi gì. Tải lại trang rồi làm lại."


@front_door(Role.ADMINISTRATOR)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the edition in force: each year, its days off with the notice they come from."""
    edition = Calendar.objects.order_by("-edition").first()
    years = list(edition.years.order_by("year")) if edition else []
    by_year = {str(year.year): year for year in years}
    asked = request.GET.get("year", "")
    on = office(request.at).date()
    chosen = by_year.get(asked) or by_year.get(str(on.year))
    ends = calendar_running_out(on)
    days = edition.days.filter(day__year=chosen.year).order_by("day") if edition and chosen else []
    return render(
        request,
        "administration/calendar.html",
        {
            "desk": "catalogue",
            "tab": "calendar",
            "edition": edition,
            "years": years,
            "chosen": chosen,
            "days": days,
            "running_out": spoken.calendar_running_out(ends, on) if ends else "",
            "draft": calendar_drafts.open_draft(),
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a new edition, or go on with the one somebody began."""
    try:
        calendar_drafts.begin_draft(officer=request.acting.officer, at=request.at)
    except CalendarNotPublished as problem:
        messages.error(request, explain(problem))
        return redirect("administration:calendar")
    return redirect("administration:calendar_draft")


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Show what the edition to come changes; say of one more day what it is."""
    found = calendar_drafts.open_draft()
    if found is None:
        return _gone(request)
    if request.method != "POST":
        return _draft(request, found)
    form = DayForm(request.POST)
    if form.is_valid() and not _waits(found):
        try:
            calendar_drafts.change_day(
                form.cleaned_data["change"],
                seen_revision=form.cleaned_data["revision"],
                officer=request.acting.officer,
                at=request.at,
            )
        except NOT_WRITTEN as problem:
            form.add_error(None, explain(problem))
        else:
            day = spoken.weekday(form.cleaned_data["day"])
            messages.success(request, f"Đã ghi {day} vào lịch đang soạn.")
            return redirect("administration:calendar_draft")
    return _draft(request, found, day_form=form)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def year(request: HttpRequest) -> HttpResponse:
    """Add a year to the edition to come, or make one final."""
    found = calendar_drafts.open_draft()
    if found is None:
        return _gone(request)
    form = YearForm(request.POST)
    if form.is_valid() and not _waits(found):
        try:
            calendar_drafts.change_year(
                form.change,
                seen_revision=form.cleaned_data["revision"],
                officer=request.acting.officer,
                at=request.at,
            )
        except NOT_WRITTEN as problem:
            form.add_error(None, explain(problem))
        else:
            messages.success(request, f"Đã ghi năm {form.change.year} vào lịch đang soạn.")
            return redirect("administration:calendar_draft")
    return _draft(request, found, year_form=form)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take a day or a year out of the edition to come."""
    form = TakeBackForm(request.POST)
    return _done(request, form, "Đã bỏ khỏi lịch đang soạn.", calendar_drafts.take_back)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def from_shipped(request: HttpRequest) -> HttpResponse:
    """Let the edition to come say what the calendar shipped with the software says."""
    form = SeenForm(request.POST)
    said = "Đã đưa các khác biệt của lịch kèm phần mềm vào lịch đang soạn."
    return _done(request, form, said, calendar_drafts.draft_from, calendar=shipped_calendar())


@for_roles(Role.ADMINISTRATOR)
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Close the draft; the edition in force stays."""
    form = SeenForm(request.POST)
    said = "Đã bỏ lịch đang soạn. Lịch đang dùng giữ nguyên."
    _done(request, form, said, calendar_drafts.give_up_draft)
    return redirect("administration:calendar")


@for_roles(Role.ADMINISTRATOR)
@require_POST
def list_moves(request: HttpRequest) -> HttpResponse:
    """Make the list of the dossiers whose promise the edition to come moves."""
    found = calendar_drafts.open_draft()
    if found is None:
        return _gone(request)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _draft(request, found, why_form=form)
    try:
        change = promise_changes.list_for_calendar(
            found, officer=request.acting.officer, at=request.at, **form.cleaned_data
        )
    except (CalendarNotPublished, CalendarChangeRefused, ChangeMoveNotAllowed) as problem:
        form.add_error(None, explain(problem))
        return _draft(request, found, why_form=form)
    return redirect("administration:promise_change", change.pk)


def _done(request: HttpRequest, form: SeenForm, said: str, service: Any, **how: Any) -> Any:
    """Do one thing to the draft and lead back to it."""
    found = calendar_drafts.open_draft()
    if found is not None and _waits(found):
        return redirect("administration:calendar_draft")
    if not form.is_valid():
        messages.error(request, NO_MARK)
        return redirect("administration:calendar_draft")
    typed = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
    if "calendar" in how:
        typed = {}
    positional = [how.pop("calendar")] if "calendar" in how else []
    try:
        service(
            *positional,
            seen_revision=form.cleaned_data["revision"],
            officer=request.acting.officer,
            at=request.at,
            **typed,
        )
    except NOT_WRITTEN as problem:
        messages.error(request, explain(problem))
    else:
        messages.success(request, said)
    return redirect("administration:calendar_draft")


def _gone(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, explain(calendar_drafts.CalendarDraftGone()))
    return redirect("administration:calendar")


def _live(found: CalendarDraft) -> PromiseChange | None:
    live = [ChangeStatus.DRAFT, ChangeStatus.PROPOSED]
    return found.promise_changes.filter(status__in=live).first()


def _waits(found: CalendarDraft) -> bool:
    """Whether the draft is with the leader: nobody changes it meanwhile."""
    return found.promise_changes.filter(status=ChangeStatus.PROPOSED).exists()


def _draft(
    request: HttpRequest,
    found: CalendarDraft,
    *,
    day_form: DayForm | None = None,
    year_form: YearForm | None = None,
    why_form: WhyForm | None = None,
) -> HttpResponse:
    change = _live(found)
    seen = {"revision": found.revision}
    why = {"reason": change.reason, "legal_basis": change.legal_basis} if change else None
    forms = [form for form in (day_form, year_form, why_form) if form is not None]
    edition = current_edition()
    now = working_calendar(edition)
    return render(
        request,
        "administration/calendar_draft.html",
        {
            "desk": "catalogue",
            "tab": "calendar",
            "draft": found,
            "edition": edition,
            "change": change,
            "waits": change is not None and change.status == ChangeStatus.PROPOSED,
            "days": [
                (one, DRAFT_DAY_KIND_LABELS[one.kind], _was(now, one))
                for one in calendar_drafts.day_changes(found)
            ],
            "years": calendar_drafts.year_changes(found),
            "shipped_differs": any(differences(now, shipped_calendar())),
            "form": forms[0] if forms else None,
            "day_form": day_form or DayForm(initial=seen),
            "year_form": year_form or YearForm(initial=seen),
            "why_form": why_form or WhyForm(initial=why),
        },
        status=422 if forms else 200,
    )


def _was(now: Any, one: Any) -> str:
    before = day_of(now, one.day)
    words = DRAFT_DAY_KIND_LABELS[before.kind].lower()
    return f"{words}, {before.name}" if before.name else words
