"""Forms of this desk: what an act asks for, a file to add."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from motcua.agencies.models import Officer
from motcua.domain import spoken, typed
from motcua.domain.vietnamese import tidy_lines
from motcua.dossiers.models import Paper
from motcua.web.uploaded import ChosenFile

LONGEST_NOTE: Final = 2000


class Words(forms.CharField):
    """Some lines of text, each as it is stored: no signs that nobody sees or that turn it round."""

    def to_python(self, value: Any) -> str:
        """Return the text as it is stored."""
        return tidy_lines(super().to_python(value) or "")


class ActForm(forms.Form):
    """An act with nothing to fill in; `revision` is what the page showed of the dossier."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not the bound fields: these keep the words they have when first asked for.
        shown = (field for field in self.fields.values() if not field.widget.is_hidden)
        first = next(shown, None)
        if first is not None and not self.is_bound:
            # Of a form with mistakes the summary is read first.
            first.widget.attrs["autofocus"] = True


class NoteForm(ActForm):
    """Ghi chú."""

    note = Words(
        label="Nội dung (không bắt buộc)",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Rút gọn nội dung còn không quá 2.000 ký tự."},
    )


def named(officer: Officer) -> str:
    """Return what a choice says of an officer."""
    return f"{officer.full_name}, {officer.position}".rstrip(", ")


class OnwardForm(NoteForm):
    """Chuyển cho ai ở bước sau."""

    to_officer = forms.ModelChoiceField(
        Officer.objects.none(),
        label="Giao cho",
        required=False,
        empty_label="Ai ở bước đó cũng nhận được",
        error_messages={
            "invalid_choice": (
                "Người được chọn không còn làm bước này: có thể đã đổi vai trò hoặc ngừng tài "
                "khoản. Chọn người khác trong danh sách, hoặc để trống."
            )
        },
    )
    field_order = ["to_officer", "note"]

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_officer"].queryset = colleagues
        self.fields["to_officer"].label_from_instance = named


class ForkForm(NoteForm):
    """Chuyển đến bước nào, nơi quy trình rẽ nhánh."""

    to_step = forms.ChoiceField(
        label="Chuyển đến bước",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Chọn bước tiếp theo.",
            "invalid_choice": "Chọn một bước trong danh sách.",
        },
    )
    field_order = ["to_step", "note"]

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_step"].choices = steps


class ReasonForm(ActForm):
    """Lý do: who reads it stands below the field."""

    note = Words(
        label="Lý do",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Ghi lý do; việc này không làm được nếu thiếu lý do.",
            "max_length": "Rút gọn lý do còn không quá 2.000 ký tự.",
        },
    )


class EndForm(ReasonForm):
    """Lý do trả lại hồ sơ, không giải quyết."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.help_text = "Người nộp đọc nguyên văn lý do này: nêu rõ căn cứ và điều chưa đáp ứng."
        note.error_messages["required"] = (
            "Ghi lý do bằng văn bản; việc này không làm được nếu thiếu lý do."
        )


class TakeOverForm(ReasonForm):
    """Vì sao nhận thay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "note"
        ].help_text = (
            "Lý do ghi vào diễn biến của hồ sơ, người đang giữ đọc được; người nộp không thấy."
        )


class BackForm(ReasonForm):
    """Chuyển lại bước nào, vì sao."""

    to_step = forms.ChoiceField(
        label="Chuyển lại bước",
        error_messages={
            "required": "Chọn bước muốn chuyển lại.",
            "invalid_choice": "Chọn một bước trong danh sách.",
        },
    )
    field_order = ["to_step", "note"]

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_step"].choices = steps
        self.fields["to_step"].initial = steps[-1][0]
        self.fields[
            "note"
        ].help_text = "Người làm lại đọc lý do này, người nộp không thấy: nêu rõ cần sửa gì."


class TypedDate(forms.CharField):
    """A date typed as 17032021, 17/3/2021 or 17-3-21, shown back as 17/03/2021."""

    def __init__(self, *, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.latest = latest

    def clean(self, value: Any) -> date | None:
        """Return the date.  Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        assert self.latest is not None, "the form says what today is"
        try:
            return typed.read_date(text, latest=self.latest)
        except typed.DateTooLate as problem:
            raise forms.ValidationError(
                f"Ngày {spoken.day(problem.day)} sau hôm nay. Kiểm tra lại ngày ký."
            ) from problem
        except typed.DateUnreadable as problem:
            raise forms.ValidationError(
                "Không đọc được ngày. Gõ ngày, tháng, năm, chẳng hạn 17032021 hoặc 17/3/2021."
            ) from problem


class ResultForm(NoteForm):
    """Kết quả: number, date, signer, file."""

    number = forms.CharField(
        label="Số văn bản",
        max_length=60,
        error_messages={
            "required": "Ghi số của văn bản kết quả.",
            "max_length": "Số văn bản dài không quá 60 ký tự.",
        },
    )
    signed_on = TypedDate(
        label="Ngày ký",
        help_text="Gõ 17032021 hoặc 17/3/2021.",
        error_messages={"required": "Ghi ngày ký."},
    )
    signer = forms.CharField(
        label="Người ký",
        max_length=120,
        error_messages={
            "required": "Ghi họ tên người ký.",
            "max_length": "Họ tên người ký dài không quá 120 ký tự.",
        },
    )
    file = forms.FileField(
        label="Tệp kết quả (không bắt buộc)",
        required=False,
        help_text="PDF, JPEG hoặc PNG, không quá 10 MB.",
        max_length=255,
        widget=ChosenFile(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": "Tệp rỗng. Chọn tệp khác.", "max_length": "Tên tệp quá dài."},
    )
    field_order = ["number", "signed_on", "signer", "file", "note"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].latest = today
        self.fields["note"].label = "Ghi chú (không bắt buộc)"


class FileForm(forms.Form):
    """Thêm tệp vào hồ sơ."""

    file = forms.FileField(
        label="Chọn tệp",
        help_text="PDF, JPEG hoặc PNG, không quá 10 MB.",
        max_length=255,
        widget=ChosenFile(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Chọn một tệp trên máy.",
            "empty": "Tệp rỗng. Chọn tệp khác.",
            "max_length": "Tên tệp dài quá 255 ký tự. Đổi tên tệp, rồi chọn lại.",
            "invalid": "Chưa có tệp nào được gửi lên. Chọn lại tệp.",
        },
    )
    paper = forms.TypedChoiceField(
        label="Là giấy tờ nào",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn một giấy tờ của hồ sơ này."},
    )

    def __init__(self, *args: Any, papers: Iterable[Paper], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(paper.pk): paper for paper in papers}
        if kind == "paper" and by_key:
            names = ((key, paper.name) for key, paper in by_key.items())
            self.fields["paper"].choices = [("", "Giấy tờ khác"), *names]
            self.fields["paper"].coerce = by_key.__getitem__
        else:
            del self.fields["paper"]
