"""Looking people up at the counter: a scanned card, a number known of old, or why neither."""

from collections.abc import Mapping
from typing import Any

from motcua.applicants.queries import known_person
from motcua.domain import typed
from motcua.domain.vietnamese import fold
from motcua.web.counter.page_values import BLOCKS
from motcua.web.counter.people import (
    broken_scans,
    card_values,
    known_values,
    scanned,
    unread_number,
)


class PersonLookUp:
    """Tra người: fills in what was typed on the page, in place; `note` says what was found.

    `again` is the field that is to be typed or scanned once more.
    """

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.note = ""
        self.again = ""

    def look_up(self) -> None:
        """Fill in the people: a card scanned into any field of a block, else who is known."""
        for block in BLOCKS:
            card = scanned(self.values, block)
            if card is not None:
                name, facts = card
                self.values[name] = ""
                self.values.update(card_values(facts, block))
            person = self._known_in(block)
            if card is not None:
                self.note = "Đã đọc thẻ."
            elif person is not None:
                self.note = f"Đã biết: {person.full_name}."
            elif note := self._unknown_in(block):
                self.note = note
            if person is not None:
                self._fill_blanks(known_values(person, block))

    def clear_broken_scans(self) -> None:
        """Empty the fields that a scan filled with half a card, so that the next one is read."""
        broken = [name for block in BLOCKS for name in broken_scans(self.values, block)]
        for name in broken:
            self.values[name] = ""
        if broken:
            self.again = broken[0]
            self.note = "Không đọc được thẻ, quét lại."

    def known_by_another_name(self) -> str:
        """Warn that the number typed is known to be of somebody else; nothing when it is not."""
        person = self._known_in("person")
        typed_name = self.values.get("person_name", "")
        if person is None or not typed_name or fold(person.full_name) == fold(typed_name):
            return ""
        return f"Số định danh này đã ghi cho {person.full_name}. Xem lại số hoặc họ tên."

    def _fill_blanks(self, values: Mapping[str, str]) -> None:
        # What was typed stands.
        for name, value in values.items():
            if value and not self.values.get(name):
                self.values[name] = value

    def _unknown_in(self, block: str) -> str:
        """Say what the number typed is, when it is of nobody known; nothing without a number."""
        number = self.values.get(f"{block}_id", "")
        if not number:
            return ""
        if wrong := unread_number(number):
            self.again = f"{block}_id"
            return wrong
        if self.values.get(f"{block}_name"):
            return "Người mới."
        return "Chưa có trong danh sách: nhập họ tên."

    def _known_in(self, block: str) -> Any:
        try:
            return known_person(typed.read_applicant_number(self.values.get(f"{block}_id", "")))
        except typed.IdentityUnreadable:
            return None
