"""The register of the days asked for."""

import pytest
from django.urls import reverse

from tests.web.counter.page import accept, text


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


def test_days_are_shown_as_they_were_understood(counter):
    page = counter.get(reverse("counter:register"), {"first": "01032021", "last": "17032021"})
    assert 'value="01/03/2021"' in page.content.decode()
    assert 'value="17/03/2021"' in page.content.decode()


def test_a_day_of_the_register_is_no_date_of_birth(counter):
    page = text(counter.get(reverse("counter:register"), {"first": "hôm qua"}))
    assert "ví dụ 17/3/2021 hoặc 17032021" in page
    assert "Ngày sinh" not in text(counter.get(reverse("counter:register"), {"first": "1/1/2030"}))


@pytest.mark.parametrize("unseen", ["\u200b", " \u200b\ufeff", "\u00a0"], ids=repr)
@pytest.mark.parametrize("name", ["first", "last"])
def test_a_day_of_invisible_signs_is_a_day_not_typed(counter, typed, world, name, unseen):
    accept(counter, typed())
    page = counter.get(reverse("counter:register"), {name: unseen})
    assert page.status_code in (200, 422)
    pdf = counter.get(reverse("counter:register_pdf"), {name: unseen})
    assert pdf.status_code in (200, 302)


def test_days_typed_without_end_lead_to_the_page_that_says_why(counter, world, caplog):
    typed = {"first": "9" * 20_000, "other": "x" * 20_000}
    answer = counter.get(reverse("counter:register_pdf"), typed, follow=True)
    assert answer.status_code == 422
    assert "Từ ngày" in answer.content.decode()
    assert not any(line.exc_info for line in caplog.records)


def test_pages_answer_to_head_as_to_get(counter, world):
    for name in ("reception", "certified", "drafts", "register", "hand_over", "ready"):
        asked = counter.head(reverse(f"counter:{name}"))
        assert (asked.status_code, asked.content) == (200, b""), name
