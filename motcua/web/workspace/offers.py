"""Which acts a page offers an officer, where each is done, and which one is likely."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from motcua.catalogue.queries import process_of
from motcua.domain.dossier import GOES_ON, Action
from motcua.domain.permission import ways
from motcua.domain.process import Role
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import followed_id
from motcua.dossiers.services.assignment import assigning_agency
from motcua.dossiers.services.processing import allowed, is_colleagues, is_deputy
from motcua.web.access import Acting
from motcua.web.workspace import places

# Offered on screens, the likely first; letters of apology and extension have their own list.
OFFERED: Final = (
    Action.ISSUE_RESULT,
    Action.APPROVE,
    Action.PROPOSE,
    Action.FORWARD,
    Action.TAKE,
    Action.HAND_OVER,
    Action.RETURN,
    Action.HAND_BACK,
    Action.SUPPLEMENT,
    Action.PAY,
    Action.RESUME,
    Action.CONFIRM,
    Action.REQUEST_SUPPLEMENT,
    Action.REQUEST_PAYMENT,
    Action.SEND_BACK_FOR_REWORK,
    Action.SEND_TO_STEP,
    Action.SEND_BACK,
    Action.SUSPEND,
    Action.DISCONTINUE,
    Action.WITHDRAW,
    Action.CONSULT,
    Action.ASSIGN,
    Action.CORRECT,
)
# The counter's own acts have their pages at the counter, and ask for a role there.
AT_THE_COUNTER: Final = {
    Action.HAND_OVER: "counter:hand_over",
    Action.RETURN: "counter:return",
    Action.HAND_BACK: "counter:hand_back",
    Action.CORRECT: "counter:correct",
    Action.SUPPLEMENT: "counter:supplement",
    Action.PAY: "counter:payment",
    Action.WITHDRAW: "counter:withdraw",
}
# Told in writing: drafted here, signed, then sent.
WRITTEN: Final = {
    Action.REQUEST_SUPPLEMENT: "workspace:notice_supplement",
    Action.REQUEST_PAYMENT: "workspace:notice_payment",
    Action.DISCONTINUE: "workspace:notice_stop",
}
# These have a page of their own at this desk.
OWN_PAGE: Final = WRITTEN | {Action.CONSULT: "workspace:consult", Action.ASSIGN: "workspace:assign"}
# Nothing to fill in: done from the list or the dossier's page.
AT_ONCE: Final = frozenset({Action.TAKE, Action.CONFIRM})
# What carries a dossier on its way; the rest of what is offered is for when something is wrong.
ON_ITS_WAY: Final = frozenset(
    {
        Action.ISSUE_RESULT,
        Action.APPROVE,
        Action.PROPOSE,
        Action.FORWARD,
        Action.TAKE,
        Action.HAND_OVER,
        Action.RETURN,
        Action.HAND_BACK,
        Action.SUPPLEMENT,
        Action.PAY,
        Action.RESUME,
    }
)
# Done to several dossiers ticked in a list.
COMMON: Final = (
    Action.TAKE,
    Action.FORWARD,
    Action.PROPOSE,
    Action.HAND_OVER,
    Action.APPROVE,
    Action.ASSIGN,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Việc có thể làm: one act on the dossier of this number.

    `instead_of` names the colleague it is taken over from.
    """

    action: Action
    number: str
    instead_of: str = ""

    @property
    def address(self) -> str:
        """Where it is done."""
        page = AT_THE_COUNTER.get(self.action) or OWN_PAGE.get(self.action)
        if page is None:
            return places.of_act(self.number, slug(self.action))
        if self.action is Action.HAND_OVER:
            return reverse(page)
        return reverse(page, args=[self.number])

    @property
    def words(self) -> str:
        """The label of the button."""
        return label(self.action, self.instead_of)

    @property
    def is_at_once(self) -> bool:
        """Whether the button itself does it."""
        return self.action in AT_ONCE and not self.instead_of


def label(action: Action, instead_of: str) -> str:
    """Return the name of the act; of taking over, with the name of the colleague."""
    return f"Nhận thay {instead_of}" if instead_of else ACTION_LABELS[action]


def instead_of(dossier: Dossier, action: Action, *, acting: Acting) -> str:
    """Return the name of the colleague whose dossier would be taken over; empty when nobody's."""
    taken = action is Action.TAKE and is_colleagues(
        action, dossier, acting.officer, absent=acting.absent
    )
    return dossier.holder_officer.full_name if taken else ""


def offers(
    dossier: Dossier, possible: set[Action], *, acting: Acting, is_missing: bool = False
) -> tuple[Offer, ...]:
    """Return the permitted acts as a page offers them, the likely one first.

    `is_missing`: the receiver said that its papers did not arrive.
    """
    taken_from = instead_of(dossier, Action.TAKE, acting=acting)
    order: Iterable[Action] = OFFERED
    if taken_from:
        # What a colleague has is taken over before it is worked on, and never in passing.
        possible = {
            each
            for each in possible
            if each is Action.TAKE
            or not is_colleagues(each, dossier, acting.officer, absent=acting.absent)
        }
        order = sorted(OFFERED, key=lambda each: each is Action.TAKE)
    elif dossier.holder_officer_id == acting.officer.pk or is_deputy(dossier, absent=acting.absent):
        possible = possible - {Action.TAKE}
    elif dossier.step_role != Role.APPROVER:
        # What nobody has yet is taken before it is worked on. Only what waits for any signature
        # is signed as it is: signing is one act.
        order = (Action.TAKE, *OFFERED)
    if is_missing:
        order = (Action.CONFIRM, *order)
    return tuple(
        Offer(action, dossier.number, taken_from if action is Action.TAKE else "")
        for action in dict.fromkeys(order)
        if action in possible
    )


def likely(possible: Iterable[Offer], *, is_missing: bool = False) -> Offer | None:
    """Return the act that carries the dossier on its way; None when none of these does.

    Of papers that did not arrive it is to say that they are there now.
    """
    carries = ON_ITS_WAY | {Action.CONFIRM} if is_missing else ON_ITS_WAY
    mine = (offer for offer in possible if not offer.instead_of)
    return next((offer for offer in mine if offer.action in carries), None)


def permitted_to(dossier: Dossier, *, acting: Acting, is_confirmed: bool) -> set[Action]:
    """Return the offered acts the officer is permitted now.

    `is_confirmed`: the papers of the open step are known to have arrived.
    """
    process = process_of(followed_id(dossier))
    roles = acting.roles_by_agency
    found = allowed(dossier, process=process, roles=roles, is_confirmed=is_confirmed)
    may = set(found) & set(OFFERED)
    return may | {Action.ASSIGN} if assigning_agency(dossier, process, roles) else may


def is_common(offer: Offer, dossier: Dossier) -> bool:
    """Whether the act is done to several dossiers ticked in a list: nothing has to be chosen for
    this one alone."""
    if offer.action not in COMMON or offer.instead_of:
        return False
    if offer.action not in GOES_ON or not dossier.step_code:
        return True
    road = process_of(dossier.version_id)
    return len(ways(offer.action, step=dossier.step_code, process=road)) == 1


def slug(action: Action) -> str:
    """Return the act as an address writes it."""
    return action.value.replace("_", "-")


def action_of(text: str) -> Action | None:
    """Return the offered act of this desk an address names; None when it names none."""
    for action in OFFERED:
        if slug(action) == text and action not in AT_THE_COUNTER | OWN_PAGE:
            return action
    return None
