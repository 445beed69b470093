"""A reception page sent again, sent without its token, or without saying what to do."""

import uuid

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, Draft, Receipt
from tests.web.counter.page import PAGE, accept, copies_page, receipt_page, text
from tests.world import officer_of

pytestmark = pytest.mark.django_db


def token_of(page):
    return text(page).split('name="token" value="')[1].split('"')[0]


@pytest.mark.parametrize("how", ["one dossier", "for another", "settled at once"])
def test_the_same_page_sent_again_leads_to_its_receipt(counter, typed, world, copies, how):
    values = {
        "one dossier": typed(person_born="5/9/1990", subject="Con  thứ hai", sets="2"),
        "for another": typed(for_other="on", owner_name="Trần Văn Già", relation="submitter"),
        "settled at once": copies_page(typed),
    }[how]
    answers = [accept(counter, values) for _ in range(3)]
    assert {answer.url for answer in answers} == {receipt_page(Receipt.objects.get())}
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"person_name": "Trần Văn Khác", "person_id": "003200000002"},
        {"subject": "Con thứ hai"},
        {"paper_1_count": "2"},
        {"sets": "2"},
        {"person_name": "<>"},
    ],
    ids=["somebody else", "about something else", "other papers", "more sets", "a flawed one"],
)
def test_the_page_sent_again_with_something_else_is_told_so_and_kept(counter, typed, world, other):
    values = typed()
    first = accept(counter, values)
    answer = accept(counter, {**values, **other})
    assert answer.status_code == 422
    page = text(answer)
    receipt = Receipt.objects.get()
    assert f"Trang này đã tiếp nhận lúc 08:03 17/03/2021 (giấy tiếp nhận số {receipt})" in page
    assert "Nội dung vừa gửi khác nên chưa được ghi" in page
    assert token_of(answer) != values["token"]
    assert Draft.objects.get().token == uuid.UUID(token_of(answer))
    assert Dossier.objects.count() == 1
    if other.get("person_name") != "<>":
        again = accept(counter, {**values, **other, "token": token_of(answer)})
        assert again.status_code == 302 and again.url != first.url
        assert Dossier.objects.count() == 2


def test_another_officer_with_the_same_token_takes_nothing_and_learns_nothing(
    counter, typed, world
):
    values = typed()
    accept(counter, values)
    other = Client()
    other.force_login(officer_of(world.unit.agency, "reception", "khac.reception").user)
    assert accept(other, values).status_code == 404
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("token", [None, "", "abc", "1" * 400])
def test_a_page_without_its_token_is_not_received_but_kept(counter, typed, world, token):
    answer = accept(counter, typed(token=token))
    assert answer.status_code == 422
    assert "Trang gửi lên thiếu dấu nhận biết" in text(answer)
    assert 'value="003200000001"' in text(answer)
    assert Dossier.objects.count() == 0
    assert accept(counter, typed(token=token_of(answer))).status_code == 302


@pytest.mark.parametrize("do", [None, "", "acept", "accept "])
def test_a_page_that_does_not_say_what_to_do_is_not_received_but_kept(counter, typed, world, do):
    answer = counter.post(PAGE, typed(do=do))
    assert answer.status_code == 422
    assert "Trang gửi lên không nói việc cần làm" in text(answer)
    assert 'value="003200000001"' in text(answer)
    assert Dossier.objects.count() == 0
