"""At which agency an act is done, with whose role; and on whose desk each dossier lies."""

import threading
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from motcua.agencies.models import Agency
from motcua.catalogue.queries import competent_division
from motcua.domain.dossier import CLOCK_RUNS, FINAL, Action, ActionNotAllowed, State
from motcua.domain.history import HistoryOutOfOrder
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import hand_over, processing, results
from motcua.dossiers.services.corrections import Corrected, correct
from motcua.dossiers.services.processing import act
from motcua.dossiers.work_queries import Tab, officers_desk, reported_missing
from motcua.web.access import acting
from tests.world import (
    APPROVED,
    HANDED,
    MORNING,
    PROPOSED,
    division_of,
    done,
    next_town,
    officer_of,
    walk,
)

BEGAN = date(2016, 1, 1)
MINUTE = timedelta(minutes=1)


def later(minutes):
    return MORNING + minutes * MINUTE


@pytest.fixture
def district(world):
    """The small world with a division that handles: its specialist and its head."""
    division = division_of(world.unit.agency)
    world.version.steps.filter(code="handle").update(performer="division")
    type(world.version).objects.filter(pk=world.version.pk).update(division_code="TP")
    world.version.refresh_from_db()
    world.division = division
    world.officers["specialist"] = officer_of(division, "handler", "tp.chuyenvien")
    world.officers["head"] = officer_of(division, "approver", "tp.truongphong")
    return world


def test_taking_over_at_once_brings_the_dossier_to_the_division_that_handles_it(district):
    dossier = district.receive()
    for role in ("handler", "approver", "reception", "head"):
        with pytest.raises(ActionNotAllowed):
            walk(district, dossier, [(Action.TAKE, role)])
    taken = walk(district, dossier, [(Action.TAKE, "specialist")])
    assert (taken.step_code, taken.holder_agency) == ("handle", district.division)
    assert taken.holder_officer == district.officers["specialist"]
    event = taken.events.last()
    assert (event.to_step, event.to_agency, event.agency) == ("handle",) + 2 * (district.division,)
    assert walk(district, taken, [(Action.PROPOSE, "specialist")]).step_code == "approve"


def test_an_event_names_the_agency_where_the_act_was_done_not_the_home_of_who_did_it(district):
    lent = officer_of(next_town().agency, "handler", "rangdong.bietphai")
    for agency, role in ((district.unit.agency, "approver"), (district.division, "handler")):
        lent.assignments.create(agency=agency, role=role, valid_from=BEGAN)
    district.officers["lent"] = lent
    dossier = walk(
        district,
        district.receive(),
        [
            (Action.HAND_OVER, "reception"),
            (Action.TAKE, "lent"),
            (Action.PROPOSE, "lent"),
            (Action.APPROVE, "lent"),
        ],
    )
    town, division = district.unit.agency.name, district.division.name
    done_at = [event.agency.name for event in dossier.events.order_by("position")]
    assert done_at == [town, town, division, division, town]


def test_a_correction_is_made_at_the_counter_whoever_lends_the_officer(world):
    lent = officer_of(next_town().agency, "handler", "rangdong.bietphai")
    lent.assignments.create(agency=world.unit.agency, role="reception", valid_from=BEGAN)
    dossier = world.receive()
    correct(
        dossier_id=dossier.pk,
        values=Corrected(parties={}, subject="Khai sinh lại", return_channel="counter"),
        reason="Gõ nhầm",
        officer=lent,
        at=later(5),
        seen_revision=dossier.revision,
    )
    assert dossier.events.last().agency == world.unit.agency


def test_who_suspends_may_resume(district):
    dossier = walk(
        district,
        district.receive(),
        [(Action.HAND_OVER, "reception"), (Action.TAKE, "specialist"), (Action.SUSPEND, "head")],
    )
    with pytest.raises(ActionNotAllowed):
        walk(district, dossier, [(Action.RESUME, "approver")])
    resumed = walk(district, dossier, [(Action.RESUME, "head")])
    assert (resumed.state, resumed.holder_agency) == (State.IN_PROCESS, district.division)


def test_papers_a_division_asked_for_are_handed_in_at_the_counter(district):
    dossier = walk(
        district,
        district.receive(),
        [
            (Action.HAND_OVER, "reception"),
            (Action.TAKE, "specialist"),
            (Action.REQUEST_SUPPLEMENT, "specialist"),
            (Action.SUPPLEMENT, "reception"),
        ],
    )
    assert dossier.holder_officer == district.officers["specialist"]


def test_the_step_of_an_approver_is_taken_by_an_approver(world):
    dossier = walk(world, world.receive(), PROPOSED)
    with pytest.raises(ActionNotAllowed):
        walk(world, dossier, [(Action.TAKE, "handler")])
    assert walk(world, dossier, [(Action.TAKE, "approver")]).holder_officer.full_name.endswith(
        "prover"
    )


def test_papers_are_confirmed_once(world):
    dossier = walk(
        world, world.receive(), [(Action.HAND_OVER, "reception"), (Action.CONFIRM, "handler")]
    )
    for who in ("handler", "approver"):
        with pytest.raises(ActionNotAllowed):
            walk(world, dossier, [(Action.CONFIRM, who)])
    assert dossier.steps_taken.get(ended_at=None).confirmed_at == later(2)


@pytest.mark.parametrize(
    ("code", "valid", "found"),
    [
        ("13891.TP", {}, True),
        ("13891.XTP", {}, False),
        ("13891TP", {}, False),
        ("13891.TP", {"valid_until": date(2021, 3, 16)}, False),
        ("13891.TP", {"valid_until": date(2021, 3, 17)}, True),
        ("13891.TP", {"valid_from": date(2021, 3, 18)}, False),
        ("13891.TP", {"kind": "commune"}, False),
    ],
)
def test_a_division_is_found_by_its_whole_code_while_it_exists(district, code, valid, found):
    Agency.objects.filter(pk=district.division.pk).update(code=code, **valid)
    division = competent_division(district.unit.agency, district.version, on=MORNING.date())
    assert (division == district.division) is found


def test_a_department_of_the_agency_above_settles_what_no_division_here_does(district):
    here, on = district.unit.agency, MORNING.date()
    above = Agency.objects.create(code="36", name="UBND tỉnh", kind="province", valid_from=BEGAN)
    department = Agency.objects.create(
        code="36.TP", name="Sở Tư pháp", kind="division", parent=above, valid_from=BEGAN
    )
    Agency.objects.filter(pk=here.pk).update(parent=above)
    here.refresh_from_db()
    assert competent_division(here, district.version, on=on) == district.division
    Agency.objects.filter(pk=district.division.pk).update(valid_until=date(2021, 3, 16))
    assert competent_division(here, district.version, on=on) == department
    assert competent_division(above, district.version, on=on) == department


# Requests that cross.


@pytest.mark.parametrize("seconds", [0.001, 1, 59.9])
def test_of_two_requests_that_cross_the_second_is_recorded_with_the_first(world, seconds):
    dossier = walk(world, world.receive(), HANDED)
    before = later(1) - timedelta(seconds=seconds)
    taken = act(
        dossier_id=dossier.pk, action=Action.TAKE, officer=world.officers["handler"], at=before
    )
    assert [event.at for event in taken.events.all()] == [MORNING, later(1), later(1)]


def test_an_act_a_minute_before_what_it_follows_is_a_wrong_clock(world):
    dossier = walk(world, world.receive(), HANDED)
    with pytest.raises(HistoryOutOfOrder):
        act(
            dossier_id=dossier.pk,
            action=Action.TAKE,
            officer=world.officers["handler"],
            at=later(1) - timedelta(seconds=60),
        )
    assert dossier.events.count() == 2


def test_a_list_that_crossed_is_confirmed_as_any_other(world):
    dossier = world.receive()
    [made] = hand_over.hand_over(
        unit=world.unit,
        dossier_ids=[dossier.pk],
        officer=world.officers["reception"],
        at=MORNING - timedelta(seconds=2),
    ).lists
    hand_over.confirm(list_id=made.pk, missing={}, officer=world.officers["handler"], at=later(5))
    assert dossier.events.last().action == Action.CONFIRM


def test_what_is_missing_from_a_list_that_crossed_is_looked_for(world):
    dossier = world.receive(at=MORNING + timedelta(seconds=10))
    [made] = hand_over.hand_over(
        unit=world.unit,
        dossier_ids=[dossier.pk],
        officer=world.officers["reception"],
        at=MORNING,
    ).lists
    line = made.lines.get()
    hand_over.confirm(
        list_id=made.pk,
        missing={line.pk: "Không có trong túi"},
        officer=world.officers["handler"],
        at=later(5),
    )
    assert list(reported_missing()) == [line]
    walk(world, dossier, [(Action.CONFIRM, "handler")])
    assert list(reported_missing()) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_a_result_is_read_under_the_lock_of_its_dossier(shared_world):
    world = shared_world
    dossier = walk(world, world.receive(), APPROVED)
    problems = []

    def return_it():
        try:
            results.return_to_applicant(
                dossier_id=dossier.pk,
                collector=results.Collector(full_name="Lê Văn Ba", personal_id="003200000002"),
                officer=world.officers["reception"],
                at=later(6),
            )
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    returning = threading.Thread(target=return_it)
    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        returning.start()
        # The one who returns looks now, and waits for what is written here.
        returning.join(0.5)
        results.issue(
            dossier_id=dossier.pk,
            words=results.ResultWords(number="125/2021", signed_on=None, signer="Trần Văn A"),
            file=None,
            officer=world.officers["handler"],
            at=later(5),
        )
    returning.join()
    assert problems == []
    result = Result.objects.get()
    assert (result.number, result.collector_name) == ("125/2021", "Lê Văn Ba")


# The desks.

CARRY_ON = {
    Action.HAND_OVER,
    Action.FORWARD,
    Action.PROPOSE,
    Action.APPROVE,
    Action.ISSUE_RESULT,
}
# Each wants a date, a name or an end that this walk does not give.
ASKS_MORE = {
    Action.EXTEND,
    Action.APOLOGISE,
    Action.CONSULT,
    Action.ASSIGN,
    Action.CORRECT,
    Action.WITHDRAW,
}
RESUME_OR_RETURN = {Action.SUPPLEMENT, Action.PAY, Action.RESUME, Action.RETURN}


def test_each_running_dossier_lies_on_the_desks_of_those_who_may_carry_it_on_and_no_others(
    district,
):
    rng = Random(2)
    for role in ("handler", "approver"):
        district.officers[f"second {role}"] = officer_of(
            district.unit.agency, role, f"lieude.{role}2"
        )
    for _dossier in range(5):
        district.receive()
    minute, stood = 1, set()
    for _act in range(60):
        minute += 1
        at = later(minute)
        roles = {
            who: acting(officer.user, at).roles_by_agency
            for who, officer in district.officers.items()
        }
        desks = {
            who: set(
                officers_desk(officer_id=officer.pk, roles_by_agency=roles[who], at=at).listed(
                    Tab.DESK
                )
            )
            for who, officer in district.officers.items()
        }
        moves = []
        for dossier in Dossier.objects.select_related("unit", "version", "case"):
            terms = terms_of(dossier)
            may = {
                who: set(
                    processing.allowed(
                        dossier, process=terms.process, roles=held, is_confirmed=True
                    )
                )
                for who, held in roles.items()
            }
            stood.add(dossier.step_code if State(dossier.state) in CLOCK_RUNS else dossier.state)
            if State(dossier.state) in CLOCK_RUNS:
                carry_on = {who for who, acts in may.items() if acts & CARRY_ON}
                holder = dossier.holder_officer
                if holder is not None:
                    carry_on &= {who for who, o in district.officers.items() if o == holder}
                assert carry_on, (dossier.state, dossier.step_code)
                assert {who for who, found in desks.items() if dossier in found} == carry_on
            else:
                assert not any(dossier in found for found in desks.values())
            if State(dossier.state) not in FINAL:
                moves += [
                    (dossier, action, who)
                    for who, acts in may.items()
                    for action in acts - ASKS_MORE
                    if action is Action.TAKE
                    or not processing.is_colleagues(action, dossier, district.officers[who])
                ]
        if not moves:
            break
        moves.sort(key=lambda move: (move[0].pk, move[1], move[2]))
        onward = [move for move in moves if move[1] in CARRY_ON | RESUME_OR_RETURN]
        dossier, action, who = rng.choice(onward if onward and rng.random() < 0.6 else moves)
        done(dossier, action, officer=district.officers[who], at=at, note="Lý do ghi trong hồ sơ")
    assert stood >= {"receive", "handle", "approve", "seal", "result_ready", "returned"}
    assert stood & {"awaiting_supplement", "awaiting_payment"} and "suspended" in stood
