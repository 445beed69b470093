"""Who does what for one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from motcua.domain.process import Performer, Step, StepKind
from motcua.scenarios.places import Matter, Place, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Ai làm: where one dossier is handed in, and the workers it meets.

    `deciding` is who decides where it is handled: to wait, to extend, to stop. `lingers`: how
    many times as long as usual the handler keeps it.
    """

    place: Place
    matter: Matter
    receiving: Worker
    handling: Worker
    appraising: Worker
    approving: Worker
    sealing: Worker
    confirming: Worker
    deciding: Worker
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

    @property
    def goes_over(self) -> bool:
        """Whether another agency than the receiving one settles it."""
        return self.matter.competent_agency != self.place.agency

    def performing(self, step: Step) -> int:
        """Return the agency at which this step is done."""
        in_division = step.performer is Performer.DIVISION
        return self.matter.competent_agency if in_division else self.place.agency


def cast_for(place: Place, matter: Matter, rng: Random) -> Cast:
    """Choose who does what for one dossier, each by his or her share of such work."""
    team, field, competent = place.team, matter.field_code, matter.competent_agency
    steps = matter.terms.process.steps
    goes_over = competent != place.agency
    handlers = _at(competent, _of_field(team.handling, field))
    handling = _choose(handlers, rng)
    appraisers = _at(competent, _of_field(team.appraising, field))
    # Who signs in the field: where the approval is given, or whoever answers for the counter's.
    signs = {step.performer for step in steps if step.kind is StepKind.APPROVE}
    signs_at = competent if Performer.DIVISION in signs else place.agency
    receiving = _choose(_of_field(team.receiving, field), rng)
    approving = _choose(_at(signs_at, _of_field(team.approving, field)), rng)
    deciders = _at(competent, team.approving)
    return Cast(
        place=place,
        matter=matter,
        receiving=receiving,
        handling=handling,
        appraising=appraisers[0] if goes_over else handling,
        approving=approving,
        # What a division's handler prepared and the committee signed, its registry seals.
        sealing=team.sealing[0] if goes_over and signs_at == place.agency else handling,
        confirming=handlers[0],
        deciding=deciders[0] if deciders else approving,
    )


def _at(agency: int, workers: Sequence[Worker]) -> list[Worker]:
    return [worker for worker in workers if worker.agency == agency]


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
