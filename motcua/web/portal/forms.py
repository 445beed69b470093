"""What citizens type."""

from typing import Any

from django import forms

from motcua.domain.numbering import NumberUnreadable
from motcua.domain.vietnamese import tidy
from motcua.dossiers.look_up import (
    DIGITS,
    completed,
    is_short,
    read_number,
    units_by_identifier,
)


class LookUpForm(forms.Form):
    """Tra cứu hồ sơ: the number on the slip and four digits only its people know."""

    number = forms.CharField(
        label="Mã số hồ sơ",
        max_length=80,
        help_text=(
            "In trên giấy tiếp nhận, ví dụ 000.00.99.H40-210317-0012; gõ tắt 210317-0012 cũng được."
        ),
        error_messages={
            "required": "Nhập mã số hồ sơ in trên giấy tiếp nhận.",
            "max_length": "Mã số dài quá. Nhập đúng dãy chữ số in trên giấy tiếp nhận.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    unit = forms.ChoiceField(
        label="Nơi đã nộp hồ sơ",
        error_messages={
            "required": "Mã số gõ tắt có ở nhiều nơi: chọn nơi đã nộp hồ sơ.",
            "invalid_choice": "Chọn một nơi trong danh sách.",
        },
    )
    digits = forms.CharField(
        label="Bốn số cuối của số định danh hoặc số điện thoại",
        max_length=20,
        help_text=(
            "Của chủ hồ sơ hoặc người nộp, như đã khai khi nộp hồ sơ. Chúng tôi hỏi để không ai "
            "khác xem được hồ sơ của ông/bà."
        ),
        error_messages={
            "required": "Nhập bốn số cuối của số định danh hoặc số điện thoại.",
            "max_length": "Chỉ nhập bốn số cuối.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked only of whom typed a number without its beginning, where several units give numbers.
        self._units = units_by_identifier() if is_short(self.data.get("number", "")) else {}
        if self.initial.get("number"):
            # Come by the slip's QR address: only the digits are left to type.
            self.fields["digits"].widget.attrs["autofocus"] = True
        self.fields["unit"].choices = [("", "Chọn nơi đã nộp"), *self._units.items()]
        if len(self._units) < 2:
            del self.fields["unit"]

    def clean_number(self) -> str:
        """Return the number as it was printed."""
        typed = self.cleaned_data["number"]
        try:
            if not self._units:
                return read_number(typed)
            # Until a unit is chosen, any tells whether there was such a day.
            asked = self.data.get("unit", "")
            return completed(typed, asked if asked in self._units else next(iter(self._units)))
        except NumberUnreadable:
            raise forms.ValidationError(
                "Mã số chưa đúng dạng. Nhập lại cả dãy như trên giấy tiếp nhận, gồm mã cơ quan, "
                "ngày và số thứ tự."
            ) from None

    def clean_digits(self) -> str:
        """Return exactly four digits, whatever stood between them."""
        digits = "".join(tidy(self.cleaned_data["digits"]).split())
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("Nhập đúng bốn chữ số cuối.")
        return digits
