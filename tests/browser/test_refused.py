"""What does not belong here is refused at the counter, with where to go instead."""

import io

import pypdfium2

from tests.browser.test_journey import PERSON


def fill_in(page, person):
    page.goto("/counter/?procedure=1.004884")
    for name, value in person.items():
        page.fill(f"[name={name}]", value)
    page.wait_for_load_state("networkidle")


def text_of(page, link):
    printed = page.request.get(page.get_attribute(link, "href"))
    document = pypdfium2.PdfDocument(io.BytesIO(printed.body()))
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_refused_at_once_with_the_place_to_go(visit):
    counter, stranger = visit("lieu-de.reception"), visit("huyen.handler")
    fill_in(counter, {**PERSON, "person_id": "003190000780"})
    counter.click("button[value=refuse]")
    counter.wait_for_url("**/refuse/")
    counter.locator("input[value=wrong_body]").check()
    counter.fill("[name=reason]", "Việc này do UBND huyện giải quyết")
    counter.fill("[name=guidance]", "Trung tâm hành chính huyện Nghĩa Hưng, khu phố 1")
    counter.click("form[data-main] [data-send]")
    counter.wait_for_url("**/counter/incomplete/*/")
    assert "Không được tiếp nhận" in counter.inner_text("main")
    said = text_of(counter, "a[href$='.pdf']")
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in said
    assert "Việc này do UBND huyện giải quyết" in said and "khu phố 1" in said
    for address in (counter.url, counter.get_attribute("a[href$='.pdf']", "href")):
        assert stranger.request.get(address).status == 404


def test_not_complete_it_waits_and_is_opened_again(visit):
    counter = visit("lieu-de.reception")
    person = {**PERSON, "person_id": "003190000781", "person_name": "Trần Thị Chờ Đợi"}
    fill_in(counter, person)
    counter.click("button[value=incomplete]")
    counter.wait_for_url("**/incomplete/")
    for reason in counter.locator(".marks input[name^=reason_]").all():
        reason.fill("Chưa mang theo")
    counter.click("form[data-main] [data-send]")
    counter.wait_for_url("**/counter/incomplete/*/")
    assert "Chờ hoàn thiện" in counter.inner_text("main")
    counter.goto("/counter/incomplete/")
    counter.locator("tr", has_text="Trần Thị Chờ Đợi").locator("a[data-open]").click()
    counter.click("a[href$='/open/']")
    counter.wait_for_load_state("networkidle")
    assert counter.input_value("[name=person_id]") == "003190000781"
    counter.click("[data-papers]")
    counter.wait_for_selector("[data-kind]:checked")
    counter.wait_for_load_state("networkidle")
    counter.keyboard.press("Control+Enter")
    counter.wait_for_url("**/counter/receipts/**")
    assert "Trần Thị Chờ Đợi" in counter.inner_text("main")
    counter.goto("/counter/incomplete/")
    assert "Trần Thị Chờ Đợi" not in counter.inner_text("main")
