"""The one small fixed world: a town with its unit, a procedure of five steps, four officers.

And what is done to it in many tests: one more officer, the town beside it, a dossier on its road.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import User

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit, RoleAssignment
from motcua.agencies.services import publish_calendar
from motcua.calendars import shipped_calendar
from motcua.catalogue.models import (
    AdministrativeField,
    Procedure,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
)
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark, Presented
from motcua.domain.dossier import Action
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.dossiers.services import notices
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import Filing, receive_at_counter

MORNING = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)

STEPS = [
    ("receive", "Tiếp nhận", "receive", "reception", "unit", "0.5 working_day"),
    ("handle", "Thụ lý", "handle", "handler", "agency", "2 working_day"),
    ("approve", "Ký duyệt", "approve", "approver", "agency", "1 working_day"),
    ("seal", "Vào sổ, đóng dấu", "seal", "handler", "agency", "4 working_hour"),
    ("return", "Trả kết quả", "return", "reception", "unit", ""),
]

# Its second step leads to the third or the fourth.
FORKED = [
    ("receive", "Tiếp nhận", "receive", "reception", "unit", "1 working_hour"),
    ("handle", "Thụ lý", "handle", "handler", "agency", "1 working_day"),
    ("inspect", "Kiểm tra thực địa", "inspect", "handler", "agency", "1 working_day"),
    ("approve", "Ký duyệt", "approve", "approver", "agency", "4 working_hour"),
    ("seal", "Vào số, đóng dấu", "seal", "handler", "agency", "1 working_hour"),
    ("return", "Trả kết quả", "return", "reception", "unit", ""),
]


# The road of a dossier through the office, as far as each of these.
HANDED = [(Action.HAND_OVER, "reception")]
TAKEN = [*HANDED, (Action.TAKE, "handler")]
PROPOSED = [*TAKEN, (Action.PROPOSE, "handler")]
APPROVED = [*PROPOSED, (Action.APPROVE, "approver")]
READY = [*APPROVED, (Action.ISSUE_RESULT, "handler")]
RETURNED = [*READY, (Action.RETURN, "reception")]


@dataclass
class World:
    unit: OneStopUnit
    counter: Counter
    version: ProcedureVersion
    officers: dict[str, Officer]

    def filing(self, name="Nguyễn Thị Huỳnh Ngọc Quỳnh Như", **how):
        facts = {"papers": (Presented(position=1, originals=1),), "version": self.version}
        owner = PartyFacts(full_name=name, personal_id="003200000001", phone="0900000001")
        return Filing(**{"owner": owner, **facts, **how})

    def receive(self, at=MORNING, **how):
        return receive_at_counter(
            unit=self.unit,
            counter=self.counter,
            filing=self.filing(**how),
            officer=self.officers["reception"],
            at=at,
        )


def officer_of(agency, role, username):
    """One more officer with one role, able to sign in."""
    user = User.objects.create(username=username)
    officer = Officer.objects.create(
        user=user, full_name=f"Phạm Thị {role}", position="Công chức", agency=agency
    )
    RoleAssignment.objects.create(
        officer=officer, agency=agency, role=role, valid_from=date(2016, 1, 1)
    )
    return officer


def division_of(agency):
    """A division of this agency, for the procedures that name it."""
    return Agency.objects.create(
        code=f"{agency.code}.TP",
        name="Bộ phận Tư pháp",
        kind="division",
        parent=agency,
        valid_from=date(2016, 1, 1),
    )


def asked_town(*roles):
    """The town beside it with officers of these roles; who may be asked for an opinion."""
    agency = next_town().agency
    return agency, {role: officer_of(agency, role, f"rangdong.{role}") for role in roles}


def next_town():
    """The town beside it, with its unit: whose officers are strangers to this one's dossiers."""
    agency = Agency.objects.create(
        code="13894",
        identifier="902.00.99.H40",
        identifier_is_placeholder=True,
        name="UBND thị trấn Rạng Đông",
        kind="commune",
        valid_from=date(2016, 1, 1),
    )
    return OneStopUnit.objects.create(agency=agency, name="Bộ phận Một cửa thị trấn Rạng Đông")


def add_steps(version, steps=STEPS):
    """Give the version these steps."""
    for position, (code, name, kind, role, performer, budget) in enumerate(steps, start=1):
        ProcessStep.objects.create(
            version=version,
            position=position,
            code=code,
            name=name,
            kind=kind,
            role=role,
            performer=performer,
            budget=budget,
        )


def fork(version, *, inspected="", signed=""):
    """A further version of the procedure that forks after handling, on these conditions."""
    forked = ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, valid_from=version.valid_from, limit="5 working_day"
    )
    add_steps(forked, FORKED)
    ways = [("inspect", inspected), ("approve", signed)]
    forked.steps.filter(code="handle").update(
        outcomes=[{"target": target, "when": when, "label": ""} for target, when in ways]
    )
    return forked


def walk(world, dossier, road, *, every=timedelta(minutes=1)):
    """Let officers act on the dossier, each so long after what went before; return it.

    The road is of actions, each with the name of who does it and, if need be, a note.
    """
    at = dossier.events.latest("position").at
    for action, who, *note in road:
        at += every
        officer = world.officers[who]
        why = note[0] if note else "Lý do ghi trong hồ sơ"
        dossier = done(dossier, action, officer=officer, at=at, note=why)
    return dossier


KIND_OF = {act: kind for kind, act in ACT_OF.items()}


def done(dossier, action, *, officer, at, note=""):
    """Let the officer do it, in writing where it has to be; return the dossier as it is then."""
    if action in KIND_OF:
        return by_notice(dossier, action, officer=officer, at=at, note=note)
    return act(dossier_id=dossier.pk, action=action, officer=officer, at=at, note=note)


def by_notice(dossier, action, *, officer, at, note=""):
    """Do what is told in writing: the notice is drafted, signed and sent at once."""
    kind = KIND_OF[action]
    note = note or "Lý do ghi trong hồ sơ"
    first = dossier.version.documents.first()
    asked = AskedFor(position=first.position, flaw=Mark.MISSING, reason=note)
    words = NoticeWords(
        reason="" if kind is NoticeKind.SUPPLEMENT else note,
        papers=(asked,) if kind is NoticeKind.SUPPLEMENT else (),
        answer_by=at.astimezone(UTC).date() + timedelta(days=15),
        amount=150_000 if kind is NoticeKind.PAYMENT else None,
    )
    how = {"dossier_id": dossier.pk, "kind": kind, "words": words, "officer": officer, "at": at}
    notice = notices.draft(**how)
    signer = officer if kind is NoticeKind.WITHDRAWAL else signer_of(dossier)
    who = {"notice_id": notice.pk, "at": at}
    notice = notices.approve(**who, officer=signer, seen_revision=notice.revision, note="Đồng ý")
    sent = notices.send(**who, officer=officer, seen_revision=notice.revision, delivery="counter")
    return sent.dossier


def signer_of(dossier):
    """Somebody who signs for the dossier's agency."""
    places = [dossier.unit.agency_id, dossier.competent_agency_id]
    signing = RoleAssignment.objects.filter(role="approver", agency__in=places)
    return signing.order_by("pk").first().officer


def build():
    publish_calendar(shipped_calendar(), at=MORNING, note="Lịch kèm phần mềm")
    began = date(2016, 1, 1)
    town = Agency.objects.create(
        code="13891",
        identifier="901.00.99.H40",
        identifier_is_placeholder=True,
        name="UBND thị trấn Liễu Đề",
        kind="commune",
        valid_from=began,
    )
    unit = OneStopUnit.objects.create(agency=town, name="Bộ phận Một cửa thị trấn Liễu Đề")
    counter = Counter.objects.create(unit=unit, number=2)
    officers = {}
    for role in ("reception", "handler", "approver", "leader"):
        user = User.objects.create(username=f"lieude.{role}")
        officer = Officer.objects.create(
            user=user, full_name=f"Trần Văn {role}", position="Công chức", agency=town
        )
        RoleAssignment.objects.create(officer=officer, agency=town, role=role, valid_from=began)
        officers[role] = officer
    civil_status = AdministrativeField.objects.create(code="HT", name="Hộ tịch", level="commune")
    procedure = Procedure.objects.create(
        code="1.001193", name="Đăng ký khai sinh", administrative_field=civil_status
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, valid_from=began, limit="5 working_day"
    )
    RequiredDocument.objects.create(version=version, position=1, name="Tờ khai", originals=1)
    add_steps(version)
    return World(unit, counter, version, officers)
