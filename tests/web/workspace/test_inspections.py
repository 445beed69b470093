"""Field inspections on screen: planned, printed, seen by the citizen, held, dropped."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua import clock
from motcua.dossiers.models import Inspection
from tests.dossiers.test_inspections import at_the_inspection
from tests.gateways.made_files import pdf
from tests.papers.pages import words as text_of
from tests.world import MORNING, TAKEN, walk


def words(response):
    return response.content.decode()


@pytest.fixture
def dossier(world):
    return at_the_inspection(world)


def filled(world, **how):
    said = {
        "place": "Thửa số 12, tờ bản đồ 5, xóm Đông",
        "day": "18/3/2021",
        "starts": "8h30",
        "ends": "1000",
        "inspectors": [world.officers["handler"].pk],
        "participants": "Ông Trần Văn Liền Kề",
    }
    return {**said, **how}


def planned(world, client, dossier, **how):
    return client.post(f"/dossiers/{dossier.number}/inspections/", filled(world, **how))


def test_it_is_planned_seen_by_the_citizen_printed_and_held(world, clients, dossier, monkeypatch):
    handler = clients["handler"]
    assert "Hẹn kiểm tra thực địa" in words(handler.get(f"/dossiers/{dossier.number}/"))
    assert planned(world, handler, dossier).status_code == 302
    made = Inspection.objects.get()
    address = f"/dossiers/{dossier.number}/inspections/{made.pk}/"
    page = words(handler.get(address))
    assert "Ghi biên bản được từ" in page and "Giấy mời (PDF)" in page
    invited = text_of(handler.get(f"{address}invitation.pdf").content)
    assert "GIẤY MỜI KIỂM TRA THỰC ĐỊA" in invited and "Ông Trần Văn Liền Kề" in invited
    week = words(clients["approver"].get("/inspections/?day=2021-03-18"))
    assert dossier.number in week and "08:30–10:00" in week
    citizen = Client()
    citizen.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    answer = words(citizen.get("/lookup/answer/"))
    assert "Thửa số 12" in answer and "08:30" in answer and "Trần Văn Liền Kề" not in answer

    monkeypatch.setenv(clock.START, (MORNING + timedelta(days=1, hours=3)).isoformat())
    early = handler.post(address, {"minutes": " "})
    assert early.status_code == 422 and "Ghi nội dung biên bản" in words(early)
    scan = SimpleUploadedFile("bien ban.pdf", pdf())
    values = {"minutes": "Đất đúng ranh giới", "participants": "Đủ", "file": scan}
    held = words(handler.post(address, values, follow=True))
    assert "Đã ghi biên bản" in held and "Bản đã ký: bien ban.pdf" in held
    assert "Đất đúng ranh giới" in text_of(handler.get(f"{address}minutes.pdf").content)
    citizen.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    assert "kiểm tra thực địa</h2>" not in words(citizen.get("/lookup/answer/"))
    again = handler.post(address, {"minutes": "Khác"})
    assert again.status_code == 422 and "đã ghi biên bản hoặc đã hủy" in words(again)


def test_it_is_dropped_with_a_reason_and_planned_anew(world, clients, dossier):
    planned(world, clients["handler"], dossier)
    address = f"/dossiers/{dossier.number}/inspections/{Inspection.objects.get().pk}/cancel/"
    assert clients["handler"].post(address, {"reason": ""}).status_code == 422
    done = clients["handler"].post(address, {"reason": "Mưa bão"}, follow=True)
    assert "Mưa bão" in words(done)
    assert planned(world, clients["handler"], dossier).status_code == 302


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"starts": "25:00"}, "Không đọc được giờ"),
        ({"day": "1/1/2019"}, "Giờ bắt đầu đã qua"),
        ({"ends": "7:00"}, "Giờ kết thúc phải sau"),
        ({"inspectors": []}, "Đánh dấu ít nhất một"),
        ({"place": ""}, "Ghi địa điểm"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_planned(world, clients, dossier, how, said):
    answer = planned(world, clients["handler"], dossier, **how)
    assert answer.status_code == 422 and said in words(answer)
    assert "Ông Trần Văn Liền Kề" in words(answer)
    assert not Inspection.objects.exists()


def test_elsewhere_and_for_others_it_is_not_offered(world, clients, dossier, strangers):
    other = walk(world, world.receive(), TAKEN)
    refused = clients["handler"].get(f"/dossiers/{other.number}/inspections/", follow=True)
    assert "không ở bước kiểm tra" in words(refused)
    assert "Hẹn kiểm tra" not in words(clients["approver"].get(f"/dossiers/{dossier.number}/"))
    planned(world, clients["handler"], dossier)
    made = Inspection.objects.get()
    for client in strangers.values():
        for ending in ("", "cancel/", "invitation.pdf", "minutes.pdf"):
            address = f"/dossiers/{dossier.number}/inspections/{made.pk}/{ending}"
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address).status_code in (404, 405), address
    stranger = strangers["leader"].get("/inspections/?day=2021-03-18")
    assert dossier.number not in words(stranger)
    late = clients["approver"].post(f"/dossiers/{dossier.number}/inspections/{made.pk}/cancel/")
    assert late.status_code == 422


@pytest.mark.parametrize("day", ["", "x", "0001-01-01", "9999-12-31", "2021-02-30"])
def test_the_week_is_of_today_where_none_can_be_read(world, clients, day):
    page = clients["leader"].get(f"/inspections/?day={day}")
    assert page.status_code == 200
    assert page.context["monday"].isoformat() == "2021-03-15"
