"""Forms of what the applicant is told in writing: the papers asked for, why, until when.

Used by the counter before acceptance and by the workspace after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms

from motcua.domain import spoken, typed
from motcua.domain.checklist import Mark
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import FLAWS, WRONG_BODY, AskedFor, NoticeWords
from motcua.domain.vietnamese import tidy, tidy_lines
from motcua.dossiers.labels import MARK_LABELS

LONGEST_REASON: Final = 500
LONGEST_WORDS: Final = 2000
YEARS_AHEAD: Final = 2
MOST_MONEY: Final = 2_000_000_000
REFUSALS: Final = {
    WRONG_BODY: "Không thuộc thẩm quyền của nơi nhận",
    "not_eligible": "Không đủ điều kiện theo quy định",
    "handled_before": "Việc này đã được giải quyết",
    "other": "Lý do khác",
}


class Words(forms.CharField):
    """Some lines of text, each as it is stored."""

    def __init__(self, label: str, rows: int = 3, **how: Any) -> None:
        how.setdefault("required", False)
        how.setdefault("max_length", LONGEST_WORDS)
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **how)
        self.error_messages["max_length"] = "Rút gọn còn không quá %(limit_value)d ký tự."

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored."""
        return tidy_lines(super().to_python(value) or "")


class LaterDay(forms.CharField):
    """A day to come, typed as 31032021, 31/3/2021 or 31-3-21; `on` is the day it is typed on."""

    on: date

    def __init__(self, label: str, **how: Any) -> None:
        super().__init__(label=label, max_length=20, **how)

    def clean(self, value: Any) -> date | None:
        """Return the day.  Raises ValidationError with what to do."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = typed.read_date(text, latest=date(self.on.year + YEARS_AHEAD, 12, 31))
        except typed.DateTooLate as problem:
            raise forms.ValidationError(
                f"Ngày này quá xa. Chọn một ngày trong {YEARS_AHEAD} năm tới."
            ) from problem
        except typed.DateUnreadable as problem:
            raise forms.ValidationError(
                "Không đọc được ngày. Gõ ngày, tháng, năm, chẳng hạn 31032021 hoặc 31/3/2021."
            ) from problem
        if found <= self.on:
            raise forms.ValidationError("Hạn không sau hôm nay. Chọn một ngày sau hôm nay.")
        return found


class Money(forms.CharField):
    """An amount in đồng, typed with or without points."""

    def clean(self, value: Any) -> int | None:
        """Return the amount.  Raises ValidationError with what to do."""
        plain = tidy(super().clean(value)).removesuffix("đ").replace(".", "").replace(" ", "")
        if not plain and not self.required:
            return None
        if not (plain.isascii() and plain.isdigit()) or not 0 < int(plain) <= MOST_MONEY:
            raise forms.ValidationError(
                "Nhập số tiền bằng đồng, lớn hơn 0 và không quá 2.000.000.000, chẳng hạn 150.000."
            )
        return int(plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPaper:
    """Giấy tờ của thủ tục: one paper that may be asked for, and how it was found so far.

    `source` names the database of the State that holds it; `handed_in` says what is there of it.
    """

    position: int
    name: str
    flaw: str = ""
    reason: str = ""
    source: str = ""
    source_failed: str = ""
    handed_in: str = ""


class NoticeForm(forms.Form):
    """Văn bản gửi người nộp: what a notice of one kind says."""

    reason_code = forms.ChoiceField(
        label="Vì sao không tiếp nhận",
        choices=list(REFUSALS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một lý do.", "invalid_choice": "Chọn trong danh sách."},
    )
    amount = Money(
        label="Số tiền (đồng)",
        max_length=20,
        error_messages={"required": "Nhập số tiền người nộp phải nộp."},
    )
    reason = Words(
        "Lý do",
        4,
        required=True,
        error_messages={"required": "Ghi lý do, người nộp đọc nguyên văn."},
    )
    guidance = Words("Hướng dẫn (không bắt buộc)")
    answer_by = LaterDay(
        "Thực hiện trước hết ngày",
        help_text="Gõ 31032021 hoặc 31/3/2021.",
        error_messages={"required": "Ghi ngày cuối để người nộp thực hiện."},
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    # What each kind speaks of.
    ASKED_FOR: Final[Mapping[NoticeKind, tuple[str, ...]]] = {
        NoticeKind.SUPPLEMENT: ("guidance", "answer_by"),
        NoticeKind.REFUSAL: ("reason_code", "reason", "guidance"),
        NoticeKind.PAYMENT: ("amount", "reason", "guidance", "answer_by"),
        NoticeKind.STOP: ("reason", "guidance"),
        NoticeKind.WITHDRAWAL: ("reason",),
    }

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        kind: NoticeKind,
        on: date,
        papers: Iterable[ListedPaper] = (),
        is_accepted: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.kind = kind
        self.papers = list(papers) if kind is NoticeKind.SUPPLEMENT else []
        for name in [name for name in self.fields if name != "revision"]:
            if name not in self.ASKED_FOR[kind]:
                del self.fields[name]
        if "answer_by" in self.fields:
            self.fields["answer_by"].on = on
            self.fields["answer_by"].required = is_accepted
            if not is_accepted:
                self.fields["answer_by"].label = "Nên trở lại trước ngày (không bắt buộc)"
        if kind is NoticeKind.WITHDRAWAL:
            self.fields["reason"].required = False
            self.fields["reason"].label = "Lý do người nộp nêu (không bắt buộc)"
        if kind is NoticeKind.STOP:
            self.fields["reason"].label = "Căn cứ và lý do dừng"
        for paper in self.papers:
            self._add_paper(paper)

    def _add_paper(self, paper: ListedPaper) -> None:
        flaws = [
            ("", "không yêu cầu"),
            *((mark.value, MARK_LABELS[mark].lower()) for mark in FLAWS),
        ]
        self.fields[f"flaw_{paper.position}"] = forms.ChoiceField(
            label=f"{paper.name}: đánh dấu",
            choices=flaws,
            required=False,
            initial=paper.flaw,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Chọn đủ, thiếu hoặc chưa đúng."},
        )
        self.fields[f"reason_{paper.position}"] = _line(f"{paper.name}: lý do", paper.reason)
        if paper.source:
            self.fields[f"failed_{paper.position}"] = _line(
                f"{paper.name}: vì sao không lấy được từ {paper.source}", paper.source_failed
            )

    def clean(self) -> dict[str, Any]:
        """Require of each paper that is asked for why, and of one the State holds why it is."""
        said = super().clean() or {}
        for paper in self.papers:
            if not said.get(f"flaw_{paper.position}"):
                continue
            if not said.get(f"reason_{paper.position}"):
                self.add_error(
                    f"reason_{paper.position}", "Ghi lý do hoặc nội dung cần hoàn thiện."
                )
            if paper.source and not said.get(f"failed_{paper.position}"):
                self.add_error(
                    f"failed_{paper.position}",
                    f"Nhà nước đã có giấy tờ này tại {paper.source}. Chỉ yêu cầu nộp khi nguồn lỗi "
                    "hoặc sai: ghi rõ.",
                )
        if self.kind is NoticeKind.SUPPLEMENT and not self.errors and not self._asked():
            self.add_error(None, "Đánh dấu ít nhất một giấy tờ thiếu hoặc chưa đúng.")
        if said.get("reason_code") == WRONG_BODY and not said.get("guidance"):
            self.add_error("guidance", "Ghi nơi người nộp phải đến: tên cơ quan và địa chỉ.")
        return said

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each paper with its fields."""
        for paper in self.papers:
            failed = f"failed_{paper.position}"
            yield {
                "paper": paper,
                "flaw": self[f"flaw_{paper.position}"],
                "reason": self[f"reason_{paper.position}"],
                "failed": self[failed] if failed in self.fields else None,
            }

    def others(self) -> list[forms.BoundField]:
        """Return the fields besides those of papers."""
        return [self[name] for name in self.ASKED_FOR[self.kind]]

    def words(self) -> NoticeWords:
        """Return the values for the service; call it when the form is valid."""
        said = self.cleaned_data
        return NoticeWords(
            reason=said.get("reason", ""),
            reason_code=said.get("reason_code", ""),
            guidance=said.get("guidance", ""),
            papers=self._asked(),
            answer_by=said.get("answer_by"),
            amount=said.get("amount"),
        )

    def _asked(self) -> tuple[AskedFor, ...]:
        said = self.cleaned_data
        return tuple(
            AskedFor(
                position=paper.position,
                flaw=Mark(said[f"flaw_{paper.position}"]),
                reason=said[f"reason_{paper.position}"],
                source_failed=said.get(f"failed_{paper.position}", ""),
            )
            for paper in self.papers
            if said.get(f"flaw_{paper.position}")
        )


class _Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


def _line(label: str, initial: str) -> forms.CharField:
    field = _Line(label=label, required=False, max_length=LONGEST_REASON, initial=initial)
    field.error_messages["max_length"] = "Rút gọn còn không quá 500 ký tự."
    return field


def initial_of(words: NoticeWords) -> dict[str, Any]:
    """Return what a form shows of a notice already drafted; its papers come with the papers."""
    return {
        "reason": words.reason,
        "reason_code": words.reason_code,
        "guidance": words.guidance,
        "answer_by": spoken.day(words.answer_by) if words.answer_by else "",
        "amount": f"{words.amount:,}".replace(",", ".") if words.amount else "",
    }
