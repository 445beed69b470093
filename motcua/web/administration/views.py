"""What an administrator looks at: the catalogue, the units."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.accounts import administered_agencies
from motcua.agencies.labels import AGENCY_KIND_LABELS, ENDS_LABELS, ROLE_LABELS
from motcua.agencies.models import Officer, OneStopUnit
from motcua.agencies.queries import (
    current_edition,
    office_time,
    working,
)
from motcua.catalogue import publication
from motcua.catalogue.labels import ASSUMED_LABELS
from motcua.domain import spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.process import Role
from motcua.web.access import for_roles, front_door

ROWS: Final = 25


@front_door(Role.ADMINISTRATOR)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the procedures in force, with what is assumed of each said as such."""
    on = office(request.at).date()
    fields = publication.fields_with_counts(on)
    level = request.GET.get("level", "")
    chosen = {field.code: field for field in fields}.get(request.GET.get("field", ""))
    typed = " ".join(request.GET.get("q", "")[:200].split())
    versions = publication.in_force(on)
    if chosen:
        versions = versions.filter(procedure__administrative_field=chosen)
    elif level in AGENCY_KIND_LABELS:
        versions = versions.filter(procedure__administrative_field__level=level)
    keys = (
        publication.found_by(typed, versions)
        if typed
        else list(versions.values_list("pk", flat=True))
    )
    page = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    found = versions.annotate(
        document_count=Count("documents", distinct=True), fee_count=Count("fees", distinct=True)
    ).in_bulk(list(page))
    assumed = publication.assumed_parts(on)
    levels_counted = {level for level, _names in assumed.values()}
    return render(
        request,
        "administration/catalogue.html",
        {
            "desk": "catalogue",
            "tab": "catalogue",
            "page": page,
            "rows": [_row(found[key], assumed[key][1]) for key in page],
            "query": _query(request, "q", "level", "field"),
            "typed": typed,
            "level": level,
            "chosen": chosen,
            "fields": [
                (AGENCY_KIND_LABELS.get(field.level, field.level), field) for field in fields
            ],
            "levels": [
                (kind, AGENCY_KIND_LABELS[kind])
                for kind in AGENCY_KIND_LABELS
                if kind in levels_counted
            ],
            "totals": _totals(assumed.values()),
            "assumed_labels": ASSUMED_LABELS.values(),
        },
    )


@front_door(Role.ADMINISTRATOR)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """List the one-stop units this administrator administers."""
    found = _units(request).annotate(
        counter_count=Count("counters", distinct=True),
        officer_count=Count("agency__officers", distinct=True),
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "administration/units.html",
        {"desk": "catalogue", "tab": "units", "page": page, "query": ""},
    )


@for_roles(Role.ADMINISTRATOR)
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit: identifier, counters, hours, who works there in which role."""
    on = office(request.at).date()
    found = (
        _units(request)
        .filter(agency__code=code)
        .prefetch_related(
            "counters",
            Prefetch(
                "agency__officers",
                working()
                .order_by("full_name", "pk")
                .select_related("user", "counter")
                .prefetch_related("assignments"),
            ),
        )
        .first()
    )
    if found is None:
        raise Http404
    return render(
        request,
        "administration/unit.html",
        {
            "desk": "catalogue",
            "tab": "units",
            "unit": found,
            "ends": ENDS_LABELS[found.ends],
            "hours": _hours(found, on),
            "officers": [(officer, _roles(officer, on)) for officer in found.agency.officers.all()],
        },
    )


def _totals(
    assumed: Iterable[tuple[str, list[str]]],
) -> list[tuple[str, int, int, list[tuple[str, int]]]]:
    """Return of each level, then of all, how many procedures there are and what is assumed."""
    counts: dict[str, Counter[str]] = {}
    for level, names in assumed:
        counts.setdefault(level, Counter()).update(["all", *names, *(["any"] if names else [])])
    lines = [(AGENCY_KIND_LABELS.get(kind, kind), counts[kind]) for kind in sorted(counts)]
    if lines:
        lines.append(("Cộng", sum((counted for _name, counted in lines), Counter())))
    return [
        (
            name,
            counted["all"],
            counted["any"],
            [(words, counted[part]) for part, words in ASSUMED_LABELS.items()],
        )
        for name, counted in lines
    ]


def _units(request: HttpRequest) -> Any:
    on = office(request.at).date()
    mine = administered_agencies(request.acting.officer, on=on).order_by().values("pk")
    return (
        OneStopUnit.objects.filter(agency__in=mine)
        .select_related("agency__parent")
        .order_by("-agency__kind", "agency__code")
    )


def _row(version: Any, assumed: list[str]) -> dict[str, Any]:
    field = version.procedure.administrative_field
    return {
        "version": version,
        "procedure": version.procedure,
        "field": field,
        "level": AGENCY_KIND_LABELS.get(field.level, ""),
        "documents": version.document_count,
        "fees": version.fee_count,
        "assumed": ", ".join(ASSUMED_LABELS[name] for name in assumed),
    }


def _roles(officer: Officer, on: date) -> str:
    held = {row.role for row in officer.assignments.all() if row.is_in_force(on)}
    return ", ".join(words for role, words in ROLE_LABELS.items() if role in held)


def _hours(found: OneStopUnit, on: date) -> tuple[str, ...]:
    try:
        return spoken.opening_hours(office_time(found.pk, current_edition()), on)
    except CalendarNotPublished:
        return ()


def _query(request: HttpRequest, *names: str) -> str:
    asked = {name: request.GET[name] for name in names if request.GET.get(name)}
    return urlencode(asked) + "&" if asked else ""
