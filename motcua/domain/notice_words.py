"""What a notice to the applicant says, and what has to be said before it may go out.

Source: Decree 61/2018 art. 17 and Decree 118/2025 art. 17: one complete notice, each point with
its reason; Decree 309/2026 amending it: what a published database holds is not asked for again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from motcua.domain.checklist import Mark
from motcua.domain.notice import ROUNDS_WITHOUT_ASKING, NoticeKind

# The reason of a refusal that has to say where to go instead.
WRONG_BODY: Final = "wrong_body"
# What was found of a paper that is asked for.
FLAWS: Final = (Mark.MISSING, Mark.WRONG)


class NoticeFlaw(StrEnum):
    """Lý do văn bản chưa lập được."""

    NOTHING_ASKED = "nothing_asked"
    PAPER_WITHOUT_REASON = "paper_without_reason"
    NO_REASON = "no_reason"
    NO_GUIDANCE = "no_guidance"
    NO_ANSWER_DATE = "no_answer_date"
    ANSWER_DATE_PAST = "answer_date_past"
    NO_AMOUNT = "no_amount"
    NO_NEW_DATE = "no_new_date"
    NO_APPROVAL_REASON = "no_approval_reason"
    NO_RETURN_REASON = "no_return_reason"
    NO_CANCEL_REASON = "no_cancel_reason"


class NoticeIncomplete(Exception):
    """Something that has to be said is not."""

    def __init__(self, flaw: NoticeFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class HeldByState(Exception):
    """A published database holds these papers, and nobody says why it cannot give them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("; ".join(names))
        self.names = names


class NotOnTheList(Exception):
    """The published procedure asks for no paper at this position."""

    def __init__(self, position: int) -> None:
        super().__init__(f"no paper at {position}")
        self.position = position


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """Giấy tờ được yêu cầu: the paper at this position of the procedure's list, and why.

    `source_failed` says why a paper is asked for that the State already holds.
    """

    position: int
    flaw: Mark
    reason: str
    source_failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """Nội dung văn bản: all that is said; what a kind does not speak of stays empty.

    `amount` is in đồng; `answer_by` is the last day for the applicant to act.
    """

    reason: str = ""
    reason_code: str = ""
    guidance: str = ""
    papers: tuple[AskedFor, ...] = ()
    answer_by: date | None = None
    new_due_at: datetime | None = None
    responsible_step: str = ""
    amount: int | None = None


def check(kind: NoticeKind, words: NoticeWords, *, on: date, is_accepted: bool) -> None:
    """Raise NoticeIncomplete unless these words may go out on that day.

    An accepted dossier waits until a day; before acceptance no clock runs and none is set.
    """
    flaw = _flaw_of(kind, words, on=on, is_accepted=is_accepted)
    if flaw is not None:
        raise NoticeIncomplete(flaw)


def _flaw_of(
    kind: NoticeKind, words: NoticeWords, *, on: date, is_accepted: bool
) -> NoticeFlaw | None:
    waits = kind in (NoticeKind.SUPPLEMENT, NoticeKind.PAYMENT)
    found = {
        NoticeFlaw.NOTHING_ASKED: kind is NoticeKind.SUPPLEMENT and not words.papers,
        NoticeFlaw.PAPER_WITHOUT_REASON: any(not one.reason.strip() for one in words.papers),
        NoticeFlaw.NO_AMOUNT: kind is NoticeKind.PAYMENT and not words.amount,
        NoticeFlaw.NO_REASON: _is_reasoned(kind) and not words.reason.strip(),
        NoticeFlaw.NO_GUIDANCE: words.reason_code == WRONG_BODY and not words.guidance.strip(),
        NoticeFlaw.NO_ANSWER_DATE: waits and is_accepted and words.answer_by is None,
        NoticeFlaw.ANSWER_DATE_PAST: words.answer_by is not None and words.answer_by <= on,
        NoticeFlaw.NO_NEW_DATE: _announces(kind) and words.new_due_at is None,
    }
    return next((flaw for flaw, is_so in found.items() if is_so), None)


def _is_reasoned(kind: NoticeKind) -> bool:
    """Whether the notice as a whole gives a reason: a request for papers gives one for each, and
    a withdrawal is the applicant's own will."""
    return kind not in (NoticeKind.SUPPLEMENT, NoticeKind.WITHDRAWAL)


def _announces(kind: NoticeKind) -> bool:
    return kind in (NoticeKind.EXTENSION, NoticeKind.APOLOGY)


def check_approval(kind: NoticeKind, *, rounds: int, note: str) -> None:
    """Raise NoticeIncomplete when a further request for papers is approved without a reason.

    `rounds` counts the requests sent before this one.  Source: Decree 63/2010 art. 20.
    """
    is_further = kind is NoticeKind.SUPPLEMENT and rounds >= ROUNDS_WITHOUT_ASKING
    if is_further and not note.strip():
        raise NoticeIncomplete(NoticeFlaw.NO_APPROVAL_REASON)


def check_sources(papers: Iterable[AskedFor], *, held: dict[int, str]) -> None:
    """Raise HeldByState when a paper is asked for that a database holds, and no failure is said.

    `held` names the papers the State holds, by their position.
    """
    silent = tuple(
        held[paper.position]
        for paper in papers
        if paper.position in held and not paper.source_failed.strip()
    )
    if silent:
        raise HeldByState(silent)
