"""Processes as an administrator looks at them: the list, one of them, two versions compared."""

from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.labels import AGENCY_KIND_LABELS
from motcua.catalogue import publication
from motcua.catalogue.drafting import written_of
from motcua.catalogue.labels import FATE_LABELS, PART_LABELS
from motcua.catalogue.models import ProcedureVersion, ProcessDraft
from motcua.catalogue.queries import draft_steps
from motcua.domain.calendar import office
from motcua.domain.comparison import PARTS, Fate, Pair, compare
from motcua.domain.dossier import OPEN
from motcua.domain.process import Role
from motcua.domain.process_file import questions_of, steps_of, write
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import state_is_one_of
from motcua.web.access import for_roles, front_door
from motcua.web.administration.process_page import (
    ProcessPage,
    others_with,
    shown_version,
    versions_of,
)
from motcua.web.administration.process_words import Names

ROWS: Final = 25


@front_door(Role.ADMINISTRATOR)
@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """List the procedures in force with their processes, and which of them are being drafted."""
    on = office(request.at).date()
    fields = publication.fields_with_counts(on)
    chosen = {field.code: field for field in fields}.get(request.GET.get("field", ""))
    typed = " ".join(request.GET.get("q", "")[:200].split())
    drafted = request.GET.get("drafted") == "1"
    versions = publication.in_force(on)
    if chosen:
        versions = versions.filter(procedure__administrative_field=chosen)
    if drafted:
        versions = versions.filter(procedure__process_draft__isnull=False)
    found = publication.found_by(typed, versions) if typed else None
    keys = list(versions.values_list("pk", flat=True)) if found is None else found
    page = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    rows = (
        versions.select_related("procedure__process_draft__changed_by")
        .annotate(step_count=Count("steps"))
        .in_bulk(list(page))
    )
    asked = {name: request.GET[name] for name in ("q", "field", "drafted") if request.GET.get(name)}
    return render(
        request,
        "administration/processes.html",
        {
            "desk": "catalogue",
            "tab": "processes",
            "page": page,
            "rows": [(rows[key], _draft_of(rows[key])) for key in page],
            "query": urlencode(asked) + "&" if asked else "",
            "typed": typed,
            "drafted": drafted,
            "chosen": chosen,
            "fields": [
                (AGENCY_KIND_LABELS.get(field.level, field.level), field) for field in fields
            ],
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_safe
def process(request: HttpRequest, code: str) -> HttpResponse:
    """Show one process: its steps, its drawing, its versions, and what may be done with it."""
    on = office(request.at).date()
    versions = versions_of(code)
    version = shown_version(versions, request.GET.get("version", ""), on)
    running = state_is_one_of(OPEN)
    counted = (
        Dossier.objects.filter(running, version__in=versions)
        .order_by()
        .values_list(Coalesce("followed_version", "version"))
        .annotate(Count("pk"))
    )
    open_in = dict(counted)
    in_force = shown_version(versions, "", on)
    return render(
        request,
        "administration/process.html",
        {
            "desk": "catalogue",
            "tab": "processes",
            "procedure": version.procedure,
            "version": version,
            "shown": _published(version, request),
            "versions": [(one, one.valid_from > on, open_in.get(one.pk, 0)) for one in versions],
            "in_force": in_force,
            "elsewhere": sum(open_in.values()) - open_in.get(in_force.pk, 0),
            "draft": _draft_of(version),
            "others": others_with(request, versions[0]),
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_safe
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """Show two versions side by side, or the draft beside what is in force."""
    versions = versions_of(code)
    known = {str(version.number): version for version in versions}
    draft = _draft_of(versions[0])
    later = request.GET.get("after", "draft" if draft else str(versions[0].number))
    earlier = known.get(request.GET.get("before", ""))
    if earlier is None:
        earlier = versions[0] if later == "draft" or len(versions) == 1 else versions[1]
    if later == "draft" and draft is not None:
        after = _drafted(draft, versions[0], request)
    elif later in known:
        after = _published(known[later], request)
    else:
        raise Http404
    before = _published(earlier, request)
    pairs = compare(before.steps, after.steps)
    return render(
        request,
        "administration/process_comparison.html",
        {
            "desk": "catalogue",
            "tab": "processes",
            "procedure": versions[0].procedure,
            "versions": versions,
            "earlier": str(earlier.number),
            "later": later,
            "draft": draft,
            "pairs": [_side_by_side(pair, before.names, after.names) for pair in pairs],
            "differing": sum(pair.fate is not Fate.SAME for pair in pairs),
            "questions": None if before.questions == after.questions else (before, after),
        },
    )


@for_roles(Role.ADMINISTRATOR)
@require_safe
def exported(request: HttpRequest, code: str) -> HttpResponse:
    """Send the process of one procedure as a file."""
    version = shown_version(
        versions_of(code), request.GET.get("version", ""), office(request.at).date()
    )
    return _file([version], f"quy-trinh-{code}.toml")


@for_roles(Role.ADMINISTRATOR)
@require_safe
def exported_all(request: HttpRequest) -> HttpResponse:
    """Send every process in force as one file."""
    on = office(request.at).date()
    return _file(publication.in_force(on), f"quy-trinh-{on:%Y-%m-%d}.toml")


def _file(versions: Any, name: str) -> HttpResponse:
    text = write(written_of(version) for version in versions)
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _draft_of(version: ProcedureVersion) -> ProcessDraft | None:
    return getattr(version.procedure, "process_draft", None)


def _published(version: ProcedureVersion, request: HttpRequest) -> ProcessPage:
    return ProcessPage(
        version=version,
        questions=questions_of({"questions": version.questions}),
        steps=draft_steps(version.pk),
        on=office(request.at).date(),
    )


def _drafted(draft: ProcessDraft, version: ProcedureVersion, request: HttpRequest) -> ProcessPage:
    return ProcessPage(
        version=version,
        questions=questions_of(draft.content),
        steps=steps_of(draft.content),
        on=office(request.at).date(),
    )


def _side_by_side(pair: Pair, before: Names, after: Names) -> dict[str, Any]:
    """Return one step of both processes, only what differs of it where both have it."""
    parts = PARTS[1:] if pair.before is None or pair.after is None else pair.parts
    step = pair.after or pair.before
    assert step is not None
    return {
        "name": step.name or step.code,
        "fate": pair.fate.value,
        "label": FATE_LABELS[pair.fate],
        "parts": [
            (
                PART_LABELS[part],
                before.part(pair.before, part) if pair.before else "",
                after.part(pair.after, part) if pair.after else "",
            )
            for part in parts
        ],
        "is_in_both": pair.before is not None and pair.after is not None,
        "was": pair.before is not None,
    }
