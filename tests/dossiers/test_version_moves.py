"""A dossier under way is moved to a new version: the dates are seen first, nothing is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from motcua.catalogue import drafting
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import draft_steps
from motcua.domain.dossier import Action, State
from motcua.domain.process import StepNotAllowed
from motcua.domain.question import Question
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.control_sheet import control_sheet
from motcua.dossiers.queries import step_names_of
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.version_moves import candidates, move_dossiers, open_under_others
from motcua.dossiers.verification import verify
from tests.world import HANDED, MORNING, PROPOSED, TAKEN, next_town, officer_of, walk

pytestmark = pytest.mark.django_db
MONDAY = MORNING + timedelta(days=5)


@pytest.fixture
def administrator(world):
    ProcedureVersion.objects.update(legal_basis="Luật Hộ tịch 2014")
    world.version.refresh_from_db()
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


def publish(world, change=None, *, limit=None, questions=()):
    """The next version: its steps as `change` makes them, its limit if another one."""
    steps = [change(step) if change else step for step in draft_steps(world.version.pk)]
    written = replace(
        drafting.written_of(world.version),
        steps=tuple(step for step in steps if step is not None),
        questions=questions,
    )
    [version] = drafting.import_processes(
        [written], officer=None, at=MORNING, valid_from=date(2021, 3, 18)
    )
    if limit:
        ProcedureVersion.objects.filter(pk=version.pk).update(limit=limit)
        version.refresh_from_db()
    return version


def renamed(step):
    """Handling is called examining from now on, and may take longer."""
    if step.code == "handle":
        return replace(step, code="examine", name="Thẩm tra", budget="2.5 working_day")
    return step


def move(world, version, administrator, *dossiers, **to_steps):
    return move_dossiers(
        version=version,
        seen={one.pk: one.revision for one in dossiers},
        to_steps={one.pk: to_steps.get("to", "") for one in dossiers},
        note="Quy trình mới",
        officer=administrator,
        at=MONDAY,
    )


def only(world, version, **chosen):
    [found] = candidates(open_under_others(version), version, at=MONDAY, chosen=chosen)
    return found


def is_clean():
    return verify(settings.FILES).first == []


def test_what_moving_would_do_is_seen_before_it_is_done(world, administrator):
    dossier = walk(world, world.receive(), TAKEN)
    version = publish(world, limit="8 working_day")
    found = only(world, version)
    assert (found.dossier, found.step, found.places, found.problem) == (dossier, "handle", (), None)
    assert found.old_due_at == dossier.due_at
    assert found.new_due_at - found.old_due_at == timedelta(days=5), "three days and a weekend"
    dossier.refresh_from_db()
    assert dossier.followed_version is None, "looking writes nothing"
    outcome = move(world, version, administrator, dossier)
    assert outcome.moved == (dossier,) and outcome.left_out == ()
    dossier.refresh_from_db()
    assert (dossier.version, dossier.followed_version) == (world.version, version)
    assert dossier.due_at == found.new_due_at
    assert (dossier.step_code, dossier.holder_officer) == ("handle", world.officers["handler"])
    event = dossier.events.latest("position")
    assert (event.action, event.version, event.officer) == (
        Action.MOVE_TO_VERSION,
        version,
        administrator,
    )
    assert not open_under_others(version).exists()
    assert is_clean()


def test_a_promise_is_never_brought_forward(world, administrator):
    dossier = walk(world, world.receive(), TAKEN)
    version = publish(world, limit="4 working_day")
    assert only(world, version).new_due_at == dossier.due_at
    move(world, version, administrator, dossier)
    dossier.refresh_from_db()
    assert dossier.due_at == dossier.promised_at
    assert is_clean()


def test_a_step_that_is_no_more_becomes_the_one_chosen_and_the_road_goes_on(world, administrator):
    dossier = walk(world, world.receive(), TAKEN)
    version = publish(world, renamed)
    found = only(world, version)
    assert isinstance(found.problem, StepNotAllowed)
    assert [step.code for step in found.places] == ["examine", "approve", "seal"]
    left = move(world, version, administrator, dossier)
    assert left.moved == () and isinstance(left.left_out[0][1], StepNotAllowed)
    outcome = move(world, version, administrator, dossier, to="examine")
    assert outcome.moved == (dossier,)
    dossier.refresh_from_db()
    assert (dossier.step_code, dossier.holder_officer) == ("examine", world.officers["handler"])
    old, new = dossier.steps_taken.order_by("position")[1:]
    assert (old.code, old.outcome, new.code) == ("handle", "move_to_version", "examine")
    assert step_names_of(dossier)["handle"] == "Thụ lý"
    assert is_clean()
    world.officers["second"] = world.officers["handler"]
    done = walk(
        world,
        dossier,
        [
            (Action.PROPOSE, "handler"),
            (Action.APPROVE, "approver"),
            (Action.ISSUE_RESULT, "handler"),
        ],
    )
    assert done.state == State.RESULT_READY and is_clean()
    assert control_sheet(done, at=MONDAY).startswith(b"%PDF")


@pytest.mark.parametrize("to", ["receive", "return", "nowhere"])
def test_no_dossier_lands_at_the_counter_or_nowhere(world, administrator, to):
    dossier = walk(world, world.receive(), TAKEN)
    version = publish(world, renamed)
    outcome = move(world, version, administrator, dossier, to=to)
    assert outcome.moved == () and len(outcome.left_out) == 1
    dossier.refresh_from_db()
    assert dossier.events.count() == 3 and dossier.followed_version is None


def test_a_paused_dossier_waits_on_under_the_new_version(world, administrator):
    road = [*TAKEN, (Action.REQUEST_PAYMENT, "handler", "Nộp lệ phí")]
    dossier = walk(world, world.receive(), road)
    version = publish(world, renamed, limit="8 working_day")
    move(world, version, administrator, dossier, to="examine")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.holder_kind) == (State.AWAITING_PAYMENT, "citizen")
    assert is_clean()
    resumed = walk(world, dossier, [(Action.PAY, "reception")], every=timedelta(days=1))
    assert resumed.step_code == "examine" and is_clean()
    assert resumed.due_at > dossier.promised_at + timedelta(days=3)


def test_what_lies_at_the_counter_stays_there(world, administrator):
    dossier = world.receive()
    version = publish(world)
    move(world, version, administrator, dossier)
    handed = walk(world, dossier, HANDED, every=timedelta(days=6))
    assert handed.step_code == "handle" and handed.followed_version == version
    assert is_clean()


def test_what_moved_on_since_it_was_shown_is_left_out_and_the_others_are_moved(
    world, administrator
):
    stays, goes = (walk(world, world.receive(name=name), TAKEN) for name in ("Lê A", "Lê B"))
    seen = Dossier.objects.get(pk=stays.pk)
    walk(world, stays, [(Action.PROPOSE, "handler")])
    version = publish(world)
    outcome = move(world, version, administrator, seen, goes)
    assert outcome.moved == (goes,)
    [(left, why)] = outcome.left_out
    assert left == stays and isinstance(why, SomebodyActed)
    assert is_clean()


def test_a_version_that_asks_what_nobody_answered_takes_no_dossier(world, administrator):
    dossier = walk(world, world.receive(), PROPOSED)
    area = Question(key="area", text="Diện tích, m²")

    def asking(step):
        if step.code != "handle":
            return step
        from motcua.domain.draft import DraftOutcome

        return replace(
            step,
            outcomes=(
                DraftOutcome(target="approve", when="answer.area < 500"),
                DraftOutcome(target="approve", when="answer.area >= 500"),
            ),
        )

    version = publish(world, asking, questions=(area,))
    assert only(world, version).problem is not None
    assert move(world, version, administrator, dossier).moved == ()


def test_only_who_administers_every_agency_that_follows_it_moves_dossiers(world, administrator):
    dossier = walk(world, world.receive(), TAKEN)
    version = publish(world)
    next_town()
    with pytest.raises(drafting.ProcessOfOthers):
        move(world, version, administrator, dossier)
    assert dossier.events.count() == 3
