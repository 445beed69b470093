"""Lists of work: what lies on an officer's desk or an agency's, how urgent, and what has left it.

Every list is of open dossiers (accepted and not ended). Its definitions:

on the desk   the clock runs, and the dossier stands at a step that is done here: for an officer,
              a step of a role of theirs at that agency which no colleague has taken; for an
              agency, any step held by it or by one of its divisions
new           on the desk, and nobody has taken it or confirmed that its papers arrived
due soon      on the desk, with the standing of that name (domain/standing.py)
overdue       on the desk, with the standing of that name
waiting       not on the desk: it is with others, or the clock is paused; for an officer, what
              they acted on before, for an agency, what lies on its road
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Final

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from motcua.agencies.models import Agency, OneStopUnit
from motcua.agencies.queries import office_time
from motcua.domain.checklist import Mark
from motcua.domain.dossier import CLOCK_RUNS, ENDED_UNSETTLED, OPEN, State
from motcua.domain.passage import PASSED_ON
from motcua.domain.process import Role
from motcua.domain.standing import due_soon_before
from motcua.dossiers.models import (
    Dossier,
    DossierEvent,
    HandOverLine,
    HandOverList,
    Paper,
    StepTaken,
)
from motcua.dossiers.queries import state_is_one_of


class Tab(StrEnum):
    """Ngăn việc: one list of the desk."""

    DESK = "desk"
    NEW = "new"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING = "waiting"


class Order(StrEnum):
    """Thứ tự: how a list is ordered; always a total order."""

    DUE = "due"
    RECEIVED = "received"
    NUMBER = "number"


ORDERS: Final[Mapping[Order, tuple[str, ...]]] = {
    Order.DUE: ("due_at", "pk"),
    Order.RECEIVED: ("-accepted_at", "-pk"),
    Order.NUMBER: ("number", "pk"),
}
_NOBODY: Final = Q(pk__in=[])
_RUNNING: Final = [str(state) for state in CLOCK_RUNS]
# The calendar a promise is counted on now, as Dossier.edition says it of a row.
_EDITION: Final = Coalesce("counted_edition", "calendar_edition")
_IS_OPEN: Final = state_is_one_of(OPEN)
_SHOWN: Final = (
    "unit",
    "version__procedure",
    "case",
    "holder_agency",
    "holder_officer",
    "hand_back",
)
# What a row says; a list reads no other column.
_READ: Final = (
    "number",
    "revision",
    "state",
    "applicant_name",
    "accepted_at",
    "due_at",
    "settled_at",
    "calendar_edition",
    "followed_version",
    "counted_edition",
    "step_code",
    "step_role",
    "holder_kind",
    "unit__name",
    "unit__agency",
    "competent_agency",
    "version__procedure__name",
    "case__name",
    "holder_agency__name",
    "holder_agency__kind",
    "holder_agency__parent",
    "holder_officer__full_name",
    "hand_back__dossier",
)


def as_rows(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return the dossiers with what the row of a list says of each."""
    return dossiers.select_related(*_SHOWN).only(*_READ)


@dataclass(frozen=True, slots=True)
class _Due:
    """How many dossiers of one unit and calendar edition are due at one instant."""

    unit_id: int
    edition: int
    at: datetime
    number: int
    new: int


@dataclass(frozen=True)
class Desk:
    """Bàn làm việc: the open dossiers that concern somebody, each said to be here or elsewhere.

    `here` picks what lies on the desk among dossiers whose clock runs, `elsewhere` what concerns
    the same people when it does not.
    """

    here: Q
    elsewhere: Q
    at: datetime

    def counts(self, waiting: int | None = None) -> dict[Tab, int]:
        """Return how many dossiers each list holds; `waiting` where it was counted already."""
        running = [due for due in self._by_due if due.at >= self.at]
        soon = (due for due in running if self._is_soon(due))
        return {
            Tab.DESK: sum(due.number for due in self._by_due),
            Tab.NEW: sum(due.new for due in self._by_due),
            Tab.DUE_SOON: sum(due.number for due in soon),
            Tab.OVERDUE: sum(due.number for due in self._by_due if due.at < self.at),
            Tab.WAITING: self.waiting.count() if waiting is None else waiting,
        }

    def listed(self, tab: Tab, order: Order = Order.DUE) -> QuerySet[Dossier]:
        """Return the dossiers of one list, with what a row shows."""
        waits = tab is Tab.WAITING
        found = self.waiting if waits else self.on_the_desk.filter(self._only(tab))
        return as_rows(found).order_by(*ORDERS[order])

    @property
    def on_the_desk(self) -> QuerySet[Dossier]:
        """All that lies on the desk, in no order."""
        return running().filter(self.here)

    @property
    def waiting(self) -> QuerySet[Dossier]:
        """All that concerns the same people and is not here, in no order."""
        # Not simply NOT: of a dossier without a holder, SQL knows neither here nor not here.
        is_here = Case(
            When(Q(state__in=_RUNNING) & self.here, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        return Dossier.objects.alias(is_here=is_here).filter(
            _IS_OPEN, self.elsewhere, is_here=False
        )

    def _only(self, tab: Tab) -> Q:
        match tab:
            case Tab.NEW:
                return _IS_NEW
            case Tab.DUE_SOON:
                return Q(due_at__gte=self.at) & self._due_soon
            case Tab.OVERDUE:
                return Q(due_at__lt=self.at)
            case Tab.DESK | Tab.WAITING:
                return Q()

    @cached_property
    def _by_due(self) -> list[_Due]:
        # Most promises fall on the end of a day: a few groups say all that the tabs count.
        rows = self.on_the_desk.order_by().values_list("unit_id", _EDITION, "due_at")
        counted = rows.annotate(number=Count("pk"), new=Count("pk", filter=_IS_NEW))
        return [_Due(*row) for row in counted]

    @cached_property
    def _soon_before(self) -> dict[tuple[int, int], datetime | None]:
        """Say for each unit and edition on the desk what `standing_open` says, as one bound."""
        return {
            pair: due_soon_before(self.at, office_time(*pair))
            for pair in {(due.unit_id, due.edition) for due in self._by_due}
        }

    def _is_soon(self, due: _Due) -> bool:
        bound = self._soon_before[due.unit_id, due.edition]
        return bound is None or due.at < bound

    @property
    def _due_soon(self) -> Q:
        found = _NOBODY
        for (unit_id, edition), bound in self._soon_before.items():
            counted_on = Q(counted_edition=None, calendar_edition=edition)
            group = Q(unit=unit_id) & (counted_on | Q(counted_edition=edition))
            found |= group if bound is None else group & Q(due_at__lt=bound)
        return found


_IS_NEW: Final = Q(holder_officer=None) | Q(
    Exists(StepTaken.objects.filter(dossier=OuterRef("pk"), ended_at=None, confirmed_at=None))
)


def officers_desk(
    *,
    officer_id: int,
    roles_by_agency: Mapping[int, Collection[Role]],
    at: datetime,
    absent: Mapping[tuple[int, Role], Collection[int]] | None = None,
) -> Desk:
    """Return the desk of one officer with these roles, agency by agency; on it lies also what is
    held by the `absent` for whom they stand in, by agency and role."""
    mine = _NOBODY
    for agency, roles in roles_by_agency.items():
        mine |= Q(holder_agency=agency, step_role__in=sorted(role.value for role in roles))
    here = mine & (Q(holder_officer=officer_id) | Q(holder_officer=None))
    for (agency, role), officers in (absent or {}).items():
        theirs = Q(holder_agency=agency, step_role=role.value)
        here |= theirs & Q(holder_officer__in=sorted(officers))
    # The sum keeps the database from reading all an officer ever did for each open dossier.
    by = ExpressionWrapper(F("officer_id") + 0, output_field=BigIntegerField())
    acted = DossierEvent.objects.alias(by=by).filter(dossier=OuterRef("pk"), by=officer_id)
    return Desk(
        here=here,
        elsewhere=Q(Exists(acted)),
        at=at,
    )


def running() -> QuerySet[Dossier]:
    """Return the dossiers whose clock runs."""
    return Dossier.objects.filter(_IS_OPEN, state__in=_RUNNING)


# What leaves a step so may be called back by who did it (domain/passage.py).
_PASSED_ON: Final = tuple(action.value for action in PASSED_ON)


def untouched(officer_id: int) -> QuerySet[Dossier]:
    """Return what this officer passed on and the next step has not touched yet, as rows of a list,
    the latest first."""
    before = StepTaken.objects.filter(
        dossier=OuterRef("dossier"),
        position=OuterRef("position") - 1,
        officer=officer_id,
        outcome__in=_PASSED_ON,
    )
    arrived = StepTaken.objects.filter(
        Exists(before), dossier=OuterRef("pk"), ended_at=None, confirmed_at=None
    )
    passed = Dossier.objects.filter(_IS_OPEN, Exists(arrived), state=State.IN_PROCESS)
    since = arrived.values("started_at")[:1]
    return as_rows(passed).annotate(passed_at=Subquery(since)).order_by("-passed_at", "-pk")


def agencys_desk(*, agency_ids: Collection[int], at: datetime) -> Desk:
    """Return the desk of these agencies and their divisions."""
    divisions = Agency.objects.filter(kind="division", parent__in=agency_ids)
    ids = [*agency_ids, *divisions.values_list("pk", flat=True)]
    units = OneStopUnit.objects.filter(agency__in=agency_ids).values_list("pk", flat=True)
    return Desk(
        here=Q(holder_agency__in=ids),
        elsewhere=Q(unit__in=list(units)) | Q(competent_agency__in=ids),
        at=at,
    )


def waiting_to_be_handed_over(unit: OneStopUnit) -> QuerySet[Dossier]:
    """Return what the unit received and has not handed over, in the order it came."""
    return (
        unit.dossiers.filter(state_is_one_of(CLOCK_RUNS), state="received")
        .select_related("unit__agency", "competent_agency", "version__procedure", "case")
        .order_by("accepted_at", "pk")
    )


def ready_to_return(unit: OneStopUnit) -> QuerySet[Dossier]:
    """Return the unit's dossiers with a result nobody has collected, the longest waiting first."""
    return (
        unit.dossiers.filter(state="result_ready")
        .select_related("version__procedure", "case", "result")
        .order_by("settled_at", "pk")
    )


def papers_to_fetch(unit: OneStopUnit) -> QuerySet[Dossier]:
    """Return the unit's dossiers that ended unsettled and whose papers nobody has fetched, the
    longest waiting first. What was only shown went home at once."""
    kept = Paper.objects.filter(dossier=OuterRef("pk")).exclude(mark=Mark.SHOWN)
    return (
        unit.dossiers.filter(state_is_one_of(ENDED_UNSETTLED), accepted_at__isnull=False)
        .filter(Exists(kept), hand_back=None)
        .select_related("version__procedure")
        .order_by("ended_at", "pk")
    )


def lists_made_by(unit: OneStopUnit) -> QuerySet[HandOverList]:
    """Return the unit's hand-over lists, the newest first, with how many dossiers each holds."""
    return (
        unit.hand_over_lists.select_related("to_agency", "officer", "confirmed_by")
        .annotate(size=Count("lines"), absent=Count("lines", filter=~Q(lines__note="")))
        .order_by("-year", "-position")
    )


# The step a hand-over list opened, while the receiver has not answered for its papers. Only what
# was just received is handed over, so a list opens the second step, once; not told by its
# instant, for a list that crossed another act is recorded at that one's.
HANDED_OVER_UNCONFIRMED: Final = Q(position=2, confirmed_at=None, ended_at=None)
# As the partial index over these lines has it; sent as a parameter, the text would hide it.
_SAID_MISSING: Final = Func(
    F("note"), template="NOT (%(expressions)s = '')", output_field=BooleanField()
)


def reported_missing() -> QuerySet[HandOverLine]:
    """Return the lines whose papers the receiver said had not arrived, and has not confirmed since.

    A line is done with when the step its list opened is confirmed or over. The longest ago first.
    """
    still_open = StepTaken.objects.filter(HANDED_OVER_UNCONFIRMED, dossier=OuterRef("dossier"))
    return (
        HandOverLine.objects.filter(_SAID_MISSING, Exists(still_open))
        .select_related(
            "dossier__version__procedure",
            "hand_over_list__to_agency",
            "hand_over_list__confirmed_by",
        )
        .order_by("hand_over_list__confirmed_at", "pk")
    )


def lists_to_confirm(agency_ids: Collection[int]) -> QuerySet[HandOverList]:
    """Return the lists addressed to these agencies that nobody confirmed, the oldest first."""
    return (
        unconfirmed(agency_ids)
        .select_related("unit", "to_agency", "officer")
        .annotate(size=Count("lines"))
        .order_by("made_at", "pk")
    )


def unconfirmed(agency_ids: Collection[int]) -> QuerySet[HandOverList]:
    """Return the lists addressed to these agencies that nobody confirmed, in no order."""
    return HandOverList.objects.filter(to_agency__in=agency_ids, confirmed_at=None)


def lists_confirmed(agency_ids: Collection[int]) -> QuerySet[HandOverList]:
    """Return the lists these agencies confirmed, the latest first."""
    return (
        HandOverList.objects.filter(to_agency__in=agency_ids, confirmed_at__isnull=False)
        .select_related("unit", "to_agency", "confirmed_by")
        .annotate(size=Count("lines"), absent=Count("lines", filter=~Q(lines__note="")))
        .order_by("-confirmed_at", "-pk")
    )
