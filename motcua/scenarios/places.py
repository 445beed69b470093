"""Where a year happens: the units with their workers and matters, as values a replay needs."""

from dataclasses import dataclass

from motcua.domain.checklist import Required
from motcua.domain.fee import FeeRule
from motcua.domain.history import Terms


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
    """Loại việc: one procedure as it is asked for at one unit."""

    code: str
    version: int
    procedure: int
    administrative_field: int
    field_code: str
    competent_agency: int
    terms: Terms
    at_once: bool
    register_book: str
    papers: tuple[Required, ...]
    fees: tuple[FeeRule, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Nơi tiếp nhận: one one-stop unit with everything its year needs."""

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
