"""Certified copies: received and returned in one act."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.applicants.models import Applicant
from motcua.dossiers.models import Dossier, Payment, Result
from tests.web.counter.conftest import NAME
from tests.web.counter.page import PAGE, accept, copies_page, text
from tests.world import MORNING


def test_certified_copies_are_received_and_returned_in_one_act(counter, typed, world, copies):
    response = accept(counter, copies_page(typed, paper_1_kind=None, paper_1_count=None))
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.fee_total, dossier.quantity) == ("returned", 18_000, 3)
    assert Payment.objects.get().counter == world.counter
    assert Result.objects.get().number == "1, quyển số 01/2021-SCT/BS"
    assert list(dossier.papers.values_list("mark", "originals")) == [("shown", 0)]
    page = text(counter.get(response.url))
    assert "Đã tiếp nhận và trả kết quả" in page
    assert "1, quyển số 01/2021-SCT/BS" in page
    assert "18.000\xa0đ" in page or "18.000 đ" in page
    following = text(counter.get(PAGE))
    assert "18.000 đ" in following.replace("\xa0", " "), "the counter's cash of the day"
    assert f"Người trước: {NAME}" in following


def test_copies_not_returned_at_once_get_a_slip_with_its_hour(counter, typed, world, copies):
    accept(counter, copies_page(typed, later="1"))
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.due_at - MORNING) == ("received", timedelta(hours=8, minutes=57))


def test_a_known_person_needs_only_a_number_and_the_copies(counter, typed, world, copies):
    Applicant.objects.create(personal_id="003200000001", full_name=NAME, phone="0900000001")
    values = copies_page(typed, person_name=None, person_phone=None)
    assert accept(counter, values).status_code == 302
    assert Dossier.objects.get().applicant_name == NAME


def test_the_fast_lane_opens_with_certified_copies_and_the_person_before(
    counter, typed, world, copies
):
    accept(counter, copies_page(typed))
    page = text(counter.get(reverse("counter:certified") + "?previous=1"))
    assert "Tiếp nhận và trả ngay" in page
    assert f'value="{NAME}"' in page
    assert "Trần Văn approver, Công chức" in page


@pytest.mark.parametrize("field", ["copies", "pages"])
def test_a_number_that_was_emptied_is_asked_for(counter, typed, world, copies, field):
    values = copies_page(typed) | {field: ""}
    slip = text(counter.post(reverse("counter:draft_save"), values))
    assert "chưa tính được" in slip
    response = accept(counter, values)
    assert response.status_code == 422
    assert "Nhập một số nguyên từ 1 đến 999." in text(response)
    assert not Dossier.objects.exists()


def test_copies_and_their_rate_are_said_before_and_after(counter, typed, world, copies):
    slip = text(counter.post(reverse("counter:draft_save"), copies_page(typed)))
    assert "3 bản × 6.000\xa0đ" in slip
    page = text(counter.get(accept(counter, copies_page(typed)).url))
    assert "3 bản × 6.000\xa0đ" in page
    assert page.count("18.000\xa0đ") == 1
    assert "Tổng thu" not in page


def test_who_pays_nothing_is_said_with_the_reason(counter, typed, world, copies):
    refused = accept(counter, copies_page(typed, exempt="on"))
    assert "Ghi lý do miễn" in text(refused)
    accept(counter, copies_page(typed, exempt="on", exempt_reason="Người có công"))
    dossier = Dossier.objects.get()
    assert (dossier.fee_total, Payment.objects.count()) == (0, 0)
    assert dossier.events.first().note == "Miễn thu: Người có công"


def test_a_signer_whose_account_was_closed_is_neither_offered_nor_taken(
    counter, typed, world, copies
):
    gone = world.officers["approver"]
    gone.user.is_active = False
    gone.user.save()
    assert gone.full_name not in text(counter.get(reverse("counter:certified")))
    refused = accept(counter, copies_page(typed))
    assert refused.status_code == 422
    assert "có thể đã đổi vai trò hoặc ngừng tài khoản. Chọn người khác." in text(refused)
    assert not Dossier.objects.exists()
