"""What is typed and not accepted is never lost, and nobody else sees it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Draft, Receipt
from tests.web.counter.conftest import NAME
from tests.web.counter.page import PAGE, accept, receipt_page, text
from tests.world import officer_of


def test_a_draft_survives_is_resumed_and_thrown_away(counter, typed, world):
    values = typed(person_name="Nháp Văn Dở", do="save")
    address = accept(counter, values).url
    fresh = Client()
    fresh.force_login(world.officers["reception"].user)
    assert 'value="Nháp Văn Dở"' in text(fresh.get(address))
    drafts = text(fresh.get(reverse("counter:drafts")))
    assert "Nháp Văn Dở · Đăng ký khai sinh" in drafts
    fresh.post(reverse("counter:draft_discard", args=[values["token"]]))
    assert "Không có hồ sơ nháp" in text(fresh.get(reverse("counter:drafts")))


def test_a_page_with_nothing_typed_makes_no_draft(counter, world):
    values = {"token": str(uuid.uuid4()), "procedure": "1.001193"}
    counter.post(reverse("counter:draft_save"), values)
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ({}, {}, 1),
        ({"procedure": None, "paper_1_kind": None, "paper_1_count": None}, {}, 1),
        ({"person_id": None}, {"person_id": None}, 1),
        ({"person_id": None}, {}, 2),
        ({}, {"person_id": "003200000009"}, 2),
        ({}, {"procedure": None}, 2),
        ({"for_other": "on", "owner_name": "Nguyễn Bé"}, {}, 2),
    ],
    ids=str,
)
def test_a_page_begun_again_replaces_the_draft_of_the_one_given_up(
    counter, typed, first, second, number
):
    for how in (first, second):
        counter.post(reverse("counter:draft_save"), typed(**how))
    assert Draft.objects.count() == number


def test_the_list_says_what_each_draft_is_and_all_go_at_once(counter, typed, world):
    counter.post(reverse("counter:draft_save"), typed(person_name=None, procedure=None))
    counter.post(reverse("counter:draft_save"), typed(person_id="003200000009"))
    drafts = text(counter.get(reverse("counter:drafts")))
    assert "số 003200000001 · chưa chọn thủ tục" in drafts
    assert f"{NAME} · Đăng ký khai sinh" in drafts
    other = Client()
    other.force_login(world.officers["handler"].user)
    assert other.post(reverse("counter:draft_discard_all")).status_code == 404
    assert reverse("counter:draft_discard_all") in drafts.split("</table>")[1]
    asked = text(counter.get(reverse("counter:draft_discard_all")))
    assert "Bỏ 2 hồ sơ nháp?" in asked and "số 003200000001" in asked
    assert Draft.objects.count() == 2
    after = text(counter.post(reverse("counter:draft_discard_all"), follow=True))
    assert "Đã bỏ 2 hồ sơ nháp" in after
    assert not Draft.objects.exists()
    assert counter.get(reverse("counter:draft_discard_all")).url == reverse("counter:drafts")


def test_another_officers_draft_and_page_do_not_exist(counter, typed, world, morning):
    values = typed(do="save")
    address = accept(counter, values).url
    other = Client()
    other.force_login(officer_of(world.unit.agency, "reception", "lieude.khac").user)
    assert other.get(address).status_code == 404
    assert other.post(PAGE, values).status_code == 404
    assert other.post(reverse("counter:draft_save"), values).status_code == 404
    discard = reverse("counter:draft_discard", args=[values["token"]])
    assert other.post(discard).status_code == 404
    assert Draft.objects.count() == 1


def test_a_draft_already_accepted_leads_to_its_receipt(counter, typed, world):
    values = typed()
    accept(counter, values)
    response = counter.get(reverse("counter:draft", args=[values["token"]]))
    assert response.url == receipt_page(Receipt.objects.get())
