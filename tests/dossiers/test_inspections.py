"""Field inspections: planned at such a step, held with minutes, or dropped with a reason."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.domain.dossier import Action
from motcua.domain.inspection import InspectionFlaw, InspectionRefused, InspectionStatus
from motcua.dossiers.inspection_queries import inspections_between, planned_for
from motcua.dossiers.models import Inspection
from motcua.dossiers.services import attachments, inspections
from motcua.dossiers.services.inspections import Appointment, InspectorBusy
from motcua.dossiers.services.processing import HeldByColleague, NotAColleague, act
from motcua.dossiers.verification import verify
from motcua.gateways.archive import Archive
from tests.gateways.made_files import pdf
from tests.world import HANDED, MORNING, fork, officer_of, walk

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(hours=1)
THEN = MORNING + timedelta(days=1)


@pytest.fixture
def dossier(world):
    """A dossier whose land is to be looked at, taken by the handler."""
    return at_the_inspection(world)


def at_the_inspection(world):
    version = world.version.procedure.versions.filter(number=2).first() or fork(world.version)
    dossier = walk(world, world.receive(version=version, papers=()), HANDED)
    handler = world.officers["handler"]
    for minute, action in enumerate((Action.TAKE, Action.FORWARD, Action.TAKE), start=5):
        dossier = act(
            dossier_id=dossier.pk,
            action=action,
            officer=handler,
            at=MORNING + timedelta(minutes=minute),
            to_step="inspect" if action is Action.FORWARD else "",
        )
    return dossier


def plan(world, dossier, *, by="handler", at=NOW, **how):
    said = {
        "place": "Thửa số 12, tờ bản đồ 5",
        "starts_at": THEN,
        "ends_at": THEN + timedelta(hours=2),
        "inspectors": (world.officers["handler"],),
        "participants": "Chủ hộ liền kề",
    }
    return inspections.plan(
        dossier_id=dossier.pk,
        appointment=Appointment(**{**said, **how}),
        officer=world.officers[by],
        at=at,
    )


def refused(flaw):
    return pytest.raises(InspectionRefused, match=flaw.value)


def test_an_inspection_is_planned_held_and_sealed(world, dossier):
    made = plan(world, dossier)
    assert planned_for(dossier) == made
    assert list(inspections_between([dossier.unit.agency_id], NOW, THEN + timedelta(days=1)))
    scan = attachments.keep(pdf(), name="bien ban.pdf", archive=Archive(settings.FILES))
    held = inspections.hold(
        inspection_id=made.pk,
        minutes="Đất đúng ranh giới",
        participants="Chủ hộ liền kề có mặt",
        officer=world.officers["handler"],
        at=THEN + timedelta(hours=3),
        file=scan,
    )
    assert held.status == InspectionStatus.HELD and held.minutes_file.name == "bien ban.pdf"
    assert planned_for(dossier) is None
    assert verify(settings.FILES).differing == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.update(minutes="Khác")
    with refused(InspectionFlaw.OVER_ALREADY):
        inspections.cancel(
            inspection_id=made.pk, reason="Mưa", officer=world.officers["handler"], at=THEN
        )


def test_put_off_it_is_cancelled_with_a_reason_and_planned_anew(world, dossier):
    made = plan(world, dossier)
    with refused(InspectionFlaw.PLANNED_ALREADY):
        plan(world, dossier)
    handler = world.officers["handler"]
    with refused(InspectionFlaw.NO_REASON):
        inspections.cancel(inspection_id=made.pk, reason=" ", officer=handler, at=NOW)
    inspections.cancel(inspection_id=made.pk, reason="Mưa bão", officer=handler, at=NOW)
    assert plan(world, dossier).pk != made.pk
    assert verify(settings.FILES).differing == 0


@pytest.mark.parametrize(
    ("how", "flaw"),
    [
        ({"ends_at": THEN}, InspectionFlaw.ENDS_BEFORE_IT_BEGINS),
        ({"starts_at": NOW}, InspectionFlaw.BEGINS_IN_THE_PAST),
        ({"inspectors": ()}, InspectionFlaw.NOBODY_GOES),
    ],
)
def test_an_appointment_that_cannot_be_kept_is_refused(world, dossier, how, flaw):
    with refused(flaw):
        plan(world, dossier, **how)
    assert not Inspection.objects.exists()


def test_only_who_does_such_a_step_plans_and_goes(world, dossier):
    with refused(InspectionFlaw.NOT_AT_SUCH_A_STEP):
        plan(world, dossier, by="approver")
    with refused(InspectionFlaw.NOT_AT_SUCH_A_STEP):
        plan(world, walk(world, world.receive(), HANDED))
    with pytest.raises(NotAColleague):
        plan(world, dossier, inspectors=(world.officers["approver"],))
    world.officers["second"] = officer_of(world.unit.agency, "handler", "lieude.handler2")
    with pytest.raises(HeldByColleague):
        plan(world, dossier, by="second")


def test_nobody_goes_to_two_places_at_once(world, dossier):
    plan(world, dossier)
    other = at_the_inspection(world)
    with pytest.raises(InspectorBusy) as busy:
        plan(world, other, starts_at=THEN + timedelta(hours=1), ends_at=THEN + timedelta(hours=3))
    assert busy.value.other.dossier == dossier
    after = THEN + timedelta(hours=2)
    assert plan(world, other, starts_at=after, ends_at=after + timedelta(hours=1))


def test_minutes_are_written_once_it_began_by_who_goes_or_does_the_step(world, dossier):
    made = plan(world, dossier)
    said = {"inspection_id": made.pk, "minutes": "Đúng", "participants": ""}
    with refused(InspectionFlaw.NOT_BEGUN):
        inspections.hold(**said, officer=world.officers["handler"], at=NOW)
    with pytest.raises(NotAColleague):
        inspections.hold(**said, officer=world.officers["approver"], at=THEN)
    with refused(InspectionFlaw.NO_MINUTES):
        inspections.hold(**{**said, "minutes": " "}, officer=world.officers["handler"], at=THEN)
    assert inspections.hold(**said, officer=world.officers["handler"], at=THEN)
