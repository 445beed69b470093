"""What happened, folded into where the dossier stands.

`advance` takes one happening; the ledger calls it when an officer acts, the replay and the
import when they write many, and `motcua verify` when it proves that the rows agree. There is no
second way to move a dossier.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from motcua.domain.consultation import (
    Consultations,
    OpinionsOutstanding,
    asked,
    outstanding,
    reminded,
    replied,
)
from motcua.domain.dossier import (
    ENDING,
    GOES_BACK,
    GOES_ON,
    PAUSING,
    REASON_REQUIRED,
    RESUMING,
    Action,
    next_state,
)
from motcua.domain.passage import (
    Changes,
    ReasonMissing,
    assign,
    closed,
    ended,
    go,
    here_of,
    opened,
    recall,
    receive,
    take,
    with_last,
)
from motcua.domain.promise import (
    apologise,
    excuse,
    extend,
    move_to_version,
    pause,
    recalculate,
    resume,
)
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.terms import Terms


class HistoryOutOfOrder(Exception):
    """Something is said to have happened before what went before it."""


class ActionNotFolded(Exception):
    """The table has the move, and no rule here says what it changes."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"nothing says what {action} does")
        self.action = action


class HandedBackAlready(Exception):
    """The papers were fetched at `at`; they are handed back once."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"handed back at {at}")
        self.at = at


# The step is left for the next one: what it asked others should be answered by then.
_ON_FROM_THE_STEP: Final = GOES_ON | {Action.ISSUE_RESULT}


def fold(happenings: Iterable[Happening], terms: Terms) -> Snapshot:
    """Return where a dossier stands after all that happened, in order.

    Raises what `advance` raises.
    """
    now = Snapshot()
    for happening in happenings:
        now = advance(now, happening, terms)
    return now


def advance(before: Snapshot, what: Happening, terms: Terms) -> Snapshot:
    """Return where the dossier stands after one more act.

    Raises ActionNotAllowed, StepNotAllowed, ReasonMissing, HistoryOutOfOrder, ExtensionRefused,
    ApologyRefused, ConsultationRefused, OpinionsOutstanding, NobodyNamed, RecallRefused,
    NothingExcused, HandedBackAlready, and CalendarNotPublished when a promise would fall in a
    year without a calendar.
    """
    state = next_state(before.state, what.action)
    if before.last_at is not None and what.at < before.last_at:
        raise HistoryOutOfOrder(f"{what.action} at {what.at}, after {before.last_at}")
    if what.action in REASON_REQUIRED and not what.note.strip():
        raise ReasonMissing(what.action)
    terms = terms.under(what.version or before.version)
    if before.edition is not None or what.edition is not None:
        terms = terms.on(what.edition or before.edition)
    return replace(before, **_changes(before, what, terms), state=state, last_at=what.at)


def _changes(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    if before.accepted_at is None:
        return _before_acceptance(before, what, terms)
    if what.action in _ON_FROM_THE_STEP:
        _check_opinions(before, what)
    rule = _RULES.get(what.action)
    if rule is None:
        raise ActionNotFolded(what.action)
    return rule(before, what, terms)


def _before_acceptance(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    if what.action is Action.SUBMIT:
        return {"submitted_at": what.at}
    if what.action is Action.RECEIVE:
        return receive(before, what, terms)
    if what.action is Action.REQUEST_SUPPLEMENT:
        return {"asked_before": before.asked_before + 1}
    return {"ended_at": what.at} if what.action in ENDING else {}


def _confirm(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    return {"steps": with_last(before, replace(here_of(before), confirmed_at=what.at))}


def _correct(_before: Snapshot, _what: Happening, _terms: Terms) -> Changes:
    return {}


def _issue_result(before: Snapshot, what: Happening, terms: Terms) -> Changes:
    issued = opened(before, closed(before, what), terms.process.last.code, what, terms)
    return {**issued, "settled_at": what.at}


def _return(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    return {**ended(before, what), "returned_at": what.at}


def _end_unsettled(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    return {**ended(before, what), "ended_at": what.at}


def _hand_back(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    # Nobody answers for the time the papers waited: the clock and the holdings stay as they are.
    if before.handed_back_at is not None:
        raise HandedBackAlready(before.handed_back_at)
    return {"handed_back_at": what.at}


def _consultations(before: Snapshot, what: Happening) -> Consultations:
    assert before.due_at is not None
    if what.action is Action.REMIND:
        return reminded(before.consultations, agency=what.to_agency, at=what.at)
    if what.action is Action.REPLY:
        return replied(before.consultations, agency=what.agency, at=what.at)
    return asked(
        before.consultations,
        agency=what.to_agency,
        step=here_of(before).code,
        at=what.at,
        reply_by=what.new_due_at,
        due_at=before.due_at,
    )


def _consult(before: Snapshot, what: Happening, _terms: Terms) -> Changes:
    return {"consultations": _consultations(before, what)}


def _check_opinions(before: Snapshot, what: Happening) -> None:
    waits = tuple(
        one.agency
        for one in outstanding(before.consultations)
        if before.step is not None and one.step == before.step.code
    )
    if waits and not what.note.strip():
        raise OpinionsOutstanding(waits)


_Rule = Callable[[Snapshot, Happening, Terms], Changes]
# What each act does to an accepted dossier.
_RULES: Final[Mapping[Action, _Rule]] = MappingProxyType(
    {
        **dict.fromkeys(GOES_ON | GOES_BACK, go),
        **dict.fromkeys(PAUSING, pause),
        **dict.fromkeys(RESUMING, resume),
        **dict.fromkeys(ENDING, _end_unsettled),
        Action.TAKE: take,
        Action.ASSIGN: assign,
        Action.RECALL: recall,
        Action.CONFIRM: _confirm,
        Action.CORRECT: _correct,
        Action.CONSULT: _consult,
        Action.REMIND: _consult,
        Action.REPLY: _consult,
        Action.EXTEND: extend,
        Action.APOLOGISE: apologise,
        Action.RECALCULATE: recalculate,
        Action.EXCUSE: excuse,
        Action.MOVE_TO_VERSION: move_to_version,
        Action.ISSUE_RESULT: _issue_result,
        Action.RETURN: _return,
        Action.HAND_BACK: _hand_back,
    }
)
