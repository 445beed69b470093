"""What is typed about a new edition of the calendar, and about days on which nobody could work."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django import forms

from motcua.agencies.labels import DRAFT_DAY_KIND_LABELS
from motcua.agencies.models import OneStopUnit
from motcua.domain.calendar import (
    OFFICE_ZONE,
    HoursUnreadable,
    SessionsOverlap,
    read_hours,
)
from motcua.domain.calendar_change import DayChange, DayKind, YearChange
from motcua.domain.vietnamese import tidy

_DAYS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]
_HOURS: Final = ["%H:%M", "%Hh%M", "%H.%M", "%Hh"]
_FIRST_YEAR: Final = 2016
_LAST_YEAR: Final = 2100


def _day(label: str, **how: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=_DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Nhập ngày.",
            "invalid": "Nhập ngày có thật, ví dụ 19/03/2021.",
        },
        **how,
    )


def _hour(label: str, help_text: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=_HOURS,
        help_text=help_text,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Nhập giờ và phút, ví dụ 13:30."},
    )


def _text(label: str, missing: str, *, longest: int, **how: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": missing,
            "max_length": f"Nhiều nhất {longest} ký tự.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **how,
    )


def _said(text: str, missing: str) -> str:
    kept = tidy(text)
    if not kept:
        raise forms.ValidationError(missing)
    return kept


class SeenForm(forms.Form):
    """Lần ghi đã xem."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class DayForm(SeenForm):
    """Sửa một ngày."""

    day = _day("Ngày")
    kind = forms.ChoiceField(
        label="Là",
        choices=list(DRAFT_DAY_KIND_LABELS.items()),
        error_messages={"required": "Chọn loại ngày.", "invalid_choice": "Chọn trong danh sách."},
    )
    name = _text("Tên", "", longest=120, required=False)
    source = _text("Văn bản", "", longest=255, required=False)
    hours = _text(
        "Giờ làm bù riêng",
        "",
        longest=120,
        required=False,
        help_text="Để trống: làm như thứ Hai. Ví dụ 07:00-11:30.",
    )

    def clean(self) -> dict[str, Any]:
        """Return the typed values with the change they make; a named day has a name and source."""
        typed = super().clean() or {}
        kind = DayKind(typed.get("kind") or DayKind.OFF)
        named = kind is not DayKind.ORDINARY
        for field, missing in (
            ("name", "Nhập tên ngày, ví dụ Nghỉ lễ."),
            ("source", "Nhập số, ngày của văn bản."),
        ):
            if named and field in typed and not tidy(typed[field]):
                self.add_error(field, missing)
        if typed.get("day") and not _FIRST_YEAR <= typed["day"].year <= _LAST_YEAR:
            self.add_error("day", f"Nhập năm từ {_FIRST_YEAR} đến {_LAST_YEAR}.")
        sessions = self._sessions(typed, kind)
        if not self.errors:
            typed["change"] = DayChange(
                day=typed["day"],
                kind=kind,
                name=tidy(typed["name"]) if named else "",
                source=tidy(typed["source"]) if named else "",
                sessions=sessions,
            )
        return typed

    def _sessions(self, typed: Mapping[str, Any], kind: DayKind) -> tuple[tuple[time, time], ...]:
        text = typed.get("hours") or ""
        if not text:
            return ()
        if kind is not DayKind.MAKE_UP:
            self.add_error("hours", "Chỉ ngày làm bù có giờ riêng. Bỏ trống ô này.")
            return ()
        try:
            return read_hours(text)
        except (HoursUnreadable, SessionsOverlap):
            self.add_error("hours", "Nhập các buổi không trùng, ví dụ 07:00-11:30, 13:30-17:00.")
            return ()


class YearForm(SeenForm):
    """Thêm một năm, hoặc chuyển một năm thành chính thức."""

    year = forms.IntegerField(
        label="Năm",
        min_value=_FIRST_YEAR,
        max_value=_LAST_YEAR,
        error_messages={
            "required": "Nhập năm.",
            "invalid": "Nhập năm bằng bốn chữ số.",
            "min_value": f"Nhập năm từ {_FIRST_YEAR}.",
            "max_value": f"Nhập năm đến {_LAST_YEAR}.",
        },
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label="Lịch năm đó là",
        choices=[("final", "Chính thức"), ("provisional", "Tạm thời")],
        error_messages={"required": "Chọn.", "invalid_choice": "Chọn trong danh sách."},
    )
    source = _text("Văn bản", "Nhập số, ngày của văn bản.", longest=255)

    def clean_source(self) -> str:
        """Return the notice without stray spaces."""
        return _said(self.cleaned_data["source"], "Nhập số, ngày của văn bản.")

    @property
    def change(self) -> YearChange:
        """The change that was typed."""
        typed = self.cleaned_data
        return YearChange(
            year=typed["year"],
            provisional=typed["status"] == "provisional",
            source=typed["source"],
        )


class TakeBackForm(SeenForm):
    """Bỏ một phần của bản soạn."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    year = forms.IntegerField(required=False, min_value=_FIRST_YEAR, max_value=_LAST_YEAR)


class WhyForm(forms.Form):
    """Vì sao hẹn trả đổi: citizens read it."""

    reason = _text(
        "Lý do",
        "Nhập lý do.",
        longest=255,
        help_text="Người nộp hồ sơ đọc được. Ví dụ: Nghỉ thêm ngày 19/03/2021.",
    )
    legal_basis = _text(
        "Căn cứ",
        "Nhập số, ngày của văn bản.",
        longest=255,
        help_text="Số, ngày của thông báo hoặc quyết định.",
    )

    def clean_reason(self) -> str:
        """Return the reason without stray spaces or a full stop at its end."""
        return _said(self.cleaned_data["reason"], "Nhập lý do.").rstrip(". ")

    def clean_legal_basis(self) -> str:
        """Return the notice without stray spaces or a full stop at its end."""
        return _said(self.cleaned_data["legal_basis"], "Nhập số, ngày của văn bản.").rstrip(". ")


class ForceMajeureForm(WhyForm):
    """Thời gian bất khả kháng: at which units, from when, until when."""

    units = forms.ModelMultipleChoiceField(
        label="Bộ phận một cửa không làm việc được",
        queryset=OneStopUnit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Chọn ít nhất một bộ phận một cửa.",
            "invalid_choice": "Chọn trong danh sách.",
            "invalid_pk_value": "Chọn trong danh sách.",
        },
    )
    first_day = _day("Từ ngày")
    first_hour = _hour("Từ giờ", "Để trống: từ đầu ngày.")
    last_day = _day("Đến ngày")
    last_hour = _hour("Đến giờ", "Để trống: hết ngày.")
    field_order = [
        "units",
        "first_day",
        "first_hour",
        "last_day",
        "last_hour",
        "reason",
        "legal_basis",
    ]

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units
        self.fields[
            "reason"
        ].help_text = "Người nộp hồ sơ đọc được. Ví dụ: Trụ sở ngập do bão số 3."

    def clean(self) -> dict[str, Any]:
        """Return the typed values; the end lies after the start, both within reach."""
        typed = super().clean() or {}
        for name in ("first_day", "last_day"):
            if typed.get(name) and not _FIRST_YEAR <= typed[name].year <= _LAST_YEAR:
                self.add_error(name, f"Nhập năm từ {_FIRST_YEAR} đến {_LAST_YEAR}.")
        if self.errors:
            return typed
        if self.end <= self.start:
            self.add_error("last_day", "Thời điểm kết thúc phải sau thời điểm bắt đầu.")
        return typed

    @property
    def start(self) -> datetime:
        """From when nobody could work."""
        typed = self.cleaned_data
        return _at(typed["first_day"], typed.get("first_hour") or time.min)

    @property
    def end(self) -> datetime:
        """Until when nobody could work."""
        typed = self.cleaned_data
        return _at(typed["last_day"], typed.get("last_hour") or time(23, 59))


class ReturnForm(SeenForm):
    """Chuyển lại danh sách."""

    note = _text("Lý do chuyển lại", "Nhập lý do chuyển lại.", longest=500)

    def clean_note(self) -> str:
        """Return the reason without stray spaces."""
        return _said(self.cleaned_data["note"], "Nhập lý do chuyển lại.")


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=OFFICE_ZONE)
