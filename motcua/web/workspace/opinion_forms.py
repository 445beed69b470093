"""Forms of asking another agency: whom, what, until when; and of answering."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final

from django import forms

from motcua.agencies.models import Agency
from motcua.domain import spoken, typed
from motcua.domain.calendar import CalendarNotPublished, OfficeTime
from motcua.web.workspace.forms import LONGEST_NOTE, ActForm, ChosenFile, Words

LAST_YEARS: Final = 10  # a date is read as one of the years to come, so far at most


class EnclosedFile(forms.FileField):
    """A file that goes with the words; not asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Tệp kèm theo (không bắt buộc)",
            required=False,
            help_text="PDF, JPEG hoặc PNG, không quá 10 MB.",
            max_length=255,
            widget=ChosenFile(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
            error_messages={"empty": "Tệp rỗng. Chọn tệp khác.", "max_length": "Tên tệp quá dài."},
            **kwargs,
        )


class AskForm(ActForm):
    """Lấy ý kiến: which agencies, what is asked, until which day."""

    named = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Cơ quan quy trình yêu cầu hỏi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn cơ quan trong danh sách."},
    )
    other = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan được hỏi",
        required=False,
        empty_label="Chọn cơ quan",
        error_messages={
            "invalid_choice": (
                "Cơ quan được chọn không còn ai trả lời ý kiến. Chọn cơ quan khác trong danh sách."
            )
        },
    )
    note = Words(
        label="Nội dung cần hỏi",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Cơ quan được hỏi đọc nguyên văn nội dung này.",
        error_messages={
            "required": "Ghi nội dung cần hỏi ý kiến.",
            "max_length": "Rút gọn nội dung còn không quá 2.000 ký tự.",
        },
    )
    reply_by = forms.CharField(
        label="Trả lời chậm nhất ngày",
        max_length=20,
        help_text="Gõ 19032021 hoặc 19/3/2021; tính đến hết giờ làm việc ngày đó.",
        error_messages={"required": "Ghi ngày chậm nhất phải trả lời."},
    )
    file = EnclosedFile()

    def __init__(
        self,
        *args: Any,
        agencies: Iterable[Agency],
        named: Collection[str],
        today: date,
        office_time: OfficeTime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.office_time = today, office_time
        found = list(agencies)
        self.by_key = {agency.pk: agency for agency in found}
        everybody = Agency.objects.filter(pk__in=self.by_key)
        wanted = [agency for agency in found if agency.code in named]
        if wanted:
            self.fields["named"].queryset = everybody.filter(code__in=named)
            self.fields["named"].initial = [agency.pk for agency in wanted]
            self.fields["other"].label = "Cơ quan khác (không bắt buộc)"
        else:
            del self.fields["named"]
        self.fields["other"].queryset = everybody
        self.fields["other"].choices = [("", "Chọn cơ quan"), *_grouped(found)]

    def clean_reply_by(self) -> date:
        """Return the day.  Raises ValidationError."""
        latest = self.today.replace(year=self.today.year + LAST_YEARS, day=1)
        try:
            day = typed.read_date(self.cleaned_data["reply_by"], latest=latest)
            works = self.office_time.is_working_day(day)
        except (typed.DateUnreadable, typed.DateTooLate) as problem:
            raise forms.ValidationError(
                "Không đọc được ngày. Gõ ngày, tháng, năm, chẳng hạn 19032021 hoặc 19/3/2021."
            ) from problem
        except CalendarNotPublished as problem:
            raise forms.ValidationError(
                f"Chưa có lịch làm việc năm {problem.year}. Chọn một ngày sớm hơn."
            ) from problem
        if not works:
            raise forms.ValidationError(
                f"{spoken.weekday(day).capitalize()} là ngày nghỉ. Chọn một ngày làm việc."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Put all agencies together.  Raises ValidationError when none is chosen."""
        values = super().clean() or self.cleaned_data
        chosen = [*(values.get("named") or ()), values.get("other")]
        values["agencies"] = [self.by_key[one.pk] for one in dict.fromkeys(chosen) if one]
        if not values["agencies"] and not self.errors.keys() & {"named", "other"}:
            self.add_error("other", "Chọn ít nhất một cơ quan để hỏi ý kiến.")
        return values


class ReplyForm(ActForm):
    """Trả lời ý kiến."""

    note = Words(
        label="Nội dung trả lời",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Nêu rõ đồng ý hay không và căn cứ; nơi hỏi đọc nguyên văn.",
        error_messages={
            "required": "Ghi nội dung trả lời.",
            "max_length": "Rút gọn nội dung còn không quá 2.000 ký tự.",
        },
    )
    file = EnclosedFile()


def _grouped(agencies: Iterable[Agency]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the agencies under the name of the one above them."""
    above = groupby(agencies, key=lambda one: one.parent.name if one.parent else "Cơ quan")
    return [(name, [(one.pk, one.name) for one in group]) for name, group in above]
