"""Who may reach what. Every page asks here; every dossier comes from here.

A stranger and an officer of another unit get the same answer as for a dossier that does not
exist, so that guessing numbers teaches nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, wraps
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.agencies.models import Counter, Officer, OneStopUnit
from motcua.agencies.queries import mandates
from motcua.domain.calendar import office
from motcua.domain.process import PERFORMING, Role
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries import on_the_road

# These see the dossiers of the agencies they are assigned to; an administrator sees none.
DOSSIER_ROLES = frozenset({Role.RECEPTION, Role.HANDLER, Role.APPROVER, Role.LEADER})


@dataclass(frozen=True)
class Acting:
    """Người đang làm việc: a signed-in officer with the roles in force now, agency by agency.

    A signed-out visitor, and an account without an officer, is nobody: false, without roles.
    """

    officer: Officer | None
    roles_by_agency: Mapping[int, frozenset[Role]]
    # For whom they stand in today, by agency and role.
    absent: Mapping[tuple[int, Role], frozenset[int]] = field(default_factory=dict)
    # Where they sit as a substitute today, by agency.
    counters: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.officer is not None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """All roles, whatever the agency."""
        return frozenset().union(*self.roles_by_agency.values())

    @property
    def acts(self) -> bool:
        """Whether any step may be theirs to do: a leader looks on."""
        return bool(self.roles & PERFORMING)

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        """The agencies whose dossiers this officer may see."""
        return frozenset(
            agency for agency, roles in self.roles_by_agency.items() if roles & DOSSIER_ROLES
        )

    @cached_property
    def unit(self) -> OneStopUnit:
        """The one-stop unit at whose counter the officer receives.

        Where they are assigned to receive at several: that of their own agency, else of the
        agency above their division, else the first by the agency's code. Raises Http404 when
        they receive nowhere.
        """
        assert self.officer is not None, "nobody has no unit"
        receiving = [
            agency for agency, roles in self.roles_by_agency.items() if Role.RECEPTION in roles
        ]
        units = OneStopUnit.objects.filter(agency__in=receiving).select_related("agency")
        home = self.officer.agency
        near = {home.pk: 0, home.parent_id: 1}
        found = min(
            units,
            key=lambda unit: (near.get(unit.agency_id, 2), unit.agency.code),
            default=None,
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def counter(self) -> Counter | None:
        """The officer's counter, if it stands in the unit where they receive, else the one where
        they sit in for somebody."""
        assert self.officer is not None, "nobody has no counter"
        own = self.officer.counter
        if own is not None and own.unit_id == self.unit.pk:
            return own
        elsewhere = self.counters.get(self.unit.agency_id)
        return self.unit.counters.filter(pk=elsewhere).first() if elsewhere else None


NOBODY: Final = Acting(None, {})


def acting(user: AbstractBaseUser | AnonymousUser, at: datetime) -> Acting:
    """Return who acts; nobody for a signed-out visitor and for an account without an officer."""
    if not user.is_authenticated:
        return NOBODY
    officer = getattr(user, "officer", None)
    if officer is None:
        return NOBODY
    today = mandates(officer.pk, on=office(at).date())
    return Acting(officer, today.roles, today.absent, today.counters)


def visible_to(who: Acting) -> QuerySet[Dossier]:
    """Return the dossiers on whose road an agency of this officer lies; nobody sees none."""
    if not who.agency_ids:
        return Dossier.objects.none()
    return Dossier.objects.filter(on_the_road(who.agency_ids))


def dossier_for(who: Acting, number: str) -> Dossier:
    """Return the dossier if an agency of this officer lies on its road.  Raises Http404."""
    found = (
        visible_to(who)
        .filter(number=number)
        .select_related(
            "unit__agency",
            "version__procedure__administrative_field",
            "case",
            "competent_agency",
            "holder_agency",
            "holder_officer",
            "receipt",
            "result",
            "hand_back",
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def notice_for(who: Acting, pk: int) -> Notice:
    """Return the notice if an agency of the officer is on its dossier's road.  Raises Http404."""
    found = (
        Notice.objects.filter(pk=pk, dossier__in=visible_to(who))
        .select_related(
            "dossier__unit__agency",
            "dossier__version__procedure",
            "dossier__case",
            "dossier__competent_agency",
            "unit__agency",
            "drafted_by",
            "approved_by",
            "sent_by",
            "cancelled_by",
        )
        .prefetch_related("items", "dossier__parties")
        .first()
    )
    if found is None:
        raise Http404
    return found


def begun_for(who: Acting, pk: int) -> Dossier:
    """Return the dossier that this officer's unit has not accepted.  Raises Http404."""
    found = (
        Dossier.objects.filter(pk=pk, unit=who.unit, accepted_at=None)
        .select_related("unit__agency", "version__procedure", "case", "competent_agency")
        .first()
    )
    if found is None:
        raise Http404
    return found


def received_by(who: Acting, number: str) -> Dossier:
    """Return the dossier if this officer receives at its unit's counter.  Raises Http404."""
    found = dossier_for(who, number)
    if Role.RECEPTION not in who.roles_by_agency.get(found.unit.agency_id, ()):
        raise Http404
    return found


def front_door(*roles: Role) -> Callable[[Callable], Callable]:
    """Let these roles into a desk; a signed-out visitor is shown the sign-in page, others 404."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            _check(request, roles)
            return _own_password(request) or view(request, *args, **kwargs)

        return guarded

    return wrap


def for_roles(*roles: Role) -> Callable[[Callable], Callable]:
    """Let these roles reach an inner page or file; for everybody else it does not exist."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            _check(request, roles)
            return _own_password(request) or view(request, *args, **kwargs)

        return guarded

    return wrap


def _own_password(request: HttpRequest) -> HttpResponse | None:
    """Lead whose password an administrator gave to the page where they set their own."""
    if request.acting.officer.must_change_password:
        return redirect("account_change_password")
    return None


def _check(request: HttpRequest, roles: tuple[Role, ...]) -> None:
    if not request.acting.roles & set(roles):
        raise Http404
