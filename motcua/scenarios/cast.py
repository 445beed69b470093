"""Who does what for one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from motcua.domain.process import Performer, Step, StepKind
from motcua.scenarios.places import Matter, Place, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Ai làm: where one dossier is handed in, and the workers it meets.

    `lingers`: how many times as long as usual the handler keeps it.
    """

    place: Place
    matter: Matter
    receiving: Worker
    handling: Worker
    appraising: Worker
    approving: Worker
    sealing: Worker
    confirming: Worker
    lingers: int = 1

    def worker(self, step: Step) -> Worker:
        """Return who does this working step."""
        match step.kind:
            case StepKind.APPROVE:
                return self.approving
            case StepKind.SEAL:
                return self.sealing
            case StepKind.APPRAISE:
                return self.appraising
            case _:
                return self.handling

    def performing(self, step: Step) -> int:
        """Return the agency at which this step is done."""
        in_division = step.performer is Performer.DIVISION
        return self.matter.competent_agency if in_division else self.place.agency


def cast_for(place: Place, matter: Matter, rng: Random) -> Cast:
    """Choose who does what for one dossier, each by his or her share of such work."""
    team, field = place.team, matter.field_code
    handlers = [w for w in _of_field(team.handling, field) if w.agency == matter.competent_agency]
    handling = _choose(handlers, rng)
    appraisers = [w for w in _of_field(team.appraising, field) if w.agency == handling.agency]
    communal = place.level == "commune"
    return Cast(
        place=place,
        matter=matter,
        receiving=_choose(_of_field(team.receiving, field), rng),
        handling=handling,
        appraising=handling if communal else appraisers[0],
        approving=_choose(_of_field(team.approving, field), rng),
        sealing=handling if communal else team.sealing[0],
        confirming=handlers[0],
    )


def _of_field(workers: Sequence[Worker], field: str) -> list[Worker]:
    return [worker for worker in workers if not worker.fields or field in worker.fields]


def _choose(workers: Sequence[Worker], rng: Random) -> Worker:
    if len(workers) == 1:
        return workers[0]
    aim = rng.random() * sum(worker.share for worker in workers)
    for worker in workers:
        aim -= worker.share
        if aim < 0:
            return worker
    return workers[-1]
