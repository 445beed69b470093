"""People at the counter: typed, known by their number, or scanned from a card."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from motcua.applicants.models import Applicant
from motcua.domain import typed
from motcua.domain.citizen_card import CardUnreadable, CitizenCard, Sex, looks_scanned
from motcua.dossiers.models import Party
from motcua.dossiers.services.people import PartyFacts
from motcua.web.counter.fields import Birthday, Line, email, full_name, identity, phone

# What each block of a person on the page is made of, after the block's prefix.
PERSON_PARTS: Final = ("id", "name", "born", "sex", "address", "phone", "email")
RELATIONS: Final = {"submitter": "nộp hộ", "representative": "theo văn bản ủy quyền"}


class SexField(Line):
    """Giới tính: read from a card or known of old, never typed; anything else is nothing."""

    def __init__(self) -> None:
        super().__init__("Giới tính")

    def to_python(self, value: Any) -> str:
        """Return one of Sex, or nothing."""
        text = super().to_python(value)
        return text if text in list(Sex) else ""


class PeopleForm(forms.Form):
    """Người nộp, chủ hồ sơ: who stands at the counter and whom the dossier is about."""

    person_id = identity()
    person_name = full_name()
    person_born = Birthday("Ngày sinh", 40)
    person_sex = SexField()
    person_address = Line("Địa chỉ")
    person_phone = phone()
    person_email = email()
    for_other = forms.BooleanField(label="nộp thay người khác", required=False)
    relation = forms.ChoiceField(
        label="Người nộp là",
        choices=list(RELATIONS.items()),
        required=False,
        initial="submitter",
    )
    owner_id = identity()
    owner_name = full_name()
    owner_born = Birthday("Ngày sinh", 40)
    owner_sex = SexField()
    owner_address = Line("Địa chỉ")
    owner_phone = phone()

    def __init__(self, values: Mapping[str, str], *, on: date, is_checked: bool) -> None:
        values = {"relation": "submitter", **values}
        # Errors are said once acceptance was tried, not while one types.
        super().__init__(values if is_checked else None, initial=values)
        for name in ("person_born", "owner_born"):
            self.fields[name].latest = on
        for part in ("id", "name", "born", "address", "phone"):
            # Two people on one page: the summary of errors says whose field it is.
            field = self.fields[f"owner_{part}"]
            field.label = f"{field.label} chủ hồ sơ"

    def clean(self) -> dict[str, Any]:
        """Require a name for everybody named; nothing else is required."""
        said = super().clean() or {}
        if not said.get("person_name") and "person_name" not in self.errors:
            self.add_error("person_name", "Nhập họ và tên người nộp.")
        if said.get("for_other"):
            if not said.get("owner_name") and "owner_name" not in self.errors:
                self.add_error("owner_name", "Nhập họ và tên chủ hồ sơ, hoặc bỏ “nộp thay”.")
            same = said.get("owner_id") and said.get("owner_id") == said.get("person_id")
            if same:
                self.add_error(
                    "owner_id", "Trùng số của người nộp. Sửa lại, hoặc bỏ “nộp thay người khác”."
                )
        return said

    def parties(self) -> dict[str, PartyFacts]:
        """Return the parties of every filing on this page; call it when the form is valid."""
        person = self._person("person")
        if not self.cleaned_data["for_other"]:
            return {"owner": person}
        role = self.cleaned_data["relation"] or "submitter"
        return {"owner": self._person("owner"), role: person}

    def _person(self, block: str) -> PartyFacts:
        said = {part: self.cleaned_data.get(f"{block}_{part}", "") for part in PERSON_PARTS}
        return PartyFacts(
            full_name=said["name"],
            personal_id=said["id"],
            phone=said["phone"],
            email=said["email"],
            address=said["address"],
            born_on=said["born"] or None,
            sex=said["sex"],
        )


def scanned(data: Mapping[str, str], block: str) -> tuple[str, CitizenCard] | None:
    """Return the field of this block that a card was scanned into, and the card."""
    for part in PERSON_PARTS:
        text = data.get(f"{block}_{part}", "")
        if not looks_scanned(text):
            continue
        try:
            return f"{block}_{part}", CitizenCard.parse(text[text.find(_start_of(text)) :])
        except CardUnreadable:
            continue
    return None


def broken_scans(data: Mapping[str, str], block: str) -> list[str]:
    """Return the fields of this block that hold what is left of a card no scanner read whole."""
    names = [f"{block}_{part}" for part in PERSON_PARTS]
    return [name for name in names if "|" in data.get(name, "")]


def unread_number(text: str) -> str:
    """Say what is wrong with a number that is none of an applicant; nothing where it is one."""
    try:
        typed.read_applicant_number(text)
    except typed.IdentityUnreadable:
        digits = "".join(text.split())
        if digits.isdecimal() and len(digits) < typed.LONGEST_PERSONAL_ID:
            return "Số chưa đủ 9 hoặc 12 chữ số."
        return "Số không đúng dạng, xem lại."
    return ""


def card_values(card: CitizenCard, block: str) -> dict[str, str]:
    """Return what the card fills in."""
    return {
        f"{block}_id": card.personal_id,
        f"{block}_name": card.full_name,
        f"{block}_born": f"{card.born_on:%d/%m/%Y}",
        f"{block}_sex": card.sex.value if card.sex else "",
        f"{block}_address": card.address,
    }


def known_values(person: Applicant | Party, block: str) -> dict[str, str]:
    """Return what a known person fills in."""
    return {
        f"{block}_id": person.personal_id,
        f"{block}_name": person.full_name,
        f"{block}_born": f"{person.born_on:%d/%m/%Y}" if person.born_on else "",
        f"{block}_sex": person.sex,
        f"{block}_address": person.address,
        f"{block}_phone": person.phone,
        f"{block}_email": person.email,
    }


def _start_of(text: str) -> str:
    """Return the card's own text: a scan may follow what was typed before it in the field."""
    head = text.split("|", 1)[0]
    return head[-12:]
