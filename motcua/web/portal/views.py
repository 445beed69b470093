"""The front page and the public list of procedures."""

from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.labels import AGENCY_KIND_LABELS
from motcua.agencies.models import OneStopUnit
from motcua.agencies.queries import current_edition, office_time
from motcua.catalogue import publication
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import competent_division, fee_rules
from motcua.domain import letterhead, spoken
from motcua.domain.calendar import CalendarNotPublished, office
from motcua.domain.process import Performer, StepKind
from motcua.domain.tally import BooksDoNotBalance, total
from motcua.dossiers.promise_change_queries import closures
from motcua.reports.queries import COUNTED_FROM, counted_since
from motcua.web.portal import sentences

ROWS: Final = 25
CLOSED_TO_CRAWLERS: Final = (
    "lookup",
    "sign-in",
    "sign-out",
    "password",
    "desk",
    "counter",
    "workspace",
    "search",
    "hand-over",
    "dossiers",
    "inspections",
    "letters",
    "late-steps",
    "administration",
)
# In the order in which a citizen meets them.
LEVELS: Final = ("commune", "district", "province")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the ways in, and the figures since 1 January 2020 as a sum one can check by eye."""
    on = office(request.at).date()
    units = list(OneStopUnit.objects.select_related("agency").order_by("agency__code"))
    try:
        levels, balances = _levels(units, request.at), True
    except BooksDoNotBalance:
        levels, balances = [], False
    lead = _lead(units)
    return render(
        request,
        "portal/front.html",
        {
            "levels": levels,
            "balances": balances,
            "total": total(level["tally"] for level in levels),
            "since": COUNTED_FROM,
            "lead": lead,
            "called": letterhead.units_called([unit.name for unit in units]),
            "hours": _hours(lead, on),
            "closures": [
                (closure, spoken.period(closure.change.excused_from, closure.change.excused_until))
                for closure in closures(request.at)
            ],
        },
    )


def _levels(units: list[OneStopUnit], at: datetime) -> list[dict[str, Any]]:
    tallies = counted_since(COUNTED_FROM, at)
    counted = {unit.agency.kind for unit in units}
    return [
        {"kind": kind, "tally": tallies[kind], "units": _units_in_words(kind, units)}
        for kind in ("district", "commune")
        if kind in tallies and kind in counted
    ]


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """List what may be asked for, by level and field, or by everyday words."""
    on = office(request.at).date()
    fields = publication.fields_with_counts(on)
    by_code = {field.code: field for field in fields}
    typed = " ".join(request.GET.get("q", "")[:200].split())
    chosen = by_code.get(request.GET.get("field", ""))
    level = request.GET.get("level", "")
    if level not in LEVELS:
        level = ""
    page = {
        "typed": typed,
        "chosen": chosen,
        "level": level,
        "levels": [
            (kind, AGENCY_KIND_LABELS[kind], [field for field in fields if field.level == kind])
            for kind in LEVELS
            if any(field.level == kind for field in fields)
        ],
    }
    is_listing = bool(typed or chosen or level)
    if is_listing:
        versions = publication.in_force(on)
        if chosen:
            versions = versions.filter(procedure__administrative_field=chosen)
        elif level:
            versions = versions.filter(procedure__administrative_field__level=level)
        page |= _page(request, _found(versions, typed))
    page["is_listing"] = is_listing
    return render(request, "portal/procedures.html", page)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that is published about one procedure."""
    on = office(request.at).date()
    found = publication.published(code, on)
    if found is None:
        raise Http404
    version = found.version
    level = version.procedure.administrative_field.level
    units = list(
        OneStopUnit.objects.filter(agency__kind=level).select_related("agency").order_by("name")
    )
    called = letterhead.units_called([unit.name for unit in units])
    return render(
        request,
        "portal/procedure.html",
        {
            "published": found,
            "version": version,
            "procedure": version.procedure,
            "field": version.procedure.administrative_field,
            "level": AGENCY_KIND_LABELS.get(level, ""),
            "units": units,
            "called": called,
            "where": _units_in_words(level, units),
            "lead": units[0] if len(units) == 1 else None,
            "hours": _hours(units[0] if len(units) == 1 else None, on),
            "decides": _decides(version, units, on),
            "fees": [spoken.rate(rule) for rule in fee_rules(version)],
            "steps": _steps_in_words(version, called),
        },
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers to stay away from answers and from the officers' pages."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in CLOSED_TO_CRAWLERS), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _found(versions: Any, typed: str) -> list[ProcedureVersion]:
    if not typed:
        return list(versions)
    order = publication.found_by(typed, versions)
    by_key = versions.in_bulk(order)
    return [by_key[key] for key in order]


def _page(request: HttpRequest, found: list[ProcedureVersion]) -> dict[str, Any]:
    asked = {name: request.GET[name] for name in ("q", "level", "field") if request.GET.get(name)}
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [
        (version, AGENCY_KIND_LABELS.get(version.procedure.administrative_field.level, ""))
        for version in page
    ]
    return {"page": page, "rows": rows, "query": urlencode(asked) + "&" if asked else ""}


def _lead(units: list[OneStopUnit]) -> OneStopUnit | None:
    """Return the unit this installation speaks for: its one district, or its only unit."""
    districts = [unit for unit in units if unit.agency.kind == "district"]
    leading = districts or units
    return leading[0] if len(leading) == 1 else None


def _units_in_words(kind: str, units: list[OneStopUnit]) -> str:
    here = [unit for unit in units if unit.agency.kind == kind]
    if len(here) == 1:
        return here[0].agency.name
    return f"{len(here)} {letterhead.ranks(unit.agency.name for unit in here) or 'nơi'}"


def _hours(unit: OneStopUnit | None, on: date) -> tuple[str, ...]:
    if unit is None:
        return ()
    try:
        return spoken.opening_hours(office_time(unit.pk, current_edition()), on)
    except CalendarNotPublished:
        return ()


def _decides(version: ProcedureVersion, units: list[OneStopUnit], on: date) -> str:
    """Return who settles: the division where there is one, else the committee."""
    if len(units) != 1:
        return "Ủy ban nhân dân nơi tiếp nhận hồ sơ"
    agency = units[0].agency
    division = competent_division(agency, version, on=on)
    return f"{division.name}, {agency.name}" if division else agency.name


def _steps_in_words(version: ProcedureVersion, called: str) -> list[tuple[str, str, str]]:
    """Return what is done, by whom, and within what time; `called` is what receives."""
    who = {
        Performer.UNIT: called,
        Performer.DIVISION: "phòng chuyên môn",
        Performer.AGENCY: "Ủy ban nhân dân",
    }
    return [
        (sentences.STAGES[StepKind(step.kind)], who[Performer(step.performer)], step.budget)
        for step in version.steps.all()
    ]
