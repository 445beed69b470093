"""What lies on the counter, and the rows it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.agencies.queries import current_edition
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.queries import competent_division
from motcua.domain.calendar import office
from motcua.domain.checklist import Presented, Required
from motcua.domain.condition import Value
from motcua.domain.fee import FeeLine
from motcua.domain.question import write_answers
from motcua.domain.vietnamese import fold, tidy
from motcua.dossiers.models import Dossier, Paper, Party
from motcua.dossiers.services.people import PartyFacts


class NoCompetentDivision(Exception):
    """No division of this agency handles the procedure's field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What lies on the counter: one applicant's request under one procedure.

    `signer` is who signed the result that is handed out in the same act; empty: the dossier
    goes its way and the slip promises a date. `answers` are by the key of the procedure's
    question. `note` stands in the event of reception. `begun` is the key of the dossier this was
    before it was complete, as the officer saw it at `seen_revision`.
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
    begun: int | None = None
    seen_revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Nơi tiếp nhận: which officer receives, at which counter of which unit, and when."""

    unit: OneStopUnit
    counter: Counter | None
    officer: Officer
    at: datetime


def described(dossier: Dossier, desk: Desk, filing: Filing) -> Dossier:
    """Return the dossier with all that the filing says of it.  Raises NoCompetentDivision."""
    dossier.unit = desk.unit
    dossier.competent_agency = competent_agency(desk, filing.version)
    dossier.version = filing.version
    dossier.case = filing.case
    dossier.calendar_edition = current_edition()
    dossier.channel = filing.channel
    dossier.applicant_name = tidy(filing.owner.full_name)
    dossier.search_text = fold(filing.owner.full_name)
    dossier.subject = tidy(filing.subject)
    dossier.answers = write_answers(filing.answers)
    dossier.sets = filing.sets
    dossier.quantity = filing.quantity
    dossier.return_channel = filing.return_channel
    return dossier


def paper_of(presented: Presented, required: Required) -> Paper:
    """Return the row of what was presented for one required paper."""
    return Paper(
        position=presented.position,
        name=required.name,
        originals=presented.originals,
        certified=presented.certified,
        photocopies=presented.photocopies,
        mark=presented.mark.value,
    )


def party_of(role: str, person: PartyFacts, applicant: Applicant | None) -> Party:
    """Return the row of one party; `applicant` is what is remembered of them."""
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


def competent_agency(desk: Desk, version: ProcedureVersion) -> Agency:
    """Return who settles such a request received there.  Raises NoCompetentDivision."""
    agency = desk.unit.agency
    if not version.division_code:
        return agency
    division = competent_division(agency, version, on=office(desk.at).date())
    if division is None:
        raise NoCompetentDivision(version.division_code)
    return division


def people_in(filing: Filing) -> list[tuple[str, PartyFacts]]:
    """Return whom the filing names, each with their role."""
    named = [
        ("owner", filing.owner),
        ("submitter", filing.submitter),
        ("representative", filing.representative),
    ]
    return [(role, facts) for role, facts in named if facts is not None]


def parties_of(filing: Filing, known: Mapping[str, Applicant]) -> list[Party]:
    """Return a row for each party; `known` are those remembered, by their identity number."""
    return [
        party_of(role, person, known.get(person.personal_id)) for role, person in people_in(filing)
    ]
