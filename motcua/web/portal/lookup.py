"""Where is my dossier: the question, and the answer kept for a quarter of an hour."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain import reasons, spoken
from motcua.domain.dossier import CLOCK_PAUSED, CLOCK_RUNS, ENDED_UNSETTLED, State
from motcua.dossiers.inspection_queries import planned_for
from motcua.dossiers.labels import MARK_LABELS
from motcua.dossiers.letter_queries import last_letter_of
from motcua.dossiers.look_up import Whereabouts, answerable, whereabouts
from motcua.dossiers.services.messages import read_by_applicant
from motcua.web.portal import attempts, sentences
from motcua.web.portal.forms import LookUpForm

REMEMBERED: Final = timedelta(minutes=15)
_SESSION: Final = "lookup"
NO_SUCH: Final = (
    "Không có hồ sơ nào khớp cả mã số và bốn số cuối vừa nhập. Kiểm tra lại từng số trên giấy "
    "tiếp nhận và số điện thoại, số định danh đã khai; nếu vẫn không được, hỏi nơi đã nộp hồ sơ."
)
TOO_OFTEN: Final = (
    "Đã nhập chưa đúng nhiều lần nên tạm dừng tra cứu để bảo vệ hồ sơ. Thử lại sau một giờ, hoặc "
    "gọi số điện thoại in trên giấy tiếp nhận."
)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and digits; the number may come from the slip's QR address."""
    if request.method != "POST":
        form = LookUpForm(initial={"number": request.GET.get("number", "")[:80]})
        ended = request.GET.get("ended") == "1"
        return render(request, "portal/lookup.html", {"form": form, "ended": ended})
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/lookup.html", {"form": form}, status=422)
    number = form.cleaned_data["number"]
    attempt = attempts.begin(request, number)
    if attempt is None:
        form.add_error(None, TOO_OFTEN)
        return render(request, "portal/lookup.html", {"form": form}, status=429)
    dossier_id = answerable(number, form.cleaned_data["digits"])
    if dossier_id is None:
        form.add_error(None, NO_SUCH)
        return render(request, "portal/lookup.html", {"form": form}, status=422)
    attempt.was_right()
    until = request.at + REMEMBERED
    request.session[_SESSION] = {"dossier": dossier_id, "until": until.timestamp()}
    return redirect("portal:answer")


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Answer for the dossier asked about in this browser in the last quarter of an hour."""
    asked = request.session.get(_SESSION)
    if asked is None:
        return redirect("portal:lookup")
    if asked["until"] < request.at.timestamp():
        del request.session[_SESSION]
        return redirect("/lookup/?ended=1")
    found = whereabouts(asked["dossier"], at=request.at)
    told = read_by_applicant(found.dossier.pk, at=request.at)
    return render(request, "portal/answer.html", {**_answer(found, request), "told": told})


def _answer(found: Whereabouts, request: HttpRequest) -> dict[str, Any]:
    facts = sentences.facts_of(found, at=request.at)
    dossier = found.dossier
    explanation = found.explanation if found.state in CLOCK_RUNS else None
    return {
        "found": found,
        "dossier": dossier,
        "unit": dossier.unit,
        "where": sentences.where(facts),
        "when": sentences.when(facts),
        "besides": sentences.besides(facts),
        "asked": sentences.ASKED.get(found.state),
        "notice": found.asked,
        "asked_papers": [(row, MARK_LABELS[row.flaw]) for row in found.asked.items.all()]
        if found.asked
        else [],
        "moved": dossier.due_at != dossier.promised_at and found.state in CLOCK_RUNS,
        "is_paused": found.state in CLOCK_PAUSED,
        "comes_for_result": dossier.return_channel == "counter"
        and found.state in (*CLOCK_RUNS, State.RESULT_READY),
        "comes_for_papers": found.state in ENDED_UNSETTLED and found.handed_back_at is None,
        "is_sent_back": found.state is State.SENT_BACK,
        "applicant": sentences.masked_name(dossier.applicant_name),
        "result": getattr(dossier, "result", None),
        "inspection": planned_for(dossier),
        "letter": last_letter_of(dossier) if found.extended or dossier.announced_at else None,
        "stages": [
            (stage, words, sentences.time_of(stage))
            for stage, words in zip(
                found.stages, sentences.road(found.stages, dossier.unit.name), strict=True
            )
        ],
        "how_counted": sentences.how_counted(explanation.limit) if explanation else "",
        "lines": reasons.explanation_lines(explanation) if explanation else (),
        "counted_on": reasons.counted_on(explanation) if explanation else "",
        "explained_is_first": explanation is not None and explanation.due_at != dossier.due_at,
        "hours": spoken.opening_hours(found.office_time, request.at.date()),
    }
