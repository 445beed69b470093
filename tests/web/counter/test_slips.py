"""The receipt of a reception, and what is corrected on it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, Receipt
from motcua.dossiers.services.processing import act
from tests.web.counter.conftest import NAME
from tests.web.counter.page import accept, text
from tests.world import MORNING, next_town, officer_of


def test_the_slip_is_a_pdf_for_this_unit_only(counter, typed, world):
    receipt_address = accept(counter, typed()).url
    address = receipt_address + "1.pdf"
    address = reverse("counter:receipt_pdf", args=[Receipt.objects.get().token, 1])
    response = counter.get(address)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("inline;")
    stranger = Client()
    stranger.force_login(officer_of(next_town().agency, "reception", "rangdong.tiepnhan").user)
    for path in (address, receipt_address, address.replace("/1.pdf", "/2.pdf")):
        assert stranger.get(path).status_code == 404
        assert Client().get(path).status_code == 404
    assert counter.get(address.replace("/1.pdf", "/2.pdf")).status_code == 404


def correction(dossier, **how):
    values = {
        "owner_name": NAME,
        "owner_id": "003200000001",
        "owner_phone": "0900000001",
        "subject": "",
        "return_channel": "counter",
        "reason": "Gõ nhầm họ tên",
        "revision": str(dossier.revision),
    }
    return values | how


def test_a_mistyped_name_is_corrected_with_a_reason_and_the_slip_printed_anew(
    counter, typed, world
):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    address = reverse("counter:correct", args=[dossier.number])
    assert NAME in text(counter.get(address))
    empty = counter.post(address, correction(dossier, owner_name="Nguyễn Thị Như", reason=""))
    assert empty.status_code == 422
    assert "Ghi lý do sửa" in text(empty)
    same = counter.post(address, correction(dossier))
    assert "Chưa sửa gì" in text(same)
    done = counter.post(address, correction(dossier, owner_name="Nguyễn Thị Như"))
    page = text(counter.get(done.url))
    assert "Nguyễn Thị Như" in page
    assert "Lần 2" in page
    assert page.count("Gõ nhầm họ tên") == 1


def two_on_one_slip(counter, typed):
    earlier = json.dumps(
        [{"procedure": "1.001193", "paper_1_kind": "original", "paper_1_count": "1"}]
    )
    accept(counter, typed(earlier=earlier))
    return list(Dossier.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("together", "names"), [("on", {"Nguyễn Thị Như"}), (None, {"Nguyễn Thị Như", NAME})]
)
def test_one_correction_reaches_every_dossier_of_the_slip(counter, typed, world, together, names):
    first, second = two_on_one_slip(counter, typed)
    address = reverse("counter:correct", args=[second.number])
    page = counter.get(address)
    assert "Sửa cả 2 hồ sơ trên giấy tiếp nhận này" in text(page)
    assert page.context["form"]["together"].value() is True
    sent = correction(second, owner_name="Nguyễn Thị Như", subject="chỉ hồ sơ này")
    done = counter.post(address, sent | ({"together": together} if together else {}), follow=True)
    assert set(Dossier.objects.values_list("applicant_name", flat=True)) == names
    first.refresh_from_db()
    assert first.subject == ""
    assert Receipt.objects.get().issues.count() == 2, "the slip is issued anew once"
    assert "Đã sửa thông tin, in lại giấy tiếp nhận số" in text(done)


def test_a_dossier_alone_on_its_slip_offers_no_others(counter, typed):
    accept(counter, typed())
    page = counter.get(reverse("counter:correct", args=[Dossier.objects.get().number]))
    assert "trên giấy tiếp nhận này" not in text(page)


def test_a_correction_of_an_older_sight_is_told_who_came_first_and_keeps_what_is_typed(
    counter, typed, world, set_clock
):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    later = MORNING + timedelta(minutes=5)
    set_clock(later + timedelta(minutes=1))
    act(dossier_id=dossier.pk, action=Action.TAKE, officer=world.officers["handler"], at=later)
    address = reverse("counter:correct", args=[dossier.number])
    response = counter.post(address, correction(dossier, owner_name="Tên Mới"))
    assert response.status_code == 422
    assert "Trần Văn handler đã thực hiện" in text(response)
    assert 'value="Tên Mới"' in text(response)
    assert Dossier.objects.get().applicant_name == NAME
