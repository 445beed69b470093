"""Reception with nothing but a keyboard, and certified copies in a few groups of keys."""

import re
import time

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
    page.goto("/work/")
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


def test_a_reception_by_keyboard_alone(visit):
    page = visit("lieu-de.reception")
    page.goto("/work/")
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
