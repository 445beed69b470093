"""What the office wrote to the applicants of a year: a notice for each act that sends one."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, Final

from motcua.domain.calendar import office
from motcua.domain.dossier import Action
from motcua.domain.history import fold
from motcua.domain.notice import ACT_OF, NoticeKind, NoticeStatus
from motcua.domain.notice_words import AskedFor
from motcua.dossiers.labels import MARK_LABELS
from motcua.dossiers.services.courses import NoticeRow, Row
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.visits import Visit

KIND_OF: Final = {action: kind for kind, action in ACT_OF.items()}
# Drafted, approved, sent: each but the first writes the row once more.
REVISION: Final = 2
ANSWER_WITHIN: Final = timedelta(days=15)
AMOUNTS: Final = (150_000, 420_000, 1_250_000, 3_600_000, 8_400_000)
DELIVERIES: Final = ("counter", "phone", "email", "post")


def asked_in_words(name: str, asked: AskedFor) -> str:
    """Return what the event of a request says of the paper of that name."""
    return f"{name} ({MARK_LABELS[asked.flaw].lower()}): {asked.reason}"


def letters_of(visit: Visit, *, open_time: OpenTime, rng: Random) -> Iterator[NoticeRow]:
    """Yield the notices sent on the visit's road, numbered already."""
    road, cast = visit.road, visit.cast
    asked = iter(road.asked)
    rounds = 0
    for place, what in enumerate(road.acts):
        kind = KIND_OF.get(what.action)
        if kind is None:
            continue
        asks = kind in (NoticeKind.SUPPLEMENT, NoticeKind.PAYMENT)
        paper = next(asked) if kind is NoticeKind.SUPPLEMENT else None
        rounds += paper is not None
        announces = what.action in (Action.EXTEND, Action.APOLOGISE)
        before = road.acts[place - 1].at
        room = open_time.between(before, what.at)
        drafted_at = min(open_time.after(before, room // 2), what.at)
        approved_at = min(max(open_time.after(before, room * 3 // 4), drafted_at), what.at)
        at_the_counter = kind is NoticeKind.WITHDRAWAL
        yield NoticeRow(
            act=place,
            columns={
                **_BLANK,
                "kind": kind.value,
                "round": max(rounds, 1) if paper else 1,
                "reason": "" if paper else what.note,
                "answer_by": office(what.at).date() + ANSWER_WITHIN if asks else None,
                "new_due_at": what.new_due_at if announces else None,
                "responsible_step": _step_at(visit, place) if announces else "",
                "amount": rng.choice(AMOUNTS) if kind is NoticeKind.PAYMENT else None,
                "drafted_by_id": what.officer if at_the_counter else cast.handling.officer,
                "drafted_at": drafted_at,
                "approved_by_id": cast.deciding.officer if asks else what.officer,
                "approved_at": approved_at,
                "sent_by_id": what.officer,
                "sent_at": what.at,
                "delivery": rng.choice(DELIVERIES),
                "unit_id": cast.place.unit,
                "year": what.at.year,
                "position": visit.notice_numbers[place],
            },
            items=(_item(visit, paper),) if paper else (),
        )


# What a notice that was sent without going back and forth does not say.
_BLANK: Final[dict[str, Any]] = {
    "status": NoticeStatus.SENT.value,
    "revision": REVISION,
    "reason_code": "",
    "guidance": "",
    "approval_note": "",
    "returned_note": "",
    "cancelled_by_id": None,
    "cancelled_at": None,
    "cancel_reason": "",
}


def _step_at(visit: Visit, place: int) -> str:
    step = fold(visit.road.acts[:place], visit.matter.terms).step
    return step.code if step else ""


def _item(visit: Visit, asked: AskedFor) -> Row:
    compulsory = [paper for paper in visit.matter.papers if paper.compulsory]
    place = next(n for n, paper in enumerate(compulsory) if paper.position == asked.position)
    return (
        asked.position,
        place,
        compulsory[place].name,
        asked.flaw.value,
        asked.reason,
        asked.source_failed,
    )
