"""A late holiday over 100,000 open dossiers: the list, its approval, and a count one by one.

Run by `python -m benchmarks.projection ENGINE` in a home of its own, whose database is empty.
"""

import os
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

import django

from benchmarks.table import Row, markdown

NUMBER: Final = 100_000
SECONDS: Final = 30
# A week with the holiday in it, after the last reception.
HOLIDAY: Final = date(2021, 3, 24)
LIMITS: Final = ("5 working_day", "20 calendar_day", "1 month", "40 working_hour", "15 working_day")


def main(engine: str) -> None:
    """Write the dossiers, list, compare, approve, verify; print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    Path(os.environ["MOTCUA_HOME"]).mkdir(exist_ok=True)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(markdown(f"A late holiday over {NUMBER:,} open dossiers, {engine}", measure()))


def measure(number: int = NUMBER) -> list[Row]:
    """Return the rows of the table.  Raises AssertionError when the list is not the plain count."""
    from django.conf import settings

    from motcua.agencies import calendar_drafts
    from motcua.domain.calendar import OFFICE_ZONE
    from motcua.domain.calendar_change import DayChange, DayKind
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.services import promise_changes
    from motcua.dossiers.verification import verify
    from tests.world import build, officer_of

    world = build()
    administrator = officer_of(world.unit.agency, "administrator", "quantri")
    at = datetime(2021, 3, 23, 10, 0, tzinfo=OFFICE_ZONE)
    _write(world, number, at)
    draft = calendar_drafts.begin_draft(officer=administrator, at=at)
    draft = calendar_drafts.change_day(
        DayChange(day=HOLIDAY, kind=DayKind.OFF, name="Nghỉ thêm", source="Thông báo 100"),
        seen_revision=0,
        officer=administrator,
        at=at,
    )
    began = perf_counter()
    change = promise_changes.list_for_calendar(
        draft,
        reason="Nghỉ thêm ngày 24/03",
        legal_basis="Thông báo 100",
        officer=administrator,
        at=at,
    )
    list_took = perf_counter() - began
    began = perf_counter()
    expected = dict(_one_by_one(calendar_drafts.drafted_calendar(draft)))
    alone_took = perf_counter() - began
    found = {
        dossier: (due, step)
        for dossier, due, step in change.moves.values_list(
            "dossier_id", "new_due_at", "new_step_due_at"
        )
    }
    assert found == expected, "the list is not what counting one by one says"
    change = promise_changes.propose(
        change_id=change.pk, seen_revision=change.revision, officer=administrator, at=at
    )
    began = perf_counter()
    promise_changes.approve(
        change_id=change.pk,
        seen_revision=change.revision,
        officer=world.officers["leader"],
        at=at + timedelta(minutes=5),
    )
    apply_took = perf_counter() - began
    moved = Dossier.objects.filter(counted_edition=2).count()
    assert moved == len(expected), "not every dossier on the list moved"
    proof = verify(settings.FILES)
    assert proof.first == [], proof.first
    return [
        Row(f"the list: {len(found):,} dossiers that move", f"{list_took:.1f} s", f"{SECONDS} s"),
        Row("its approval: counted again and written", f"{apply_took:.1f} s", f"{SECONDS} s"),
        Row("the same counted one by one from all events", f"{alone_took:.1f} s", "the same list"),
    ]


def _one_by_one(calendar) -> Iterator[tuple[int, tuple[datetime | None, datetime | None]]]:
    """Yield each dossier that moves with its dates: all events folded, the clock asked anew."""
    from motcua.domain.calendar import OfficeTime, office
    from motcua.domain.dossier import OPEN
    from motcua.domain.snapshot import is_paused
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.queries import terms_of
    from motcua.dossiers.services.ledger import past_of

    dossiers = (
        Dossier.objects.filter(state__in=OPEN)
        .select_related("unit", "version", "case")
        .prefetch_related("events")
        .order_by("pk")
    )
    hours: OfficeTime | None = None
    for dossier in dossiers.iterator(chunk_size=2_000):
        terms = terms_of(dossier)
        before = past_of(dossier.events.all(), terms).snapshot
        if is_paused(before):
            yield dossier.pk, (None, None)
            continue
        hours = hours or OfficeTime(calendar, terms.office_time.sessions)
        stands = before.due_at
        if not hours.is_working_day(office(stands).date()):
            stands = hours.closing(hours.next_working_day(office(stands).date()))
        anew = replace(terms, office_time=hours)
        due_at = max(stands, anew.due(before.accepted_at, before.pauses))
        step = anew.step_due(before.step.code, before.step.started_at, before.pauses)
        if (due_at, step) != (before.due_at, before.step.due_at):
            yield dossier.pk, (due_at, step)


def _write(world, number: int, until: datetime) -> None:
    """Write the open dossiers: taken, some of them paused, resumed or extended."""
    from django.db import connection, transaction

    from motcua.dossiers.services.courses import Books, fold_course
    from motcua.dossiers.services.door import Door

    rng = random.Random(100)
    versions = _versions(world)
    books = Books()
    instants = sorted(
        until - timedelta(minutes=rng.randrange(60, 60 * 24 * 12)) for _ in range(number)
    )
    with transaction.atomic():
        door = Door()
        for at in instants:
            course = _course(world, rng, rng.choice(versions), books, at, until)
            door.add(fold_course(course, connection.ops.adapt_datetimefield_value))
        door.add_books(books)
        door.close()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database in use has done long ago


def _versions(world) -> list:
    from motcua.catalogue.models import Procedure, ProcedureVersion
    from tests.world import add_steps

    found = [world.version]
    for index, limit in enumerate(LIMITS[1:]):
        procedure = Procedure.objects.create(
            code=f"1.00200{index}",
            name=f"Thủ tục {limit}",
            administrative_field=world.version.procedure.administrative_field,
        )
        version = ProcedureVersion.objects.create(
            procedure=procedure,
            valid_from=world.version.valid_from,
            limit=limit,
            pause_policy="restart" if index % 2 else "resume",
        )
        add_steps(version)
        found.append(version)
    return found


def _course(world, rng, version, books, at: datetime, until: datetime):
    from motcua.domain.calendar import office
    from motcua.domain.numbering import DossierNumber
    from motcua.domain.vietnamese import fold
    from motcua.dossiers.queries import terms_for
    from motcua.dossiers.services.courses import Course
    from motcua.dossiers.services.people import PartyFacts

    day = office(at).date()
    agency = world.unit.agency
    number = DossierNumber(
        agency.identifier, day, books.take(world.unit.pk, "number", f"{day:%y%m%d}")
    )
    columns = {
        "number": str(number),
        "unit_id": world.unit.pk,
        "competent_agency_id": agency.pk,
        "version_id": version.pk,
        "case_id": None,
        "calendar_edition": 1,
        "channel": "in_person",
        "applicant_name": "Đỗ Thị Hạnh",
        "subject": "",
        "answers": "",
        "sets": 1,
        "quantity": 1,
        "return_channel": "counter",
        "fee_total": 0,
        "register_year": day.year,
        "register_position": books.take(world.unit.pk, "register", str(day.year)),
    }
    terms = terms_for(unit=world.unit, version=version, case=None, edition=1)
    return Course(
        terms=terms,
        administrative_field=version.procedure.administrative_field_id,
        columns=columns,
        search_text=fold(columns["applicant_name"]),
        happenings=tuple(_acts(world, rng, terms, at, until)),
        parties={"owner": PartyFacts(full_name=columns["applicant_name"])},
        papers=(),
    )


def _acts(world, rng, terms, at: datetime, until: datetime) -> Iterator:
    from motcua.domain.calendar import office
    from motcua.domain.dossier import Action
    from motcua.domain.snapshot import Happening

    def done(action, when, role, **more):
        officer = world.officers[role].pk
        agency = world.unit.agency_id
        return Happening(action=action, at=when, agency=agency, officer=officer, **more)

    yield done(Action.RECEIVE, at, "reception")
    chance = rng.random()
    if chance < 0.3:
        return
    span = (until - at) / 6
    yield done(Action.TAKE, at + span, "handler")
    if chance < 0.9:
        return
    if chance < 0.93:
        day = terms.office_time.working_day_after(office(until).date(), 25)
        new = terms.office_time.closing(day)
        if office(at + 2 * span).date() < office(terms.due(at)).date() - timedelta(days=4):
            yield done(
                Action.EXTEND, at + 2 * span, "approver", new_due_at=new, note="Chờ xác minh"
            )
        return
    yield done(Action.SUSPEND, at + 2 * span, "approver", note="Chờ quyết định")
    if chance < 0.97:
        yield done(Action.RESUME, at + 3 * span, "approver")


if __name__ == "__main__":
    main(sys.argv[1])
