"""What a dossier was promised by: its limit, its road, its office's working time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from motcua.domain.calendar import OfficeTime
from motcua.domain.deadline import AFTERNOON_THRESHOLD, due, left_when_suspended
from motcua.domain.explanation import Explanation, explain
from motcua.domain.limit import Ends, Left, TimeLimit
from motcua.domain.pause import Pause, PausePolicy
from motcua.domain.process import Process, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Điều kiện giải quyết: what was in force for this dossier when it was accepted.

    `editions` holds the working time by edition of the calendar, for dossiers whose promise was
    counted anew on a later one; `office_time` is that of acceptance. `versions` holds what later
    versions of the procedure say, for dossiers moved to one; those know by `accepted` what was in
    force at first.
    """

    limit: TimeLimit
    process: Process
    office_time: OfficeTime
    editions: Mapping[int, OfficeTime] = field(default_factory=dict)
    versions: Mapping[int, "Terms"] = field(default_factory=dict)
    accepted: "Terms | None" = None
    ends: Ends = Ends.END_OF_DAY
    policy: PausePolicy = PausePolicy.RESUME
    threshold: time = AFTERNOON_THRESHOLD

    def on(self, edition: int | None) -> "Terms":
        """Return the same with the working time of that edition; None: that of acceptance.

        Raises KeyError when there is no such edition.
        """
        return self if edition is None else replace(self, office_time=self.editions[edition])

    def under(self, version: int | None) -> "Terms":
        """Return what that version of the procedure says; None: that of acceptance.

        Raises KeyError when there is no such version, or the dossier cannot be under it.
        """
        first = self.accepted or self
        if version is None:
            return first
        return replace(first.versions[version], accepted=first, editions=first.editions)

    def passed(self, code: str) -> Step:
        """Return the step of that code, also one only the process of acceptance has.

        Raises StepNotAllowed.
        """
        known = [step.code for step in self.process.steps]
        process = self.process if self.accepted is None or code in known else self.accepted.process
        return process.step(code)

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of all steps a dossier may have passed, what only acceptance knew first."""
        codes = tuple(step.code for step in self.process.steps)
        before = () if self.accepted is None else self.accepted.process.steps
        return (*(step.code for step in before if step.code not in codes), *codes)

    def due(self, accepted_at: datetime, pauses: Iterable[Pause] = ()) -> datetime:
        """Return when a dossier accepted then is due.  Raises what `deadline.due` does."""
        return due(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            ends=self.ends,
            policy=self.policy,
            threshold=self.threshold,
        )

    def left(self, accepted_at: datetime, pauses: Iterable[Pause]) -> Left:
        """Return what the open pause leaves to count.  Raises what `left_when_suspended` does."""
        return left_when_suspended(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            policy=self.policy,
        )

    def step_due(
        self, code: str, started_at: datetime, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        """Return until when a step begun then has to be done; None for one without a budget.

        Raises what `deadline.due` does.
        """
        budget = self.process.step(code).budget
        if budget is None:
            return None
        own = tuple(
            replace(pause, start=max(pause.start, started_at))
            for pause in pauses
            if pause.end is None or pause.end > started_at
        )
        return due(accepted_at=started_at, limit=budget, office_time=self.office_time, pauses=own)

    def explain(self, accepted_at: datetime, pauses: Iterable[Pause] = ()) -> Explanation:
        """Return when it is due with every reason.  Raises what `explanation.explain` does."""
        return explain(
            accepted_at=accepted_at,
            limit=self.limit,
            office_time=self.office_time,
            pauses=pauses,
            ends=self.ends,
            policy=self.policy,
            threshold=self.threshold,
        )
