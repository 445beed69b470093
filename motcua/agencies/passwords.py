"""What a password must be, said in our own words.

Source: Decree 85/2016 and the level-3 safeguards that follow from it ask for passwords that are
not guessed; ten signs is the least we accept.
"""

from typing import Final

from django.contrib.auth import password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from motcua.domain.vietnamese import fold

LEAST_SIGNS: Final = 10
MOST_SIGNS: Final = 256


class LongEnough:
    """Đủ dài."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for a password shorter or longer than we accept."""
        if len(password) < LEAST_SIGNS:
            raise ValidationError(
                f"Mật khẩu ngắn quá: cần ít nhất {LEAST_SIGNS} ký tự. Thêm vài từ cho dễ nhớ.",
                code="password_too_short",
            )
        if len(password) > MOST_SIGNS:
            raise ValidationError(
                f"Mật khẩu dài quá: nhiều nhất {MOST_SIGNS} ký tự.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        """Say what is asked."""
        return f"Ít nhất {LEAST_SIGNS} ký tự, chẳng hạn ba từ ghép lại."


class NotCommon(password_validation.CommonPasswordValidator):
    """Không phải mật khẩu nhiều người dùng."""

    def get_error_message(self) -> str:
        """Say why it is refused."""
        return "Mật khẩu này nhiều người dùng nên dễ bị đoán. Chọn mật khẩu khác."

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Không dùng mật khẩu phổ biến."


class NotTheName:
    """Không phải tên đăng nhập."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for a password that is little more than the user name."""
        name = fold(user.get_username()) if user else ""
        if name and name in fold(password) and len(password) < len(name) + LEAST_SIGNS // 2:
            raise ValidationError(
                "Mật khẩu gần giống tên đăng nhập nên dễ bị đoán. Chọn mật khẩu khác.",
                code="password_is_the_name",
            )

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Không lấy tên đăng nhập làm mật khẩu."


class NotDigitsAlone:
    """Không chỉ gồm chữ số."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for digits alone: dates and phone numbers are guessed first."""
        if password.isdecimal():
            raise ValidationError(
                "Mật khẩu chỉ gồm chữ số dễ bị đoán. Thêm chữ cái.", code="password_is_digits"
            )

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Không chỉ gồm chữ số."
