"""What citizens type."""

from django import forms

from motcua.domain.numbering import NumberUnreadable
from motcua.domain.vietnamese import tidy
from motcua.dossiers.look_up import DIGITS, read_number


class LookUpForm(forms.Form):
    """Tra cứu hồ sơ: the number on the slip and four digits only its people know."""

    number = forms.CharField(
        label="Mã số hồ sơ",
        max_length=80,
        help_text="In trên giấy tiếp nhận, ví dụ 000.00.99.H40-210317-0012.",
        error_messages={
            "required": "Nhập mã số hồ sơ in trên giấy tiếp nhận.",
            "max_length": "Mã số dài quá. Nhập đúng dãy chữ số in trên giấy tiếp nhận.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
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

    def clean_number(self) -> str:
        """Return the number as it was printed."""
        try:
            return read_number(self.cleaned_data["number"])
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
