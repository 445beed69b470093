"""At the counter: receive a dossier, with its number, papers, fees and promise."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.agencies.queries import current_edition
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Presented, Required, missing
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeLine
from motcua.domain.history import Happening
from motcua.domain.numbering import DossierNumber
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers import facts
from motcua.dossiers.models import Dossier, Paper, Party, Payment, Serial
from motcua.dossiers.queries import terms_for
from motcua.dossiers.services import ledger


class PapersMissing(Exception):
    """The dossier is not complete: it may not be accepted silently (Decree 61/2018 art. 17)."""

    def __init__(self, papers: tuple[Required, ...]) -> None:
        super().__init__(", ".join(paper.name for paper in papers))
        self.papers = papers


class NoCompetentDivision(Exception):
    """No division of this agency handles the procedure's field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """What the page says of one party."""

    full_name: str
    personal_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    born_on: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What lies on the counter: one applicant's request under one procedure."""

    version: ProcedureVersion
    case: ProcedureCase | None = None
    owner: PartyFacts
    submitter: PartyFacts | None = None
    representative: PartyFacts | None = None
    papers: tuple[Presented, ...] = ()
    fees: tuple[FeeLine, ...] = field(default=())
    subject: str = ""
    sets: int = 1
    quantity: int = 1
    channel: str = "in_person"
    return_channel: str = "counter"


@transaction.atomic
def receive_at_counter(
    *, unit: OneStopUnit, counter: Counter | None, filing: Filing, officer: Officer, at: datetime
) -> Dossier:
    """Receive a complete dossier at the counter and promise a return date.

    Raises PapersMissing, NoCompetentDivision, CalendarNotPublished when the promise would fall
    in a year without a calendar, and NumbersExhausted when the agency has no serial left today.
    Nothing is written when it raises.

    Source: Decree 61/2018 art. 17; Circular 01/2018 art. 19 for the number.
    """
    required = required_papers(filing.version, filing.case)
    absent = missing(required, filing.papers)
    if absent:
        raise PapersMissing(absent)
    dossier = Dossier(
        unit=unit,
        competent_agency=_competent_agency(unit, filing.version),
        version=filing.version,
        case=filing.case,
        calendar_edition=current_edition(),
        channel=filing.channel,
        applicant_name=tidy(filing.owner.full_name),
        search_text=fold(filing.owner.full_name),
        subject=tidy(filing.subject),
        sets=filing.sets,
        quantity=filing.quantity,
        return_channel=filing.return_channel,
        fee_total=sum(line.amount for line in filing.fees),
    )
    terms = terms_for(
        unit=unit, version=filing.version, case=filing.case, edition=dossier.calendar_edition
    )
    known = {role: _known(person) for role, person in _parties(filing)}
    names = {paper.position: paper.name for paper in required}
    papers = [_paper(paper, names[paper.position]) for paper in filing.papers]
    parties = [_party(role, person, known[role]) for role, person in _parties(filing)]
    payments = [
        Payment(counter=counter, officer=officer, name=line.name, amount=line.amount, at=at)
        for line in filing.fees
        if line.amount
    ]
    # The counters last: their rows stay locked until the commit, and the queue behind them waits.
    dossier.number = _take_number(unit, at)
    dossier.register_year = at.astimezone(OFFICE_ZONE).year
    dossier.register_position = _take(unit, "register", str(dossier.register_year))
    ledger.record(
        dossier,
        Happening(
            action=Action.RECEIVE,
            at=at,
            agency=unit.agency_id,
            officer=officer.pk,
            to_officer=officer.pk,
        ),
        terms=terms,
        facts=facts.digest_of_rows(
            dossier, parties=parties, papers=papers, payments=payments, result=None
        ),
    )
    for rows in (papers, parties, payments):
        for row in rows:
            row.dossier = dossier
    Paper.objects.bulk_create(papers)
    Party.objects.bulk_create(parties)
    Payment.objects.bulk_create(payments)
    return dossier


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
        )
        for document in version.documents.all()
        if document.case_id is None or (case is not None and document.case_id == case.pk)
    )


def _competent_agency(unit: OneStopUnit, version: ProcedureVersion) -> Agency:
    if not version.division_code:
        return unit.agency
    division = unit.agency.children.filter(code__endswith=version.division_code).first()
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


def _known(person: PartyFacts) -> Applicant | None:
    if not person.personal_id:
        return None
    applicant, _created = Applicant.objects.update_or_create(
        personal_id=person.personal_id,
        defaults={
            "full_name": tidy(person.full_name),
            "phone": person.phone,
            "email": person.email,
            "address": tidy(person.address),
            "born_on": person.born_on,
            "sex": person.sex,
        },
    )
    return applicant


def _take_number(unit: OneStopUnit, at: datetime) -> str:
    day = at.astimezone(OFFICE_ZONE).date()
    serial = _take(unit, "number", day.strftime("%y%m%d"))
    return str(DossierNumber(unit.agency.identifier, day, serial))


def _take(unit: OneStopUnit, book: str, period: str) -> int:
    Serial.objects.get_or_create(unit=unit, book=book, period=period)
    serial = Serial.objects.select_for_update().get(unit=unit, book=book, period=period)
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last
