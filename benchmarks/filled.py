"""Forms of a page, filled in as in a hurry: what is there stays, the rest is typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

REASON: Final = "Lý do ghi trong hồ sơ theo quy định"
_TYPED: Final = {"text", "search", "tel", "email", "number", "date", "datetime-local", "time"}


@dataclass(slots=True)
class Form:
    """One form of the page that is posted: where to, and what it says."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def with_typed(self, typed: dict[str, str]) -> list[tuple[str, str]]:
        """Return the fields, each empty one with what is typed into a field of that name."""
        return [(name, value or typed.get(name, "")) for name, value in self.fields]


def forms_of(page: str) -> list[Form]:
    """Return the forms that are posted, in the order of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._area: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_posted = said.get("method", "").lower() == "post"
            self._open = Form(said.get("action", "")) if is_posted else None
            if self._open is not None:
                self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "input" and "name" in said:
            self._input(said)
        elif tag == "button" and said.get("type", "submit") == "submit" and "name" in said:
            self._once(said["name"], said.get("value", ""))
        elif tag == "select":
            self._select = said.get("name")
        elif tag == "option" and self._select and said.get("value"):
            self._once(self._select, said["value"])
        elif tag == "textarea":
            self._area, self._words = said.get("name"), ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None and self._open is not None:
            self._open.fields.append((self._area, self._words.strip() or REASON))
            self._area = None

    def _input(self, said: dict[str, str]) -> None:
        assert self._open is not None
        kind = said.get("type", "text")
        if kind == "radio":
            self._once(said["name"], said.get("value", "on"))
        elif kind == "checkbox":
            if "checked" in said:
                self._open.fields.append((said["name"], said.get("value", "on")))
        elif kind == "hidden" or kind in _TYPED:
            self._open.fields.append((said["name"], said.get("value", "")))

    def _once(self, name: str, value: str) -> None:
        assert self._open is not None
        if name not in dict(self._open.fields):
            self._open.fields.append((name, value))
