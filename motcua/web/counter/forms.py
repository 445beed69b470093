"""What is typed at the counter, made into values: people, a filing, a correction."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from motcua.agencies.models import Officer
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import fee_rules
from motcua.domain import typed
from motcua.domain.checklist import CopyKind, Presented, Required
from motcua.domain.citizen_card import CardUnreadable, CitizenCard, looks_scanned
from motcua.domain.fee import PER_PAGE, FeeLine, fees_for_copies
from motcua.domain.vietnamese import tidy
from motcua.dossiers.labels import PARTY_ROLE_LABELS, RETURN_CHANNEL_LABELS
from motcua.dossiers.models import Party
from motcua.dossiers.services.corrections import Corrected
from motcua.dossiers.services.reception import Filing, PartyFacts, required_papers

MOST_PAPERS: Final = 999
MOST_COPIES: Final = 999
SIGNER_LENGTH: Final = 120
MOST_DAYS: Final = 92

# What each block of a person on the page is made of, after the block's prefix.
PERSON_PARTS: Final = ("id", "name", "born", "sex", "address", "phone", "email")
COPY_KINDS: Final = {
    CopyKind.ORIGINAL: "bản chính",
    CopyKind.CERTIFIED: "chứng thực",
    CopyKind.PHOTOCOPY: "bản chụp",
}
RELATIONS: Final = {"submitter": "nộp hộ", "representative": "theo văn bản ủy quyền"}


class Line(forms.CharField):
    """One line of text, tidied as it is stored: NFC, trimmed, single spaces."""

    def __init__(self, label: str, length: int = 255, **how: Any) -> None:
        how.setdefault("required", False)
        super().__init__(label=label, max_length=length, **how)
        self.error_messages["max_length"] = "Dài quá %(limit_value)d ký tự. Rút gọn lại."

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored."""
        return tidy(super().to_python(value) or "")


class TypedLine(Line):
    """A line read by one of the readers of domain/typed.py; empty stays empty."""

    def __init__(self, label: str, reader: Any, advice: str, **how: Any) -> None:
        super().__init__(label, **how)
        self.reader = reader
        self.advice = advice

    def clean(self, value: Any) -> Any:
        """Return the value read.  Raises ValidationError with what to do."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.reader(text)
        except ValueError as problem:
            raise forms.ValidationError(self.advice) from problem


class Birthday(Line):
    """A date of birth as people type it; `latest` is the day it is typed on."""

    latest: date

    def clean(self, value: Any) -> date | None:
        """Return the date, None when empty.  Raises ValidationError with what to do."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.read_date(text, latest=self.latest)
        except typed.DateTooLate as problem:
            raise forms.ValidationError("Ngày sinh ở sau hôm nay. Nhập lại ngày.") from problem
        except typed.DateUnreadable as problem:
            raise forms.ValidationError(
                "Không đọc được ngày. Nhập ngày, tháng, năm, ví dụ 17/3/1990 hoặc 17031990."
            ) from problem


def identity() -> TypedLine:
    """Return a field for whoever applies: a citizen, a foreigner, an organisation."""
    return TypedLine(
        "Số định danh",
        typed.read_applicant_number,
        "Số này không đúng dạng. Nhập CCCD 12 số, CMND 9 số, hộ chiếu, hoặc mã số doanh nghiệp "
        "10 số; không có thì để trống.",
        length=400,
    )


def phone() -> TypedLine:
    """Return a field for a telephone number."""
    return TypedLine(
        "Điện thoại",
        typed.read_phone,
        "Số điện thoại không đúng. Nhập 10 số bắt đầu bằng 0; không có thì để trống.",
        length=60,
    )


def email() -> forms.EmailField:
    """Return a field for an e-mail address."""
    return forms.EmailField(
        label="Thư điện tử",
        required=False,
        max_length=254,
        error_messages={"invalid": "Địa chỉ thư chưa đúng. Nhập lại, hoặc để trống."},
    )


class PeopleForm(forms.Form):
    """Người nộp, chủ hồ sơ: who stands at the counter and whom the dossier is about."""

    person_id = identity()
    person_name = Line("Họ và tên")
    person_born = Birthday("Ngày sinh", 40)
    person_sex = Line("Giới tính", 8)
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
    owner_name = Line("Họ và tên")
    owner_born = Birthday("Ngày sinh", 40)
    owner_sex = Line("Giới tính", 8)
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


class FilingForm(forms.Form):
    """Hồ sơ: one request under one procedure, with its papers, copies and fees."""

    procedure = forms.CharField(widget=forms.HiddenInput(), required=False)
    case = forms.ChoiceField(label="Trường hợp", required=False)
    subject = Line("Nội dung")
    sets = forms.IntegerField(label="Số bộ", min_value=1, max_value=99, initial=1)
    copies = forms.IntegerField(label="Số bản", min_value=1, max_value=MOST_COPIES, initial=1)
    pages = forms.IntegerField(
        label="Số trang mỗi bản", min_value=1, max_value=MOST_COPIES, initial=1
    )
    exempt = forms.BooleanField(label="miễn, không thu", required=False)
    exempt_reason = Line("Lý do miễn")
    return_channel = forms.ChoiceField(
        label="Trả kết quả",
        choices=list(RETURN_CHANNEL_LABELS.items()),
        initial="counter",
        required=False,
    )
    later = forms.BooleanField(label="hẹn trả sau, có phiếu hẹn", required=False)
    signer = forms.ChoiceField(label="Người ký", required=False)

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        version: ProcedureVersion | None,
        signers: Iterable[Officer] = (),
    ) -> None:
        initial = {name: field.initial for name, field in self.base_fields.items()}
        filled = {name: str(value) for name, value in initial.items() if value is not None}
        super().__init__({**filled, **{name: text for name, text in data.items() if text != ""}})
        self.version = version
        self.cases = list(version.cases.all()) if version else []
        self.rules = fee_rules(version) if version else ()
        self.fields["case"].choices = [("", "chọn"), *((c.code, c.name) for c in self.cases)]
        self.fields["signer"].choices = [
            (signer_words(officer), signer_words(officer)) for officer in signers
        ]
        for name in ("sets", "copies", "pages"):
            field = self.fields[name]
            highest = field.max_value
            field.error_messages = {
                **field.error_messages,
                "invalid": f"Nhập một số nguyên từ 1 đến {highest}.",
                "min_value": f"Nhập một số nguyên từ 1 đến {highest}.",
                "max_value": f"Nhập một số nguyên từ 1 đến {highest}.",
            }
        self.fields["case"].error_messages["invalid_choice"] = (
            "Chọn một trường hợp trong danh sách."
        )
        self.fields["signer"].error_messages["invalid_choice"] = "Chọn người ký trong danh sách."

    @property
    def chosen_case(self) -> ProcedureCase | None:
        """The case chosen so far."""
        code = self.data.get("case", "")
        return next((case for case in self.cases if case.code == code), None)

    @property
    def required(self) -> tuple[Required, ...]:
        """The papers the procedure asks for in this case."""
        return required_papers(self.version, self.chosen_case) if self.version else ()

    @property
    def is_returned_at_once(self) -> bool:
        """Whether the result goes out in the act that receives: the fast lane."""
        return bool(self.version and self.version.is_settled_at_once and not self.data.get("later"))

    @property
    def counts_pages(self) -> bool:
        """Whether a rate is published per page."""
        return any(rule.per == PER_PAGE for rule in self.rules)

    @property
    def counts_copies(self) -> bool:
        """Whether a rate is published per copy or page, or copies are what is given out."""
        return any(rule.per for rule in self.rules) or bool(
            self.version and self.version.is_settled_at_once
        )

    def paper_rows(self) -> list[dict[str, Any]]:
        """Return one row per required paper with what was typed for it."""
        return [
            {
                "paper": paper,
                "kind": self.data.get(f"paper_{paper.position}_kind", ""),
                "count": self.data.get(f"paper_{paper.position}_count", ""),
                "kinds": [
                    (kind.value, words, self._kind_of(paper) == kind)
                    for kind, words in COPY_KINDS.items()
                ],
                "error": self.errors.get(f"paper_{paper.position}_count", [""])[0],
            }
            for paper in self.required
        ]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together: procedure, case, papers, exemption, signer."""
        said = super().clean() or {}
        if self.version is None:
            self.add_error("procedure", "Chọn thủ tục.")
            return said
        if self.cases and self.chosen_case is None and "case" not in self.errors:
            self.add_error("case", "Chọn trường hợp: giấy tờ và thời hạn theo từng trường hợp.")
        if said.get("exempt") and not said.get("exempt_reason"):
            self.add_error("exempt_reason", "Ghi lý do miễn, ví dụ: người có công, hộ nghèo.")
        if self.is_returned_at_once and not said.get("signer") and "signer" not in self.errors:
            self.add_error("signer", "Chọn người ký kết quả.")
        said["papers"] = self._papers()
        return said

    def papers(self) -> tuple[Presented, ...]:
        """Return what lies on the counter; in the fast lane, what the procedure asks for.

        Accepting there says that the originals were seen: they go back with the copies.
        """
        if self.is_returned_at_once:
            return tuple(_as_asked(paper) for paper in self.required if paper.compulsory)
        return self.cleaned_data.get("papers", ())

    def fees(self) -> tuple[FeeLine, ...]:
        """Return what is due for the copies and pages typed so far; one where unreadable."""
        return fees_for_copies(
            self.rules,
            copies=self.cleaned_data.get("copies") or 1,
            pages=self.cleaned_data.get("pages") or 1,
            exempt=bool(self.cleaned_data.get("exempt")),
        )

    def filing(self, parties: Mapping[str, PartyFacts]) -> Filing:
        """Return the values for the service; call it when the form is valid."""
        said = self.cleaned_data
        at_once = self.is_returned_at_once
        assert self.version is not None, "a valid filing has its procedure"
        return Filing(
            **parties,
            version=self.version,
            case=self.chosen_case,
            papers=tuple(paper for paper in self.papers() if paper.count),
            fees=self.fees(),
            subject=said["subject"],
            sets=said["sets"],
            quantity=said["copies"],
            return_channel="counter" if at_once else said["return_channel"] or "counter",
            signer=said["signer"] if at_once else "",
            note=f"Miễn thu: {said['exempt_reason']}" if said["exempt"] else "",
        )

    def _papers(self) -> tuple[Presented, ...]:
        return tuple(self._presented(paper) for paper in self.required)

    def _presented(self, paper: Required) -> Presented:
        """Read one row; a kind without a count, or a count without a kind, is as asked for."""
        name = f"paper_{paper.position}_count"
        typed_kind = self.data.get(f"paper_{paper.position}_kind", "")
        typed_count = self.data.get(name, "").strip()
        kind = typed_kind if typed_kind in list(CopyKind) else self._kind_of(paper)
        count = 0
        if typed_count.isascii() and typed_count.isdigit() and int(typed_count) <= MOST_PAPERS:
            count = int(typed_count)
        elif typed_count:
            self.add_error(None, f"{paper.name}: nhập số lượng từ 0 đến {MOST_PAPERS}.")
        elif typed_kind in list(CopyKind):
            count = max(1, _asked(paper)[CopyKind(typed_kind)])
        return Presented(
            position=paper.position,
            originals=count if kind == CopyKind.ORIGINAL else 0,
            certified=count if kind == CopyKind.CERTIFIED else 0,
            photocopies=count if kind == CopyKind.PHOTOCOPY else 0,
        )

    def _kind_of(self, paper: Required) -> CopyKind:
        asked = _asked(paper)
        return next((kind for kind in CopyKind if asked[kind]), CopyKind.ORIGINAL)


class TokenForm(forms.Form):
    """Dấu của trang: the page's token; a page without a readable one gets a new one."""

    token = forms.UUIDField()


class CorrectionForm(forms.Form):
    """Sửa thông tin: what an accepted dossier should say, and why it is corrected."""

    subject = Line("Nội dung")
    return_channel = forms.ChoiceField(
        label="Trả kết quả", choices=list(RETURN_CHANNEL_LABELS.items())
    )
    reason = Line(
        "Lý do sửa",
        500,
        required=True,
        help_text="In trên phiếu mới và giữ trong hồ sơ, ví dụ: gõ nhầm họ tên.",
        error_messages={"required": "Ghi lý do sửa, ví dụ: gõ nhầm họ tên."},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, data: Mapping[str, str] | None, *, parties: Iterable[Party], on: date, **how: Any
    ) -> None:
        super().__init__(data, **how)
        self.parties_by_role = {party.role: party for party in parties}
        for role in self.parties_by_role:
            words = PARTY_ROLE_LABELS[role].lower()
            born = Birthday("Ngày sinh", 40)
            born.latest = on
            fields = {
                "name": Line("Họ và tên", required=True),
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


def page_token(data: Mapping[str, str]) -> uuid.UUID:
    """Return the page's token; a new one where there is none to read."""
    form = TokenForm(data)
    return form.cleaned_data["token"] if form.is_valid() else uuid.uuid4()


def earlier_filings(text: str) -> list[dict[str, str]]:
    """Read the filings already added on this page; nothing where the text is none of ours."""
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [
        {str(name): str(value) for name, value in row.items()}
        for row in rows
        if isinstance(row, dict)
    ]


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


def signer_words(officer: Officer) -> str:
    """Return the signer as results name one: name and position."""
    words = f"{officer.full_name}, {officer.position}"
    return words if len(words) <= SIGNER_LENGTH else officer.full_name


def _start_of(text: str) -> str:
    """Return the card's own text: a scan may follow what was typed before it in the field."""
    head = text.split("|", 1)[0]
    return head[-12:]


def _asked(paper: Required) -> dict[CopyKind, int]:
    return {
        CopyKind.ORIGINAL: paper.originals,
        CopyKind.CERTIFIED: paper.certified,
        CopyKind.PHOTOCOPY: paper.photocopies,
    }


def _as_asked(paper: Required) -> Presented:
    asked = _asked(paper)
    if not any(asked.values()):
        asked[CopyKind.ORIGINAL] = 1
    return Presented(
        position=paper.position,
        originals=asked[CopyKind.ORIGINAL],
        certified=asked[CopyKind.CERTIFIED],
        photocopies=asked[CopyKind.PHOTOCOPY],
    )


class RegisterForm(forms.Form):
    """Sổ theo dõi: from which day to which, both inclusive."""

    first = Birthday("Từ ngày", 40)
    last = Birthday("Đến ngày", 40)

    def __init__(self, data: Mapping[str, str], *, on: date) -> None:
        today = f"{on:%d/%m/%Y}"
        super().__init__({"first": data.get("first") or today, "last": data.get("last") or today})
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
