"""Fields for days and hours to come."""

from datetime import date
from typing import Any, Final

from django import forms

from motcua.domain import spoken, typed

FURTHEST_YEARS: Final = 2


class ComingDay(forms.CharField):
    """A day from today on, typed as 19032021, 19/3/2021 or 19-3-21."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Gõ 19032021 hoặc 19/3/2021.")
        super().__init__(max_length=20, **kwargs)
        self.today: date | None = None

    def clean(self, value: Any) -> date | None:
        """Return the day.  Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        assert self.today is not None, "the form says what today is"
        latest = date(self.today.year + FURTHEST_YEARS, 12, 31)
        try:
            return typed.read_date(text, latest=latest)
        except typed.DateTooLate as problem:
            raise forms.ValidationError(
                f"Ngày {spoken.day(problem.day)} còn quá xa. Kiểm tra lại năm."
            ) from problem
        except typed.DateUnreadable as problem:
            raise forms.ValidationError(
                "Không đọc được ngày. Gõ ngày, tháng, năm, chẳng hạn 19032021 hoặc 19/3/2021."
            ) from problem


class Hour(forms.TimeField):
    """An hour of the day, typed as 8:00, 8h30, 0830 or 8h."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%Hh%M", "%H.%M", "%H%M", "%Hh"],
            widget=forms.TextInput(attrs={"size": 6}),
            **kwargs,
        )
        self.error_messages["invalid"] = "Không đọc được giờ. Gõ giờ và phút, chẳng hạn 8:30."
