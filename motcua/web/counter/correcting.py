"""The form of a correction: what stands, what is typed, and what a colleague changed meanwhile.

Two officers may have the same dossier open. The form carries each value as it stood when the page
was read, so that a value only the other one changed is never written back to what it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms

from motcua.dossiers.labels import PARTY_ROLE_LABELS, RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.services.corrections import Corrected
from motcua.dossiers.services.people import PartyFacts
from motcua.web.counter.fields import Birthday, Line, email, full_name, identity, phone
from motcua.web.counter.people import PERSON_PARTS

NEVER_SEEN: Final = -1
# Before a field's name: its value when the page was read, and whose of two values is written.
FIRST: Final = "first_"
WHOSE: Final = "whose_"
OTHERS, OWN = "others", "own"


def stored_values(dossier: Dossier, parties: Iterable[Party]) -> dict[str, str]:
    """Return what stands in the dossier, by the form's fields, as it is typed."""
    values = {"subject": dossier.subject, "return_channel": dossier.return_channel}
    for party in parties:
        values |= {
            f"{party.role}_name": party.full_name,
            f"{party.role}_id": party.personal_id,
            f"{party.role}_born": f"{party.born_on:%d/%m/%Y}" if party.born_on else "",
            f"{party.role}_address": party.address,
            f"{party.role}_phone": party.phone,
            f"{party.role}_email": party.email,
        }
    return values


def _as_typed(value: date | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:%d/%m/%Y}"


def _decided(data: Mapping[str, str] | None, names: Iterable[str]) -> Mapping[str, str] | None:
    """Return the page's values, the colleague's where the officer left it at that."""
    if data is None:
        return None
    kept = {
        name: data.get(f"{FIRST}{name}", "")
        for name in names
        if data.get(f"{WHOSE}{name}") == OTHERS
    }
    return {**{name: data[name] for name in data}, **kept}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Hai người cùng sửa: the page's values over what stands now; `changed` a colleague changed."""

    data: Mapping[str, str]
    changed: tuple[str, ...]


class CorrectionForm(forms.Form):
    """Sửa thông tin: what an accepted dossier should say, and why it is corrected.

    `others` are on the same receipt and about the same people: one slip, one name. `stored` are
    the values a page newly read shows.
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
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        parties: Iterable[Party],
        on: date,
        others: int,
        stored: Mapping[str, str],
        revision: int,
    ) -> None:
        super().__init__(_decided(data, stored), initial={**stored, "revision": revision})
        self.stored = stored
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
        for name in stored:
            self.fields[f"{FIRST}{name}"] = forms.CharField(
                initial=stored[name], required=False, strip=False, widget=forms.HiddenInput()
            )
            if f"{WHOSE}{name}" in self.data:
                self._ask_whose(name)

    def _ask_whose(self, name: str) -> None:
        """Ask whose of two values is written where a colleague changed the field as well."""
        others = self.data.get(f"{FIRST}{name}", "")
        said = dict(RETURN_CHANNEL_LABELS).get(others, others) or "để trống"
        self.fields[f"{WHOSE}{name}"] = forms.ChoiceField(
            label=self.fields[name].label,
            choices=[
                (OTHERS, f"Giữ giá trị đồng nghiệp vừa ghi: {said}"),
                (OWN, "Ghi giá trị ông/bà gõ ở ô bên dưới"),
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": f"Đồng nghiệp vừa sửa thành “{said}”. Chọn giá trị được ghi.",
                "invalid_choice": "Chọn một trong hai giá trị.",
            },
        )

    def clean(self) -> dict[str, Any]:
        """Let a page be sent that does not say which dossier it saw."""
        said = super().clean() or {}
        # A page that does not say what it saw is older than anything.
        self.errors.pop("revision", None)
        said["revision"] = said.get("revision") or NEVER_SEEN
        return said

    def contested(self) -> list[forms.BoundField]:
        """Return the questions about fields which two officers changed."""
        return [self[name] for name in self.fields if name.startswith(WHOSE)]

    def firsts(self) -> list[forms.BoundField]:
        """Return the hidden fields: what the page showed first."""
        return [self[name] for name in self.fields if name.startswith(FIRST)]

    def met_with(self, stored: Mapping[str, str], revision: int) -> "Meeting":
        """Return what the page says where it meets what a colleague wrote meanwhile.

        Call it when the form is valid.
        """
        data = dict(self.data)
        data["revision"] = str(revision)
        changed = []
        for name, now in stored.items():
            first, own = self.data.get(f"{FIRST}{name}"), _as_typed(self.cleaned_data[name])
            data.pop(f"{WHOSE}{name}", None)
            data[f"{FIRST}{name}"] = now
            if own == first and own != now:
                data[name] = now
                changed.append(name)
            elif now not in (first, own):
                data[f"{WHOSE}{name}"] = ""
        return Meeting(data=data, changed=tuple(changed))

    def say_changed(self, names: Iterable[str]) -> None:
        """Say beside these fields that a colleague changed them."""
        for name in names:
            now = self.stored[name]
            said = dict(RETURN_CHANNEL_LABELS).get(now, now)
            self.fields[name].help_text = (
                f"Đồng nghiệp đã sửa thành “{said}”." if said else "Đồng nghiệp đã xóa trống."
            )

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
