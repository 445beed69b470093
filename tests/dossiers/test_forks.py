"""A process that forks by the dossier's case."""

import pytest

from motcua.catalogue.models import ProcedureCase
from motcua.domain.condition import AnswerMissing
from motcua.domain.dossier import Action
from motcua.dossiers.queries import terms_of
from tests.world import TAKEN, fork, walk

pytestmark = pytest.mark.django_db
BY_CASE = {"inspected": "case = new", "signed": "case = change"}


def under(version, code):
    return ProcedureCase.objects.create(version=version, code=code, name=code)


@pytest.mark.parametrize(
    ("code", "road"),
    [
        ("new", ["receive", "handle", "inspect", "approve", "seal", "return"]),
        ("change", ["receive", "handle", "approve", "seal", "return"]),
    ],
)
def test_the_case_decides_the_road_when_the_dossier_is_received(world, code, road):
    version = fork(world.version, **BY_CASE)
    cases = {name: under(version, name) for name in ("new", "change")}
    dossier = world.receive(version=version, case=cases[code], papers=())
    process = terms_of(dossier).process
    assert [step.code for step in process.steps] == road
    onward = Action.FORWARD if code == "new" else Action.PROPOSE
    walk(world, dossier, [*TAKEN, (onward, "handler")])
    dossier.refresh_from_db()
    assert dossier.step_code == road[2]


def test_a_process_that_asks_for_the_case_receives_nothing_without_one(world):
    version = fork(world.version, **BY_CASE)
    with pytest.raises(AnswerMissing):
        world.receive(version=version, papers=())
    assert not version.dossiers.exists()
