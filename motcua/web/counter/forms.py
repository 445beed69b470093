"""The counter's other forms: a page's token, the days of the register."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from motcua.domain.vietnamese import tidy
from motcua.web.counter.fields import Day

MOST_DAYS: Final = 92


class TokenForm(forms.Form):
    """Dấu của trang: the page's token; a page without a readable one gets a new one."""

    token = forms.UUIDField()


def page_token(data: Mapping[str, str]) -> uuid.UUID:
    """Return the page's token; a new one where there is none to read."""
    form = TokenForm(data)
    return form.cleaned_data["token"] if form.is_valid() else uuid.uuid4()


class RegisterForm(forms.Form):
    """Sổ theo dõi: from which day to which, both inclusive."""

    first = Day("Từ ngày", 40)
    last = Day("Đến ngày", 40)

    def __init__(self, data: Mapping[str, str], *, on: date) -> None:
        today = f"{on:%d/%m/%Y}"
        super().__init__({name: tidy(data.get(name, "")) or today for name in ("first", "last")})
        for field in self.fields.values():
            field.latest = on

    def clean(self) -> dict[str, Any]:
        """Require an order of days, and no more of them than one print takes."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", "Ngày cuối ở trước ngày đầu. Đổi lại hai ngày.")
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("last", f"Chọn không quá {MOST_DAYS} ngày một lần.")
        return said
