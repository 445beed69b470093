"""Every role, every place of a dossier, every act, over HTTP: allowed ones work, others write
nothing."""

from itertools import product

import pytest

from motcua.domain.dossier import Action, State
from motcua.dossiers.models import DossierEvent
from motcua.web.workspace.offers import AT_THE_COUNTER, OFFERED, OWN_PAGE, slug
from tests.web.workspace.conftest import ROLES
from tests.web.workspace.roads import PLACES, UNREACHABLE, placed

FILLED = {
    "note": "Thửa đất đang có tranh chấp",
    "to_step": "handle",
    "number": "12/QĐ-UBND",
    "signed_on": "17032021",
    "signer": "Trần Văn A",
}


def test_the_places_are_all_states_a_numbered_dossier_can_be_in(world):
    states = {State(placed(world, place).state) for place in PLACES}
    assert states == set(State) - UNREACHABLE


# What a page of this desk offers and takes, by place and role; nothing for who is not named. All
# the rules, with the acts of the counter and those on no page yet: tests/domain/test_permission.py.
TABLE = {
    "received": {"reception": "send_back", "handler": "take"},
    "handed over": {"handler": "confirm take propose", "approver": "confirm suspend"},
    "taken": {"handler": "take propose", "approver": "suspend"},
    "proposed": {
        "handler": "confirm",
        "approver": "confirm take approve send_back_for_rework send_back suspend",
    },
    "approved": {
        "handler": "confirm take send_to_step issue_result",
        "approver": "confirm suspend",
    },
    "suspended": {"approver": "resume"},
}


@pytest.mark.parametrize(("role", "place"), list(product(ROLES, PLACES)))
def test_who_may_do_what_where(world, clients, role, place):
    dossier = placed(world, place)
    may = set(TABLE.get(place, {}).get(role, "").split())
    here = set(OFFERED) - set(AT_THE_COUNTER)
    for action in [each for each in Action if each not in {*OWN_PAGE, Action.RECALL}]:
        dossier.refresh_from_db()
        before = (dossier.revision, DossierEvent.objects.count())
        address = f"/dossiers/{dossier.number}/{slug(action)}/"
        answer = clients[role].post(address, {**FILLED, "revision": dossier.revision})
        dossier.refresh_from_db()
        after = (dossier.revision, DossierEvent.objects.count())
        if action in may:
            assert answer.status_code == 302, (action, answer.status_code)
            assert after == (before[0] + 1, before[1] + 1), action
            assert dossier.events.last().action == action
            dossier = placed(world, place)
        else:
            unknown = role == "administrator" or action not in here
            assert answer.status_code == (404 if unknown else 409), action
            assert after == before, action


@pytest.mark.parametrize("place", ["received", "taken", "ready", "returned"])
def test_for_a_stranger_no_act_exists(world, strangers, place):
    dossier = placed(world, place)
    events = DossierEvent.objects.count()
    for who, client in strangers.items():
        for action in Action:
            for answer in (
                client.get(f"/dossiers/{dossier.number}/{slug(action)}/"),
                client.post(f"/dossiers/{dossier.number}/{slug(action)}/", FILLED),
            ):
                assert answer.status_code == 404, (who, action)
    assert DossierEvent.objects.count() == events


def test_a_leader_assigns_what_is_worked_on_and_does_nothing_else(world, clients):
    for place in PLACES:
        dossier = placed(world, place)
        page = clients["leader"].get(f"/dossiers/{dossier.number}/")
        offered = [offer.action for offer in page.context["offers"]]
        is_worked_on = dossier.state == State.IN_PROCESS
        assert offered == ([Action.ASSIGN] if is_worked_on else []), place
        assert page.context["file_form"] is None
        said = "không có việc gì với hồ sơ này" in page.content.decode()
        assert said is not is_worked_on


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ["reception", "handler", "approver"])
def test_what_a_page_offers_opens(world, clients, role, place):
    dossier = placed(world, place)
    page = clients[role].get(f"/dossiers/{dossier.number}/")
    assert page.status_code == 200
    for offer in page.context["offers"]:
        answer = clients[role].get(offer.address)
        assert answer.status_code == 200, offer
