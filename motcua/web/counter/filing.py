"""One request on the reception page: procedure, case, papers, copies, fees, signer."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms

from motcua.agencies.models import Officer
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import fee_rules, questions_asked
from motcua.domain.checklist import CopyKind, Mark, Presented, Required
from motcua.domain.condition import Value
from motcua.domain.fee import PER_PAGE, FeeLine, fees_for_copies
from motcua.domain.question import AnswerUnreadable, Question, write_answers
from motcua.dossiers.labels import RETURN_CHANNEL_LABELS
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.reception import Filing, required_papers
from motcua.web.counter.fields import Answer, Count, Line

MOST_PAPERS: Final = 999
MOST_COPIES: Final = 999
SIGNER_LENGTH: Final = 120
LONGEST: Final = 400  # signs of any one value typed on the page
IF_ANY: Final = "nếu có"  # many names of papers in the catalogue say it themselves
COPY_KINDS: Final = {
    CopyKind.ORIGINAL: "bản chính",
    CopyKind.CERTIFIED: "chứng thực",
    CopyKind.PHOTOCOPY: "bản chụp",
}


class FilingForm(forms.Form):
    """Hồ sơ: one request under one procedure, with its papers, copies and fees."""

    procedure = forms.CharField(widget=forms.HiddenInput(), required=False)
    case = forms.ChoiceField(label="Trường hợp", required=False)
    subject = Line("Nội dung")
    sets = Count(label="Số bộ", min_value=1, max_value=99, initial=1)
    copies = Count(label="Số bản", min_value=1, max_value=MOST_COPIES, initial=1)
    pages = Count(label="Số trang mỗi bản", min_value=1, max_value=MOST_COPIES, initial=1)
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
        # The default stands in for what the page never showed, not for what was emptied there.
        super().__init__({**filled, **data})
        self.version = version
        self.cases = list(version.cases.all()) if version else []
        self.rules = fee_rules(version) if version else ()
        self.questions = questions_asked(version.pk) if version else ()
        for question in self.questions:
            self.fields[answer_name(question)] = Answer(question)
        self.fields["case"].choices = [("", "chọn"), *((c.code, c.name) for c in self.cases)]
        self.fields["signer"].choices = [
            (signer_words(officer), signer_words(officer)) for officer in signers
        ]
        for name in ("sets", "copies", "pages"):
            field = self.fields[name]
            highest = field.max_value
            field.error_messages = {
                **field.error_messages,
                **dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    f"Nhập một số nguyên từ 1 đến {highest}.",
                ),
            }
        self.fields["case"].error_messages["invalid_choice"] = (
            "Chọn một trường hợp trong danh sách."
        )
        self.fields["signer"].error_messages["invalid_choice"] = (
            "Người ký đã chọn không có trong danh sách: có thể đã đổi vai trò hoặc ngừng tài "
            "khoản. Chọn người khác."
        )

    @property
    def chosen_case(self) -> ProcedureCase | None:
        """The case chosen so far."""
        code = self.data.get("case", "")
        return next((case for case in self.cases if case.code == code), None)

    @property
    def answers(self) -> dict[str, Value]:
        """What the procedure's questions are answered with so far, by the key of each."""
        found: dict[str, Value] = {}
        for question in self.questions:
            try:
                found[question.key] = question.read(self.data.get(answer_name(question), ""))
            except AnswerUnreadable:
                continue  # its field says so when the page is checked
        return found

    @property
    def kept_answers(self) -> str:
        """The same as a dossier keeps it."""
        return write_answers(self.answers)

    @property
    def asked(self) -> list[tuple[Question, Any, str]]:
        """The questions, each with its field and what was typed there."""
        names = [(question, answer_name(question)) for question in self.questions]
        return [(question, self[name], self.data.get(name, "")) for question, name in names]

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
                "says_if_any": not paper.compulsory and IF_ANY not in paper.name.lower(),
                "kind": self.data.get(f"paper_{paper.position}_kind", ""),
                "count": self.data.get(f"paper_{paper.position}_count", ""),
                "kinds": []
                if paper.shown_only
                else [
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
        """Return what lies on the counter.

        In the fast lane accepting says that all that is asked for was seen: nothing of it stays.
        """
        if self.is_returned_at_once:
            return tuple(
                Presented(position=paper.position, mark=Mark.SHOWN)
                for paper in self.required
                if paper.compulsory
            )
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
            papers=tuple(paper for paper in self.papers() if paper.is_there),
            fees=self.fees(),
            answers=self.answers,
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
        if paper.shown_only:
            mark = Mark.SHOWN if typed_kind == Mark.SHOWN else Mark.MISSING
            return Presented(position=paper.position, mark=mark)
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


def answer_name(question: Question) -> str:
    """Return the name of the field that asks the question."""
    return f"answer_{question.key}"


def earlier_filings(text: str) -> list[dict[str, str]]:
    """Read the filings already added on this page; nothing where the text is none of ours."""
    try:
        rows = json.loads(text) if text else []
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anything sent from here
        return []
    if not isinstance(rows, list):
        return []
    return [
        {storable(name): storable(value) for name, value in row.items() if isinstance(value, str)}
        for row in rows
        if isinstance(row, dict)
    ]


def storable(text: str, longest: int = LONGEST) -> str:
    """Return the text as every database keeps it: no NUL, no half of a sign, not too long."""
    return text.replace("\x00", "").encode(errors="ignore").decode()[:longest]


def signer_words(officer: Officer) -> str:
    """Return the signer as results name one: name and position."""
    words = f"{officer.full_name}, {officer.position}"
    return words if len(words) <= SIGNER_LENGTH else officer.full_name


def _asked(paper: Required) -> dict[CopyKind, int]:
    return {
        CopyKind.ORIGINAL: paper.originals,
        CopyKind.CERTIFIED: paper.certified,
        CopyKind.PHOTOCOPY: paper.photocopies,
    }
