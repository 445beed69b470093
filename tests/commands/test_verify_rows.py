"""Whatever row of a dossier is changed, added or taken away, `motcua verify` names the dossier."""

import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction

from motcua.agencies.models import Agency, Counter, OneStopUnit
from motcua.catalogue.models import ProcedureCase, RequiredDocument
from motcua.domain.checklist import Mark, Presented
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeKind, FeeLine
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.dossiers.models import (
    ApplicantMessage,
    Attachment,
    Correction,
    DayBook,
    Dossier,
    DossierEvent,
    Enclosure,
    HandBack,
    HandOverLine,
    HandOverList,
    Inspection,
    Inspector,
    InternalNote,
    Notice,
    NoticeItem,
    OpinionAsked,
    Paper,
    Party,
    Payment,
    Receipt,
    ReceiptIssue,
    Result,
    Serial,
    StepTaken,
)
from motcua.dossiers.services import (
    attachments,
    consultations,
    corrections,
    hand_over,
    inspections,
    messages,
    notes,
    notices,
    results,
)
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import receive_together
from motcua.dossiers.verification import verify
from motcua.gateways.archive import Archive
from tests.commands.tampering import change, dossiers_of, execute, guards_down, proof_after
from tests.gateways.made_files import pdf
from tests.lives import add_district
from tests.world import MORNING, build, officer_of

TABLES = [
    Dossier,
    Party,
    Paper,
    Payment,
    Result,
    HandBack,
    StepTaken,
    DossierEvent,
    Attachment,
    Correction,
    InternalNote,
    ApplicantMessage,
    Inspection,
    Inspector,
    Receipt,
    ReceiptIssue,
    HandOverList,
    HandOverLine,
    Notice,
    NoticeItem,
    OpinionAsked,
    Enclosure,
    Serial,
    DayBook,
]
pytestmark = pytest.mark.django_db
# Columns that may be changed without a dossier being named, each with the reason.
EXCEPTIONS = {"id": "a key without a meaning: what points to it is looked at where it points from"}
# Columns that constraints tie to others: changed alone, the database refuses every other value.
REFUSED_ALONE = {(Inspection, "status"): "an inspection says with it how it was closed"}
# Added rows that no dossier can be named for; that they are found is asserted all the same.
BELONGS_TO_NO_DOSSIER = {
    Serial: "the counter of a period in which nobody came",
    DayBook: "the line of a day on which nobody came",
}


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """An office with everything dossiers can have, made by the services, for every test below."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        assert verify(settings.FILES).first == []
        yield office
        transaction.set_rollback(True)


class Office:
    """Two dossiers on one slip, one beside them, and one whose papers were fetched."""

    def __init__(self):
        self.world = world = build()
        add_district(world)
        Counter.objects.create(unit=OneStopUnit.objects.get(agency__code="361"), number=1)
        RequiredDocument.objects.create(
            version=world.version, position=2, name="Giấy chứng sinh", is_compulsory=False
        )
        ProcedureCase.objects.create(version=world.version, code="2", name="Đăng ký quá hạn")
        world.version.steps.filter(code="handle").update(kind="appraise")
        self.at = MORNING
        self.first, self.second = self.receive(
            world.filing(
                papers=(Presented(position=1, originals=1), Presented(position=2, originals=1)),
                fees=(FeeLine(name="Lệ phí", kind=FeeKind.CHARGE, quantity=1, amount=8000),),
                submitter=PartyFacts(full_name="Đỗ Văn Hai", personal_id="003200000002"),
            ),
            world.filing(subject="Bản thứ hai"),
        )
        [self.beside] = self.receive(world.filing(name="Vũ Thị Láng Giềng"))
        [self.ended] = self.receive(world.filing(name="Đặng Thị Nhầm"))
        self.correct(self.first)
        self.attach(self.first)
        self.attach(self.beside)
        both = self.hand_over(self.first, self.second)
        self.hand_over(self.beside)
        act(dossier_id=self.beside.pk, action=Action.TAKE, **self.who("handler"))
        put_off = self.plan_inspection(self.beside)
        inspections.cancel(inspection_id=put_off.pk, reason="Mưa bão", **self.who("handler"))
        self.consult(self.beside)
        self.settle(self.first, both)
        self.fetch_papers(self.ended)
        self.write_to_the_applicant(self.second)

    def consult(self, dossier):
        district = Agency.objects.get(code="361")
        answering = officer_of(district, "handler", "huyen.answering")
        consultations.ask(
            dossier_id=dossier.pk,
            agencies=[district],
            question="Đề nghị cho ý kiến",
            reply_by=self.at + timedelta(days=1),
            **self.who("handler"),
        )
        consultations.remind(dossier_id=dossier.pk, agency=district, **self.who("handler"))
        consultations.reply(
            dossier_id=dossier.pk,
            agency=district,
            answer="Đồng ý",
            file=attachments.keep(pdf(3), name="tra loi.pdf", archive=Archive(settings.FILES)),
            officer=answering,
            at=self.later(),
        )

    def later(self):
        self.at += timedelta(minutes=7)
        return self.at

    def who(self, role):
        return {"officer": self.world.officers[role], "at": self.later()}

    def receive(self, *filings):
        receipt = receive_together(
            unit=self.world.unit,
            counter=self.world.counter,
            filings=filings,
            token=uuid.uuid4(),
            **self.who("reception"),
        )
        return receipt.dossiers.order_by("number")

    def correct(self, dossier):
        said = PartyFacts(full_name="Đỗ Thị Sửa", personal_id="003200000001", phone="0900000009")
        corrections.correct(
            dossier_id=dossier.pk,
            values=corrections.Corrected(
                parties={"owner": said}, subject="Khai sinh", return_channel="counter"
            ),
            reason="Gõ nhầm tên",
            seen_revision=1,
            **self.who("reception"),
        )

    def attach(self, dossier):
        attachments.attach(
            dossier_id=dossier.pk,
            file=attachments.keep(pdf(), name="to khai.pdf", archive=Archive(settings.FILES)),
            kind="paper",
            paper=dossier.papers.first(),
            **self.who("reception"),
        )

    def hand_over(self, *dossiers):
        keys = [dossier.pk for dossier in dossiers]
        done = hand_over.hand_over(unit=self.world.unit, dossier_ids=keys, **self.who("reception"))
        [made] = done.lists
        return made

    def settle(self, dossier, handed):
        absent = handed.lines.exclude(dossier=dossier).get()
        hand_over.confirm(
            list_id=handed.pk, missing={absent.pk: "Thiếu tờ khai"}, **self.who("handler")
        )
        act(dossier_id=dossier.pk, action=Action.TAKE, **self.who("handler"))
        self.talk_about(dossier)
        self.inspect(dossier)
        for action, role in ((Action.PROPOSE, "handler"), (Action.APPROVE, "approver")):
            act(dossier_id=dossier.pk, action=action, **self.who(role))
        results.issue(
            dossier_id=dossier.pk,
            words=results.ResultWords(
                number="12/2021", signed_on=date(2021, 3, 17), signer="Ngô Văn Ký"
            ),
            file=attachments.keep(pdf(2), name="khai sinh.pdf", archive=Archive(settings.FILES)),
            **self.who("handler"),
        )
        results.return_to_applicant(
            dossier_id=dossier.pk,
            collector=results.Collector(full_name="Đỗ Văn Hai", personal_id="003200000002"),
            **self.who("reception"),
        )

    def talk_about(self, dossier):
        notes.write(dossier_id=dossier.pk, text="Đã gọi điện", **self.who("reception"))
        for text in ("Mời mang bản chính", "Đã nhận bản chính"):
            messages.write(
                dossier_id=dossier.pk, text=text, delivery="phone", **self.who("handler")
            )
            if text.startswith("Mời"):
                messages.read_by_applicant(dossier.pk, at=self.later())

    def plan_inspection(self, dossier, *also):
        starts_at = self.at + timedelta(hours=1)
        return inspections.plan(
            dossier_id=dossier.pk,
            appointment=inspections.Appointment(
                place="Tổ dân phố 2",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
                inspectors=(self.world.officers["handler"], *also),
            ),
            **self.who("handler"),
        )

    def inspect(self, dossier):
        second = officer_of(self.world.unit.agency, "handler", "lieude.handler2")
        made = self.plan_inspection(dossier, second)
        self.at = made.starts_at
        inspections.hold(
            inspection_id=made.pk,
            minutes="Đúng như khai",
            participants="Tổ trưởng",
            file=attachments.keep(pdf(3), name="bien ban.pdf", archive=Archive(settings.FILES)),
            **self.who("handler"),
        )

    def fetch_papers(self, dossier):
        act(
            dossier_id=dossier.pk,
            action=Action.SEND_BACK,
            note="Không thuộc thẩm quyền",
            **self.who("reception"),
        )
        results.hand_papers_back(
            dossier_id=dossier.pk,
            collector=results.Collector(full_name="Đặng Thị Nhầm", personal_id="003200000001"),
            **self.who("reception"),
        )

    def write_to_the_applicant(self, dossier):
        """Two papers asked for and sent, a stop given up, and one that waits to be approved."""
        act(dossier_id=dossier.pk, action=Action.TAKE, **self.who("handler"))
        papers = tuple(
            AskedFor(position=place, flaw=Mark.MISSING, reason="Chưa nộp") for place in (1, 2)
        )
        words = NoticeWords(papers=papers, guidance="Nộp lại", answer_by=date(2021, 4, 1))
        how = {"dossier_id": dossier.pk, "words": words}
        asked = notices.draft(kind=NoticeKind.SUPPLEMENT, **how, **self.who("handler"))
        asked = notices.approve(
            notice_id=asked.pk, seen_revision=asked.revision, **self.who("approver")
        )
        notices.send(
            notice_id=asked.pk,
            seen_revision=asked.revision,
            delivery="post",
            **self.who("reception"),
        )
        how["words"] = NoticeWords(reason="Người nộp đề nghị")
        given_up = notices.draft(kind=NoticeKind.STOP, **how, **self.who("handler"))
        notices.cancel(notice_id=given_up.pk, seen_revision=0, reason="Nhầm", **self.who("handler"))
        notices.draft(kind=NoticeKind.STOP, **how, **self.who("handler"))

    def row(self, table):
        """Return the first row of the table: of the first dossier where it has one."""
        return table.objects.order_by("pk").first()


APART = [timedelta(microseconds=1), timedelta(days=1), timedelta(microseconds=-1)]


def other_values(row, field):
    """Return other values of the column's kind, the ones least like it last."""
    value = field.value_from_object(row)
    nothing = [None] if field.null and value is not None else []
    if field.choices:
        return [code for code, _words in field.choices if code != value]
    match field:
        case models.ForeignKey():
            others = field.related_model.objects.exclude(pk=value).order_by("pk")
            return [*others.values_list("pk", flat=True)[:4], *nothing]
        case models.DateTimeField():
            known = value or MORNING
            return [known + apart for apart in APART] + nothing
        case models.DateField():
            return [(value or date(2021, 3, 1)) + timedelta(days=1), *nothing]
        case models.IntegerField():
            return [(value or 0) + 1, (value or 0) + 97, *nothing]
        case models.UUIDField():
            return [uuid.uuid4()]
    return [f"{value or ''}x", *([""] if value else []), *nothing]


def columns():
    return [
        pytest.param(table, field.name, id=f"{table.__name__}.{field.name}")
        for table in TABLES
        for field in table._meta.concrete_fields
        if field.name not in EXCEPTIONS
    ]


def proven(row, field, value):
    """Return the dossiers concerned, and the proof with this value; None where it is refused."""
    concerned = dossiers_of(row)

    def write():
        change(row, **{field.attname: value})
        concerned.update(dossiers_of(row))

    proof = proof_after(write)
    return proof and (concerned, proof)


def names(proof, concerned):
    """Whether some difference names one of these dossiers."""
    return any(number in words for words in proof.first for number in concerned)


@pytest.mark.parametrize(("table", "column"), columns())
def test_every_changed_column_is_named_with_its_dossier(office, table, column):
    field = table._meta.get_field(column)
    for row in table.objects.order_by("pk"):
        written = [
            taken for value in other_values(row, field) if (taken := proven(row, field, value))
        ]
        if written:
            break
    if (table, column) in REFUSED_ALONE:
        assert not written
        return
    assert written, "the database took none of the values"
    for concerned, proof in written:
        assert proof.differing
        assert names(proof, concerned), proof.first


# What SQLite takes into any column whatever its kind: text, nothing, bytes, the end of time.
WRONG_KINDS = ["'abc'", "''", "x'ff00'", "CAST(x'ff00' AS TEXT)", "'9999-12-31 23:59:59'"]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL takes no such value")
@pytest.mark.parametrize(("table", "column"), columns())
def test_a_value_of_another_kind_is_named_with_its_dossier(office, table, column):
    field = table._meta.get_field(column)
    statement = f"UPDATE {table._meta.db_table} SET {field.column} = %s WHERE id = {{}}"
    row = office.row(table)
    concerned = dossiers_of(row)
    for value in WRONG_KINDS:
        proof = proof_after(lambda value=value: execute(statement.format(row.pk) % value))
        if proof is None or (field.value_from_object(row) or "") == "" == value.strip("'"):
            continue  # refused, or what it was before
        assert names(proof, concerned), (value, proof.first)


def test_a_bad_value_in_one_book_leaves_the_others_compared(office):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes no such value")
    day, slip = DayBook.objects.first(), office.beside.receipt_id
    handed = HandOverList.objects.first()
    wrong = {
        "UPDATE dossiers_serial SET last = 'abc' WHERE book = 'register'": "bộ đếm register",
        f"UPDATE dossiers_receipt SET issued_at = '' WHERE id = {slip}": office.beside.number,
        f"UPDATE dossiers_daybook SET day = '' WHERE id = {day.pk}": "dòng sổ ngày",
        f"UPDATE dossiers_dossier SET version_id = 'abc' WHERE id = {office.ended.pk}": (
            office.ended.number
        ),
        f"UPDATE dossiers_handoverlist SET year = 'x' WHERE id = {handed.pk}": "bàn giao",
    }
    proof = proof_after(lambda: [execute(statement) for statement in wrong])
    for statement, name in wrong.items():
        assert any(name in words for words in proof.first), (statement, proof.first)
    assert not any("không đọc được các sổ" in words for words in proof.first)


# What a copy must differ in, for the database to take it.
COPIES = {
    Dossier: lambda office: {"number": f"{office.first.number[:-4]}0099", "register_position": 99},
    Party: lambda office: {"role": "representative"},
    Paper: lambda office: {"position": 9},
    Payment: lambda office: {},
    Result: lambda office: {"dossier": office.second},
    HandBack: lambda office: {"dossier": office.second, "event": office.second.events.first()},
    StepTaken: lambda office: {"position": 9},
    DossierEvent: lambda office: {"position": office.first.events.count() + 1},
    Attachment: lambda office: {},
    Correction: lambda office: {},
    InternalNote: lambda office: {},
    ApplicantMessage: lambda office: {},
    Inspection: lambda office: {},
    Inspector: lambda office: {"officer": office.world.officers["approver"]},
    Receipt: lambda office: {"position": Receipt.objects.count() + 1, "token": uuid.uuid4()},
    ReceiptIssue: lambda office: {"position": 3},
    HandOverList: lambda office: {"position": HandOverList.objects.count() + 1},
    HandOverLine: lambda office: {"position": 3, "dossier": office.ended},
    Notice: lambda office: {"kind": "payment", "event": office.second.events.first()},
    NoticeItem: lambda office: {"position": 3},
    OpinionAsked: lambda office: {"position": 9},
    Enclosure: lambda office: {"attachment": office.first.attachments.first()},
    Serial: lambda office: {"period": "2030"},
    DayBook: lambda office: {"day": date(2021, 3, 18)},
}


@pytest.mark.parametrize("table", TABLES)
def test_an_added_row_is_named_with_its_dossier(office, table):
    row = office.row(table)
    concerned = dossiers_of(row)

    def write():
        row.pk = None
        row._state.adding = True
        for name, value in COPIES[table](office).items():
            setattr(row, name, value)
        row.save(force_insert=True)
        concerned.update(dossiers_of(row))

    proof = proof_after(write)
    assert proof is not None and proof.differing
    if table in (Receipt, HandOverList):  # a number without a dossier: those beside it are named
        concerned = dossiers_of(table.objects.order_by("-position").first())
    assert names(proof, concerned) or table in BELONGS_TO_NO_DOSSIER, proof.first


@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_away_is_named_with_its_dossier(office, table):
    for row in table.objects.order_by("pk"):
        concerned = dossiers_of(row)
        proof = proof_after(lambda row=row: table.objects.filter(pk=row.pk)._raw_delete("default"))
        assert proof is not None and names(proof, concerned), (str(row), proof)


def test_a_dossier_put_on_another_slip_is_named(office):
    for slip in (None, office.beside.receipt_id):
        proof = proof_after(lambda slip=slip: change(office.second, receipt_id=slip))
        assert any(words.startswith(office.second.number) for words in proof.first), slip


def test_the_command_ends_with_one_and_names_the_dossier(office, capsys):
    row = office.second.hand_over_lines.get()
    with transaction.atomic():
        with guards_down():
            change(row, note="")
        with pytest.raises(SystemExit) as stop:
            call_command("verify")
        transaction.set_rollback(True)
    assert stop.value.code == 1
    assert office.second.number in capsys.readouterr().err
