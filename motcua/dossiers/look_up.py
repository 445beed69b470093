"""The public question: where is my dossier, asked with its number and four digits."""

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from motcua.agencies.models import Agency, OneStopUnit
from motcua.domain import reasons
from motcua.domain.calendar import OfficeTime
from motcua.domain.dossier import ENDED_UNSETTLED, ENDING, PAUSING, Action, State
from motcua.domain.explanation import Explanation
from motcua.domain.limit import Left
from motcua.domain.numbering import DossierNumber, NumberUnreadable
from motcua.domain.pause import Pause
from motcua.domain.process import StepKind
from motcua.domain.snapshot import Snapshot, StepRun, is_paused
from motcua.domain.standing import Standing
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, DossierEvent, Notice, Party
from motcua.dossiers.queries import explanation_of, left_of, place_of, standing_of, terms_of
from motcua.dossiers.services.ledger import happening_of, past_of

DIGITS: Final = 4
# The day and the running number alone, as people remember them.
_SHORT: Final = re.compile(r"\d{10,13}", re.ASCII)
# An old-order number typed without its points and hyphens: its groups have fixed lengths.
_RUN_TOGETHER: Final = re.compile(r"(\d{3})(\d{2})(\d{2})([A-Z]\d{2})(\d{6})(\d{4,7})", re.ASCII)


def read_number(text: str) -> str:
    """Return the dossier number a person typed, as it was printed.

    Spaces, small letters and missing points or hyphens are forgiven. Raises NumberUnreadable.

    >>> read_number("000 00 99 h40 210317 0012")
    '000.00.99.H40-210317-0012'
    """
    try:
        return str(DossierNumber.parse(text))
    except NumberUnreadable:
        squeezed = _squeezed(text)
        found = _RUN_TOGETHER.fullmatch(squeezed)
        if found is not None:
            *agency, day, serial = found.groups()
            return str(DossierNumber.parse(f"{'.'.join(agency)}-{day}-{serial}"))
        return _number_of_a_known_agency(squeezed)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.\-–_/,]+", "", text).upper()


def _number_of_a_known_agency(squeezed: str) -> str:
    """Read a new-order number without its points: only the agencies' own list can part it."""
    known = Agency.objects.exclude(identifier="").values_list("identifier", flat=True)
    for identifier in known:
        rest = squeezed.removeprefix(_squeezed(identifier))
        if rest != squeezed and rest.isdigit() and rest.isascii():
            return str(DossierNumber.parse(f"{identifier}-{rest[:6]}-{rest[6:]}"))
    raise NumberUnreadable(squeezed)


def is_short(text: str) -> bool:
    """Whether only the day and the running number were typed, without the agency.

    >>> is_short("210317-0012")
    True
    """
    return _SHORT.fullmatch(_squeezed(text)) is not None


def completed(short: str, identifier: str) -> str:
    """Return the number of which the day and the running number were typed.

    Raises NumberUnreadable.

    >>> completed("210317 0012", "000.00.99.H40")
    '000.00.99.H40-210317-0012'
    """
    digits = _squeezed(short)
    return str(DossierNumber.parse(f"{identifier}-{digits[:6]}-{digits[6:]}"))


def units_by_identifier() -> dict[str, str]:
    """Return who gives numbers out: the names of the units, by what their numbers begin with."""
    units = OneStopUnit.objects.exclude(agency__identifier="").order_by("name")
    return dict(units.values_list("agency__identifier", "name"))


def answerable(number: str, digits: str) -> int | None:
    """Return the key of the dossier whose people have these last digits; None when there is none.

    A wrong number and wrong digits take the same one statement and the same comparisons.
    """
    parties = Party.objects.filter(dossier__number=number).values_list(
        "dossier_id", "personal_id", "phone"
    )
    found = None
    for dossier_id, personal_id, phone in parties:
        for text in (personal_id, phone):
            known = "".join(sign for sign in text if sign.isdecimal())[-DIGITS:]
            if len(known) == DIGITS and hmac.compare_digest(known.encode(), digits.encode()):
                found = dossier_id
    return found


class Part(StrEnum):
    """Đã qua, hiện nay, sắp tới."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Chặng: one stage of the road, as a citizen sees it.

    `what` is a step's kind, the act that paused the clock or gave the papers back, or the state
    that ended the road;
    `again`: the step is done anew, after the dossier was sent back to it or past it.
    """

    part: Part
    what: StepKind | Action | State
    place: str = ""
    since: datetime | None = None
    until: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Hồ sơ đang ở đâu: all the public answer says, without names of officers.

    `explanation` is of the promise as first made when `due_at` no longer follows from it (an
    extension); None while a pause leaves the date open: then `left` is what it leaves to count.
    `moves` says why the promise was moved with many others.
    """

    dossier: Dossier
    state: State
    standing: Standing | None
    step: StepKind | None
    agency: str
    asked_note: str
    asked_at: datetime | None
    asked: Notice | None
    ended_note: str
    handed_back_at: datetime | None
    extended: bool
    stages: tuple[Stage, ...]
    explanation: Explanation | None
    left: Left | None
    office_time: OfficeTime
    moves: tuple[str, ...]


def whereabouts(dossier_id: int, *, at: datetime) -> Whereabouts:
    """Return where an accepted dossier is at `at`, and what the clock says.

    Raises Dossier.DoesNotExist.
    """
    dossier = Dossier.objects.select_related(
        "unit__agency",
        "version__procedure",
        "case",
        "competent_agency",
        "holder_agency",
        "result",
    ).get(pk=dossier_id)
    terms = terms_of(dossier)
    events = list(dossier.events.order_by("position"))
    snapshot = past_of(events, terms).snapshot
    state = State(dossier.state)
    step = terms.process.step(dossier.step_code).kind if dossier.step_code else None
    asked = _last(events, PAUSING) if is_paused(snapshot) else None
    ended = _last(events, ENDING) if state in ENDED_UNSETTLED else None
    return Whereabouts(
        dossier=dossier,
        state=state,
        standing=standing_of(dossier, at=at),
        step=step,
        agency=(dossier.holder_agency or dossier.unit.agency).name,
        asked_note=asked.note if asked else "",
        asked_at=asked.at if asked else None,
        asked=_notice_of(asked),
        ended_note=ended.note if ended else "",
        handed_back_at=snapshot.handed_back_at,
        extended=snapshot.extended,
        stages=tuple(_stages(dossier, snapshot, terms)),
        explanation=explanation_of(snapshot, terms),
        left=left_of(snapshot, terms),
        office_time=terms.on(snapshot.edition).office_time,
        moves=reasons.moves(map(happening_of, events)),
    )


def _notice_of(event: DossierEvent | None) -> Notice | None:
    """Return the notice whose sending the event was, with its papers; None for any other act."""
    if event is None:
        return None
    return Notice.objects.filter(event=event).prefetch_related("items").first()


def _last(events: Iterable[DossierEvent], actions: frozenset[Action]) -> DossierEvent | None:
    found = [event for event in events if event.action in actions]
    return found[-1] if found else None


def _stages(dossier: Dossier, snapshot: Snapshot, terms: Terms) -> list[Stage]:
    """Return the road so far in the order of time, then what lies ahead in that of the process.

    Of a step done anew only the latest passage is told, and of a passage undone by being sent
    back only what the citizen had to do meanwhile.
    """
    ids = {run.agency for run in snapshot.steps}
    names = {row.pk: row.name for row in Agency.objects.filter(pk__in=ids)}
    counters = (terms.process.first.code, terms.process.last.code)
    order = terms.order
    # Time in which nobody could work is told beside the stages: the dossier stayed where it was.
    pauses = [pause for pause in snapshot.pauses if pause.reason != Action.EXCUSE]
    stages = []
    for position, run in enumerate(snapshot.steps):
        if snapshot.returned_at is not None and run.code == terms.process.last.code:
            continue
        place = dossier.unit.name if run.code in counters else names[run.agency]
        passages = _passages(run, terms.passed(run.code).kind, place, pauses)
        later = snapshot.steps[position + 1 :]
        if any(order.index(other.code) <= order.index(run.code) for other in later):
            stages += [stage for stage in passages if isinstance(stage.what, Action)]
        else:
            again = any(other.code == run.code for other in snapshot.steps[:position])
            stages += [replace(stage, again=again) for stage in passages]
    ended_at = snapshot.returned_at or snapshot.ended_at
    if ended_at is not None:
        fetched_at = snapshot.handed_back_at
        part = Part.PAST if fetched_at else Part.NOW
        stages.append(Stage(part=part, what=State(dossier.state), since=ended_at))
        if fetched_at is not None:
            fetched = Stage(
                part=Part.NOW, what=Action.HAND_BACK, since=fetched_at, until=fetched_at
            )
            stages.append(fetched)
    elif snapshot.step is not None:
        here = terms.process.steps.index(terms.process.step(snapshot.step.code))
        stages += [
            Stage(part=Part.AHEAD, what=step.kind, place=place_of(step.performer, dossier))
            for step in terms.process.steps[here + 1 :]
        ]
    return stages


def _passages(run: StepRun, kind: StepKind, place: str, pauses: Iterable[Pause]) -> Iterator[Stage]:
    """Return one passage through a step, cut where the clock was paused."""
    since = run.started_at
    for pause in pauses:
        if pause.start < run.started_at or (run.ended_at and pause.start >= run.ended_at):
            continue
        if since < pause.start:
            yield Stage(part=Part.PAST, what=kind, place=place, since=since, until=pause.start)
        part = Part.PAST if pause.end else Part.NOW
        yield Stage(part=part, what=Action(pause.reason), since=pause.start, until=pause.end)
        if pause.end is None:
            return
        since = pause.end
    part = Part.PAST if run.ended_at else Part.NOW
    yield Stage(part=part, what=kind, place=place, since=since, until=run.ended_at)
