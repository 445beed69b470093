"""At the counter: receive what one person brought, with numbers, papers, fees and promises."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When

from motcua.agencies.models import Counter, Officer, OneStopUnit
from motcua.agencies.queries import roles_at
from motcua.applicants.models import Applicant
from motcua.domain.calendar import OFFICE_ZONE, midnight, office
from motcua.domain.checklist import Mark, Presented, Required, missing
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.numbering import BookNumber, DossierNumber
from motcua.domain.process import Role
from motcua.domain.question import write_answers
from motcua.domain.snapshot import Happening
from motcua.domain.terms import Terms
from motcua.domain.vietnamese import tidy
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
from motcua.dossiers.notice_queries import live_of
from motcua.dossiers.queries import bringing_first, terms_for
from motcua.dossiers.seals import seal_when_received
from motcua.dossiers.services import ledger, notices
from motcua.dossiers.services.contents import write_papers, write_parties
from motcua.dossiers.services.filings import (
    Desk,
    Filing,
    described,
    paper_of,
    parties_of,
    people_in,
    required_papers,
)
from motcua.dossiers.services.people import remember
from motcua.dossiers.services.sealing import seal_anew
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


class ReceivedBefore(Exception):
    """The page was received before, with other content or by another officer."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(str(receipt))
        self.receipt = receipt


class NotSettledAtOnce(Exception):
    """The procedure's result cannot be handed out in the act that receives it."""


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
            sorted(_person(party.role, party) for party in parties_of(filing, {})),
            sorted(map(_row, filing.papers)),
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
            sorted(_row(paper) for paper in dossier.papers.all() if paper.mark != Mark.MISSING),
        )
    )


def _person(role: str, party: Party) -> tuple[str, ...]:
    born = str(party.born_on or "")
    return (role, party.personal_id, party.full_name, party.phone, party.email, party.address, born)


def _row(paper: Paper | Presented) -> tuple[int, int, int, int, str]:
    counts = (paper.originals, paper.certified, paper.photocopies)
    return (paper.position, *counts, str(paper.mark))


def _accept(desk: Desk, filings: Sequence[Filing], *, token: uuid.UUID | None) -> list[Dossier]:
    held = roles_at(desk.officer, desk.unit.agency_id, on=office(desk.at).date())
    if Role.RECEPTION not in held:
        raise NotAtThisCounter(desk.unit)
    people = [person for filing in filings for _role, person in people_in(filing)]
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
    seal_anew(Dossier.objects.filter(pk__in=[one.filing.begun for one in sheets]))
    return [sheet.dossier for sheet in sheets]


def _sheet(desk: Desk, filing: Filing, known: dict[str, Applicant]) -> _Sheet:
    if filing.signer and not filing.version.is_settled_at_once:
        raise NotSettledAtOnce(filing.version.procedure.name)
    required = required_papers(filing.version, filing.case)
    absent = missing(required, filing.papers)
    if absent:
        raise PapersMissing(absent)
    dossier = described(Dossier() if filing.begun is None else _begun(desk, filing), desk, filing)
    dossier.fee_total = sum(line.amount for line in filing.fees)
    asked = {paper.position: paper for paper in required}
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
        papers=[paper_of(paper, asked[paper.position]) for paper in filing.papers],
        parties=parties_of(filing, known),
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


def _begun(desk: Desk, filing: Filing) -> Dossier:
    """Return the dossier this was before it was complete; its notices on their way are given up.

    Raises SomebodyActed when it moved since the officer looked, ActionNotAllowed when it is none
    of this unit.
    """
    waiting = Dossier.objects.select_for_update(of=("self",)).select_related("version", "case")
    dossier = waiting.filter(pk=filing.begun, unit=desk.unit).first()
    if dossier is None:
        raise ActionNotAllowed(None, Action.RECEIVE)
    ledger.check_seen(dossier, filing.seen_revision)
    for notice in live_of(dossier):
        notices.cancel(
            notice_id=notice.pk,
            officer=None,
            at=desk.at,
            seen_revision=notice.revision,
            reason="Hồ sơ đã đủ và được tiếp nhận",
        )
    return dossier


def _record(desk: Desk, sheet: _Sheet) -> None:
    begun = sheet.dossier.pk is not None
    if begun:
        _write_anew(sheet)
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
    for payment in sheet.payments:
        payment.dossier = sheet.dossier
    Payment.objects.bulk_create(sheet.payments)
    if begun:
        return
    for rows in (sheet.papers, sheet.parties):
        for row in rows:
            row.dossier = sheet.dossier
    Paper.objects.bulk_create(sheet.papers)
    Party.objects.bulk_create(sheet.parties)


def _write_anew(sheet: _Sheet) -> None:
    """Write what the dossier holds now in place of what it held when it was not complete."""
    write_papers(sheet.dossier, sheet.papers)
    write_parties(sheet.dossier, sheet.parties)
    sheet.papers = list(Paper.objects.filter(dossier=sheet.dossier))


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
