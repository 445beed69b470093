"""Signing in: staff only, by name and password, and the accounts a demo lists."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm, PasswordVerificationMixin
from allauth.account.views import LoginView, PasswordChangeView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ImproperlyConfigured
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from motcua.agencies.labels import ROLE_LABELS
from motcua.agencies.models import Officer
from motcua.agencies.queries import working
from motcua.domain.process import Role
from motcua.scenarios import DEMO_PASSWORD


class Accounts(AuthenticationBackend):
    """Checks names and passwords, and reads whose account a request is."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """Return the account with its officer, whom every page asks for; None: none, or closed."""
        known = get_user_model().objects.select_related(
            "officer__agency__parent", "officer__counter"
        )
        user = known.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class StaffOnly(DefaultAccountAdapter):
    """Accounts are made by the administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt, "
            "rồi nhập lại. Quên mật khẩu: hỏi quản trị viên."
        ),
        "too_many_login_attempts": (
            "Đã nhập sai nhiều lần nên tạm khóa đăng nhập bằng tên này. "
            "Chờ 5 phút rồi thử lại, hoặc báo quản trị viên."
        ),
        "too_many_from_here": (
            "Từ máy hoặc mạng này đã nhập sai quá nhiều lần, bằng nhiều tên, nên tạm khóa đăng "
            "nhập từ đây. Chờ 5 phút rồi thử lại, hoặc báo quản trị viên."
        ),
        "account_inactive": "Tài khoản đã ngừng dùng. Báo quản trị viên nếu có nhầm lẫn.",
        "enter_current_password": "Mật khẩu hiện nay chưa đúng. Nhập lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return no, always."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the visitor's address; the nearest proxy's when fewer stand there than said."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a name, or a whole address, that was wrong too often; ask the address first."""
        if not ratelimit.consume(request, action="login_failed_from_here", dry_run=True):
            raise self.validation_error("too_many_from_here")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count against the address too, whatever the name."""
        ratelimit.consume(request, action="login_failed_from_here")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and keep when by the clock every other page reads."""
        super().login(request, user)
        user.last_login = request.at
        user.save(update_fields=["last_login"])

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say so where the officer is; there is no other page to send them to."""
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the officer's desk."""
        return reverse("desk")


class Answered422:
    """A form that was not accepted comes back with the status that says so."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Answer that the form was not accepted."""
        response = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class SignIn(Answered422, LoginView):
    """The sign-in page; in a demo home it lists the accounts, and one chosen is filled in."""

    def get_initial(self) -> dict[str, Any]:
        """Fill in the account chosen from the list."""
        return {**super().get_initial(), "login": self.request.GET.get("account", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts a demo home lists; choosing one keeps the page that was asked for."""
        found = super().get_context_data(**kwargs)
        name, asked = found["redirect_field_name"], found["redirect_field_value"]
        onward = f"&{urlencode({name: asked})}" if asked else ""
        return {**found, "accounts": listed_accounts(), "onward": onward}


class ChangePassword(Answered422, PasswordChangeView):
    """The officer's own password; one given by an administrator is asked for no longer."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Change it, and let the officer to their desk."""
        response = super().form_valid(form)
        Officer.objects.filter(user=self.request.user).update(must_change_password=False)
        return response


class SignInForm(LoginForm):
    """Đăng nhập."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        self.fields["password"].help_text = ""
        for name, complete in (("login", "username"), ("password", "current-password")):
            attributes = self.fields[name].widget.attrs
            attributes.pop("placeholder", None)
            attributes["autocomplete"] = complete
        self.fields["login"].error_messages["required"] = "Nhập tên đăng nhập."
        self.fields["password"].error_messages["required"] = "Nhập mật khẩu."


class PasswordForm(ChangePasswordForm):
    """Đổi mật khẩu."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "oldpassword": ("Mật khẩu hiện nay", "Nhập mật khẩu hiện nay.", ""),
            "password1": ("Mật khẩu mới", "Nhập mật khẩu mới.", " ".join(_asked_of_passwords())),
            "password2": ("Nhập lại mật khẩu mới", "Nhập lại mật khẩu mới.", ""),
        }
        for name, (label, required, hint) in words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = required
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Compare the two new passwords, in our own words."""
        cleaned = super(PasswordVerificationMixin, self).clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập mật khẩu mới khác nhau. Nhập lại cả hai.")
        if first and first == cleaned.get("oldpassword"):
            self.add_error("password1", "Mật khẩu mới trùng mật khẩu hiện nay. Chọn mật khẩu khác.")
        return cleaned


def _asked_of_passwords() -> list[str]:
    return [validator.get_help_text() for validator in get_default_password_validators()]


# What a listed account is for.
DOES = {
    Role.RECEPTION: "nhận hồ sơ, bàn giao, trả kết quả",
    Role.HANDLER: "nhận việc, giải quyết, trình ký; ở văn phòng: vào sổ, đóng dấu, ghi kết quả",
    Role.APPROVER: "ký duyệt hoặc yêu cầu làm lại",
    Role.LEADER: "xem mọi hồ sơ của cơ quan và số liệu",
    Role.ADMINISTRATOR: "tài khoản, danh mục thủ tục, lịch làm việc",
}


def listed_accounts() -> list[dict[str, str]]:
    """Return the accounts a demo home lists on its sign-in page; none anywhere else."""
    if not settings.DEMO:
        return []
    officers = (
        working()
        .filter(is_listed_in_demo=True)
        .select_related("user", "agency")
        .prefetch_related("assignments")
    )
    order = list(Role)
    rows = []
    for officer in officers:
        roles = sorted((Role(a.role) for a in officer.assignments.all()), key=order.index)
        rows.append(
            {
                "username": officer.user.get_username(),
                "full_name": officer.full_name,
                "position": officer.position,
                "agency": officer.agency.name,
                "roles": ", ".join(ROLE_LABELS[role] for role in roles),
                "does": "; ".join(DOES[role] for role in roles),
                "order": order.index(roles[0]) if roles else len(order),
                "password": DEMO_PASSWORD,
            }
        )
    # Office by office, as their accounts are called: huyen.handler, lieu-de.handler.
    return sorted(
        rows, key=lambda row: (row["username"].split(".")[0], row["order"], row["username"])
    )


def desk(request: HttpRequest) -> HttpResponse:
    """Lead a signed-in officer to the desk of the first role that has one."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    for role, page in DESKS:
        if role in request.acting.roles:
            return redirect(page)
    return redirect("portal:front")


DESKS = [
    (Role.RECEPTION, "counter:reception"),
    (Role.HANDLER, "workspace:work"),
    (Role.APPROVER, "workspace:work"),
    (Role.LEADER, "workspace:work"),
    (Role.ADMINISTRATOR, "administration:catalogue"),
]
