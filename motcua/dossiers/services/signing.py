"""Who may draft a notice to the applicant, and who signs for the dossier's agency."""

from collections.abc import Collection, Mapping
from typing import Final

from motcua.domain.dossier import State, actions_from
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.process import Role
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import agency_id_of
from motcua.dossiers.services import ledger, processing

RolesByAgency = Mapping[int, Collection[Role]]
# Who signs sends these; whoever works on the dossier may draft them for that.
_FOR_WHO_SIGNS: Final = frozenset({NoticeKind.EXTENSION, NoticeKind.APOLOGY, NoticeKind.STOP})


def may_draft(kind: NoticeKind, dossier: Dossier, *, terms: Terms, roles: RolesByAgency) -> bool:
    """Whether an officer with these roles, by agency, may draft such a notice now."""
    act, state = ACT_OF[kind], State(dossier.state)
    if act not in actions_from(state):
        return False
    if processing.may(act, dossier, terms=terms, roles=roles):
        return True
    if kind not in _FOR_WHO_SIGNS or not dossier.step_code:
        return False
    here = terms.process.step(dossier.step_code)
    works_on_it = here.role in roles.get(agency_id_of(here.performer, dossier), ())
    return works_on_it or signs(dossier, terms, roles)


def signs(dossier: Dossier, terms: Terms, roles: RolesByAgency) -> bool:
    """Whether an officer with these roles, by agency, signs for the dossier's agency."""
    places = {
        agency_id_of(step.performer, dossier)
        for step in terms.process.steps
        if step.role is Role.APPROVER
    }
    places |= {processing.working_agency(dossier), dossier.unit.agency_id}
    return any(Role.APPROVER in roles.get(agency, ()) for agency in places)


def rounds_before(dossier: Dossier, terms: Terms) -> int:
    """Return how many requests for papers were sent on this side of acceptance."""
    past = ledger.past_of(dossier.events.order_by("position"), terms).snapshot
    return past.asked_before if past.accepted_at is None else past.asked_during
