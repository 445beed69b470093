"""Dossiers on receipts and lists, as a morning at the counter leaves them behind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from motcua.catalogue.models import (
    Procedure,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
)
from motcua.domain.checklist import Presented
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeKind, FeeLine
from motcua.domain.snapshot import Happening
from motcua.dossiers.models import Dossier, HandOverLine, HandOverList, Receipt, Result
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts
from tests.world import MORNING, World, done

ADDRESS = "https://motcua.lieude.example/tra-cuu"
OWNER = PartyFacts(
    full_name="Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
    personal_id="036300000001",
    phone="0900000001",
    email="nhu@example.org",
    address="Tổ dân phố 3, thị trấn Liễu Đề, huyện Nghĩa Hưng",
)
FEE = FeeLine(name="Lệ phí đăng ký", kind=FeeKind.FEE, quantity=1, amount=15000)


def slip(world: World, *dossiers: Dossier, position: int = 1) -> Receipt:
    """Put the dossiers on one receipt, as the counter does."""
    receipt = Receipt.objects.create(
        unit=world.unit,
        year=2021,
        position=position,
        issued_at=dossiers[0].accepted_at,
        officer=world.officers["reception"],
        counter=world.counter,
    )
    for dossier in dossiers:
        dossier.receipt = receipt
        dossier.save()
    return receipt


def listed(world: World, *dossiers: Dossier) -> HandOverList:
    """Put the dossiers on one hand-over list to the committee's own officers."""
    hand_over_list = HandOverList.objects.create(
        unit=world.unit,
        to_agency=world.unit.agency,
        year=2021,
        position=7,
        made_at=MORNING + timedelta(hours=2),
        officer=world.officers["reception"],
    )
    for position, dossier in enumerate(dossiers, start=1):
        HandOverLine.objects.create(
            hand_over_list=hand_over_list, position=position, dossier=dossier
        )
    return hand_over_list


def procedure(
    world: World, *, name: str, papers: list[str], limit: str = "5 working_day", **how
) -> ProcedureVersion:
    """Publish one more procedure with the steps of the world's own."""
    first = world.version
    published = Procedure.objects.create(
        code=f"1.{Procedure.objects.count():06d}",
        name=name,
        administrative_field=first.procedure.administrative_field,
    )
    version = ProcedureVersion.objects.create(
        procedure=published, valid_from=first.valid_from, limit=limit, **how
    )
    for position, paper in enumerate(papers, start=1):
        RequiredDocument.objects.create(version=version, position=position, name=paper)
    for step in first.steps.all():
        ProcessStep.objects.create(
            **{
                column: getattr(step, column)
                for column in ("position", "code", "name", "kind", "role", "performer", "budget")
            },
            version=version,
        )
    version.refresh_from_db()  # its hours as the database reads them
    return version


def presented(count: int) -> tuple[Presented, ...]:
    """Hand in that many papers, originals and copies in turn."""
    return tuple(
        Presented(
            position=position,
            originals=position % 2,
            certified=(position + 1) % 2,
            photocopies=position % 3,
        )
        for position in range(1, count + 1)
    )


@dataclass
class Walk:
    """One dossier on its way, an act after another by the officers of the world."""

    world: World
    dossier: Dossier
    at: datetime

    def do(self, action: Action, role: str, *, after: timedelta, note: str = "") -> "Walk":
        self.at += after
        officer = self.world.officers[role]
        self.dossier = done(self.dossier, action, officer=officer, at=self.at, note=note)
        return self


@transaction.atomic
def settle_at_once(world: World, dossier: Dossier) -> Dossier:
    """Certify and give back within five minutes."""
    officer = world.officers["reception"]
    for action in (Action.ISSUE_RESULT, Action.RETURN):
        ledger.record(
            dossier,
            Happening(
                action=action,
                at=dossier.accepted_at + timedelta(minutes=5),
                agency=world.unit.agency_id,
                officer=officer.pk,
            ),
            terms=terms_of(dossier),
        )
    Result.objects.create(
        dossier=dossier,
        number="1204/2021",
        signed_on=MORNING.date(),
        signer="Trần Văn approver",
    )
    return dossier
