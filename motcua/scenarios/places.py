"""Where a year happens: the units with their workers and matters, as values a replay needs."""

from dataclasses import dataclass

from motcua.domain.calendar import OfficeTime
from motcua.domain.checklist import Required
from motcua.domain.fee import FeeRule
from motcua.domain.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Người làm: an officer as the replay needs one; `share` of the work of the same kind."""

    officer: int
    name: str
    agency: int
    share: int
    fields: frozenset[str]  # empty: all
    counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Ai làm bước nào: the workers of one unit by what they do."""

    receiving: tuple[Worker, ...]
    handling: tuple[Worker, ...]
    appraising: tuple[Worker, ...]
    approving: tuple[Worker, ...]
    sealing: tuple[Worker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Loại việc: one procedure, in one of its cases, as it is asked for at one unit."""

    code: str
    version: int
    case: int | None
    procedure: int
    administrative_field: int
    field_code: str
    competent_agency: int
    terms: Terms
    at_once: bool
    register_book: str
    papers: tuple[Required, ...]
    fees: tuple[FeeRule, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Nơi tiếp nhận: one one-stop unit with everything its year needs.

    `weight`: its share of its level's dossiers, or how many it receives a working day.
    """

    index: int
    level: str
    name: str
    unit: int
    agency: int
    identifier: str
    edition: int
    weight: int
    addresses: tuple[str, ...]
    team: Team
    matters: tuple[Matter, ...]

    @property
    def office_time(self) -> OfficeTime:
        """Its working time, by which everything there is counted."""
        return self.matters[0].terms.office_time
