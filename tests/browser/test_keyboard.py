"""Reception with nothing but a keyboard, and certified copies in a few groups of keys."""

import re
import time

import pytest

KNOWN = "003190000001"


class Keyboard:
    """Counts keystroke groups: a run of characters in a field, or one key."""

    def __init__(self, page):
        self.page = page
        self.groups = 0

    def type(self, text):
        self.page.keyboard.type(text)
        self.groups += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.groups += 1


def test_a_known_person_s_certified_copies_in_at_most_eight_groups(visit):
    page = visit("lieu-de.reception")
    page.goto("/workspace/")
    keys = Keyboard(page)
    keys.press("F2")
    page.wait_for_url("**/counter/")
    keys.press("1")
    page.wait_for_selector("[name=copies]")
    keys.type(KNOWN)
    keys.press("Enter")
    _until(page, "document.querySelector('[name=person_name]').value !== ''")
    _until(page, "document.activeElement.name === 'copies'")
    keys.type("2")
    keys.press("Control+Enter")
    page.wait_for_url("**/counter/receipts/**")
    assert "SCT/BS" in page.inner_text("main")
    assert keys.groups <= 8


@pytest.mark.parametrize("delay", [0, 80], ids=["machine", "hand"])
def test_certified_copies_need_no_waiting(visit, delay):
    page = visit("lieu-de.reception")
    page.goto("/workspace/")
    page.keyboard.press("F2")
    page.wait_for_url("**/counter/")
    for text in ("1", KNOWN, "\n", "2"):
        page.keyboard.type(text, delay=delay)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/counter/receipts/**")
    text = page.inner_text("main")
    assert "SCT/BS" in text
    page.goto(page.get_by_role("link", name="Xem hồ sơ").get_attribute("href"))
    assert KNOWN in page.inner_text("main")


@pytest.mark.parametrize("number", ["162345678", "003190000001", "0600123456"])
@pytest.mark.parametrize("delay", [0, 80], ids=["machine", "hand"])
def test_a_number_typed_outside_the_fields_is_the_person_s(visit, number, delay):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.keyboard.type(number, delay=delay)
    page.wait_for_timeout(500)
    assert page.input_value("[name=person_id]") == number
    assert page.evaluate("document.activeElement.name") == "person_id"
    assert page.input_value("[name=procedure]") == ""


def test_a_digit_alone_chooses_a_favourite(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.keyboard.press("2")
    _until(page, "document.querySelector('[name=procedure]').value !== ''")
    _until(page, "document.activeElement.name === 'person_id'")


def test_copies_typed_ahead_of_an_unknown_name_are_not_sent(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.keyboard.type("1003190999998\n2")
    page.keyboard.press("Control+Enter")
    _until(page, "document.activeElement.name === 'person_name'")
    assert page.input_value("[name=person_name]") == ""
    assert page.url.endswith("/counter/")


def test_the_words_typed_last_are_those_that_choose(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.focus("[name=search]")
    page.keyboard.type("khai sinh\n")
    _until(page, "document.querySelector('[name=procedure]').value !== ''")
    assert "khai sinh" in page.inner_text(".chosen").lower()


def test_the_line_that_enter_takes_is_marked(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.fill("[name=search]", "khai sinh")
    page.wait_for_selector("[data-choice]")
    assert page.locator("[data-choice][aria-current]").count() == 1
    assert "Enter" in page.locator("[data-choice]").first.inner_text()


def test_each_page_begins_at_the_field_that_comes_next(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.type("1" + KNOWN + "\n")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/counter/receipts/**")
    page.get_by_role("link", name="Bản sao loại khác").click()
    page.wait_for_url("**/certified/**")
    assert page.evaluate("document.activeElement.name") == "copies"
    assert page.evaluate("getSelection().toString()") == "1"
    page.goto("/counter/?procedure=1.001193")
    assert page.evaluate("document.activeElement.name") == "person_id"
    page.fill("[name=person_id]", "003190000555")
    page.fill("[name=person_name]", "Lê Thị Hoa")
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/drafts/**")
    assert page.evaluate("document.activeElement.name") == "person_born"
    page.click("[data-papers]")
    page.wait_for_selector("[data-kind]:checked")
    page.get_by_role("button", name="Thêm thủ tục khác").click()
    page.wait_for_selector("#added")
    assert page.evaluate("document.activeElement.name") == "search"


@pytest.mark.parametrize("field", ["", "[name=full_name]", "[name=note]"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_card_scanned_on_the_return_page_fills_number_and_name(visit, field, script):
    page = visit("lieu-de.reception", script=script)
    page.goto("/counter/ready/")
    page.goto(page.locator("[data-open]").first.get_attribute("href"))
    before = page.inner_text("h1")
    if field:
        page.focus(field)
    page.keyboard.type("036185000123||Trần Thị Mười|05091985|Nữ|Xóm 1|01032021\n")
    page.get_by_text("Đã đọc thẻ").wait_for()
    assert page.input_value("[name=personal_id]") == "036185000123"
    assert page.input_value("[name=full_name]") == "Trần Thị Mười"
    assert page.inner_text("h1") == before


def test_a_reception_by_keyboard_alone(visit):
    page = visit("lieu-de.reception")
    page.goto("/workspace/")
    page.keyboard.press("F2")
    page.wait_for_url("**/counter/")
    _to(page, "person_id")
    page.keyboard.type("003190000888")
    for name, text in (
        ("person_name", "Đỗ Thị Ánh Nguyệt"),
        ("person_born", "17031988"),
        ("person_address", "Xóm 2, thị trấn Liễu Đề"),
        ("person_phone", "0100000888"),
        ("search", "khai sinh"),
    ):
        _to(page, name)
        page.keyboard.type(text)
    page.wait_for_selector("[data-choice]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-papers]")
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-papers]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-kind]:checked")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/counter/receipts/**")
    assert re.search(r"H40-\d{6}-\d{4}", page.inner_text("main"))


def test_a_scanned_card_fills_the_person_wherever_it_is_typed(visit):
    page = visit("lieu-de.reception")
    page.goto("/counter/")
    page.focus("[name=person_name]")
    page.keyboard.type("003190000999||Trần Thị Na|05091990|Nữ|Xóm 1, Liễu Đề|01032021")
    page.keyboard.press("Enter")
    _until(page, "document.querySelector('[name=person_id]').value === '003190000999'")
    _until(page, "document.querySelector('[name=person_name]').value !== ''")
    assert page.input_value("[name=person_name]") == "Trần Thị Na"
    assert page.url.endswith("/counter/")


def _until(page, expression):
    """Wait until the page says so; its policy lets no string be run inside it."""
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        time.sleep(0.05)
    raise AssertionError(expression)


def _to(page, name):
    """Press Tab until the field has the focus, as a person would."""
    for _press in range(60):
        if page.evaluate("document.activeElement.name || ''") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {name}")
