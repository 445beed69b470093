"""The counter's other forms: a page's token, a correction, the days of the register."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from motcua.domain.vietnamese import tidy
from motcua.dossiers.labels import PARTY_ROLE_LABELS, RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Party
from motcua.dossiers.services.corrections import Corrected
from motcua.dossiers.services.people import PartyFacts
from motcua.web.counter.fields import Birthday, Day, Line, email, full_name, identity, phone
from motcua.web.counter.people import PERSON_PARTS

MOST_DAYS: Final = 92


class TokenForm(forms.Form):
    """Dấu của trang: the page's token; a page without a readable one gets a new one."""

    token = forms.UUIDField()


def page_token(data: Mapping[str, str]) -> uuid.UUID:
    """Return the page's token; a new one where there is none to read."""
    form = TokenForm(data)
    return form.cleaned_data["token"] if form.is_valid() else uuid.uuid4()


class CorrectionForm(forms.Form):
    """Sửa thông tin: what an accepted dossier should say, and why it is corrected.

    `others` are on the same receipt and about the same people: one slip, one name.
    """

    subject = Line("Nội dung")
    return_channel = forms.ChoiceField(
        label="Trả kết quả", choices=list(RETURN_CHANNEL_LABELS.items())
    )
    together = forms.BooleanField(required=False, initial=True)
    reason = Line(
        "Lý do sửa",
        500,
        required=True,
        help_text="In trên phiếu mới và giữ trong hồ sơ, ví dụ: gõ nhầm họ tên.",
        error_messages={"required": "Ghi lý do sửa, ví dụ: gõ nhầm họ tên."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        parties: Iterable[Party],
        on: date,
        others: int,
        **how: Any,
    ) -> None:
        super().__init__(data, **how)
        if others:
            self.fields["together"].label = f"Sửa cả {others + 1} hồ sơ trên giấy tiếp nhận này"
        else:
            del self.fields["together"]
        self.parties_by_role = {party.role: party for party in parties}
        for role in self.parties_by_role:
            words = PARTY_ROLE_LABELS[role].lower()
            born = Birthday("Ngày sinh", 40)
            born.latest = on
            fields = {
                "name": full_name(required=True),
                "id": identity(),
                "born": born,
                "address": Line("Địa chỉ"),
                "phone": phone(),
                "email": email(),
            }
            fields["name"].error_messages["required"] = f"Nhập họ và tên {words}."
            for part, field in fields.items():
                # Two people on one page: the summary of errors says whose field it is.
                field.label = f"{field.label} {words}"
                self.fields[f"{role}_{part}"] = field
        people = [name for name in self.fields if name not in self.base_fields]
        self.order_fields([*people, *self.base_fields])

    def people(self) -> list[dict[str, Any]]:
        """Return one block per party: its title and its fields by what they hold."""
        return [
            {"title": PARTY_ROLE_LABELS[role]}
            | {part: self[f"{role}_{part}"] for part in PERSON_PARTS if part != "sex"}
            for role in self.parties_by_role
        ]

    def values(self) -> Corrected:
        """Return the values for the service; call it when the form is valid."""
        said = self.cleaned_data
        return Corrected(
            parties={
                role: PartyFacts(
                    full_name=said[f"{role}_name"],
                    personal_id=said[f"{role}_id"],
                    born_on=said[f"{role}_born"],
                    address=said[f"{role}_address"],
                    phone=said[f"{role}_phone"],
                    email=said[f"{role}_email"],
                )
                for role in self.parties_by_role
            },
            subject=said["subject"],
            return_channel=said["return_channel"],
        )


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
