"""What lies at hand while an officer receives: keys, signers, drafts, the day's cash."""

from datetime import date, datetime
from functools import cached_property

from motcua.agencies.models import Counter, Officer, OneStopUnit
from motcua.catalogue.models import ProcedureVersion
from motcua.domain.calendar import office
from motcua.dossiers import counter_queries
from motcua.dossiers.models import Party
from motcua.web.counter.filing import signer_words


class AtHand:
    """One officer at one counter; everything is asked for when it is first needed."""

    def __init__(
        self,
        officer: Officer,
        *,
        unit: OneStopUnit,
        counter: Counter | None,
        at: datetime,
        last_signer: str,
    ) -> None:
        self.officer = officer
        self.unit = unit
        self.counter = counter
        self.at = at
        self.on: date = office(at).date()
        self.last_signer = last_signer

    def version(self, code: str) -> ProcedureVersion | None:
        """Return the version in force of the procedure of that code; None when not received."""
        return counter_queries.version_received(code, unit=self.unit, on=self.on) if code else None

    def is_pinned(self, version: ProcedureVersion) -> bool:
        """Whether the procedure is pinned to a key."""
        return counter_queries.is_pinned(version.procedure_id, self.officer)

    @cached_property
    def signers(self) -> list[Officer]:
        """Who may sign what is returned at once, the last one chosen first."""
        found = counter_queries.signers(self.unit.agency, on=self.on)
        return sorted(found, key=lambda officer: signer_words(officer) != self.last_signer)

    @cached_property
    def favourites(self) -> list[counter_queries.Favourite]:
        """The keys 1 to 9, and what was first used today."""
        return counter_queries.favourites(self.officer, unit=self.unit, on=self.on)

    @cached_property
    def familiar(self) -> dict[int, int]:
        """The rank of each procedure the officer uses."""
        return {row.procedure_id: rank for rank, row in enumerate(self.favourites, start=1)}

    def found(self, words: str) -> list[ProcedureVersion]:
        """Return the procedures the typed words mean."""
        return counter_queries.procedures_found(
            words, unit=self.unit, on=self.on, familiar=self.familiar
        )

    def at_once_code(self) -> str:
        """Return what the fast lane begins with: the officer's own, else the first; or nothing."""
        codes = counter_queries.settled_at_once(unit=self.unit, on=self.on, familiar=self.familiar)
        return next(iter(codes), "")

    @property
    def cash(self) -> int:
        """What the counter took today, in đồng."""
        return counter_queries.cash_of_the_day(self.officer, counter=self.counter, at=self.at)

    @cached_property
    def drafts(self) -> int:
        """How many drafts the officer has."""
        return counter_queries.drafts_of(self.officer).count()

    @property
    def person_before(self) -> Party | None:
        """Who stood here last today."""
        return counter_queries.person_before(self.officer, at=self.at)
