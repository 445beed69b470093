"""Giving steps to colleagues on screen, calling back, and one act on several dossiers."""

import pytest

from tests.web.workspace.conftest import add_officer
from tests.web.workspace.roads import signed_in
from tests.world import HANDED, PROPOSED, TAKEN, fork, walk


def post(client, address, **values):
    return client.post(address, values, follow=True)


def words(response):
    return response.content.decode()


@pytest.fixture
def second(world):
    return add_officer(world.unit.agency, "handler", "lieude.handler2")


def test_a_leader_sees_who_has_how_much_and_gives_the_step(world, clients, second):
    dossier = walk(world, world.receive(), TAKEN)
    address = f"/dossiers/{dossier.number}/assign/"
    page = words(clients["leader"].get(address))
    assert "đang giữ 1 hồ sơ" in page and "chưa giữ hồ sơ nào" in page
    asked = clients["leader"].post(address, {"to_officer": second.pk, "revision": 3})
    assert asked.status_code == 422
    assert "hồ sơ đang có người giữ" in words(asked)
    done = post(clients["leader"], address, to_officer=second.pk, revision=3, note="Đi học")
    assert "Đã phân công" in words(done) and "giao" not in done.context["holder"]
    dossier.refresh_from_db()
    assert dossier.holder_officer == second


def test_who_looked_before_somebody_acted_is_told_and_keeps_what_was_typed(world, clients, second):
    dossier = walk(world, world.receive(), TAKEN)
    address = f"/dossiers/{dossier.number}/assign/"
    values = {"to_officer": second.pk, "revision": 2, "note": "Đi học"}
    late = clients["approver"].post(address, values)
    assert late.status_code == 409 and "Đi học" in words(late)
    dossier.refresh_from_db()
    assert dossier.revision == 3


def test_only_who_leads_or_signs_reaches_it(world, clients, strangers):
    dossier = walk(world, world.receive(), HANDED)
    address = f"/dossiers/{dossier.number}/assign/"
    for role in ("handler", "reception", "administrator"):
        assert clients[role].get(address).status_code == 404
    for client in strangers.values():
        assert client.get(address).status_code == 404
        assert client.post(f"/dossiers/{dossier.number}/recall/").status_code == 404


def test_several_are_given_at_once_after_asking_to_whom(world, clients, second):
    dossiers = [walk(world, world.receive(), HANDED) for _each in range(3)]
    ticked = [f"{one.pk}.{one.revision}" for one in dossiers]
    asked = post(clients["leader"], "/workspace/act/", action="assign", ticked=ticked)
    assert "Phân công 3 hồ sơ" in words(asked)
    # One moved since the page was made.
    walk(world, dossiers[0], TAKEN[1:])
    values = {"action": "assign", "ticked": ticked, "to_officer": second.pk, "note": "Chia việc"}
    done = post(clients["leader"], "/workspace/act/", **values)
    page = words(done)
    assert "2 hồ sơ đã ghi, 1 hồ sơ chưa" in page
    assert dossiers[0].number in page and "Chưa có gì bị ghi đè" in page
    for one, holder in zip(dossiers, (world.officers["handler"], second, second), strict=True):
        one.refresh_from_db()
        assert one.holder_officer == holder
    # The outcome is still there when the page is loaded anew.
    assert "2 hồ sơ đã ghi" in words(clients["leader"].get("/workspace/outcome/"))
    again = words(clients["approver"].get("/workspace/outcome/"))
    assert dossiers[0].number not in again


def test_dossiers_at_steps_nobody_does_alike_are_not_given_together(world, clients):
    ticked = [
        f"{one.pk}.{one.revision}"
        for one in (walk(world, world.receive(), HANDED), walk(world, world.receive(), PROPOSED))
    ]
    refused = post(clients["leader"], "/workspace/act/", action="assign", ticked=ticked)
    assert "cùng một bước" in words(refused)


def test_what_has_one_way_on_is_passed_on_together(world, clients):
    dossiers = [walk(world, world.receive(), TAKEN) for _each in range(2)]
    forked = walk(world, world.receive(version=fork(world.version), papers=()), TAKEN)
    page = clients["handler"].get("/workspace/")
    common = {row.number: row.common for row in page.context["rows"]}
    assert all("propose" in common[one.number] for one in dossiers)
    # Where both ways are open, each act has its one.
    assert {"propose", "forward"} <= common[forked.number]
    ticked = [f"{one.pk}.{one.revision}" for one in dossiers]
    done = post(clients["handler"], "/workspace/act/", action="propose", ticked=ticked)
    assert "Trình ký: đã ghi 2 hồ sơ" in words(done)
    for one in dossiers:
        one.refresh_from_db()
        assert one.step_code == "approve"


def test_what_was_passed_on_is_called_back_from_the_list_and_the_dossiers_page(world, clients):
    dossier = walk(world, world.receive(), PROPOSED)
    handler = clients["handler"]
    assert "1 hồ sơ vừa chuyển" in words(handler.get("/workspace/"))
    assert dossier.number in words(handler.get("/workspace/passed-on/"))
    assert "Thu hồi" in words(handler.get(f"/dossiers/{dossier.number}/"))
    assert "Thu hồi" not in words(clients["approver"].get(f"/dossiers/{dossier.number}/"))
    address = f"/dossiers/{dossier.number}/recall/"
    done = post(handler, address, revision=dossier.revision)
    assert "Đã thu hồi" in words(done)
    again = post(handler, address, revision=dossier.revision + 1)
    assert "Không thu hồi được" in words(again)
    assert clients["handler"].get(address).status_code == 302
    assert "Không có hồ sơ nào còn thu hồi được" in words(handler.get("/workspace/passed-on/"))


def test_the_lists_cost_no_more_questions_for_many(world, clients, django_assert_max_num_queries):
    for _each in range(4):
        walk(world, world.receive(), PROPOSED)
    client = signed_in(world.officers["handler"])
    with django_assert_max_num_queries(8):
        client.get("/workspace/passed-on/")
