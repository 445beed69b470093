"""The reception page over HTTP: what it accepts, what it refuses, what it never loses."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, RequiredDocument
from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, Draft, Payment, ProcedureUse, Receipt, Result
from motcua.dossiers.services.processing import act
from tests.web.counter.conftest import CARD, NAME
from tests.world import MORNING, next_town, officer_of

PAGE = reverse("counter:reception")
STATEMENTS = 23


def accept(client, values):
    return client.post(PAGE, values)


def text(response):
    return response.content.decode()


def receipt_page(receipt):
    return reverse("counter:receipt", args=[receipt.token])


# Accepting


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


# The fast lane


def copies_page(typed, **how):
    signer = "Trần Văn approver, Công chức"
    return typed(procedure="2.000815", copies="3", pages="4", signer=signer, **how)


def test_certified_copies_are_received_and_returned_in_one_act(counter, typed, world, copies):
    response = accept(counter, copies_page(typed, paper_1_kind=None, paper_1_count=None))
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.fee_total, dossier.quantity) == ("returned", 18_000, 3)
    assert Payment.objects.get().counter == world.counter
    assert Result.objects.get().number == "1, quyển số 01/2021-SCT/BS"
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


def test_who_pays_nothing_is_said_with_the_reason(counter, typed, world, copies):
    refused = accept(counter, copies_page(typed, exempt="on"))
    assert "Ghi lý do miễn" in text(refused)
    accept(counter, copies_page(typed, exempt="on", exempt_reason="Người có công"))
    dossier = Dossier.objects.get()
    assert (dossier.fee_total, Payment.objects.count()) == (0, 0)
    assert dossier.events.first().note == "Miễn thu: Người có công"


# Small things of the page


@pytest.mark.parametrize("field", ["person_id", "person_name", "person_address", "person_phone"])
def test_a_card_scanned_into_any_field_fills_the_person(counter, typed, world, field):
    values = {name: value for name, value in typed().items() if not name.startswith("person")}
    response = counter.post(reverse("counter:person"), values | {field: CARD})
    filled = json.loads(response["HX-Trigger-After-Swap"])["person"]["filled"]
    assert filled["person_id"] == "036300000001"
    assert (filled["person_name"], filled["person_born"]) == (NAME, "05/09/1990")
    page = text(counter.post(PAGE, values | {field: CARD, "do": "look"}))
    assert f'value="{NAME}"' in page, "without script the page comes back filled in"
    assert "|" not in page.split('id="person"')[1].split('id="filing"')[0].replace("||", "")


def test_a_look_up_fills_what_is_blank_and_leaves_what_was_typed(counter, typed, world):
    Applicant.objects.create(
        personal_id="003200000001", full_name="Tên cũ", address="Xóm 1", phone="0900000009"
    )
    response = counter.post(reverse("counter:person"), typed(person_address=""))
    answer = json.loads(response["HX-Trigger-After-Swap"])["person"]
    assert answer["filled"] == {"person_address": "Xóm 1"}
    assert answer["asked"]["person_id"] == "003200000001"
    slip = text(counter.post(reverse("counter:draft_save"), typed()))
    assert "Số định danh này đã ghi cho Tên cũ" in slip


@pytest.mark.parametrize(
    ("words", "first"),
    [("khai sinh", "Đăng ký khai sinh"), ("sao y", "Chứng thực bản sao"), ("", None)],
)
def test_procedures_are_found_by_everyday_words(counter, world, copies, words, first):
    page = text(counter.get(reverse("counter:procedures"), {"search": words}))
    assert (first in page) if first else ("data-choice" not in page)


def test_retired_procedures_and_those_of_another_level_are_not_offered(counter, world, copies):
    world.version.procedure.retired_on = MORNING.date()
    world.version.procedure.save()
    found = reverse("counter:procedures")
    assert "data-choice" not in text(counter.get(found, {"search": "khai sinh"}))
    field = copies.procedure.administrative_field
    field.level = "district"
    field.save()
    assert "data-choice" not in text(counter.get(found, {"search": "chung thuc"}))


def test_pinned_procedures_come_first_then_the_last_used(counter, typed, world, copies):
    accept(counter, copies_page(typed))
    accept(counter, typed())
    page = text(counter.get(PAGE))
    assert page.index('data-favourite="1"') < page.index("Đăng ký khai sinh")
    assert page.index("Đăng ký khai sinh") < page.index("Chứng thực bản sao")
    counter.post(PAGE, typed(procedure="2.000815", do="pin"))
    page = text(counter.get(PAGE))
    assert page.index("Chứng thực bản sao") < page.index("Đăng ký khai sinh")


def test_the_slip_says_day_hour_reasons_fee_and_what_is_missing(counter, typed, world):
    slip = text(counter.post(reverse("counter:draft_save"), typed(paper_1_count="0")))
    for words in (
        "Thứ Tư, 24/03/2021, 17:00",
        "5 ngày làm việc, tính từ ngày mai.",
        "Vì sao?",
        "Thứ Năm, 18/03/2021",
        "Còn thiếu 1 giấy tờ",
        "Hồ sơ nháp: 1 (của tôi)",
    ):
        assert words in slip
    assert slip.count("<li>Thứ") + slip.count('<li class="not-counted">') <= 8


def test_all_papers_are_marked_at_once(counter, typed, world):
    page = text(counter.post(reverse("counter:filing"), typed(paper_1_count="", do="papers")))
    assert 'value="original" checked' in page
    assert "Còn thiếu" not in page


# Drafts


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
    after = text(counter.post(reverse("counter:draft_discard_all"), follow=True))
    assert "Đã bỏ 2 hồ sơ nháp" in after
    assert not Draft.objects.exists()


def test_a_date_of_birth_is_shown_back_as_it_was_read(counter, typed):
    answer = counter.post(
        reverse("counter:draft_save"), typed(person_born="5990", owner_born="050990")
    )
    assert json.loads(answer["HX-Trigger"]) == {
        "days": {"owner_born": {"typed": "050990", "read": "05/09/1990"}}
    }
    answer = counter.post(reverse("counter:draft_save"), typed(person_born="05/09/1990"))
    assert "HX-Trigger" not in answer


def test_missing_papers_lead_to_the_papers(counter, typed):
    page = text(accept(counter, typed(paper_1_kind=None, paper_1_count=None)))
    assert '<li><a href="#papers">Chưa tiếp nhận được: còn thiếu 1 giấy tờ' in page
    assert 'id="papers"' in page


def test_a_day_of_the_register_is_no_date_of_birth(counter):
    page = text(counter.get(reverse("counter:register"), {"first": "hôm qua"}))
    assert "ví dụ 17/3/2021 hoặc 17032021" in page
    assert "Ngày sinh" not in text(counter.get(reverse("counter:register"), {"first": "1/1/2030"}))


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


# Receipts, register, corrections


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


def test_the_register_lists_the_days_asked_for(counter, typed, world):
    accept(counter, typed())
    register = reverse("counter:register")
    assert "1 hồ sơ tiếp nhận" in text(counter.get(register))
    days = {"first": "1/3/2021", "last": "16/3/2021"}
    assert "Không có hồ sơ nào" in text(counter.get(register, days))
    swapped = counter.get(register, {"first": "17/3/2021", "last": "1/3/2021"})
    assert swapped.status_code == 422
    assert "Ngày cuối ở trước ngày đầu" in text(swapped)
    pdf = counter.get(reverse("counter:register_pdf"), {"first": "17/3/2021"})
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("unseen", ["\u200b", " \u200b\ufeff", "\u00a0"], ids=repr)
@pytest.mark.parametrize("name", ["first", "last"])
def test_a_day_of_invisible_signs_is_a_day_not_typed(counter, typed, world, name, unseen):
    accept(counter, typed())
    page = counter.get(reverse("counter:register"), {name: unseen})
    assert page.status_code in (200, 422)
    pdf = counter.get(reverse("counter:register_pdf"), {name: unseen})
    assert pdf.status_code in (200, 302)


# Who, and at what cost


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
