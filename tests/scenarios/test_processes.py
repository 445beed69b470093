"""Every published process of each world: nothing for the linter to find, and always a way out."""

from itertools import product
from time import perf_counter

import pytest

from motcua.agencies.models import OneStopUnit
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import draft_of, process_of, staff_for
from motcua.domain.dossier import (
    ENDED_UNSETTLED,
    FINAL,
    GOES_BACK,
    GOES_ON,
    TRANSITIONS,
    Action,
    State,
)
from motcua.domain.linter import lint
from motcua.domain.permission import permitted, ways
from motcua.domain.process import PERFORMING

pytestmark = pytest.mark.django_db


def level_of(unit):
    return "commune" if unit.agency.kind == "commune" else "district"


def test_the_linter_finds_nothing_in_any_process_where_it_is_done(any_places):
    started = perf_counter()
    versions = list(
        ProcedureVersion.objects.select_related("procedure__administrative_field").order_by("pk")
    )
    drafts = {version.pk: draft_of(version) for version in versions}
    staffs = {}
    for unit, version in product(OneStopUnit.objects.select_related("agency"), versions):
        if version.procedure.administrative_field.level != level_of(unit):
            continue
        key = (unit.pk, version.division_code)
        if key not in staffs:
            staffs[key] = staff_for(unit.agency, version, on=version.valid_from)
        found = lint(drafts[version.pk], staffs[key])
        assert found == (), (unit.name, version.procedure.name)
    assert perf_counter() - started < 60


def test_from_wherever_an_open_dossier_can_get_its_result_can_still_be_returned(any_places):
    """A model check: every state at every step that the rules let a dossier of a process reach."""
    started = perf_counter()
    shapes = {
        tuple((step.code, step.kind, step.role, step.performer) for step in process.steps): process
        for process in map(process_of, ProcedureVersion.objects.values_list("pk", flat=True))
    }
    assert len(shapes) > 3
    for process in shapes.values():
        arrows = everything_reached(process)
        assert {state for state, _step in arrows} >= set(ENDED_UNSETTLED)
        returned = {place for place in arrows if place[0] is State.RETURNED}
        reaches = leading_back(returned, arrows)
        stuck = {place for place in arrows if place[0] not in FINAL} - reaches
        assert not stuck, stuck
    assert perf_counter() - started < 10


def leading_back(ends, arrows):
    """Every place from which one of the ends can be reached."""
    found, ahead = set(ends), list(ends)
    while ahead:
        end = ahead.pop()
        for place in [place for place, to in arrows.items() if end in to and place not in found]:
            found.add(place)
            ahead.append(place)
    return found


def everything_reached(process):
    """Every state at a step, with where the permitted acts lead from it."""
    start = (State.RECEIVED, process.first.code)
    arrows, ahead = {}, [start]
    while ahead:
        state, step = here = ahead.pop()
        if here in arrows:
            continue
        acts = permitted(state=state, step=step, process=process, roles=PERFORMING)
        arrows[here] = {to for action in acts for to in led_to(state, step, action, process)}
        ahead += arrows[here]
    return arrows


def led_to(state, step, action, process):
    after = TRANSITIONS[state, action]
    if after in FINAL:
        return {(after, "")}
    if action in GOES_ON | GOES_BACK | {Action.ISSUE_RESULT}:
        return {(after, to.code) for to in ways(action, step=step, process=process)}
    if action is Action.TAKE and state is State.RECEIVED:
        return {(after, process.onward(step).code)}
    return {(after, step)}
