"""Notes among officers, messages to the applicant, and what the citizen sees of both."""

import pytest
from django.test import Client

from tests.world import RETURNED, TAKEN, walk

SECRET = "Đã gọi ba lần, không nghe máy"
TOLD = "Mời ông/bà mang bản chính giấy chứng sinh khi đến nhận kết quả"


def words(response):
    return response.content.decode()


def looked_up(dossier):
    client = Client()
    client.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    return words(client.get("/lookup/answer/"))


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(), TAKEN)


def test_a_note_is_read_on_the_road_and_never_by_the_applicant(world, clients, dossier):
    address = f"/dossiers/{dossier.number}/notes/"
    done = clients["handler"].post(address, {"note-text": SECRET}, follow=True)
    assert "Người nộp không thấy ghi chú này" in words(done)
    for role in ("reception", "approver", "leader"):
        assert SECRET in words(clients[role].get(f"/dossiers/{dossier.number}/"))
    assert SECRET not in looked_up(dossier)
    twice = clients["handler"].post(address, {"note-text": SECRET})
    assert twice.status_code == 302 and dossier.internal_notes.count() == 1


def test_a_message_is_read_where_the_dossier_is_looked_up_and_the_officer_sees_when(
    world, clients, dossier
):
    address = f"/dossiers/{dossier.number}/messages/"
    values = {"message-text": TOLD, "message-delivery": "phone"}
    page = words(clients["handler"].post(address, values, follow=True))
    assert "người nộp chưa đọc" in page and "báo qua điện thoại" in page
    assert TOLD in looked_up(dossier)
    page = words(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert "người nộp đọc lần đầu" in page and "người nộp chưa đọc" not in page


def test_without_the_second_factor_nothing_is_read(world, clients, dossier):
    address = f"/dossiers/{dossier.number}/messages/"
    clients["handler"].post(address, {"message-text": TOLD})
    stranger = Client()
    stranger.post("/lookup/", {"number": dossier.number, "digits": "9999"})
    assert TOLD not in words(stranger.get("/lookup/answer/", follow=True))
    assert dossier.applicant_messages.get().first_read_at is None


@pytest.mark.parametrize(("what", "field"), [("notes", "note-text"), ("messages", "message-text")])
def test_nothing_said_or_too_much_is_explained_and_kept(world, clients, dossier, what, field):
    address = f"/dossiers/{dossier.number}/{what}/"
    empty = clients["handler"].post(address, {field: "  \n"})
    assert empty.status_code == 422 and "Gõ nội dung" in words(empty)
    long = clients["handler"].post(address, {field: "a" * 2001})
    assert long.status_code == 422 and "a" * 2001 in words(long)
    assert not dossier.internal_notes.exists() and not dossier.applicant_messages.exists()


def test_who_does_no_step_of_it_writes_no_message(world, clients, dossier, strangers):
    page = clients["leader"].get(f"/dossiers/{dossier.number}/")
    assert page.context["message_form"] is None
    address = f"/dossiers/{dossier.number}/messages/"
    refused = clients["leader"].post(address, {"message-text": TOLD})
    assert refused.status_code == 422 and not dossier.applicant_messages.exists()
    returned = walk(world, world.receive(), RETURNED)
    late = clients["reception"].post(
        f"/dossiers/{returned.number}/messages/", {"message-text": TOLD}
    )
    assert late.status_code == 422 and not returned.applicant_messages.exists()
    for client in strangers.values():
        for what in ("notes", "messages"):
            answer = client.post(f"/dossiers/{dossier.number}/{what}/", {"note-text": SECRET})
            assert answer.status_code == 404
