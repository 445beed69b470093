"""One letter of apology or extension: written or rewritten, and printed."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import delay_reasons
from motcua.domain.calendar import office
from motcua.domain.letter import LETTERS
from motcua.domain.notice import NoticeKind
from motcua.dossiers import letter_queries, papers
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.services import letters
from motcua.dossiers.services.notice_contents import words_of
from motcua.web.access import DOSSIER_ROLES, dossier_for, for_roles, notice_for
from motcua.web.wording import REFUSALS, explain
from motcua.web.workspace import words
from motcua.web.workspace.letter_forms import KIND_WORDS, LetterForm


@for_roles(*DOSSIER_ROLES)
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the letter as the applicant gets it; a draft says that it is one."""
    letter = notice_for(request.acting, pk)
    if NoticeKind(letter.kind) not in LETTERS:
        raise Http404
    pdf = papers.letter(letter, promise=letters.promise_of(letter), at=request.at)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"thu-xin-loi-{letter.dossier.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@for_roles(*DOSSIER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write the letter the law allows about a dossier now, or rewrite its draft."""
    dossier = dossier_for(request.acting, number)
    try:
        kind, itself = letters.proposal_for(dossier, at=request.at)
    except REFUSALS as problem:
        messages.warning(request, explain(problem))
        return redirect("workspace:dossier", number=number)
    draft = letter_queries.live_letters_of(dossier).filter(kind=kind.value).first()
    stands = words_of(draft) if draft is not None else itself
    on, reasons = office(request.at).date(), delay_reasons.offered()
    if request.method != "POST":
        form = LetterForm(reasons=reasons, on=on, words=stands)
        return _writing(request, dossier, kind, form, draft, itself.new_due_at)
    form = LetterForm(request.POST, reasons=reasons, on=on, words=stands)
    if not form.is_valid():
        return _writing(request, dossier, kind, form, draft, itself.new_due_at, status=422)
    try:
        letters.write(
            dossier_id=dossier.pk,
            words=form.words,
            officer=request.acting.officer,
            at=request.at,
            seen_revision=_seen(request),
        )
    except REFUSALS as problem:
        form.add_error(None, explain(problem))
        return _writing(request, dossier, kind, form, draft, itself.new_due_at, status=409)
    messages.success(request, f"Đã ghi dự thảo {KIND_WORDS[kind].lower()}, chờ người ký duyệt.")
    return redirect("workspace:dossier", number=number)


def _writing(
    request: HttpRequest,
    dossier: Dossier,
    kind: NoticeKind,
    form: LetterForm,
    draft: Notice | None,
    needed: datetime | None,
    *,
    status: int = 200,
) -> HttpResponse:
    standing, standing_words = words.standing(dossier, request.at)
    return render(
        request,
        "workspace/letter.html",
        {
            "desk": "letters",
            "dossier": dossier,
            "kind": KIND_WORDS[kind],
            "is_extension": kind is NoticeKind.EXTENSION,
            "form": form,
            "draft": draft,
            "needed": needed,
            "standing": standing,
            "standing_words": standing_words,
            "step": words.step(dossier),
            "holder": words.holder(dossier),
        },
        status=status,
    )


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
