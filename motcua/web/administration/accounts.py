"""Accounts of the officers an administrator administers: open, change, close."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import accounts as services
from motcua.agencies.labels import ROLE_LABELS
from motcua.agencies.models import Officer
from motcua.domain.calendar import office
from motcua.domain.dossier import OPEN
from motcua.domain.process import Role
from motcua.domain.vietnamese import fold
from motcua.dossiers.models import Dossier
from motcua.web.access import for_roles, front_door
from motcua.web.administration.forms import AssignForm, NewAccountForm, PasswordForm
from motcua.web.wording import explain

ROWS: Final = 25


@front_door(Role.ADMINISTRATOR)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of the agencies this administrator administers."""
    on = office(request.at).date()
    officers = services.administered_officers(request.acting.officer, on=on)
    agencies = services.administered_agencies(request.acting.officer, on=on)
    typed = " ".join(request.GET.get("q", "")[:100].split())
    chosen = next((agency for agency in agencies if agency.code == request.GET.get("agency")), None)
    if chosen:
        officers = officers.filter(agency=chosen)
    if typed:
        names = officers.values_list("pk", "full_name", "user__username", "position")
        asked = fold(typed)
        officers = officers.filter(
            pk__in=[pk for pk, *texts in names if asked in fold(" ".join(texts))]
        )
    page = Paginator(officers, ROWS).get_page(request.GET.get("page"))
    asked_for = {name: request.GET[name] for name in ("q", "agency") if request.GET.get(name)}
    return render(
        request,
        "administration/accounts.html",
        {
            "desk": "catalogue",
            "tab": "accounts",
            "page": page,
            "rows": [(officer, _roles(officer, request)) for officer in page],
            "query": urlencode(asked_for) + "&" if asked_for else "",
            "typed": typed,
            "chosen": chosen,
            "agencies": agencies,
        },
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.ADMINISTRATOR)
def new(request: HttpRequest) -> HttpResponse:
    """Open an account for a new officer."""
    on = office(request.at).date()
    agencies = services.administered_agencies(request.acting.officer, on=on)
    form = NewAccountForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        try:
            officer = services.open_account(
                administrator=request.acting.officer, on=on, **form.cleaned_data
            )
        except services.UserNameTaken as problem:
            form.add_error("username", explain(problem))
        except ValidationError as problem:
            form.add_error("password", problem)
        else:
            messages.success(
                request,
                f"Đã mở tài khoản {form.cleaned_data['username']} cho {officer.full_name}.",
            )
            return redirect("administration:account", officer.pk)
    status = 422 if form.errors else 200
    page = {"desk": "catalogue", "tab": "accounts", "form": form}
    return render(request, "administration/new_account.html", page, status=status)


@for_roles(Role.ADMINISTRATOR)
@require_safe
def account(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Show one account: its officer, roles, what may be done with it."""
    return _account(request, _officer(request, officer_id))


@for_roles(Role.ADMINISTRATOR)
@require_POST
def assign(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Give the officer one more role."""
    officer = _officer(request, officer_id)
    on = office(request.at).date()
    form = AssignForm(request.POST, agencies=_agencies(request))
    if form.is_valid():
        try:
            services.assign_role(
                administrator=request.acting.officer, officer=officer, on=on, **form.cleaned_data
            )
        except services.RoleAlreadyHeld as problem:
            form.add_error("role", explain(problem))
        else:
            words = ROLE_LABELS[form.cleaned_data["role"]].lower()
            messages.success(request, f"Đã giao vai trò {words} cho {officer.full_name}.")
            return redirect("administration:account", officer.pk)
    return _account(request, officer, assign_form=form)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def end(request: HttpRequest, officer_id: int, assignment_id: int) -> HttpResponse:
    """End a role with the end of today."""
    officer = _officer(request, officer_id)
    assignment = officer.assignments.filter(pk=assignment_id).first()
    if assignment is None:
        raise Http404
    try:
        services.end_role(
            administrator=request.acting.officer,
            assignment=assignment,
            on=office(request.at).date(),
        )
    except (services.OwnAccount, services.NotAdministeredHere) as problem:
        messages.error(request, explain(problem))
    else:
        words = ROLE_LABELS[Role(assignment.role)].lower()
        messages.success(request, f"Vai trò {words} của {officer.full_name} hết sau hôm nay.")
    return redirect("administration:account", officer.pk)


@sensitive_post_parameters("password")
@for_roles(Role.ADMINISTRATOR)
@require_POST
def password(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Give the account a new password."""
    officer = _officer(request, officer_id)
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            services.set_password(
                administrator=request.acting.officer,
                officer=officer,
                password=form.cleaned_data["password"],
                on=office(request.at).date(),
            )
        except ValidationError as problem:
            form.add_error("password", problem)
        except services.NotAdministeredHere as problem:
            form.add_error("password", explain(problem))
        else:
            messages.success(
                request,
                f"Đã đặt mật khẩu mới cho {officer.user.get_username()}. "
                "Phiên đang mở bằng mật khẩu cũ đã kết thúc.",
            )
            return redirect("administration:account", officer.pk)
    return _account(request, officer, password_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.ADMINISTRATOR)
def close(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Ask, then close the account at once."""
    officer = _officer(request, officer_id)
    if request.method != "POST":
        page = {
            "desk": "catalogue",
            "tab": "accounts",
            "officer": officer,
            "held": _held_by(officer),
        }
        return render(request, "administration/close_account.html", page)
    try:
        services.close_account(
            administrator=request.acting.officer, officer=officer, on=office(request.at).date()
        )
    except (services.OwnAccount, services.NotAdministeredHere) as problem:
        messages.error(request, explain(problem))
    else:
        messages.success(request, f"Đã ngừng tài khoản {officer.user.get_username()}.")
    return redirect("administration:account", officer.pk)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def reopen(request: HttpRequest, officer_id: int) -> HttpResponse:
    """Open a closed account again."""
    officer = _officer(request, officer_id)
    try:
        services.reopen_account(
            administrator=request.acting.officer, officer=officer, on=office(request.at).date()
        )
    except services.NotAdministeredHere as problem:
        messages.error(request, explain(problem))
    else:
        messages.success(request, f"Đã mở lại tài khoản {officer.user.get_username()}.")
    return redirect("administration:account", officer.pk)


def _officer(request: HttpRequest, officer_id: int) -> Officer:
    """Return the officer if this administrator administers them.  Raises Http404."""
    on = office(request.at).date()
    officers = services.administered_officers(request.acting.officer, on=on)
    found = officers.filter(pk=officer_id).first()
    if found is None:
        raise Http404
    return found


def _held_by(officer: Officer) -> int:
    return Dossier.objects.filter(holder_officer=officer, state__in=OPEN).count()


def _agencies(request: HttpRequest) -> Any:
    on = office(request.at).date()
    return services.administered_agencies(request.acting.officer, on=on)


def _account(
    request: HttpRequest,
    officer: Officer,
    *,
    assign_form: AssignForm | None = None,
    password_form: PasswordForm | None = None,
) -> HttpResponse:
    on = office(request.at).date()
    failed = assign_form or password_form
    assignments = sorted(
        officer.assignments.all(), key=lambda row: (row.valid_until is not None, row.valid_from)
    )
    page = {
        "desk": "catalogue",
        "tab": "accounts",
        "officer": officer,
        "assignments": [
            (row, ROLE_LABELS[Role(row.role)], row.valid_until is None or row.valid_until > on)
            for row in assignments
        ],
        "is_own": officer.pk == request.acting.officer.pk,
        "held": _held_by(officer),
        "form": failed,
        "assign_form": assign_form
        or AssignForm(agencies=_agencies(request), initial={"agency": officer.agency_id}),
        "password_form": password_form or PasswordForm(),
    }
    status = 422 if failed is not None else 200
    return render(request, "administration/account.html", page, status=status)


def _roles(officer: Officer, request: HttpRequest) -> str:
    on = office(request.at).date()
    held = [
        (row.agency, Role(row.role)) for row in officer.assignments.all() if row.is_in_force(on)
    ]
    return "; ".join(
        ROLE_LABELS[role] if agency == officer.agency else f"{ROLE_LABELS[role]} ({agency.name})"
        for agency, role in held
    )
