"""Acts with a colleague, a result or a collector; hand-over lists and their confirmation."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from motcua.agencies.models import Officer, RoleAssignment
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.dossiers.facts import digest_of_stored
from motcua.dossiers.models import Dossier, HandOverLine, HandOverList, Result, Serial
from motcua.dossiers.services import hand_over, results
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.processing import NotAColleague, act
from tests.world import APPROVED, MORNING, PROPOSED, TAKEN, division_of, walk


def colleague(world, role, name, *, until=None):
    user = User.objects.create(username=name)
    agency = world.unit.agency
    officer = Officer.objects.create(user=user, full_name=name, position="", agency=agency)
    RoleAssignment.objects.create(
        officer=officer, agency=agency, role=role, valid_from=date(2020, 1, 1), valid_until=until
    )
    return officer


def test_work_may_be_meant_for_a_named_colleague(world):
    dossier = walk(world, world.receive(), TAKEN)
    signer = colleague(world, "approver", "Vũ Thị Duyên")
    how = {"dossier_id": dossier.pk, "action": Action.PROPOSE}
    how |= {"officer": world.officers["handler"], "at": MORNING + timedelta(hours=1)}
    moved = act(**how, to_officer=signer)
    assert (moved.step_code, moved.holder_officer_id) == ("approve", signer.pk)


@pytest.mark.parametrize("who", ["wrong role", "no longer assigned"])
def test_work_is_not_given_to_who_cannot_do_it(world, who):
    dossier = walk(world, world.receive(), TAKEN)
    past = date(2021, 3, 16) if who == "no longer assigned" else None
    role = "handler" if who == "wrong role" else "approver"
    with pytest.raises(NotAColleague):
        act(
            dossier_id=dossier.pk,
            action=Action.PROPOSE,
            officer=world.officers["handler"],
            at=MORNING + timedelta(hours=1),
            to_officer=colleague(world, role, "Vũ Thị Duyên", until=past),
        )
    assert dossier.events.count() == 3


def test_rework_goes_to_whoever_did_the_step_last(world):
    dossier = walk(world, world.receive(), PROPOSED)
    world.officers["second"] = colleague(world, "handler", "Vũ Thị Duyên")
    again = [(Action.SEND_BACK_FOR_REWORK, "approver")]
    dossier = walk(world, dossier, [*again, (Action.TAKE, "second"), (Action.PROPOSE, "second")])
    assert walk(world, dossier, again).holder_officer == world.officers["second"]


def test_who_comes_too_late_for_an_act_is_told_who_came_first(world):
    dossier = walk(world, world.receive(), TAKEN)
    seen = dossier.revision
    walk(world, dossier, PROPOSED[len(TAKEN) :])
    with pytest.raises(SomebodyActed) as told:
        act(
            dossier_id=dossier.pk,
            action=Action.PROPOSE,
            officer=world.officers["handler"],
            at=MORNING + timedelta(hours=1),
            seen_revision=seen,
        )
    assert told.value.last.action == Action.PROPOSE


def test_the_result_and_its_collector_stand_in_the_chain(world):
    dossier = walk(world, world.receive(), APPROVED)
    results.issue(
        dossier_id=dossier.pk,
        words=results.ResultWords(
            number=" 125/2021 ", signed_on=date(2021, 3, 17), signer="Trần Văn A"
        ),
        file=None,
        officer=world.officers["handler"],
        at=MORNING + timedelta(hours=2),
    )
    assert Result.objects.get().number == "125/2021"
    assert dossier.events.last().facts == digest_of_stored(Dossier.objects.get())
    returned = results.return_to_applicant(
        dossier_id=dossier.pk,
        collector=results.Collector(full_name="Lê Văn Ba", personal_id="003200000002", note="Con"),
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=3),
    )
    result = Result.objects.get()
    assert (returned.state, result.number) == (State.RETURNED, "125/2021")
    assert (result.collector_name, result.collector_note) == ("Lê Văn Ba", "Con")
    assert dossier.events.last().facts == digest_of_stored(Dossier.objects.get())


def test_a_result_refused_leaves_no_row(world):
    dossier = world.receive()
    with pytest.raises(ActionNotAllowed):
        results.issue(
            dossier_id=dossier.pk,
            words=results.ResultWords(number="1", signed_on=None, signer=""),
            file=None,
            officer=world.officers["handler"],
            at=MORNING,
        )
    assert not Result.objects.exists()


def hand(world, dossiers, *, minutes=60):
    return hand_over.hand_over(
        unit=world.unit,
        dossier_ids=[dossier.pk for dossier in dossiers],
        officer=world.officers["reception"],
        at=MORNING + timedelta(minutes=minutes),
    )


def test_each_receiving_agency_gets_a_list_with_a_number_of_its_own(world):
    division = division_of(world.unit.agency)
    world.version.steps.filter(code="handle").update(performer="division")
    dossiers = [world.receive() for _ in range(3)]
    Dossier.objects.filter(pk=dossiers[2].pk).update(competent_agency=division)
    made = hand(world, dossiers)
    assert [(each.position, each.to_agency.name, each.lines.count()) for each in made.lists] == [
        (1, "UBND thị trấn Liễu Đề", 2),
        (2, "Bộ phận Tư pháp", 1),
    ]
    assert made.left_out == ()
    assert Serial.objects.get(book="hand_over").last == 2


def test_a_list_sent_twice_is_made_once(world):
    dossiers = [world.receive(), world.receive()]
    hand(world, dossiers)
    again = hand(world, dossiers, minutes=61)
    assert again.lists == ()
    assert [type(problem) for _dossier, problem in again.left_out] == [ActionNotAllowed] * 2
    assert HandOverList.objects.count() == 1
    assert Serial.objects.get(book="hand_over").last == 1


def test_what_a_colleague_took_meanwhile_is_left_out_and_named(world):
    first, second = world.receive(), world.receive()
    act(
        dossier_id=first.pk,
        action=Action.TAKE,
        officer=world.officers["handler"],
        at=MORNING + timedelta(minutes=5),
    )
    made = hand(world, [first, second])
    assert [line.dossier for line in HandOverLine.objects.all()] == [second]
    assert [dossier for dossier, _problem in made.left_out] == [first]


def confirm(world, made, missing=(), *, role="handler", minutes=90):
    return hand_over.confirm(
        list_id=made.pk,
        missing=dict(missing),
        officer=world.officers[role],
        at=MORNING + timedelta(minutes=minutes),
    )


def test_a_list_is_confirmed_with_its_exceptions(world):
    dossiers = [world.receive() for _ in range(3)]
    [made] = hand(world, dossiers).lists
    act(
        dossier_id=dossiers[0].pk,
        action=Action.TAKE,
        officer=world.officers["handler"],
        at=MORNING + timedelta(minutes=70),
    )
    absent = made.lines.get(dossier=dossiers[2])
    with pytest.raises(hand_over.NoteMissing) as told:
        confirm(world, made, {absent.pk: "  "})
    assert told.value.numbers == (dossiers[2].number,)
    confirm(world, made, {absent.pk: "Không có trong túi"})
    made.refresh_from_db()
    assert made.confirmed_by == world.officers["handler"]
    assert made.lines.get(dossier=dossiers[2]).note == "Không có trong túi"
    events = [[event.action for event in dossier.events.all()] for dossier in dossiers]
    assert events == [
        ["receive", "hand_over", "take"],
        ["receive", "hand_over", "confirm"],
        ["receive", "hand_over"],
    ]


def test_a_list_is_confirmed_once_and_by_the_receiver_only(world):
    [made] = hand(world, [world.receive()]).lists
    for role in ("reception", "leader"):
        with pytest.raises(hand_over.NotTheReceiver):
            confirm(world, made, role=role)
    confirm(world, made)
    with pytest.raises(hand_over.ListConfirmedAlready):
        confirm(world, made, minutes=95)
    assert made.lines.get().dossier.events.count() == 3
