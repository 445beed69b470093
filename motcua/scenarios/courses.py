"""A visit as the rows of a dossier, as it would lie in the books had it been typed in."""

from random import Random
from typing import Any
from uuid import UUID

from motcua.domain.checklist import Mark, Required
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeLine, fees_for_copies
from motcua.domain.numbering import DossierNumber
from motcua.domain.vietnamese import fold
from motcua.dossiers.services.courses import (
    Books,
    Course,
    HandBackRow,
    PaymentRow,
    ReceiptRow,
    ResultRow,
)
from motcua.dossiers.services.people import PartyFacts
from motcua.scenarios import roads
from motcua.scenarios.letters import letters_of
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.people import Person
from motcua.scenarios.places import Matter, Place
from motcua.scenarios.visits import Visit


def course_of(
    visit: Visit,
    *,
    place: Place,
    books: Books,
    shares: dict[str, Any],
    open_time: OpenTime,
    rng: Random,
) -> Course:
    """Return the visit as a dossier, numbered in the unit's books."""
    matter, day = visit.matter, visit.at.date()
    fees = fees_for_copies(matter.fees, copies=visit.copies, pages=visit.pages)
    number = DossierNumber(place.identifier, day, books.take(place.unit, "number", f"{day:%y%m%d}"))
    columns = {
        "number": str(number),
        "unit_id": place.unit,
        "competent_agency_id": matter.competent_agency,
        "version_id": matter.version,
        "case_id": matter.case,
        "calendar_edition": place.edition,
        "channel": _channel(matter, shares, rng),
        "applicant_name": visit.owner.full_name,
        "subject": visit.subject,
        "sets": 1,
        "quantity": visit.copies,
        "return_channel": _return_channel(matter, shares, rng),
        "fee_total": sum(line.amount for line in fees),
        "register_year": day.year,
        "register_position": books.take(place.unit, "register", str(day.year)),
        "answers": "",
    }
    wants_slip = not matter.at_once or rng.random() * 1000 < shares["slip_at_once"]
    receiving = visit.cast.receiving
    return Course(
        terms=matter.terms,
        administrative_field=matter.administrative_field,
        columns=columns,
        search_text=fold(visit.owner.full_name),
        happenings=visit.road.acts,
        parties={
            role: _party(person)
            for role, person in (
                ("owner", visit.owner),
                ("submitter", visit.submitter),
                ("representative", visit.representative),
            )
            if person is not None
        },
        papers=tuple(_paper(paper, visit) for paper in matter.papers if paper.compulsory),
        payments=tuple(_payment(line, visit) for line in fees if line.amount),
        receipt=ReceiptRow(
            year=day.year,
            position=books.take(place.unit, "receipt", str(day.year)),
            token=UUID(int=rng.getrandbits(128), version=4),
            counter=receiving.counter,
            officer=receiving.officer,
        )
        if wants_slip
        else None,
        result=_result(visit),
        hand_back=_hand_back(visit),
        notices=tuple(letters_of(visit, open_time=open_time, rng=rng)),
    )


def _channel(matter: Matter, shares: dict[str, Any], rng: Random) -> str:
    chance = rng.random() * 1000
    if matter.at_once:
        return "in_person"
    if chance < shares["online"]:
        return "online"
    return "post" if chance < shares["online"] + shares["by_post"] else "in_person"


def _return_channel(matter: Matter, shares: dict[str, Any], rng: Random) -> str:
    chance = rng.random() * 1000
    if matter.at_once:
        return "counter"
    if chance < shares["result_by_post"]:
        return "post"
    by_wire = shares["result_by_post"] + shares["result_electronic"]
    return "electronic" if chance < by_wire else "counter"


def _paper(paper: Required, visit: Visit) -> tuple[Any, ...]:
    """Return a paper as handed in; as shown, where it goes back in the act that receives it."""
    goes_back = visit.matter.at_once and roads.is_settled_at(visit.road, visit.at)
    if paper.shown_only or goes_back:
        return (paper.position, paper.name, 0, 0, 0, Mark.SHOWN.value, "")
    counts = (paper.originals, paper.certified, paper.photocopies)
    return (paper.position, paper.name, *counts, Mark.SUFFICIENT.value, "")


def _party(person: Person) -> PartyFacts:
    return PartyFacts(
        full_name=person.full_name,
        personal_id=person.personal_id,
        phone=person.phone,
        address=person.address,
        born_on=person.born_on,
        sex=person.sex,
    )


def _payment(line: FeeLine, visit: Visit) -> PaymentRow:
    return PaymentRow(
        name=line.name,
        amount=line.amount,
        counter=visit.cast.receiving.counter,
        officer=visit.cast.receiving.officer,
        at=visit.at,
    )


def _result(visit: Visit) -> ResultRow | None:
    if not any(what.action is Action.ISSUE_RESULT for what in visit.road.acts):
        return None
    fetched = any(what.action is Action.RETURN for what in visit.road.acts)
    collector = _collector(visit)
    return ResultRow(
        number=visit.result_number,
        signed_on=roads.settled_at(visit.road).date(),
        signer=visit.cast.approving.name,
        collector_name=collector.full_name if fetched else "",
        collector_id=collector.personal_id if fetched else "",
    )


def _hand_back(visit: Visit) -> HandBackRow | None:
    if not any(what.action is Action.HAND_BACK for what in visit.road.acts):
        return None
    collector = _collector(visit)
    # Who has no identity number shows another paper; the note says which.
    by = "" if collector.personal_id else "Xác nhận nhân thân của UBND xã"
    return HandBackRow(
        collector_name=collector.full_name, collector_id=collector.personal_id, collector_note=by
    )


def _collector(visit: Visit) -> Person:
    return visit.submitter or visit.representative or visit.owner
