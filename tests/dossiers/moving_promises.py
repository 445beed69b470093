"""What tests of moved promises do: draft a calendar, list, propose, approve, excuse."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from motcua.agencies import calendar_drafts
from motcua.domain.calendar import OFFICE_ZONE, SpecialDay
from motcua.domain.calendar_change import (
    DayChange,
    DayKind,
)
from motcua.domain.snapshot import Happening
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, promise_changes
from motcua.dossiers.services.ledger import past_of
from tests.world import MORNING

HOLIDAY = date(2021, 3, 19)
WHY = {"reason": "Nghỉ thêm ngày 19/03", "legal_basis": "Thông báo 100/TB-UBND"}
NOON = MORNING + timedelta(hours=4)


def drafted(administrator, *changes, at=NOON):
    draft = calendar_drafts.begin_draft(officer=administrator, at=at)
    for change in changes or [off(HOLIDAY)]:
        draft = calendar_drafts.change_day(
            change, seen_revision=draft.revision, officer=administrator, at=at
        )
    return draft


def off(day):
    return DayChange(day=day, kind=DayKind.OFF, name="Nghỉ thêm", source="Thông báo 100")


def listed(administrator, *changes, at=NOON):
    draft = drafted(administrator, *changes, at=at)
    return promise_changes.list_for_calendar(draft, officer=administrator, at=at, **WHY)


def proposed(administrator, *changes, at=NOON):
    change = listed(administrator, *changes, at=at)
    return said(promise_changes.propose, change, administrator, at)


def approved(administrator, leader, *changes, at=NOON):
    change = proposed(administrator, *changes, at=at)
    return said(promise_changes.approve, change, leader, at + timedelta(minutes=5))


def said(service, change, officer, at, **more):
    return service(
        change_id=change.pk, seen_revision=change.revision, officer=officer, at=at, **more
    )


def excused(world, officer, start, end, at=NOON, **units):
    period = promise_changes.Period(units=units.get("units", (world.unit,)), start=start, end=end)
    return promise_changes.list_for_force_majeure(
        period, reason="Bão số 3", legal_basis="Công điện 05/CĐ-UBND", officer=officer, at=at
    )


def past(dossier):
    terms = terms_of(dossier)
    return past_of(dossier.events.order_by("position"), terms).snapshot


def at_hour(day, hour=17, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=OFFICE_ZONE)


def record(world, dossier, action, at, **more):
    dossier.refresh_from_db()
    what = Happening(
        action=action,
        at=at,
        agency=world.unit.agency_id,
        officer=world.officers["approver"].pk,
        note="Chờ quyết định",
        **more,
    )
    with transaction.atomic():
        ledger.record(dossier, what, terms=terms_of(dossier))


def off_day(day):
    return SpecialDay(day=day, name="Nghỉ", source="Thông báo")
