"""What is read of a dossier for its page, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.snapshot import Snapshot
from motcua.domain.terms import Terms
from motcua.dossiers.models import Dossier, DossierEvent, StepTaken
from motcua.dossiers.queries import step_names_of, terms_of
from motcua.web.workspace.timeline import snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Hồ sơ đã đọc: its rows, folded, and the terms it is counted by."""

    dossier: Dossier
    events: Sequence[DossierEvent]
    steps: Sequence[StepTaken]
    stood: Sequence[Snapshot]
    terms: Terms
    names: Mapping[str, str]
    at: datetime

    @property
    def now(self) -> Snapshot:
        """Where the dossier stands."""
        return self.stood[-1]

    @property
    def current(self) -> Terms:
        """The terms with the calendar the promise is counted on now."""
        return self.terms.on(self.now.edition)

    @property
    def is_confirmed(self) -> bool:
        """Whether the papers of the open step are known to have arrived."""
        return self.now.step is None or self.now.step.confirmed_at is not None


def read(dossier: Dossier, at: datetime) -> Read:
    """Read the dossier's events and steps, and fold them."""
    terms = terms_of(dossier)
    events = list(
        dossier.events.select_related(
            "officer", "agency", "to_agency", "to_officer", "for_officer"
        ).order_by("position")
    )
    return Read(
        dossier=dossier,
        events=events,
        steps=list(dossier.steps_taken.select_related("agency", "officer").order_by("position")),
        stood=snapshots(events, terms),
        terms=terms,
        names=step_names_of(dossier),
        at=at,
    )
