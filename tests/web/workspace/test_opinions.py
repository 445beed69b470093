"""Pages of opinions: asked, reminded, answered; by role, and for strangers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.catalogue import queries
from motcua.domain.dossier import Action
from motcua.dossiers.models import Enclosure, OpinionAsked
from tests.gateways.made_files import pdf
from tests.web.workspace.roads import signed_in
from tests.world import TAKEN, asked_town, walk

ASKED = {"note": "Đề nghị xác nhận nơi cư trú.", "reply_by": "19032021"}


@pytest.fixture
def town(world):
    agency, officers = asked_town("handler", "leader")
    return agency, {role: signed_in(officer) for role, officer in officers.items()}


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(), TAKEN)


@pytest.fixture
def asked(world, clients, dossier, town):
    clients["handler"].post(f"/dossiers/{dossier.number}/consult/", {**ASKED, "other": town[0].pk})
    return dossier.opinions.get()


def test_asking_is_offered_proposes_a_day_and_asks(clients, dossier, town):
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    address = f"/dossiers/{dossier.number}/consult/"
    assert address in page
    form = clients["handler"].get(address)
    assert form.context["form"].initial["reply_by"] == "19/03/2021"
    assert "UBND thị trấn Rạng Đông" in form.content.decode()
    answer = clients["handler"].post(address, {**ASKED, "other": town[0].pk}, follow=True)
    text = answer.content.decode()
    assert "Đã gửi câu hỏi đến UBND thị trấn Rạng Đông" in text
    assert "chưa trả lời" in text and "Nhắc trả lời" in text
    assert "lấy ý kiến: UBND thị trấn Rạng Đông." in text


def test_agencies_the_step_names_are_ticked(clients, world, dossier, town):
    world.version.steps.filter(code="handle").update(consulted=[town[0].code])
    queries.process_of.cache_clear()
    queries.road_of.cache_clear()
    page = clients["handler"].get(f"/dossiers/{dossier.number}/consult/")
    assert page.context["form"].fields["named"].initial == [town[0].pk]
    clients["handler"].post(f"/dossiers/{dossier.number}/consult/", {**ASKED, "named": town[0].pk})
    assert OpinionAsked.objects.get().agency == town[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"other": ""}, "Chọn ít nhất một cơ quan"),
        ({"note": " "}, "Ghi nội dung cần hỏi"),
        ({"reply_by": "mai"}, "Không đọc được ngày"),
        ({"reply_by": "20032021"}, "là ngày nghỉ"),
        ({"reply_by": "19032029"}, "Chưa có lịch làm việc năm 2029"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(clients, dossier, town, typed, words):
    sent = {**ASKED, "other": town[0].pk, **typed}
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/consult/", sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    if "note" not in typed:
        assert ASKED["note"] in text
    assert not OpinionAsked.objects.exists()


def test_a_day_after_the_promise_is_refused_with_its_reason(clients, dossier, town):
    sent = {**ASKED, "other": town[0].pk, "reply_by": "25032021"}
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/consult/", sent)
    assert answer.status_code == 409
    assert "muộn hơn ngày hẹn trả" in answer.content.decode()


def test_the_page_sent_twice_asks_once(clients, dossier, asked, town):
    sent = {**ASKED, "other": town[0].pk, "revision": asked.dossier.revision - 1}
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/consult/", sent)
    assert answer.status_code == 409
    assert OpinionAsked.objects.count() == 1


def test_who_is_asked_finds_it_listed_answers_with_a_file_and_is_seen(
    clients, dossier, asked, town, django_assert_max_num_queries
):
    _agency, browsers = town
    with django_assert_max_num_queries(12):
        listed = browsers["handler"].get("/opinions/")
    assert dossier.number in listed.content.decode()
    address = f"/dossiers/{dossier.number}/opinions/1/"
    assert "Đề nghị xác nhận nơi cư trú." in browsers["handler"].get(address).content.decode()
    empty = browsers["handler"].post(address, {"note": ""})
    assert (empty.status_code, asked.is_open) == (422, True)
    file = SimpleUploadedFile("tra loi.pdf", pdf(), content_type="application/pdf")
    sent = {"note": "Có cư trú tại địa phương.", "file": file}
    assert browsers["handler"].post(address, sent).status_code == 302
    assert Enclosure.objects.get().event.action == Action.REPLY
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "Có cư trú tại địa phương." in page and "tra loi.pdf" in page
    assert dossier.number in browsers["leader"].get("/opinions/?tab=answered").content.decode()
    again = browsers["handler"].post(address, {"note": "Đổi ý."})
    assert again.status_code == 409
    assert "đã được trả lời" in browsers["handler"].get(address).content.decode()


def test_a_late_answer_is_reported_to_the_head(clients, dossier, asked):
    OpinionAsked.objects.update(reply_by=asked.asked_at - timedelta(minutes=1))
    page = clients["leader"].get("/opinions/?tab=waiting").content.decode()
    assert "quá hạn trả lời" in page
    assert "1 ý kiến đã quá hạn" in clients["leader"].get("/opinions/").content.decode()
    assert "1 ý kiến đã quá hạn" in clients["leader"].get("/workspace/").content.decode()


def test_reminding_is_for_who_asked(clients, dossier, asked, town):
    address = f"/dossiers/{dossier.number}/opinions/1/remind/"
    town[1]["handler"].post(address)
    asked.refresh_from_db()
    assert asked.reminded_at is None
    clients["handler"].post(address)
    asked.refresh_from_db()
    assert asked.reminded_at is not None


def test_leaving_the_step_without_an_answer_needs_a_reason(clients, dossier, asked):
    address = f"/dossiers/{dossier.number}/propose/"
    page = clients["handler"].get(address).content.decode()
    assert "Chưa trả lời ý kiến: UBND thị trấn Rạng Đông" in page
    revision = dossier.events.count()
    refused = clients["handler"].post(address, {"revision": revision})
    assert refused.status_code == 409
    assert "chưa trả lời ý kiến" in refused.content.decode()
    done = clients["handler"].post(address, {"revision": revision, "note": "Đủ căn cứ."})
    assert done.status_code == 302


@pytest.mark.parametrize("role", ["reception", "approver", "leader", "administrator"])
def test_who_does_not_do_the_step_cannot_ask(clients, dossier, town, role):
    answer = clients[role].post(
        f"/dossiers/{dossier.number}/consult/", {**ASKED, "other": town[0].pk}
    )
    assert answer.status_code == (404 if role == "administrator" else 302)
    assert not OpinionAsked.objects.exists()


def test_for_strangers_there_is_nothing(strangers, dossier, asked):
    for who, client in strangers.items():
        for address in ("consult/", "opinions/1/"):
            found = client.get(f"/dossiers/{dossier.number}/{address}")
            assert found.status_code == 404, who
        if who in ("signed out", "an account without an officer"):
            assert client.get("/opinions/").status_code in (302, 404)
        else:
            assert dossier.number not in client.get("/opinions/").content.decode()
