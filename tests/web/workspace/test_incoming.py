"""Taking over: lists addressed to an agency, confirmed whole or with exceptions."""

import pytest

from motcua.dossiers.models import HandOverList
from tests.web.workspace.roads import placed


@pytest.fixture
def made(world, clients):
    dossiers = [placed(world, "received") for _ in range(3)]
    keys = [dossier.pk for dossier in dossiers]
    clients["reception"].post("/counter/hand-over/", {"ticked": keys})
    return HandOverList.objects.get()


def test_a_list_is_confirmed_whole(world, clients, made):
    page = clients["handler"].get("/hand-over/")
    assert "1 danh sách bàn giao chờ xác nhận" in page.content.decode()
    lines = [line.pk for line in made.lines.all()]
    page = clients["handler"].post(f"/hand-over/{made.pk}/", {"arrived": lines}, follow=True)
    assert "Đã xác nhận danh sách số 1/2021: nhận 3 hồ sơ." in page.content.decode()
    assert {line.dossier.events.last().action for line in made.lines.all()} == {"confirm"}


def test_what_did_not_arrive_stays_unconfirmed_with_its_reason(world, clients, made):
    lines = list(made.lines.all())
    sent = {"arrived": [line.pk for line in lines[:2]]}
    first = clients["approver"].get(f"/hand-over/{made.pk}/").content.decode()
    assert first.count(" autofocus") == 1
    page = clients["approver"].post(f"/hand-over/{made.pk}/", sent)
    assert page.status_code == 422
    assert lines[2].dossier.number in page.content.decode()
    assert f'href="#note-{lines[2].pk}"' in page.content.decode()
    assert f'id="note-{lines[2].pk}"' in page.content.decode()
    assert made.lines.filter(dossier__events__action="confirm").count() == 0
    sent[f"note-{lines[2].pk}"] = "Không có trong túi"
    clients["approver"].post(f"/hand-over/{made.pk}/", sent)
    actions = [line.dossier.events.last().action for line in lines]
    assert actions == ["confirm", "confirm", "hand_over"]
    page = clients["approver"].get(f"/hand-over/{made.pk}/")
    assert "chưa nhận được: Không có trong túi" in page.content.decode()
    page = clients["handler"].get(f"/dossiers/{lines[2].dossier.number}/")
    assert page.context["likely"].action == "confirm"
    (row,) = [
        row
        for row in clients["handler"].get("/workspace/").context["rows"]
        if row.number == lines[2].dossier.number
    ]
    assert row.is_missing and row.next_act.action == "confirm"
    text = clients["handler"].get("/workspace/").content.decode()
    assert text.count("chưa thấy hồ sơ giấy") == 1
    clients["handler"].post(row.next_act.address, {"revision": row.revision})
    assert "chưa thấy hồ sơ giấy" not in clients["handler"].get("/workspace/").content.decode()
    page = clients["handler"].get(f"/dossiers/{row.number}/")
    assert page.context["likely"].action == "take"


def test_a_list_confirmed_twice_is_told(world, clients, made):
    sent = {"arrived": [line.pk for line in made.lines.all()]}
    clients["handler"].post(f"/hand-over/{made.pk}/", sent)
    page = clients["approver"].post(f"/hand-over/{made.pk}/", sent, follow=True)
    assert "đã được Trần Văn handler xác nhận lúc 10:03 17/03/2021" in page.content.decode()
    assert made.lines.first().dossier.events.count() == 3


def test_nobody_but_the_receiver_sees_the_list(world, clients, made, strangers):
    for who in ("reception", "leader", "administrator"):
        assert clients[who].get("/hand-over/").status_code == 404
        assert clients[who].get(f"/hand-over/{made.pk}/").status_code == 404
    for who, client in strangers.items():
        assert client.get(f"/hand-over/{made.pk}/").status_code == 404, who
        assert client.post(f"/hand-over/{made.pk}/", {}).status_code == 404, who
    assert strangers["signed out"].get("/hand-over/").url.startswith("/sign-in/")
    assert HandOverList.objects.get().confirmed_at is None


@pytest.mark.parametrize("arrived", [["x"], ["999999"], ["٣"], [""]])
def test_odd_ticks_are_no_confirmation(world, clients, made, arrived):
    page = clients["handler"].post(f"/hand-over/{made.pk}/", {"arrived": arrived})
    assert page.status_code == 422
    assert HandOverList.objects.get().confirmed_at is None


def test_a_page_costs_a_bounded_number_of_questions(
    world, clients, made, django_assert_max_num_queries
):
    clients["handler"].get("/hand-over/")
    with django_assert_max_num_queries(8):
        clients["handler"].get("/hand-over/")
    with django_assert_max_num_queries(8):
        clients["handler"].get(f"/hand-over/{made.pk}/")
