"""What an administrator types."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from motcua.agencies.labels import ROLE_LABELS
from motcua.agencies.models import Agency
from motcua.domain.process import Role
from motcua.domain.vietnamese import tidy

_USER_NAME = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,59}\Z",
    "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch nối.",
)


def _password(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        help_text="Ít nhất 10 ký tự. Báo cho cán bộ; cán bộ được yêu cầu tự đổi khi đăng nhập.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Nhập mật khẩu."},
    )


class _Agency(forms.ModelChoiceField):
    """Cơ quan: only those the administrator administers."""

    def __init__(self, **how: Any) -> None:
        super().__init__(
            queryset=Agency.objects.none(),
            empty_label="Chọn cơ quan",
            error_messages={
                "required": "Chọn cơ quan.",
                "invalid_choice": "Chọn một cơ quan trong danh sách.",
            },
            **how,
        )


class NewAccountForm(forms.Form):
    """Mở tài khoản."""

    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        error_messages={"required": "Nhập họ và tên.", "max_length": "Nhiều nhất 120 ký tự."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    position = forms.CharField(
        label="Chức vụ",
        max_length=120,
        error_messages={"required": "Nhập chức vụ.", "max_length": "Nhiều nhất 120 ký tự."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agency = _Agency(label="Cơ quan")
    roles = forms.MultipleChoiceField(
        label="Vai trò",
        choices=[(role.value, words) for role, words in ROLE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Chọn ít nhất một vai trò.",
            "invalid_choice": "Chọn vai trò trong danh sách.",
        },
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, ví dụ nghiahung.tiepnhan2. Không đổi được về sau.",
        validators=[_USER_NAME],
        error_messages={
            "required": "Nhập tên đăng nhập.",
            "max_length": "Tên đăng nhập nhiều nhất 60 ký tự.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = _password("Mật khẩu ban đầu")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def clean_full_name(self) -> str:
        """Return the name without stray spaces; signs alone are no name."""
        return _said(self.cleaned_data["full_name"], "Nhập họ và tên.")

    def clean_position(self) -> str:
        """Return the position without stray spaces."""
        return _said(self.cleaned_data["position"], "Nhập chức vụ.")

    def clean_roles(self) -> list[Role]:
        """Return the roles."""
        return [Role(code) for code in self.cleaned_data["roles"]]


class AssignForm(forms.Form):
    """Giao vai trò."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=[("", "Chọn vai trò"), *((r.value, words) for r, words in ROLE_LABELS.items())],
        error_messages={
            "required": "Chọn vai trò.",
            "invalid_choice": "Chọn vai trò trong danh sách.",
        },
    )
    agency = _Agency(label="Tại cơ quan")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def clean_role(self) -> Role:
        """Return the role."""
        return Role(self.cleaned_data["role"])


class PasswordForm(forms.Form):
    """Đặt lại mật khẩu."""

    password = _password("Mật khẩu mới")


def _said(text: str, missing: str) -> str:
    kept = tidy(text)
    if not kept:
        raise forms.ValidationError(missing)
    return kept
