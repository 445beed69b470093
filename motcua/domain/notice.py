"""Papers the office owes the applicant: what each is for, and its way from draft to sent.

Source: Decree 61/2018 art. 17 and 19, Decree 118/2025 art. 17: requests for papers, refusals,
apologies and stops are written, with their reason. Decree 63/2010 art. 20: nobody is made to come
back more than twice for one matter.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from motcua.domain.dossier import Action


class NoticeKind(StrEnum):
    """Văn bản gửi người nộp: what is said."""

    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    PAYMENT = "payment"
    EXTENSION = "extension"
    APOLOGY = "apology"
    STOP = "stop"
    WITHDRAWAL = "withdrawal"


class NoticeStatus(StrEnum):
    """Tình trạng văn bản: where a notice stands on its way."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    CANCELLED = "cancelled"


class NoticeMove(StrEnum):
    """Việc làm với văn bản: what somebody does to a notice."""

    AMEND = "amend"
    APPROVE = "approve"
    RETURN = "return"
    SEND = "send"
    CANCEL = "cancel"


class NoticeMoveNotAllowed(Exception):
    """The notice does not stand where this can be done to it."""

    def __init__(self, status: NoticeStatus, move: NoticeMove) -> None:
        super().__init__(f"{move} is not possible for a notice that is {status}")
        self.status = status
        self.move = move


# The act that sending a notice does to its dossier.
ACT_OF: Final[Mapping[NoticeKind, Action]] = MappingProxyType(
    {
        NoticeKind.SUPPLEMENT: Action.REQUEST_SUPPLEMENT,
        NoticeKind.REFUSAL: Action.REFUSE,
        NoticeKind.PAYMENT: Action.REQUEST_PAYMENT,
        NoticeKind.EXTENSION: Action.EXTEND,
        NoticeKind.APOLOGY: Action.APOLOGISE,
        NoticeKind.STOP: Action.DISCONTINUE,
        NoticeKind.WITHDRAWAL: Action.WITHDRAW,
    }
)
# On its way: at most one of a kind and a dossier.
LIVE: Final = (NoticeStatus.DRAFT, NoticeStatus.APPROVED)
# From the third request on somebody who signs answers for it, with a reason.
ROUNDS_WITHOUT_ASKING: Final = 2

_S, _M = NoticeStatus, NoticeMove
MOVES: Final[Mapping[tuple[NoticeStatus, NoticeMove], NoticeStatus]] = MappingProxyType(
    {
        (_S.DRAFT, _M.AMEND): _S.DRAFT,
        (_S.DRAFT, _M.APPROVE): _S.APPROVED,
        (_S.DRAFT, _M.RETURN): _S.DRAFT,
        (_S.DRAFT, _M.CANCEL): _S.CANCELLED,
        (_S.APPROVED, _M.RETURN): _S.DRAFT,
        (_S.APPROVED, _M.SEND): _S.SENT,
        (_S.APPROVED, _M.CANCEL): _S.CANCELLED,
    }
)


def moved(status: NoticeStatus, move: NoticeMove) -> NoticeStatus:
    """Return where the move leads.  Raises NoticeMoveNotAllowed."""
    try:
        return MOVES[status, move]
    except KeyError:
        raise NoticeMoveNotAllowed(status, move) from None


def is_signed_by_drafter(kind: NoticeKind, *, is_accepted: bool, rounds: int) -> bool:
    """Whether who drafts the notice may also approve it, being at the counter.

    `rounds` counts the requests for papers sent before this one on the same side of acceptance.
    At the counter an officer guides the applicant, refuses what does not belong here, and takes
    a withdrawal; a third request and whatever moves a running clock is for who signs.
    """
    if kind is NoticeKind.WITHDRAWAL:
        return True
    if is_accepted or kind not in (NoticeKind.SUPPLEMENT, NoticeKind.REFUSAL):
        return False
    return rounds < ROUNDS_WITHOUT_ASKING
