"""Many dossiers at once: random lives, every road the rules allow, written row by row.

What the services write one act at a time is written here in bulk, so that hundreds of small
worlds can be counted and verified in seconds.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from motcua.agencies.models import Agency, OneStopUnit
from motcua.agencies.queries import current_edition
from motcua.catalogue.models import (
    AdministrativeField,
    Procedure,
    ProcedureVersion,
)
from motcua.domain.calendar import OFFICE_ZONE, office
from motcua.domain.dossier import CLOCK, Action, Clock, State, actions_from
from motcua.domain.history import advance
from motcua.domain.numbering import DossierNumber
from motcua.domain.snapshot import Happening, Snapshot
from motcua.domain.vietnamese import fold
from motcua.dossiers import facts
from motcua.dossiers.migrations._guards import GUARDS
from motcua.dossiers.models import (
    DayBook,
    Dossier,
    DossierEvent,
    OpinionAsked,
    Party,
    Serial,
    StepTaken,
)
from motcua.dossiers.queries import terms_for
from motcua.dossiers.seals import seal_of_values
from motcua.dossiers.services import ledger
from tests.domain.refusals import REFUSALS
from tests.world import World, add_steps

EARLIEST = datetime(2020, 1, 2, 7, 0, tzinfo=OFFICE_ZONE)


@dataclass
class Life:
    """One dossier before it is written: what happened to it, and what each act led to."""

    unit: OneStopUnit
    version: ProcedureVersion
    happenings: list[Happening]
    snapshots: list[Snapshot]


def add_district(world: World) -> list[tuple[OneStopUnit, ProcedureVersion]]:
    """Add a district with a field of its own; return every unit with what it receives."""
    began = date(2016, 1, 1)
    district = Agency.objects.create(
        code="361",
        identifier="000.00.61.H40",
        name="UBND huyện Nghĩa Hưng",
        kind="district",
        valid_from=began,
    )
    unit = OneStopUnit.objects.create(agency=district, name="Bộ phận Một cửa huyện")
    land = AdministrativeField.objects.create(code="DD", name="Đất đai", level="district")
    procedure = Procedure.objects.create(code="2.000001", name="Đất", administrative_field=land)
    version = ProcedureVersion.objects.create(
        procedure=procedure, valid_from=began, limit="20 calendar_day", pause_policy="restart"
    )
    add_steps(version)
    return [(world.unit, world.version), (unit, version)]


def random_life(rng, unit, version, *, officer, until: datetime) -> Life:
    """Return a random life of a dossier, every act of it at `until` or before."""
    terms = terms_for(unit=unit, version=version, case=None, edition=current_edition())
    span = int((until - EARLIEST).total_seconds() // 60)
    at = EARLIEST + timedelta(minutes=rng.randrange(span))
    life = Life(unit, version, [], [])
    now = Snapshot()
    for _ in range(rng.choice([1, 2, 4, 8, 12])):
        action = rng.choice(actions_from(now.state))
        if action is Action.ISSUE_RESULT and now.due_at > at and rng.random() < 0.5:
            at = max(at, min(now.due_at - timedelta(minutes=rng.choice([0, 0, 30])), until))
        what = _happening(rng, action, now, at, unit, officer, terms)
        try:
            now = advance(now, what, terms)
        except REFUSALS:
            continue
        life.happenings.append(what)
        life.snapshots.append(now)
        if not actions_from(now.state):
            break
        at += timedelta(minutes=rng.choice([1, 7, 90, 600, 1440, 5000, 20000]))
        if at > until:
            break
    return life


def _happening(rng, action, now, at, unit, officer, terms) -> Happening:
    to_step = ""
    if action in (Action.SEND_TO_STEP, Action.SEND_BACK_FOR_REWORK):
        to_step = rng.choice(["handle", "approve"])
    later = excused = None
    if action in (Action.EXTEND, Action.APOLOGISE, Action.CONSULT):
        after = at if action is Action.CONSULT else max(at, now.due_at)
        days = rng.randrange(1, 15)
        later = terms.office_time.closing(
            terms.office_time.working_day_after(office(after).date(), days)
        )
    if action is Action.EXCUSE:
        excused = at - timedelta(minutes=rng.choice([60, 1440, 9000]))
    return Happening(
        action=action,
        at=at,
        agency=unit.agency_id,
        officer=officer.pk,
        to_step=to_step,
        to_agency=unit.agency_id if action in (Action.CONSULT, Action.REMIND) else None,
        to_officer=officer.pk if action is Action.ASSIGN else None,
        new_due_at=later,
        note="Lý do bằng văn bản",
        edition=current_edition() if action is Action.RECALCULATE else None,
        excused_from=excused,
        excused_until=excused and at,
    )


def write(lives: list[Life]) -> list[Dossier]:
    """Write these lives with their events, steps, serials and day book, in order of reception."""
    lives = [life for life in lives if life.happenings]
    lives.sort(key=lambda life: life.happenings[0].at)
    serials, days = Counter(), Counter()
    dossiers, parties, events, steps, opinions = [], [], [], [], []
    for life in lives:
        dossier = _dossier(life, serials)
        party = Party(dossier=dossier, role="owner", full_name=dossier.applicant_name)
        terms = _terms(life)
        dossiers.append(dossier)
        parties.append(party)
        digest, before = ledger.CHAIN_START, Snapshot()
        pairs = zip(life.happenings, life.snapshots, strict=True)
        for position, (what, after) in enumerate(pairs, start=1):
            seal = ""
            if position == 1:
                seal = facts.digest_of_rows(
                    dossier, parties=[party], papers=[], payments=[], result=None
                )
            event = ledger.event_row(dossier, what, before, after, position)
            event.facts = seal
            digest = ledger.digest_of(digest, position, what, seal)
            event.digest = digest
            events.append(event)
            field = life.version.procedure.administrative_field_id
            for day, column in ledger.day_book_changes(before, after):
                days[life.unit.pk, field, day, column] += 1
            before = after
        ledger.repeat(dossier, before, terms)
        steps += [StepTaken(dossier=dossier, **ledger.step_columns(run)) for run in before.steps]
        opinions += [
            OpinionAsked(dossier=dossier, **ledger.opinion_columns(position, one))
            for position, one in enumerate(before.consultations, start=1)
        ]
    for model, rows in (
        (Dossier, dossiers),
        (Party, parties),
        (DossierEvent, events),
        (StepTaken, steps),
        (OpinionAsked, opinions),
    ):
        model.objects.bulk_create(rows)
    Serial.objects.bulk_create(
        Serial(unit_id=unit, book=book, period=period, last=last)
        for (unit, book, period), last in serials.items()
    )
    books: dict[tuple, dict] = {}
    for (unit, field, day, column), number in days.items():
        books.setdefault((unit, field, day), {})[column] = number
    DayBook.objects.bulk_create(
        DayBook(unit_id=unit, administrative_field_id=field, day=day, **columns)
        for (unit, field, day), columns in books.items()
    )
    return dossiers


def _terms(life: Life):
    return terms_for(unit=life.unit, version=life.version, case=None, edition=current_edition())


def _dossier(life: Life, serials: Counter) -> Dossier:
    accepted_at = life.snapshots[-1].accepted_at
    number = year = position = None
    if accepted_at is not None:
        day = office(accepted_at).date()
        year = day.year
        serials[life.unit.pk, "register", str(year)] += 1
        position = serials[life.unit.pk, "register", str(year)]
        serials[life.unit.pk, "number", f"{day:%y%m%d}"] += 1
        serial = serials[life.unit.pk, "number", f"{day:%y%m%d}"]
        number = str(DossierNumber(life.unit.agency.identifier, day, serial))
    return Dossier(
        number=number,
        unit=life.unit,
        competent_agency=life.unit.agency,
        version=life.version,
        calendar_edition=current_edition(),
        applicant_name="Đỗ Thị Hạnh",
        search_text=fold("Đỗ Thị Hạnh"),
        seal=seal_of_values(number),
        revision=len(life.happenings),
        register_year=year,
        register_position=position,
    )


def is_paused(state: State) -> bool:
    """Whether the clock rests in this state."""
    return CLOCK[state] is Clock.PAUSED


def lower_guards(model) -> None:
    """Drop the triggers over a table, as somebody with the database in his hands could."""
    table = model._meta.db_table
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name, (guarded, *_) in GUARDS.items():
            if guarded == table:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def clear() -> None:
    """Take everything written here away again, between two worlds of one test."""
    for model in (StepTaken, DossierEvent):
        lower_guards(model)
    for model in (Party, OpinionAsked, StepTaken, DossierEvent, Dossier, DayBook, Serial):
        model.objects.all().delete()
