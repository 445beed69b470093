"""A process that forks by what the officer finds: the ways are offered, and one is chosen."""

from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.domain.process import StepNotAllowed
from motcua.dossiers.services.processing import act
from tests.world import MORNING, TAKEN, fork, walk


def test_each_way_is_offered_under_the_act_it_is(world, clients):
    """To another who works on it: passed on. To who signs: proposed."""
    dossier = walk(world, world.receive(version=fork(world.version), papers=()), TAKEN)
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    for way in ("forward", "propose"):
        assert f'href="/dossiers/{dossier.number}/{way}/"' in page
    dossier = walk(world, dossier, [(Action.FORWARD, "handler")])
    assert dossier.step_code == "inspect"


def test_where_one_act_has_two_ways_the_officer_chooses(world, clients):
    version = fork(world.version)
    ways = [("inspect", "Yêu cầu kiểm tra thực địa"), ("seal", "")]
    both = [{"target": code, "when": "", "label": label} for code, label in ways]
    version.steps.filter(code="approve").update(outcomes=both)
    dossier = world.receive(version=version, papers=())
    dossier = walk(world, dossier, [*TAKEN, (Action.PROPOSE, "handler")])
    with pytest.raises(StepNotAllowed):
        act(
            dossier_id=dossier.pk,
            action=Action.APPROVE,
            officer=world.officers["approver"],
            at=MORNING + timedelta(hours=1),
        )
    address = f"/dossiers/{dossier.number}/approve/"
    page = clients["approver"].get(address).content.decode()
    for words in ("Chuyển đến bước", "Yêu cầu kiểm tra thực địa", "Vào số, đóng dấu"):
        assert words in page
    seen = {"revision": dossier.revision}
    missing = clients["approver"].post(address, seen)
    page = missing.content.decode()
    assert missing.status_code == 422 and "Chọn bước tiếp theo." in page
    # The summary leads to the first way, where the officer can choose at once.
    assert 'href="#id_to_step_0"' in page and 'id="id_to_step_0"' in page
    assert clients["approver"].post(address, {**seen, "to_step": "return"}).status_code == 422
    clients["approver"].post(address, {**seen, "to_step": "seal"})
    dossier.refresh_from_db()
    assert dossier.step_code == "seal"
