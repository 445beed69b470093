"""What the reception page accepts and refuses, for whom, and at what cost."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, RequiredDocument
from motcua.dossiers.models import Dossier, Draft, ProcedureUse, Receipt
from tests.web.counter.conftest import NAME
from tests.web.counter.page import PAGE, accept, copies_page, receipt_page, text
from tests.world import MORNING

STATEMENTS = 23


def test_a_complete_page_becomes_a_dossier_with_its_receipt(counter, typed, copies):
    response = accept(counter, typed())
    dossier = Dossier.objects.get()
    assert response.url == receipt_page(dossier.receipt)
    page = text(counter.get(response.url))
    assert "901.00.99.H40-210317-0001" in page
    assert "Thứ Tư, 24/03/2021, 17:00" in page
    assert "autofocus>In phiếu" in page
    party = dossier.parties.get()
    assert (party.role, party.phone, party.applicant.full_name) == ("owner", "0900000001", NAME)
    assert ProcedureUse.objects.get().times == 1


def test_the_same_page_sent_twice_is_one_dossier_and_one_receipt(counter, typed, world):
    values = typed()
    first, second = accept(counter, values), accept(counter, values)
    assert first.url == second.url
    assert Dossier.objects.count() == Receipt.objects.count() == 1


def test_missing_papers_are_named_and_the_draft_stays(counter, typed, world):
    response = accept(counter, typed(paper_1_kind=None, paper_1_count="0"))
    assert response.status_code == 422
    assert "còn thiếu 1 giấy tờ bắt buộc (Tờ khai)" in text(response)
    assert NAME in text(response)
    assert Dossier.objects.count() == 0
    assert Draft.objects.get().content["person_name"] == NAME


def test_every_wrong_value_is_said_beside_its_field_and_nothing_typed_is_lost(
    counter, typed, world
):
    wrong = {
        "person_id": "12",
        "person_name": "",
        "person_born": "31/2/1990",
        "person_phone": "123",
        "person_email": "nhu@",
        "sets": "không",
        "paper_1_count": "nhiều",
    }
    response = accept(counter, typed(**wrong))
    page = text(response)
    assert response.status_code == 422
    for words in (
        "Nhập CCCD 12 số",
        "Nhập họ và tên người nộp.",
        "Không đọc được ngày.",
        "Số điện thoại không đúng.",
        "Địa chỉ thư chưa đúng.",
        "Nhập một số nguyên từ 1 đến 99.",
        "nhập số lượng từ 0 đến 999",
    ):
        assert words in page
    for value in ("31/2/1990", "nhu@", "không", "nhiều"):
        assert f'value="{value}"' in page
    assert Draft.objects.get().content["person_born"] == "31/2/1990"


@pytest.mark.parametrize(
    ("year", "words"), [(2031, "chưa công bố lịch làm việc năm 2031"), (2021, "")], ids=str
)
def test_a_promise_beyond_the_calendar_is_refused_and_kept_as_a_draft(
    counter, typed, set_clock, year, words
):
    set_clock(MORNING.replace(year=year))
    response = accept(counter, typed())
    assert (response.status_code == 422, words in text(response)) == (bool(words), True)
    assert (Dossier.objects.count(), Draft.objects.count()) == ((0, 1) if words else (1, 0))


@pytest.mark.parametrize("name", ["12345 !!! @@", "<script>alert(1)</script>", "7", "A", "Na|"])
def test_what_is_no_name_is_refused_for_everybody(counter, typed, world, name):
    values = typed(person_name=name, for_other="on", owner_name=name, owner_id="036300000009")
    response = accept(counter, values)
    assert response.status_code == 422
    assert text(response).count("Tên này không đúng.") >= 2
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("number", ["000000000000", "111111111", "2222222222"])
def test_a_number_of_one_digit_is_nobody_s(counter, typed, world, number):
    assert accept(counter, typed(person_id=number)).status_code == 422


def test_names_arrive_in_any_form_of_unicode_and_are_kept_in_one(counter, typed, world):
    decomposed = "Nguye\u0302\u0303n  Thi\u0323 Nhu\u031b "
    accept(counter, typed(person_name=decomposed))
    dossier = Dossier.objects.get()
    assert (dossier.applicant_name, dossier.search_text) == ("Nguyễn Thị Như", "nguyen thi nhu")


@pytest.mark.parametrize(
    ("number", "kept"),
    [("0600 123 456", "0600123456"), ("b 1234567", "B1234567"), ("", "")],
    ids=["an organisation", "a foreigner", "an elderly person without papers"],
)
def test_whoever_applies_may_be_received(counter, typed, world, number, kept):
    assert accept(counter, typed(person_id=number)).status_code == 302
    assert Dossier.objects.get().parties.get().personal_id == kept


@pytest.mark.parametrize("relation", ["submitter", "representative"])
def test_who_brings_it_for_another_is_kept_apart_from_the_owner(counter, typed, world, relation):
    values = typed(
        for_other="on", relation=relation, owner_name="Trần Văn Già", owner_id="036300000009"
    )
    accept(counter, values)
    dossier = Dossier.objects.get()
    assert dossier.applicant_name == "Trần Văn Già"
    assert dict(dossier.parties.values_list("role", "full_name")) == {
        "owner": "Trần Văn Già",
        relation: NAME,
    }


def test_who_brings_it_for_another_must_say_for_whom(counter, typed, world):
    page = text(accept(counter, typed(for_other="on", owner_id="003200000001")))
    assert "Nhập họ và tên chủ hồ sơ" in page
    assert "Trùng số của người nộp" in page


def test_several_dossiers_of_one_person_go_on_one_receipt(counter, typed, world):
    values = typed(do="add")
    added = counter.post(PAGE, values)
    assert "Đã thêm 1 hồ sơ" in text(added)
    assert Dossier.objects.count() == 0
    earlier = json.dumps(
        [{"procedure": "1.001193", "paper_1_count": "1", "subject": "Con thứ nhất"}]
    )
    second = typed(token=values["token"], earlier=earlier, subject="Con thứ hai")
    response = accept(counter, second)
    receipt = Receipt.objects.get()
    assert response.url == receipt_page(receipt)
    assert set(receipt.dossiers.values_list("subject", flat=True)) == {
        "Con thứ nhất",
        "Con thứ hai",
    }


def test_an_added_filing_can_be_dropped_and_the_last_one_accepted_alone(counter, typed, world):
    earlier = json.dumps([{"procedure": "1.001193", "paper_1_count": "1"}])
    page = text(counter.post(PAGE, typed(earlier=earlier, drop="1", do=None)))
    assert "Đã thêm" not in page
    alone = typed(earlier=earlier, procedure=None, paper_1_kind=None, paper_1_count=None)
    assert accept(counter, alone).status_code == 302
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "odd",
    [
        "[1]",
        "{",
        '{"a": 1}',
        '[{"procedure": "0"}]',
        "[" * 50_000,
        '[{"procedure": ' + "[" * 50_000,
        "1" * 5_000,
    ],
    ids=lambda odd: odd[:40],
)
def test_added_filings_that_are_none_of_ours_are_no_dossiers(counter, typed, world, odd):
    accept(counter, typed(earlier=odd))
    assert Dossier.objects.count() <= 1


def test_added_filings_that_are_none_of_ours_break_no_page(counter, typed, world):
    for odd in (
        "[" * 50_000,
        '[{"procedure": "1.001193\\u0000", "subject": "a\\u0000b", "paper_1_count": "1"}]',
        '[{"procedure": "1.001193", "subject": "\\ud800", "paper_1_count": "1"}]',
        '[{"procedure": "1.001193", "paper_1_count": "1", "paper_\\u00b2_count": "1"}]',
    ):
        for doing in ({"do": "add"}, {"do": None, "drop": "2"}, {"do": "save"}, {"do": "accept"}):
            answer = counter.post(PAGE, typed(earlier=odd, **doing))
            assert answer.status_code in (200, 302, 422)


@pytest.mark.parametrize("forged", ["robot", "FEMALE", "x" * 8])
def test_a_sex_that_is_none_is_not_kept(counter, typed, world, forged):
    assert accept(counter, typed(person_sex=forged)).status_code == 302
    assert not Applicant.objects.exclude(sex="").exists()


def test_a_case_has_its_own_papers_and_must_be_chosen(counter, typed, world):
    case = ProcedureCase.objects.create(version=world.version, code="xa", name="Sinh ở nhà")
    RequiredDocument.objects.create(
        version=world.version, case=case, position=2, name="Giấy cam đoan", photocopies=1
    )
    assert "Chọn trường hợp" in text(accept(counter, typed()))
    assert "Giấy cam đoan" in text(accept(counter, typed(case="xa")))
    accept(counter, typed(case="xa", paper_2_kind="photocopy"))
    dossier = Dossier.objects.get()
    assert dossier.case == case
    assert list(dossier.papers.values_list("originals", "photocopies")) == [(1, 0), (0, 1)]


def test_a_road_that_forks_by_case_promises_nothing_before_the_case_is_chosen(
    counter, typed, world
):
    ways = [("handle", "case = xa"), ("seal", "case = huyen")]
    world.version.steps.filter(code="receive").update(
        outcomes=[{"target": target, "when": when, "label": ""} for target, when in ways]
    )
    for code in ("xa", "huyen"):
        ProcedureCase.objects.create(version=world.version, code=code, name=code)
    shown = text(counter.post(reverse("counter:filing"), typed(do="papers")))
    assert "Chọn trường hợp của hồ sơ." in shown
    assert accept(counter, typed()).status_code == 422
    assert accept(counter, typed(case="huyen")).status_code == 302
    assert Dossier.objects.get().case.code == "huyen"


def test_what_is_only_shown_is_seen_and_not_kept(counter, typed, world):
    RequiredDocument.objects.create(
        version=world.version, position=2, name="CMND (xuất trình)", originals=1, is_shown_only=True
    )
    refused = accept(counter, typed())
    assert "còn thiếu 1 giấy tờ bắt buộc (CMND (xuất trình))" in text(refused)
    assert "đã xem, trả lại ngay" in text(refused)
    every = text(counter.post(reverse("counter:filing"), typed(do="papers")))
    assert 'name="paper_2_kind" value="shown" checked' in every
    assert "Còn thiếu" not in every
    assert accept(counter, typed(paper_2_kind="shown", paper_2_count="3")).status_code == 302
    shown = Dossier.objects.get().papers.get(position=2)
    assert (shown.mark, shown.originals) == ("shown", 0)


def test_what_is_to_be_kept_cannot_be_sent_as_shown(counter, typed, world):
    assert accept(counter, typed(paper_1_kind="shown", paper_1_count="")).status_code == 422


def test_missing_papers_lead_to_the_papers(counter, typed):
    page = text(accept(counter, typed(paper_1_kind=None, paper_1_count=None)))
    assert '<li><a href="#papers">Chưa tiếp nhận được: còn thiếu 1 giấy tờ' in page
    assert 'id="papers"' in page


@pytest.mark.parametrize("role", ["handler", "approver", "leader"])
def test_only_reception_officers_reach_the_counter(world, morning, role):
    client = Client()
    client.force_login(world.officers[role].user)
    for name in ("reception", "certified", "drafts", "register", "procedures"):
        assert client.get(reverse(f"counter:{name}")).status_code == 404
    assert client.post(reverse("counter:person"), {}).status_code == 404


def test_signed_out_the_front_door_asks_to_sign_in_and_inner_pages_do_not_exist(world):
    assert "/sign-in/" in Client().get(PAGE).url
    assert Client().get(reverse("counter:drafts")).status_code == 404
    assert Client().post(reverse("counter:draft_save"), {}).status_code == 404


@pytest.mark.parametrize("papers", [1, 40])
def test_the_number_of_statements_does_not_grow(
    counter, typed, world, copies, django_assert_max_num_queries, papers
):
    for position in range(2, papers + 1):
        RequiredDocument.objects.create(
            version=world.version, position=position, name=f"Giấy {position}", originals=1
        )
    values = typed(**{f"paper_{position}_count": "1" for position in range(1, papers + 1)})
    accept(counter, typed(**{f"paper_{n}_count": "1" for n in range(1, papers + 1)}))
    with django_assert_max_num_queries(12):
        counter.get(PAGE)
    with django_assert_max_num_queries(9):
        counter.post(reverse("counter:person"), values)
    with django_assert_max_num_queries(9):
        counter.get(reverse("counter:procedures"), {"search": "khai sinh"})
    with django_assert_max_num_queries(STATEMENTS):
        counter.post(reverse("counter:filing"), values | {"choose": "1.001193"})
    with django_assert_max_num_queries(STATEMENTS):
        counter.post(reverse("counter:draft_save"), values)


@pytest.mark.parametrize("number", ["1_0", "١٢", "１", "+1", "1.0", "1e1", "0x1"])
@pytest.mark.parametrize("name", ["sets", "copies", "pages"])
def test_a_count_is_digits_alone(counter, typed, world, copies, name, number):
    values = copies_page(typed) | {name: number}
    answer = accept(counter, values)
    assert answer.status_code == 422
    assert "Nhập một số nguyên từ 1 đến" in text(answer)
    assert Dossier.objects.count() == 0


def test_signs_that_turn_a_line_round_are_not_kept(counter, typed, world):
    values = typed(
        person_name="Trần\u202e Văn\u200f A", subject="Con\u2066 một", person_address="\x9bTổ"
    )
    assert accept(counter, values).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.applicant_name, dossier.subject) == ("Trần Văn A", "Con một")
    assert dossier.parties.get().address == "Tổ"
