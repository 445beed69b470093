"""One act on a dossier, and where the dossier stands after all of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.domain.consultation import Consultations
from motcua.domain.dossier import CLOCK, Action, Clock, State
from motcua.domain.pause import Pause


class HolderKind(StrEnum):
    """Nơi giữ hồ sơ: whose minutes these are."""

    COUNTER = "counter"
    STEP = "step"
    OTHER_AGENCY = "other_agency"
    CITIZEN = "citizen"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Sự kiện: one act. `agency` and `officer` did it; the `to_` names say where it leads.

    `for_officer` is the absent colleague in whose name a deputy did it.
    `new_due_at` is the date an extension, an apology or a question to another agency sets;
    `edition` the calendar a promise is counted anew on; between `excused_from` and
    `excused_until` the limit did not run.
    """

    action: Action
    at: datetime
    agency: int
    officer: int | None = None
    to_step: str = ""
    to_agency: int | None = None
    to_officer: int | None = None
    new_due_at: datetime | None = None
    note: str = ""
    edition: int | None = None
    excused_from: datetime | None = None
    excused_until: datetime | None = None
    version: int | None = None
    for_officer: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """Bước đã qua: one passage through a step, with its planned and its real times."""

    position: int
    code: str
    agency: int
    officer: int | None
    started_at: datetime
    due_at: datetime | None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Thời gian giữ: from when one holder had the dossier; the next one's start ends it."""

    since: datetime
    kind: HolderKind
    agency: int | None = None
    officer: int | None = None
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Hiện trạng: all that follows from the happenings so far.

    `edition` is the calendar the promise was last counted anew on, None that of acceptance;
    `announced_at` the date a letter of apology gave: it binds the office, the promise stays.
    `version` is the version of the procedure it was moved to, None that of acceptance;
    `asked_before` and `asked_during` count the requests for papers before and after acceptance.
    """

    state: State | None = None
    last_at: datetime | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    handed_back_at: datetime | None = None
    extended: bool = False
    announced_at: datetime | None = None
    edition: int | None = None
    version: int | None = None
    asked_before: int = 0
    asked_during: int = 0
    consultations: Consultations = ()
    pauses: tuple[Pause, ...] = ()
    steps: tuple[StepRun, ...] = ()
    holdings: tuple[Holding, ...] = ()

    @property
    def step(self) -> StepRun | None:
        """The step that is open now."""
        return self.steps[-1] if self.steps and self.steps[-1].ended_at is None else None

    @property
    def holder(self) -> Holding | None:
        """Who holds the dossier now."""
        return self.holdings[-1] if self.holdings else None

    @property
    def clock_ended_at(self) -> datetime | None:
        """When the legal clock stopped for good: settled, or ended without settlement."""
        return self.settled_at or self.ended_at


def is_paused(snapshot: Snapshot) -> bool:
    """Whether the promise is suspended now."""
    return snapshot.state is not None and CLOCK[snapshot.state] is Clock.PAUSED
