"""Who does the open step: given to a colleague by name, or called back from the next one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from motcua.agencies.models import Delegation, Officer
from motcua.agencies.queries import delegations_in_force, mandates, roles_at
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, ActionNotAllowed, State
from motcua.domain.passage import PASSED_ON, RecallFlaw, RecallRefused
from motcua.domain.permission import ROLES
from motcua.domain.process import PERFORMING, Process, Role
from motcua.domain.snapshot import Happening
from motcua.dossiers.models import Dossier, StepTaken
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, processing
from motcua.dossiers.services.processing import NotAColleague
from motcua.dossiers.work_queries import running, untouched


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Người có thể được phân công: with how many dossiers they have at that agency now.

    `absence` is the delegation under which a deputy acts for them that day.
    """

    officer: Officer
    open: int
    absence: Delegation | None = None


class AssignedAlready(Exception):
    """The step is this officer's already."""

    def __init__(self, officer: Officer) -> None:
        super().__init__(officer.full_name)
        self.officer = officer


def candidates(dossiers: Collection[Dossier], *, at: datetime) -> tuple[Candidate, ...]:
    """Return who may do the open step of every one of these, the least busy first."""
    shared: dict[int, Officer] | None = None
    agencies = set()
    for step, dossier in _steps_among(dossiers).items():
        agencies.add(step[0])
        terms = terms_of(dossier)
        here = processing.colleagues(dossier, terms.process.step(dossier.step_code), at=at)
        found = {officer.pk: officer for officer in here}
        shared = found if shared is None else {key: shared[key] for key in shared if key in found}
    if not shared:
        return ()
    busy = _open_counts(agencies, shared)
    away = {
        row.absent_id: row
        for row in delegations_in_force(office(at).date())
        .filter(absent__in=shared, agency__in=agencies)
        .select_related("deputy")
    }
    named = [
        Candidate(officer=officer, open=busy.get(key, 0), absence=away.get(key))
        for key, officer in shared.items()
    ]
    return tuple(sorted(named, key=lambda one: (one.open, one.officer.full_name, one.officer.pk)))


def _steps_among(dossiers: Iterable[Dossier]) -> Mapping[tuple[int, str], Dossier]:
    """Return one dossier for each open step whose colleagues are the same."""
    return {
        (processing.working_agency(dossier), dossier.step_role): dossier
        for dossier in dossiers
        if dossier.step_code
    }


def _open_counts(agencies: Collection[int], officers: Iterable[int]) -> dict[int, int]:
    held = running().filter(holder_agency__in=agencies, holder_officer__in=list(officers))
    counted = held.order_by().values_list("holder_officer").annotate(number=Count("pk"))
    return dict(counted)


@transaction.atomic
def assign(
    *,
    dossier_id: int,
    to_officer: Officer,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    note: str = "",
) -> Dossier:
    """Give the open step to a colleague; `note` is the reason when it was somebody's.

    Raises ActionNotAllowed, NotAColleague, AssignedAlready, ReasonMissing, SomebodyActed. Nothing
    is written then.

    Source: Decree 61/2018 art. 19: the head of the agency gives the work to an officer.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    terms = terms_of(dossier)
    roles = mandates(officer.pk, on=office(at).date()).roles
    agency = assigning_agency(dossier, terms.process, roles)
    if agency is None:
        raise ActionNotAllowed(State(dossier.state), Action.ASSIGN)
    step = terms.process.step(dossier.step_code)
    if not processing.colleagues(dossier, step, at=at).contains(to_officer):
        raise NotAColleague(to_officer.full_name)
    if dossier.holder_officer_id == to_officer.pk:
        raise AssignedAlready(to_officer)
    ledger.record(
        dossier,
        Happening(
            action=Action.ASSIGN,
            at=at,
            agency=agency,
            officer=officer.pk,
            to_officer=to_officer.pk,
            note=note,
        ),
        terms=terms,
        seen_revision=seen_revision,
    )
    return dossier


def assigning_agency(
    dossier: Dossier, process: Process, roles: Mapping[int, Collection[Role]]
) -> int | None:
    """Return the key of the agency in whose name an officer with these roles gives the open step
    to somebody; None when they may not.

    It is the step's own agency, or the one above it where that is a division.
    """
    if State(dossier.state) is not State.IN_PROCESS:
        return None
    holder = dossier.holder_agency
    assert holder is not None, "somebody holds what is worked on"
    for key in (holder.pk, holder.parent_id if holder.kind == "division" else None):
        if key is not None and set(roles.get(key, ())) & ROLES[Action.ASSIGN]:
            here = {holder.pk: roles[key]}
            found = processing.allowed(dossier, process=process, roles=here, is_confirmed=True)
            return key if Action.ASSIGN in found else None
    return None


@transaction.atomic
def recall(
    *,
    dossier_id: int,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    note: str = "",
) -> Dossier:
    """Call back what the officer passed on and the next has not touched.

    Raises ActionNotAllowed, RecallRefused, SomebodyActed. Nothing is written then.
    """
    dossier = ledger.locked(dossier_id, seen_revision)
    terms = terms_of(dossier)
    if State(dossier.state) is not State.IN_PROCESS:
        raise ActionNotAllowed(State(dossier.state), Action.RECALL)
    left = left_step(dossier)
    if left is None or left.outcome not in PASSED_ON:
        raise RecallRefused(RecallFlaw.NOT_PASSED_ON)
    role = terms.process.step(left.code).role
    if role not in roles_at(officer, left.agency_id, on=office(at).date()):
        raise ActionNotAllowed(State(dossier.state), Action.RECALL)
    ledger.record(
        dossier,
        Happening(
            action=Action.RECALL, at=at, agency=left.agency_id, officer=officer.pk, note=note
        ),
        terms=terms,
        seen_revision=seen_revision,
    )
    return dossier


def may_recall(dossier: Dossier, officer: Officer, roles: Mapping[int, Collection[Role]]) -> bool:
    """Whether this officer passed it on, may do so still, and nobody touched it since."""
    if State(dossier.state) is not State.IN_PROCESS:
        return False
    if not untouched(officer.pk).filter(pk=dossier.pk).exists():
        return False
    left = left_step(dossier)
    return left is not None and bool(PERFORMING & set(roles.get(left.agency_id, ())))


def left_step(dossier: Dossier) -> StepTaken | None:
    """Return the passage that ended when the open step began; None at the first step."""
    return dossier.steps_taken.filter(ended_at__isnull=False).order_by("-position").first()
