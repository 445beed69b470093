"""Absences and the rota on screen, and what a deputy sees and does."""

import pytest

from motcua.agencies.models import Delegation, RoleAssignment
from tests.papers.pages import words as text_of
from tests.web.workspace.conftest import add_officer
from tests.web.workspace.roads import signed_in
from tests.world import TAKEN, walk

ABSENCES, ROTA = "/workspace/absences/", "/workspace/rota/"


def words(response):
    return response.content.decode()


@pytest.fixture
def deputy(world):
    """Who has no role of the handler's, works at the same place, and can sign in."""
    world.officers["deputy"] = add_officer(world.unit.agency, "reception", "lieude.thay")
    world.officers["deputy"].full_name = "Đỗ Văn Thay"
    world.officers["deputy"].save()
    return world.officers["deputy"]


def filled(world, **how):
    said = {
        "agency": world.unit.agency.pk,
        "absent": world.officers["handler"].pk,
        "deputy": world.officers["deputy"].pk,
        "role": "",
        "first": "17/3/2021",
        "last": "19032021",
        "reason": "Nghỉ phép",
    }
    return {**said, **how}


def test_a_leader_names_a_deputy_who_then_works_on_the_absent_ones_dossiers(world, clients, deputy):
    dossier = walk(world, world.receive(), TAKEN)
    client = signed_in(deputy)
    assert dossier.number not in words(client.get("/workspace/"))
    done = clients["leader"].post(ABSENCES, filled(world), follow=True)
    assert "Đỗ Văn Thay thay Trần Văn handler" in words(done)
    assert dossier.number in words(client.get("/workspace/"))
    page = words(client.get(f"/dossiers/{dossier.number}/"))
    assert "Nhận thay" not in page
    assert "vắng đến hết" in page and "19/03/2021" in page
    client.post(f"/dossiers/{dossier.number}/propose/", {"revision": dossier.revision})
    page = words(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert "Đỗ Văn Thay (thay Trần Văn handler) trình ký" in page
    sheet = clients["handler"].get(f"/dossiers/{dossier.number}/control-sheet.pdf").content
    assert "Đỗ Văn Thay (thay Trần Văn handler)" in text_of(sheet)


def test_an_officer_names_a_deputy_for_themselves_only(world, clients, deputy):
    form = clients["handler"].get(ABSENCES).context["form"]
    assert list(form.fields["absent"].queryset) == [world.officers["handler"]]
    other = clients["handler"].post(ABSENCES, filled(world, absent=world.officers["approver"].pk))
    assert other.status_code == 422 and not Delegation.objects.exists()
    assert clients["handler"].post(ABSENCES, filled(world)).status_code == 302


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"deputy": "handler"}, "không thể tự thay mình"),
        ({"first": "16032021"}, "Ngày đầu đã qua"),
        ({"first": "20032021"}, "Ngày cuối đứng trước ngày đầu"),
        ({"first": "hôm nay"}, "Không đọc được ngày"),
        ({"last": "19/3/2040"}, "còn quá xa"),
        ({"reason": ""}, "Ghi lý do"),
        ({"role": "approver"}, "không có vai trò ấy"),
        ({"agency": "999"}, "Chọn trong danh sách"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(world, clients, deputy, how, said):
    values = {name: world.officers[who].pk for name, who in how.items() if who in world.officers}
    if "role" in how:
        values = {}
    answer = clients["leader"].post(ABSENCES, filled(world, **{**how, **values}))
    assert answer.status_code == 422 and said in words(answer)
    assert "Nghỉ phép" in words(answer) or how == {"reason": ""}
    assert not Delegation.objects.exists()


def test_it_is_ended_early_by_who_may_and_listed_as_over(world, clients, deputy, strangers):
    clients["leader"].post(ABSENCES, filled(world))
    made = Delegation.objects.get()
    address = f"{ABSENCES}{made.pk}/end/"
    for client in strangers.values():
        assert client.post(address).status_code == 404
    refused = signed_in(deputy).post(address, follow=True)
    assert "Chỉ lãnh đạo" in words(refused)
    ended = clients["handler"].post(address, follow=True)
    assert "thôi thay" in words(ended) and "thôi sớm" in words(ended)
    assert "Lần thay này đã hết" in words(clients["leader"].post(address, follow=True))


def test_the_page_is_a_desk_of_officers(world, clients, strangers):
    assert clients["administrator"].get(ABSENCES).status_code == 404
    assert strangers["signed out"].get(ABSENCES).status_code == 302
    other = words(strangers["leader"].get(ABSENCES))
    assert "Trần Văn" not in other
    for role in ("reception", "approver", "leader"):
        assert clients[role].get(ABSENCES).status_code == 200


def test_a_substitute_is_named_for_a_counter_and_sits_there(world, clients):
    page = words(clients["reception"].get(ROTA))
    assert "Quầy 2" in page and "Cử người ngồi thay" not in page
    values = {
        "counter": world.counter.pk,
        "substitute": world.officers["handler"].pk,
        "first": "17032021",
        "last": "17032021",
    }
    assert clients["reception"].post(ROTA, values).status_code == 200
    assert not RoleAssignment.objects.filter(counter__isnull=False).exists()
    done = clients["administrator"].post(ROTA, values, follow=True)
    assert "ngồi thay ở quầy 2" in words(done)
    assert "Quầy 2" in words(clients["handler"].get("/counter/"))
    again = clients["leader"].post(ROTA, values)
    assert again.status_code == 422 and "Không cần cử lại" in words(again)


def test_a_stranger_sees_no_counter_of_this_town(world, strangers):
    assert "Quầy 2" not in words(strangers["leader"].get(ROTA))
    assert strangers["signed out"].get(ROTA).status_code == 302
