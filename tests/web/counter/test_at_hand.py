"""What the reception page fills in, finds and says before anything is accepted."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.applicants.models import Applicant
from tests.web.counter.conftest import CARD, NAME
from tests.web.counter.page import PAGE, accept, copies_page, text
from tests.world import MORNING


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
    ("typed_in", "said", "again", "left"),
    [
        ({"person_id": "123"}, "Số chưa đủ 9 hoặc 12 chữ số.", "person_id", "123"),
        ({"person_id": "000000000000"}, "Số không đúng dạng", "person_id", "000000000000"),
        ({"person_id": "036185||"}, "Không đọc được thẻ, quét lại.", "person_id", ""),
        ({"person_name": "036185||Tr"}, "Không đọc được thẻ, quét lại.", "person_name", ""),
        (
            {"person_id": "036300000001"},
            "Chưa có trong danh sách: nhập họ tên.",
            "",
            "036300000001",
        ),
        ({"person_id": "036300000001", "person_name": NAME}, "Người mới.", "", "036300000001"),
    ],
)
def test_a_look_up_says_what_the_number_is(counter, typed, world, typed_in, said, again, left):
    values = {name: value for name, value in typed().items() if not name.startswith("person")}
    answer = counter.post(reverse("counter:person"), values | typed_in)
    assert said in text(answer)
    person = json.loads(answer["HX-Trigger-After-Swap"])["person"]
    assert person["again"] == again
    page = text(counter.post(PAGE, values | typed_in | {"do": "look"}))
    assert said in page
    field = again or "person_id"
    assert f'name="{field}" id="id_{field}" value="{left}"' in page


def test_half_a_scan_is_no_person_without_a_number(counter, typed, world):
    response = accept(counter, typed(person_id="036185||"))
    assert response.status_code == 422
    assert 'value="036185||"' in text(response)


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


def keys(counter):
    """What the page offers at hand: each procedure's code with its digit."""
    return [(row.code, row.key) for row in counter.get(PAGE).context["page"].at_hand.favourites]


def test_no_use_of_a_day_moves_a_digit_under_the_fingers(counter, typed, world, copies, set_clock):
    birth, copy = "1.001193", "2.000815"
    accept(counter, copies_page(typed))
    assert keys(counter) == [(copy, None)], "first used today: at hand, without a digit"
    assert "data-favourite" not in text(counter.get(PAGE))
    accept(counter, typed())
    set_clock(MORNING + timedelta(days=1))
    assert keys(counter) == [(birth, 1), (copy, 2)] or keys(counter) == [(copy, 1), (birth, 2)]
    before = keys(counter)
    for _time in range(2):
        accept(counter, copies_page(typed))
        assert keys(counter) == before
        accept(counter, typed())
        assert keys(counter) == before
    set_clock(MORNING + timedelta(days=1, minutes=5))
    accept(counter, copies_page(typed))
    assert keys(counter) == before
    set_clock(MORNING + timedelta(days=2))
    assert keys(counter) == [(copy, 1), (birth, 2)], "what was used last begins the next day"


def test_pinned_procedures_come_first_and_keep_their_order(
    counter, typed, world, copies, set_clock
):
    accept(counter, copies_page(typed))
    accept(counter, typed())
    set_clock(MORNING + timedelta(days=1))
    counter.post(PAGE, typed(procedure="1.001193", do="pin"))
    assert keys(counter) == [("1.001193", 1), ("2.000815", 2)]
    assert 'data-favourite="1"' in text(counter.get(PAGE))
    counter.post(PAGE, typed(procedure="2.000815", do="pin"))
    pinned = keys(counter)
    accept(counter, typed())
    set_clock(MORNING + timedelta(days=2))
    assert keys(counter) == pinned


def test_the_slip_says_day_hour_reasons_fee_and_what_is_missing(counter, typed, world):
    slip = text(counter.post(reverse("counter:draft_save"), typed(paper_1_count="0")))
    for words in (
        "Thứ Tư, 24/03/2021, 17:00",
        "5 ngày làm việc, tính từ ngày mai.",
        "Vì sao?",
        "Thứ Năm, 18/03<",
        "Phí, lệ phí <b>không thu</b>",
        "Còn thiếu 1 giấy tờ",
        "Hồ sơ nháp: 1 (của tôi)",
    ):
        assert words in slip
    assert slip.count("<li>Thứ") + slip.count('<li class="not-counted">') <= 8


def test_all_papers_are_marked_at_once(counter, typed, world):
    page = text(counter.post(reverse("counter:filing"), typed(paper_1_count="", do="papers")))
    assert 'value="original" checked' in page
    assert "Còn thiếu" not in page


def test_a_date_of_birth_is_shown_back_as_it_was_read(counter, typed):
    answer = counter.post(
        reverse("counter:draft_save"), typed(person_born="5990", owner_born="050990")
    )
    assert json.loads(answer["HX-Trigger"]) == {
        "days": {"owner_born": {"typed": "050990", "read": "05/09/1990"}}
    }
    answer = counter.post(reverse("counter:draft_save"), typed(person_born="05/09/1990"))
    assert "HX-Trigger" not in answer
