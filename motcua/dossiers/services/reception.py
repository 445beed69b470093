"""At the counter: receive what one person brought, with numbers, papers, fees and promises."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.agencies.queries import current_edition, roles_at
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import competent_division
from motcua.domain.calendar import OFFICE_ZONE, midnight, office
from motcua.domain.checklist import Presented, Required, missing
from motcua.domain.condition import Value
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeLine
from motcua.domain.numbering import BookNumber, DossierNumber
from motcua.domain.process import Role
from motcua.domain.question import write_answers
from motcua.domain.snapshot import Happening
from motcua.domain.terms import Terms
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers import facts
from motcua.dossiers.models import (
    Dossier,
    Draft,
    Paper,
    Party,
    Payment,
    ProcedureUse,
    Receipt,
    ReceiptIssue,
    Result,
)
from motcua.dossiers.queries import bringing_first, terms_for
from motcua.dossiers.seals import seal_when_received
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts, remember
from motcua.dossiers.services.serials import take


class PapersMissing(Exception):
    """The dossier is not complete: it may not be accepted silently (Decree 61/2018 art. 17)."""

    def __init__(self, papers: tuple[Required, ...]) -> None:
        super().__init__(", ".join(paper.name for paper in papers))
        self.papers = papers


class NotAtThisCounter(Exception):
    """The officer is not assigned to receive at this unit on that day."""

    def __init__(self, unit: OneStopUnit) -> None:
        super().__init__(unit.name)
        self.unit = unit


class NoCompetentDivision(Exception):
    """No division of this agency handles the procedure's field."""


class ReceivedBefore(Exception):
    """The page was received before, with other content or by another officer."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(str(receipt))
        self.receipt = receipt


class NotSettledAtOnce(Exception):
    """The procedure's result cannot be handed out in the act that receives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What lies on the counter: one applicant's request under one procedure.

    `signer` is who signed the result that is handed out in the same act; empty: the dossier
    goes its way and the slip promises a date. `answers` are by the key of the procedure's
    question. `note` stands in the event of reception.
    """

    version: ProcedureVersion
    case: ProcedureCase | None = None
    owner: PartyFacts
    submitter: PartyFacts | None = None
    representative: PartyFacts | None = None
    papers: tuple[Presented, ...] = ()
    fees: tuple[FeeLine, ...] = field(default=())
    answers: Mapping[str, Value] = field(default_factory=dict)
    subject: str = ""
    sets: int = 1
    quantity: int = 1
    channel: str = "in_person"
    return_channel: str = "counter"
    signer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Nơi tiếp nhận: which officer receives, at which counter of which unit, and when."""

    unit: OneStopUnit
    counter: Counter | None
    officer: Officer
    at: datetime


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """All rows of one dossier, ready but for its numbers."""

    dossier: Dossier
    terms: Terms
    filing: Filing
    papers: list[Paper]
    parties: list[Party]
    payments: list[Payment]
    result: Result | None = None

    def digest(self) -> str:
        return facts.digest_of_rows(
            self.dossier,
            parties=self.parties,
            papers=self.papers,
            payments=self.payments,
            result=self.result,
        )


@transaction.atomic
def receive_at_counter(
    *, unit: OneStopUnit, counter: Counter | None, filing: Filing, officer: Officer, at: datetime
) -> Dossier:
    """Receive a complete dossier at the counter and promise a return date, without a slip.

    Raises NotAtThisCounter, PapersMissing, NoCompetentDivision, CalendarNotPublished when the
    promise would fall in a year without a calendar, and NumbersExhausted when the agency has no
    serial left today. Nothing is written when it raises.

    Source: Decree 61/2018 art. 17; Circular 01/2018 art. 19 for the number.
    """
    desk = Desk(unit=unit, counter=counter, officer=officer, at=at)
    [dossier] = _accept(desk, [filing], token=None)
    return dossier


def receive_together(
    *,
    unit: OneStopUnit,
    counter: Counter | None,
    filings: Sequence[Filing],
    officer: Officer,
    at: datetime,
    token: uuid.UUID,
) -> Receipt:
    """Receive what one person brought together, on one receipt; return what is settled at once.

    `token` is the page's: a page sent twice, even at the same time, is answered with the
    receipt of the first. The draft of that page goes in the same transaction.

    Raises what `receive_at_counter` does, NotSettledAtOnce for a filing with a signer under a
    procedure whose result is not given at once, and ReceivedBefore when the page that was
    received said something else. Nothing is written when it raises.

    Source: Decree 61/2018 art. 17; Decree 23/2015 art. 7 for what is returned at once.
    """
    assert filings, "a receipt is for at least one filing"
    first = receipt_of(token)
    if first is not None:
        return _answered(first, filings, officer)
    desk = Desk(unit=unit, counter=counter, officer=officer, at=at)
    try:
        with transaction.atomic():
            dossiers = _accept(desk, filings, token=token)
            Draft.objects.filter(token=token, officer=officer).delete()
            receipt = dossiers[0].receipt
            assert receipt is not None
            return receipt
    except IntegrityError:
        # The other sending of this page was still on its way when this one looked.
        first = receipt_of(token)
        if first is None:
            raise
        return _answered(first, filings, officer)


def receipt_of(token: uuid.UUID) -> Receipt | None:
    """Return the receipt this page brought before, whoever sent it; None when it brought none."""
    return Receipt.objects.filter(token=token).first()


def _answered(first: Receipt, filings: Sequence[Filing], officer: Officer) -> Receipt:
    """Return the receipt of the page sent before, if this one says the same."""
    received = first.dossiers.select_related("result").prefetch_related("parties", "papers")
    same = sorted(map(_said, filings)) == sorted(_written(one, first) for one in received)
    if first.officer_id != officer.pk or not same:
        raise ReceivedBefore(first)
    return first


def _said(filing: Filing) -> str:
    """Return all that a page says of one dossier, to be compared with what was received."""
    return repr(
        (
            filing.version.pk,
            filing.case.pk if filing.case else None,
            write_answers(filing.answers),
            tidy(filing.subject),
            filing.sets,
            filing.quantity,
            filing.return_channel,
            sum(line.amount for line in filing.fees),
            filing.signer,
            sorted(_person(role, _party(role, facts, None)) for role, facts in _parties(filing)),
            sorted(_row(_paper(paper, "")) for paper in filing.papers),
        )
    )


def _written(dossier: Dossier, receipt: Receipt) -> str:
    at_once = dossier.returned_at == receipt.issued_at
    return repr(
        (
            dossier.version_id,
            dossier.case_id,
            dossier.answers,
            dossier.subject,
            dossier.sets,
            dossier.quantity,
            dossier.return_channel,
            dossier.fee_total,
            dossier.result.signer if at_once else "",
            sorted(_person(party.role, party) for party in dossier.parties.all()),
            sorted(_row(paper) for paper in dossier.papers.all()),
        )
    )


def _person(role: str, party: Party) -> tuple[str, ...]:
    born = str(party.born_on or "")
    return (role, party.personal_id, party.full_name, party.phone, party.email, party.address, born)


def _row(paper: Paper) -> tuple[int, int, int, int, str]:
    counts = (paper.originals, paper.certified, paper.photocopies)
    return (paper.position, *counts, str(paper.mark))


def _accept(desk: Desk, filings: Sequence[Filing], *, token: uuid.UUID | None) -> list[Dossier]:
    held = roles_at(desk.officer, desk.unit.agency_id, on=office(desk.at).date())
    if Role.RECEPTION not in held:
        raise NotAtThisCounter(desk.unit)
    people = [person for filing in filings for _role, person in _parties(filing)]
    known = remember(people)
    sheets = [_sheet(desk, filing, known) for filing in filings]
    # One order of locks for everybody: the officer's own rows, the unit's books, the day book.
    sheets.sort(key=lambda sheet: sheet.filing.version.procedure.administrative_field_id)
    _remember_use(desk, filings)
    _take_numbers(desk, sheets)
    issue = _issue_receipt(desk, token) if token is not None else None
    for sheet in sheets:
        sheet.dossier.receipt = issue and issue.receipt
        sheet.dossier.seal = seal_when_received(sheet.dossier, issue=issue, payments=sheet.payments)
        _record(desk, sheet)
        if sheet.filing.signer:
            _return_at_once(desk, sheet)
    return [sheet.dossier for sheet in sheets]


def _sheet(desk: Desk, filing: Filing, known: dict[str, Applicant]) -> _Sheet:
    if filing.signer and not filing.version.is_settled_at_once:
        raise NotSettledAtOnce(filing.version.procedure.name)
    required = required_papers(filing.version, filing.case)
    absent = missing(required, filing.papers)
    if absent:
        raise PapersMissing(absent)
    dossier = Dossier(
        unit=desk.unit,
        competent_agency=_competent_agency(desk, filing.version),
        version=filing.version,
        case=filing.case,
        calendar_edition=current_edition(),
        channel=filing.channel,
        applicant_name=tidy(filing.owner.full_name),
        search_text=fold(filing.owner.full_name),
        subject=tidy(filing.subject),
        answers=write_answers(filing.answers),
        sets=filing.sets,
        quantity=filing.quantity,
        return_channel=filing.return_channel,
        fee_total=sum(line.amount for line in filing.fees),
    )
    names = {paper.position: paper.name for paper in required}
    return _Sheet(
        dossier=dossier,
        filing=filing,
        terms=terms_for(
            unit=desk.unit,
            version=filing.version,
            case=filing.case,
            edition=dossier.calendar_edition,
            answers=dossier.answers,
        ),
        papers=[_paper(paper, names[paper.position]) for paper in filing.papers],
        parties=[
            _party(role, person, known.get(person.personal_id)) for role, person in _parties(filing)
        ],
        payments=[
            Payment(
                counter=desk.counter,
                officer=desk.officer,
                name=line.name,
                amount=line.amount,
                at=desk.at,
            )
            for line in filing.fees
            if line.amount
        ],
    )


def _record(desk: Desk, sheet: _Sheet) -> None:
    ledger.record(
        sheet.dossier,
        Happening(
            action=Action.RECEIVE,
            at=desk.at,
            agency=desk.unit.agency_id,
            officer=desk.officer.pk,
            to_officer=desk.officer.pk,
            note=sheet.filing.note,
        ),
        terms=sheet.terms,
        facts=sheet.digest(),
    )
    for rows in (sheet.papers, sheet.parties, sheet.payments):
        for row in rows:
            row.dossier = sheet.dossier
    Paper.objects.bulk_create(sheet.papers)
    Party.objects.bulk_create(sheet.parties)
    Payment.objects.bulk_create(sheet.payments)


def _return_at_once(desk: Desk, sheet: _Sheet) -> None:
    local = desk.at.astimezone(OFFICE_ZONE)
    book = sheet.filing.version.register_book
    number = ""
    if book:
        number = str(BookNumber(take(desk.unit, book, str(local.year)), local.year, book))
    collector = bringing_first(sheet.parties)[0]
    sheet.result = Result(
        dossier=sheet.dossier, number=number, signed_on=local.date(), signer=sheet.filing.signer
    )
    _move(desk, sheet, Action.ISSUE_RESULT)
    sheet.result.collector_name = collector.full_name
    sheet.result.collector_id = collector.personal_id
    _move(desk, sheet, Action.RETURN)
    sheet.result.save(force_insert=True)


def _move(desk: Desk, sheet: _Sheet, action: Action) -> None:
    ledger.record(
        sheet.dossier,
        Happening(
            action=action,
            at=desk.at,
            agency=desk.unit.agency_id,
            officer=desk.officer.pk,
            to_officer=desk.officer.pk if action is Action.ISSUE_RESULT else None,
        ),
        terms=sheet.terms,
        facts=sheet.digest(),
    )


def _take_numbers(desk: Desk, sheets: Sequence[_Sheet]) -> None:
    local = desk.at.astimezone(OFFICE_ZONE)
    agency = desk.unit.agency.identifier
    last = take(desk.unit, "number", f"{local:%y%m%d}", count=len(sheets))
    last_position = take(desk.unit, "register", str(local.year), count=len(sheets))
    for before, sheet in enumerate(reversed(sheets)):
        sheet.dossier.number = str(DossierNumber(agency, local.date(), last - before))
        sheet.dossier.register_year = local.year
        sheet.dossier.register_position = last_position - before


def _issue_receipt(desk: Desk, token: uuid.UUID) -> ReceiptIssue:
    year = desk.at.astimezone(OFFICE_ZONE).year
    receipt = Receipt.objects.create(
        unit=desk.unit,
        year=year,
        position=take(desk.unit, "receipt", str(year)),
        token=token,
        issued_at=desk.at,
        officer=desk.officer,
        counter=desk.counter,
    )
    return ReceiptIssue.objects.create(
        receipt=receipt, position=1, at=desk.at, officer=desk.officer
    )


def _remember_use(desk: Desk, filings: Iterable[Filing]) -> None:
    today = midnight(office(desk.at).date())
    was = Case(When(last_used_at__lt=today, then="last_used_at"), default="used_before_at")
    for procedure_id in sorted({filing.version.procedure_id for filing in filings}):
        key = {"officer": desk.officer, "procedure_id": procedure_id}
        once_more = {"times": F("times") + 1, "used_before_at": was, "last_used_at": desk.at}
        if not ProcedureUse.objects.filter(**key).update(**once_more):
            ProcedureUse.objects.update_or_create(
                **key, defaults=once_more, create_defaults={"times": 1, "last_used_at": desk.at}
            )


def _paper(presented: Presented, name: str) -> Paper:
    return Paper(
        position=presented.position,
        name=name,
        originals=presented.originals,
        certified=presented.certified,
        photocopies=presented.photocopies,
        mark=presented.mark.value,
    )


def _party(role: str, person: PartyFacts, applicant: Applicant | None) -> Party:
    return Party(
        role=role,
        applicant=applicant,
        full_name=tidy(person.full_name),
        personal_id=person.personal_id,
        phone=person.phone,
        email=person.email,
        address=tidy(person.address),
        born_on=person.born_on,
        sex=person.sex,
    )


def required_papers(version: ProcedureVersion, case: ProcedureCase | None) -> tuple[Required, ...]:
    """Return what the published procedure asks for: its common papers and the case's own."""
    return tuple(
        Required(
            position=document.position,
            name=document.name,
            originals=document.originals,
            certified=document.certified,
            photocopies=document.photocopies,
            compulsory=document.is_compulsory,
            shown_only=document.is_shown_only,
        )
        for document in version.documents.all()
        if document.case_id is None or (case is not None and document.case_id == case.pk)
    )


def _competent_agency(desk: Desk, version: ProcedureVersion) -> Agency:
    agency = desk.unit.agency
    if not version.division_code:
        return agency
    division = competent_division(agency, version, on=office(desk.at).date())
    if division is None:
        raise NoCompetentDivision(version.division_code)
    return division


def _parties(filing: Filing) -> list[tuple[str, PartyFacts]]:
    named = [
        ("owner", filing.owner),
        ("submitter", filing.submitter),
        ("representative", filing.representative),
    ]
    return [(role, facts) for role, facts in named if facts is not None]
