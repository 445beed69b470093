"""The steps of a dossier on its page: what was planned, what was done, what is to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.labels import who_does
from motcua.domain import spoken
from motcua.domain.snapshot import Snapshot, StepRun, is_paused
from motcua.domain.standing import standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import place_of
from motcua.web.workspace.dossier_read import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """Một bước: what was planned, and what was done of it so far."""

    name: str
    planned_by: str
    budget: str
    done_by: str = ""
    started_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    standing: str = ""
    verdict: str = ""


def step_lines(read: Read) -> list[StepLine]:
    """Return the steps taken in their order, then those still planned."""
    dossier, now, terms, names = read.dossier, read.now, read.current, read.names
    lines = []
    for run, row in zip(now.steps, read.steps, strict=False):
        due_at = _due_of(run, now)
        standing, verdict = _verdict(run, due_at, terms, read.at)
        lines.append(
            StepLine(
                **_plan(dossier, run.code, terms, names),
                done_by=f"{row.officer.full_name}, {row.agency.name}"
                if row.officer
                else row.agency.name,
                started_at=run.started_at,
                due_at=due_at,
                ended_at=run.ended_at,
                standing=standing,
                verdict=verdict,
            )
        )
    if now.step is not None:
        codes = [step.code for step in terms.process.steps]
        ahead = codes[codes.index(now.step.code) + 1 :]
        lines += [StepLine(**_plan(dossier, code, terms, names)) for code in ahead]
    return lines


def _plan(dossier: Dossier, code: str, terms: Terms, names: Mapping[str, str]) -> dict[str, str]:
    step = terms.passed(code)
    return {
        "name": names.get(code, code),
        "planned_by": f"{who_does(step)}, {place_of(step.performer, dossier)}",
        "budget": spoken.limit(step.budget) if step.budget else "",
    }


def _due_of(run: StepRun, now: Snapshot) -> datetime | None:
    """Until when the step has to be done; open while its dossier is paused."""
    return None if run.ended_at is None and is_paused(now) else run.due_at


def _verdict(run: StepRun, due_at: datetime | None, terms: Terms, at: datetime) -> tuple[str, str]:
    until = run.ended_at or at
    if due_at is None:
        return "", ""
    if until > due_at:
        late = spoken.overdue_by(due_at, until, terms.office_time)
        return "late", late.replace("quá hạn", "trễ" if run.ended_at else "đang trễ", 1)
    if run.ended_at is None:
        return "within", "đang làm, trong hạn"
    standing = standing_settled(due_at=due_at, settled_at=run.ended_at)
    return standing.value, {"early": "sớm", "on_time": "đúng hạn"}[standing.value]
