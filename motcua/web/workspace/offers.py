"""Which acts a page offers an officer, where each is done, and which one is likely."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from motcua.catalogue.queries import process_of
from motcua.domain.dossier import Action
from motcua.domain.process import Role
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.processing import allowed
from motcua.web.access import Acting
from motcua.web.workspace import places

# Offered on screens so far. The rules know more: asking for papers or money, pausing, extending,
# withdrawing and discontinuing each bind the office to a printed form and a message to the
# citizen, and are offered once those exist.
OFFERED: Final = (
    Action.ISSUE_RESULT,
    Action.APPROVE,
    Action.PROPOSE,
    Action.FORWARD,
    Action.TAKE,
    Action.HAND_OVER,
    Action.RETURN,
    Action.HAND_BACK,
    Action.CONFIRM,
    Action.SEND_BACK_FOR_REWORK,
    Action.SEND_TO_STEP,
    Action.SEND_BACK,
    Action.CORRECT,
)
# The counter's own acts have their pages at the counter, and ask for a role there.
AT_THE_COUNTER: Final = {
    Action.HAND_OVER: "counter:hand_over",
    Action.RETURN: "counter:return",
    Action.HAND_BACK: "counter:hand_back",
    Action.CORRECT: "counter:correct",
}
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
    }
)
# Done to several dossiers ticked in a list.
COMMON: Final = (Action.TAKE, Action.HAND_OVER, Action.APPROVE)


@dataclass(frozen=True, slots=True)
class Offer:
    """Việc có thể làm: one act on the dossier of this number."""

    action: Action
    number: str

    @property
    def address(self) -> str:
        """Where it is done."""
        page = AT_THE_COUNTER.get(self.action)
        if page is None:
            return places.of_act(self.number, slug(self.action))
        if self.action is Action.HAND_OVER:
            return reverse(page)
        return reverse(page, args=[self.number])

    @property
    def words(self) -> str:
        """The label of the button."""
        return ACTION_LABELS[self.action]

    @property
    def is_at_once(self) -> bool:
        """Whether the button itself does it."""
        return self.action in AT_ONCE


def offers(dossier: Dossier, possible: set[Action], *, acting: Acting) -> tuple[Offer, ...]:
    """Return the permitted acts as a page offers them, the likely one first."""
    order: Iterable[Action] = OFFERED
    if dossier.holder_officer_id == acting.officer.pk:
        possible = possible - {Action.TAKE}
    elif dossier.holder_officer_id is not None or dossier.step_role != Role.APPROVER:
        # What a colleague has, or nobody yet, is taken before it is worked on. Only what waits
        # for any signature is signed as it is: signing is one act.
        order = (Action.TAKE, *OFFERED)
    return tuple(
        Offer(action, dossier.number) for action in dict.fromkeys(order) if action in possible
    )


def likely(possible: Iterable[Offer]) -> Offer | None:
    """Return the act that carries the dossier on its way; None when none of these does."""
    return next((offer for offer in possible if offer.action in ON_ITS_WAY), None)


def permitted_to(dossier: Dossier, *, acting: Acting, is_confirmed: bool) -> set[Action]:
    """Return the offered acts the officer is permitted now.

    `is_confirmed`: the papers of the open step are known to have arrived.
    """
    process = process_of(dossier.version_id)
    roles = acting.roles_by_agency
    found = allowed(dossier, process=process, roles=roles, is_confirmed=is_confirmed)
    return set(found) & set(OFFERED)


def slug(action: Action) -> str:
    """Return the act as an address writes it."""
    return action.value.replace("_", "-")


def action_of(text: str) -> Action | None:
    """Return the offered act of this desk an address names; None when it names none."""
    for action in OFFERED:
        if slug(action) == text and action not in AT_THE_COUNTER:
            return action
    return None
