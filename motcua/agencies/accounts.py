"""Accounts of officers: who may open, change and close them, so that an office needs no console.

An administrator administers the agencies they are assigned to as such, and those below them.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from motcua.agencies.models import Agency, Officer, RoleAssignment
from motcua.agencies.queries import in_force
from motcua.domain.process import Role
from motcua.domain.vietnamese import tidy


class UserNameTaken(Exception):
    """Another account has this user name."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class NotAdministeredHere(Exception):
    """The agency or the officer is none of this administrator's."""


class OwnAccount(Exception):
    """An administrator may not close the account they work with, or end its last right."""


class RoleAlreadyHeld(Exception):
    """The officer has this role at this agency already."""


def administered_agencies(administrator: Officer, *, on: date) -> QuerySet[Agency]:
    """Return the agencies this administrator administers on that day, the highest first.

    Those of the assignments in force, and everything below them.
    """
    found = set(
        in_force(on)
        .filter(officer=administrator, role=Role.ADMINISTRATOR)
        .values_list("agency_id", flat=True)
    )
    children: dict[int | None, list[int]] = {}
    for pk, parent in Agency.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    reached = list(found)
    while reached:
        below = [pk for pk in children.get(reached.pop(), []) if pk not in found]
        found.update(below)
        reached += below
    return Agency.objects.filter(pk__in=found).order_by("kind", "name")


def administered_officers(administrator: Officer, *, on: date) -> QuerySet[Officer]:
    """Return the officers whose own agency this administrator administers, by agency and name."""
    agencies = administered_agencies(administrator, on=on).order_by().values("pk")
    return (
        Officer.objects.filter(agency__in=agencies)
        .select_related("user", "agency", "counter")
        .prefetch_related("assignments__agency")
        .order_by("agency__name", "full_name", "pk")
    )


@transaction.atomic
def open_account(
    *,
    administrator: Officer,
    username: str,
    full_name: str,
    position: str,
    agency: Agency,
    roles: Iterable[Role],
    password: str,
    on: date,
) -> Officer:
    """Open an account for a new officer, with roles at their own agency from that day.

    Raises NotAdministeredHere, UserNameTaken, and Django's ValidationError for a password that
    is too weak. Nothing is written when it raises.
    """
    _check_agency(administrator, agency, on)
    # Signing in takes small and capital letters for the same.
    if User.objects.filter(username__iexact=username).exists():
        raise UserNameTaken(username)
    user = User(username=username)
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise UserNameTaken(username) from None
    officer = Officer.objects.create(
        user=user,
        full_name=tidy(full_name),
        position=tidy(position),
        agency=agency,
        must_change_password=True,
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(officer=officer, agency=agency, role=role.value, valid_from=on)
        for role in sorted(set(roles))
    )
    return officer


@transaction.atomic
def assign_role(
    *, administrator: Officer, officer: Officer, agency: Agency, role: Role, on: date
) -> RoleAssignment:
    """Give an officer a role at an agency from that day on.

    Raises NotAdministeredHere, RoleAlreadyHeld.
    """
    _check_officer(administrator, officer, on)
    _check_agency(administrator, agency, on)
    held = in_force(on).filter(officer=officer, agency=agency, role=role.value, valid_until=None)
    if held.select_for_update().exists():
        raise RoleAlreadyHeld(role.value)
    # One that ends today, or began today and was ended, goes on.
    assignment, _made = RoleAssignment.objects.update_or_create(
        officer=officer,
        agency=agency,
        role=role.value,
        valid_until=on,
        defaults={"valid_until": None},
        create_defaults={"valid_from": on, "valid_until": None},
    )
    return assignment


@transaction.atomic
def end_role(*, administrator: Officer, assignment: RoleAssignment, on: date) -> RoleAssignment:
    """End a role with the end of that day: what was done under it until then was rightly done.

    Raises NotAdministeredHere, and OwnAccount for the administrator's own administration.
    """
    _check_officer(administrator, assignment.officer, on)
    _check_agency(administrator, assignment.agency, on)
    if assignment.officer_id == administrator.pk and assignment.role == Role.ADMINISTRATOR:
        raise OwnAccount(assignment.role)
    if assignment.valid_until is None or assignment.valid_until > on:
        assignment.valid_until = max(on, assignment.valid_from)
        assignment.save(update_fields=["valid_until"])
    return assignment


@transaction.atomic
def set_password(*, administrator: Officer, officer: Officer, password: str, on: date) -> None:
    """Give an account a new password; whoever is signed in with the old one is signed out.

    Its officer is asked for one of their own at the next sign-in.

    Raises NotAdministeredHere, and Django's ValidationError for a password that is too weak.
    """
    _check_account(administrator, officer, on)
    validate_password(password, officer.user)
    officer.user.set_password(password)
    officer.user.save(update_fields=["password"])
    officer.must_change_password = officer.pk != administrator.pk
    officer.save(update_fields=["must_change_password"])


@transaction.atomic
def close_account(*, administrator: Officer, officer: Officer, on: date) -> None:
    """Close an account at once; the officer's past acts stay, every session of theirs ends.

    Raises NotAdministeredHere, OwnAccount.
    """
    _check_account(administrator, officer, on)
    if officer.pk == administrator.pk:
        raise OwnAccount(officer.user.get_username())
    _set_active(officer, active=False)
    _end_sessions(officer)


@transaction.atomic
def reopen_account(*, administrator: Officer, officer: Officer, on: date) -> None:
    """Open a closed account again, with the password and the roles it has.

    Raises NotAdministeredHere.
    """
    _check_account(administrator, officer, on)
    _set_active(officer, active=True)


def _set_active(officer: Officer, *, active: bool) -> None:
    officer.user.is_active = active
    officer.user.save(update_fields=["is_active"])


def _end_sessions(officer: Officer) -> None:
    """End the sessions for good: one left on a machine would live again with the account."""
    whose = str(officer.user_id)
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == whose
    ]
    Session.objects.filter(pk__in=theirs).delete()


def _check_agency(administrator: Officer, agency: Agency, on: date) -> None:
    if not administered_agencies(administrator, on=on).contains(agency):
        raise NotAdministeredHere(agency.code)


def _check_officer(administrator: Officer, officer: Officer, on: date) -> None:
    _check_agency(administrator, officer.agency, on)


def _check_account(administrator: Officer, officer: Officer, on: date) -> None:
    """Who holds the password holds every role: all of them must be this administrator's to give."""
    _check_officer(administrator, officer, on)
    for assignment in in_force(on).filter(officer=officer).select_related("agency"):
        _check_agency(administrator, assignment.agency, on)
