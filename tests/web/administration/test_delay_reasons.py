"""The list of reasons a letter of apology may give: added to, and taken from, by administrators."""

import pytest
from django.test import Client

from motcua.catalogue import delay_reasons
from motcua.domain.delay import NOT_FINISHED, SHIPPED
from tests.world import officer_of

PAGE = "/administration/delay-reasons/"
ADDED = {"sentence": "Chờ ý kiến của hội đồng xét duyệt", "answerable": "other_agency"}


@pytest.fixture
def client(world, morning):
    signed_in = Client()
    signed_in.force_login(officer_of(world.unit.agency, "administrator", "quantri").user)
    return signed_in


def test_only_administrators_see_and_change_the_list(world, client):
    assert client.get(PAGE).status_code == 200
    for officer in world.officers.values():
        other = Client()
        other.force_login(officer.user)
        assert other.get(PAGE).status_code == 404
        assert other.post(f"{PAGE}{NOT_FINISHED.code}/withdraw/").status_code == 404
    assert delay_reasons.offered() == list(SHIPPED)


def test_a_reason_is_added_once_and_offered_after_the_products_own(client):
    assert client.post(PAGE, ADDED).status_code == 302
    *shipped, own = delay_reasons.offered()
    assert shipped == list(SHIPPED)
    assert own.sentence == "Chờ ý kiến của hội đồng xét duyệt."
    again = client.post(PAGE, {**ADDED, "sentence": "chờ  ý kiến của hội đồng xét duyệt."})
    assert again.status_code == 422
    assert "Danh sách đã có lý do này" in again.content.decode()
    assert len(delay_reasons.offered()) == len(SHIPPED) + 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({**ADDED, "sentence": "  "}, "Nhập lý do."),
        ({**ADDED, "sentence": "x" * 251}, "Nhiều nhất 250 ký tự."),
        ({**ADDED, "answerable": "somebody"}, "Chọn trong danh sách."),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client, values, said):
    answer = client.post(PAGE, values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert len(delay_reasons.all_reasons()) == len(SHIPPED)


def test_a_reason_taken_off_the_list_keeps_its_sentence_and_comes_back(client):
    client.post(f"{PAGE}{NOT_FINISHED.code}/withdraw/")
    assert NOT_FINISHED not in delay_reasons.offered()
    assert delay_reasons.by_code()[NOT_FINISHED.code] == NOT_FINISHED
    client.post(PAGE, {"sentence": NOT_FINISHED.sentence, "answerable": "office"})
    assert delay_reasons.offered() == list(SHIPPED)
    assert client.post(f"{PAGE}nothing/withdraw/").status_code == 404


def test_one_reason_always_stays(client):
    for reason in SHIPPED:
        client.post(f"{PAGE}{reason.code}/withdraw/")
    assert delay_reasons.offered() == [SHIPPED[-1]]
    page = client.get(PAGE).content.decode()
    assert "đây là lý do cuối cùng còn dùng" in page
