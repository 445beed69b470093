"""The fields of the counter's forms: what is typed there, tidied and read."""

from datetime import date
from typing import Any

from django import forms

from motcua.domain import typed
from motcua.domain.condition import Value
from motcua.domain.question import AnswerUnreadable, Question
from motcua.domain.vietnamese import tidy


class Line(forms.CharField):
    """One line of text, tidied as it is stored: NFC, trimmed, single spaces."""

    def __init__(self, label: str, length: int = 255, **how: Any) -> None:
        how.setdefault("required", False)
        super().__init__(label=label, max_length=length, **how)
        self.error_messages["max_length"] = "Dài quá %(limit_value)d ký tự. Rút gọn lại."

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored."""
        return tidy(super().to_python(value) or "")


class Count(forms.IntegerField):
    """A whole number as it is typed here: digits 0 to 9 alone."""

    def to_python(self, value: Any) -> int | None:
        """Return the number.  Raises ValidationError for what only Python takes for one."""
        if isinstance(value, str) and value.strip():
            plain = value.strip()
            if not (plain.isascii() and plain.isdigit()):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


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


class Answer(Line):
    """The answer to a question of the procedure."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.text, required=True)
        self.question = question
        self.error_messages.update(dict.fromkeys(("required", "max_length"), self._advice))

    @property
    def _advice(self) -> str:
        if self.question.choices:
            return "Chọn một câu trả lời: đường đi của hồ sơ tùy theo đó."
        return "Nhập một số nguyên từ 0, không có phần lẻ."

    def clean(self, value: Any) -> Value:
        """Return the answer.  Raises ValidationError with what to do."""
        text = super().clean(value)
        try:
            return self.question.read(text)
        except AnswerUnreadable:
            raise forms.ValidationError(self._advice) from None


class Day(Line):
    """A date as people type it; `latest` is the last one possible, the day it is typed on."""

    latest: date
    too_late = "Ngày này ở sau hôm nay. Nhập lại ngày."
    example = "17/3/2021 hoặc 17032021"

    def clean(self, value: Any) -> date | None:
        """Return the date, None when empty.  Raises ValidationError with what to do."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.read_date(text, latest=self.latest)
        except typed.DateTooLate as problem:
            raise forms.ValidationError(self.too_late) from problem
        except typed.DateUnreadable as problem:
            raise forms.ValidationError(
                f"Không đọc được ngày. Nhập ngày, tháng, năm, ví dụ {self.example}."
            ) from problem


class Birthday(Day):
    """A date of birth."""

    too_late = "Ngày sinh ở sau hôm nay. Nhập lại ngày."
    example = "17/3/1990 hoặc 17031990"


def full_name(**how: Any) -> TypedLine:
    """Return a field for the name of a person or an organisation."""
    return TypedLine(
        "Họ và tên",
        typed.read_name,
        "Tên này không đúng. Nhập họ và tên bằng chữ, không dùng các dấu như < > @ # $.",
        **how,
    )


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
        "Số điện thoại không đúng. Nhập 10 hoặc 11 số bắt đầu bằng 0; không có thì để trống.",
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
