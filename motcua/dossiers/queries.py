"""Questions about dossiers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from motcua.agencies.models import Agency, OneStopUnit
from motcua.agencies.queries import Editions, office_time
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import road_of, step_names
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.dossier import CLOCK_PAUSED, OPEN, SETTLED, State
from motcua.domain.explanation import Explanation
from motcua.domain.limit import Ends, Left, TimeLimit
from motcua.domain.pause import PausePolicy
from motcua.domain.process import Performer
from motcua.domain.question import read_answers
from motcua.domain.snapshot import Snapshot, is_paused
from motcua.domain.standing import Standing, standing_open, standing_settled
from motcua.domain.terms import Terms
from motcua.dossiers.models import BRINGS_FIRST, Dossier, OpinionAsked, Party, StepTaken


def state_is_one_of(states: Collection[State]) -> Func:
    """Return the condition on a dossier's state, its codes written out in the statement.

    SQLite uses an index over part of a table only when it reads the same condition in the
    question, codes in the same order; sent as parameters, they would hide it.
    """
    codes = ", ".join(f"'{state.value}'" for state in states)
    return Func(F("state"), template=f"%(expressions)s IN ({codes})", output_field=BooleanField())


def counted(sets: Mapping[str, QuerySet]) -> dict[str, int]:
    """Return how many rows each of these sets has, by its name, in one question."""
    named = [
        rows.order_by().values(name=Value(name)).annotate(number=Count("pk"))
        for name, rows in sets.items()
    ]
    if not named:
        return {}
    first, *more = named
    return dict.fromkeys(sets, 0) | dict(first.union(*more, all=True).values_list("name", "number"))


def on_the_road(agency_ids: Collection[int]) -> Q:
    """Return the condition that one of these agencies lies on the dossier's road.

    An agency that was asked for its opinion stays on the road. Whoever holds a dossier has its
    open step, so the steps name the holder too.
    """
    passed = StepTaken.objects.filter(dossier=OuterRef("pk"), agency__in=agency_ids)
    asked = OpinionAsked.objects.filter(dossier=OuterRef("pk"), agency__in=agency_ids)
    own = Q(unit__agency__in=agency_ids) | Q(competent_agency__in=agency_ids)
    return own | Exists(passed) | Exists(asked)


def terms_for(
    *,
    unit: OneStopUnit,
    version: ProcedureVersion,
    case: ProcedureCase | None,
    edition: int,
    answers: str = "",
) -> Terms:
    """Return what is in force for a dossier of this version at this unit.

    `answers` are those to the version's questions as the dossier keeps them. Raises AnswerMissing
    where the road depends on one that is not there.
    """
    limit = case.limit if case is not None and case.limit else version.limit
    return Terms(
        limit=TimeLimit.parse(limit),
        process=road_of(version.pk, case.code if case is not None else "", read_answers(answers)),
        office_time=office_time(unit.pk, edition),
        editions=Editions(unit.pk),
        versions=Versions(unit, case.code if case is not None else "", edition, answers),
        ends=Ends(unit.ends),
        policy=PausePolicy(version.pause_policy),
        threshold=version.same_day_threshold,
    )


class Versions(Mapping[int, Terms]):
    """What each version of a procedure says for one dossier; each is read when it is asked for."""

    def __init__(self, unit: OneStopUnit, case: str, edition: int, answers: str) -> None:
        self._key = (unit, case, edition, answers)

    def __getitem__(self, version_id: int) -> Terms:
        """Raises KeyError where there is no such version, or it lacks the dossier's case."""
        unit, code, edition, answers = self._key
        version, cases = _frozen(version_id)
        return terms_for(
            unit=unit,
            version=version,
            case=cases[code] if code else None,
            edition=edition,
            answers=answers,
        )

    def __iter__(self) -> Iterator[int]:
        return iter(ProcedureVersion.objects.order_by("pk").values_list("pk", flat=True))

    def __len__(self) -> int:
        return ProcedureVersion.objects.count()


@lru_cache(maxsize=1024)
def _frozen(version_id: int) -> tuple[ProcedureVersion, dict[str, ProcedureCase]]:
    version = ProcedureVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise KeyError(version_id)
    return version, {case.code: case for case in version.cases.all()}


def terms_of(dossier: Dossier) -> Terms:
    """Return what is in force for this dossier: as when it was accepted, see Terms, or as the
    version it was moved to says."""
    accepted = terms_for(
        unit=dossier.unit,
        version=dossier.version,
        case=dossier.case,
        edition=dossier.calendar_edition,
        answers=dossier.answers,
    )
    return accepted.under(dossier.followed_version_id)


def step_names_of(dossier: Dossier) -> dict[str, str]:
    """Return what the steps of this dossier are called, also those of before it was moved."""
    return {**step_names(dossier.version_id), **step_names(followed_id(dossier))}


def followed_id(dossier: Dossier) -> int:
    """Return the key of the version whose steps this dossier takes now."""
    return dossier.followed_version_id or dossier.version_id


def standing_of(dossier: Dossier, *, at: datetime) -> Standing | None:
    """Return how the dossier stands at `at`; None when no promise binds: not accepted, or ended
    without settlement."""
    state = State(dossier.state)
    if dossier.due_at is None:
        return None
    if state in SETTLED:
        assert dossier.settled_at is not None
        return standing_settled(due_at=dossier.due_at, settled_at=dossier.settled_at)
    if state in OPEN:
        return standing_open(
            due_at=dossier.due_at,
            at=at,
            office_time=office_time(dossier.unit_id, dossier.edition),
            suspended=state in CLOCK_PAUSED,
        )
    return None


def left_of(snapshot: Snapshot, terms: Terms) -> Left | None:
    """Return how much of the limit is left when the open pause ends; None when the clock is not
    paused, when no count gives it (an extension), and when the calendar does not reach so far."""
    if snapshot.accepted_at is None or snapshot.extended or not is_paused(snapshot):
        return None
    try:
        return terms.on(snapshot.edition).left(snapshot.accepted_at, snapshot.pauses)
    except CalendarNotPublished:
        return None


def agency_id_of(performer: Performer, dossier: Dossier) -> int:
    """Return the key of the agency whose officers do what falls to this performer."""
    at_the_division = performer is Performer.DIVISION
    return dossier.competent_agency_id if at_the_division else dossier.unit.agency_id


def agency_of(performer: Performer, dossier: Dossier) -> Agency:
    """Return the agency whose officers do what falls to this performer."""
    at_the_division = performer is Performer.DIVISION
    return dossier.competent_agency if at_the_division else dossier.unit.agency


def place_of(performer: Performer, dossier: Dossier) -> str:
    """Return the name of the place where this performer works on the dossier."""
    if performer is Performer.UNIT:
        return dossier.unit.name
    return agency_of(performer, dossier).name


def bringing_first(parties: Iterable[Party]) -> list[Party]:
    """Return a dossier's parties with who brings it, and is expected to come for it, first."""
    return sorted(parties, key=lambda party: BRINGS_FIRST.index(party.role))


def explanation_of(snapshot: Snapshot, terms: Terms) -> Explanation | None:
    """Return why the promise falls when it does, an extension aside; None while a pause leaves it
    open, and when a pause outlived the calendar: then the promise stands, its reasons cannot be
    listed."""
    if snapshot.accepted_at is None or is_paused(snapshot):
        return None
    try:
        return terms.on(snapshot.edition).explain(snapshot.accepted_at, snapshot.pauses)
    except CalendarNotPublished:
        return None
