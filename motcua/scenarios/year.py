"""One unit's year: who came, with what, how it went.  Needs no database; drawn from a seed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate, cycle
from random import Random
from typing import Any, Final
from uuid import UUID

from motcua.domain.calendar import OfficeTime
from motcua.domain.dossier import Action
from motcua.domain.fee import FeeLine, fees_for_copies
from motcua.domain.limit import Unit
from motcua.domain.numbering import BookNumber, DossierNumber
from motcua.domain.vietnamese import fold
from motcua.dossiers.services.bulk import (
    Books,
    Course,
    PartyRow,
    PaymentRow,
    ReceiptRow,
    ResultRow,
)
from motcua.scenarios import roads
from motcua.scenarios.demand import Days, Totals
from motcua.scenarios.people import People, Person
from motcua.scenarios.world import Matter, Place

TRIES: Final = 400
LEAST: Final = 8  # opening minutes: every step of the longest quick process in its own minute
LATE_AFTER: Final = 10  # working days of limit; what was settled late had a long one
LINGERS: Final = (6, 20, 90)  # times as long as usual, where the handler is waited for
LONGEST_WAIT: Final = 150  # minutes for a pile of copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to make of one unit's year.  `known` are the persons who come there for certain."""

    place: Place
    totals: Totals
    seed: int
    demand: dict[str, Any]
    people: dict[str, Any]
    known: tuple[Person, ...]


@dataclass(slots=True)
class Use:
    """How often an officer received a procedure, and when last."""

    times: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Bàn giao: the dossiers of one hand-over list, by their place in the year."""

    to_agency: int
    made_at: datetime
    officer: int
    confirmed_at: datetime | None
    confirmed_by: int | None
    dossiers: tuple[int, ...]
    year: int
    position: int


@dataclass(slots=True, kw_only=True)
class Year:
    """Một năm của một nơi: the courses in the order of acceptance, the books, the lists."""

    courses: list[Course] = field(default_factory=list)
    books: Books = field(default_factory=Books)
    batches: list[Batch] = field(default_factory=list)
    uses: dict[tuple[int, int], Use] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Visit:
    """One dossier while it is being made."""

    at: datetime
    matter: Matter
    cast: roads.Cast
    road: roads.Road
    owner: Person = field(init=False)
    submitter: Person | None = None
    representative: Person | None = None
    copies: int = 1
    pages: int = 1
    subject: str = ""
    result_number: str = ""


def year_of(order: Order) -> Year:
    """Return the unit's year.  The same order always gives the same year."""
    return _YearMaker(order).make()


class _YearMaker:
    """Makes one year, step by step from one stream of chance."""

    def __init__(self, order: Order) -> None:
        place = order.place
        self._order = order
        self._place = place
        self._rng = Random(f"{order.seed}/{place.identifier}")  # noqa: S311 - play
        self._office_time: OfficeTime = place.matters[0].terms.office_time
        self._open_time = roads.OpenTime(self._office_time, self._rng)
        self._days = Days(order.demand, self._office_time, rising=place.level == "district")
        self._now = self._days.ends
        self._shares = order.demand["shares"]
        self._people = People(order.people, self._rng, group=place.index + 1)
        self._met: list[Person] = list(order.known)
        self._visits: list[_Visit] = []
        self._books = Books()

    def make(self) -> Year:
        totals = self._order.totals
        ordinary = _Choice((m, m.weight) for m in self._place.matters)
        for _ in range(totals.settled_in_time):
            self._settled(ordinary)
        if self._place.level == "district":
            self._unusual(totals)
        self._visits.sort(key=lambda visit: (visit.at, visit.matter.version))
        for n, visit in enumerate(self._visits):
            self._people_for(visit, n)
        self._number_results()
        return self._year()

    # How it went

    def _settled(self, choice: "_Choice") -> None:
        """One dossier settled within its limit before the scenario's now."""
        latest = self._now - timedelta(minutes=2)
        for _ in range(TRIES):
            matter, at = choice.pick(self._rng), self._days.pick(self._rng)
            promised = matter.terms.due(at)
            ready_at = self._ready_at(matter, at, promised)
            if ready_at is None or ready_at > latest:
                continue
            cast, road = self._settling(matter, at, ready_at)
            if roads.settled_at(road) <= min(promised, self._now):
                self._keep(at, cast, self._fetched(cast, road))
                return
        raise AssertionError("hardly anything can be settled before the scenario's now")

    def _ready_at(self, matter: Matter, at: datetime, promised: datetime) -> datetime | None:
        """Return when the result is to be ready, or None when the time is too short for it."""
        rng, shares = self._rng, self._shares
        room = self._open_time.between(at, promised) - 1
        if matter.at_once:
            if rng.random() * 1000 >= shares["at_once_waits"]:
                return at
            wait = min(rng.randrange(10, LONGEST_WAIT), room)
            return self._open_time.after(at, wait) if wait > 0 else None
        if room < LEAST:
            return None
        if matter.terms.limit.unit is Unit.SAME_DAY:
            quick = rng.random() * 1000 < shares["within_ten_minutes"]
            minutes = rng.randrange(LEAST - 1, 11) if quick else int(10 + rng.random() ** 2 * room)
        else:
            minutes = int(rng.betavariate(3.4, 1.7) * room)
        return self._open_time.after(at, max(LEAST, min(minutes, room)))

    def _unusual(self, totals: Totals) -> None:
        stepped = [m for m in self._place.matters if not m.at_once]
        long = _Choice(
            (m, m.weight) for m in stepped if self._minutes(m) >= LATE_AFTER * roads.QUICK
        )
        for _ in range(totals.settled_late):
            self._late(long)
        by_code = {m.code: m for m in stepped}
        for _n, why in zip(range(totals.sent_back), cycle(self._order.demand["sent_back"])):
            self._sent_back(by_code[why["procedure"]], why["reason"])
        # What is open now is what comes often and stays long, the long ones more than their share.
        lengths = [(m, self._minutes(m)) for m in stepped]
        staying = _Choice(
            (m, m.weight * minutes**2.5) for m, minutes in lengths if minutes > roads.QUICK
        )
        for _ in range(totals.open):
            self._open(staying)

    def _late(self, choice: "_Choice") -> None:
        for _ in range(TRIES):
            matter, at = choice.pick(self._rng), self._days.pick(self._rng)
            promised = matter.terms.due(at)
            days = self._rng.randrange(1, 5)
            over = days * roads.QUICK - self._rng.randrange(60, 400)
            ready_at = self._open_time.after(promised, over)
            if ready_at <= self._now - timedelta(days=3):
                cast, road = self._settling(matter, at, ready_at)
                assert roads.settled_at(road) > promised
                self._keep(at, cast, self._fetched(cast, road))
                return
        raise AssertionError("nothing can be late before the scenario's now")

    def _sent_back(self, matter: Matter, reason: str) -> None:
        for _ in range(TRIES):
            at = self._days.pick(self._rng)
            promised = matter.terms.due(at)
            room = self._open_time.between(at, promised)
            ended_at = self._open_time.after(at, int(room * (0.5 + 0.4 * self._rng.random())))
            if ended_at <= self._now - timedelta(days=1):
                cast = roads.cast_for(self._place, matter, self._rng)
                road = roads.sent_back(cast, self._open_time, at, ended_at, reason=reason)
                self._keep(at, cast, road)
                return
        raise AssertionError("nothing can be sent back before the scenario's now")

    def _open(self, choice: "_Choice") -> None:
        """One dossier whose limit has not run out; its road is cut at the scenario's now."""
        for _ in range(TRIES):
            matter = choice.pick(self._rng)
            since = self._now.date() - timedelta(days=self._minutes(matter) // roads.QUICK * 7 // 5)
            at = self._days.pick(self._rng, not_before=since)
            promised = matter.terms.due(at)
            room = self._open_time.between(at, promised) - 1
            gone = self._open_time.between(at, self._now)
            if promised <= self._now or gone >= room - LEAST:
                continue
            # Ready somewhere between now and the promise, rather towards the promise.
            ready = gone + 2 + int((room - gone - 2) * self._rng.betavariate(2.2, 1.4))
            cast = roads.cast_for(self._place, matter, self._rng)
            if self._rng.random() * 1000 < self._shares["handler_lingers"]:
                cast = replace(cast, lingers=self._rng.choice(LINGERS))
            ends_at = self._open_time.after(at, ready)
            road = roads.settled(cast, self._open_time, at, ends_at)
            self._keep(at, cast, roads.cut(road, self._now))
            return
        raise AssertionError("nothing can still be open")

    def _settling(
        self, matter: Matter, at: datetime, ready_at: datetime
    ) -> tuple[roads.Cast, roads.Road]:
        cast = roads.cast_for(self._place, matter, self._rng)
        if matter.at_once:
            return cast, roads.at_once(cast, at, ready_at)
        return cast, roads.settled(cast, self._open_time, at, ready_at)

    def _fetched(self, cast: roads.Cast, road: roads.Road) -> roads.Road:
        """Return the road with the result fetched, if it was by the scenario's now."""
        if cast.matter.at_once:
            return road
        at = self._fetched_at(roads.settled_at(road))
        return road if at is None else roads.returned(road, cast, at)

    def _fetched_at(self, ready_at: datetime) -> datetime | None:
        """Return when the applicant came for the result; None: not yet."""
        rng = self._rng
        if rng.random() * 1000 < self._shares["never_fetched"]:
            return None
        days = rng.choices((0, 1, 2, 4, 8, 15), cum_weights=(42, 70, 82, 91, 97, 100))[0]
        minutes = days * roads.QUICK + rng.randrange(2, 45 if days == 0 else 400)
        at = self._open_time.after(ready_at, minutes)
        return at if at <= self._now else None

    def _keep(self, at: datetime, cast: roads.Cast, road: roads.Road) -> None:
        self._visits.append(_Visit(at=at, matter=cast.matter, cast=cast, road=road))

    def _minutes(self, matter: Matter) -> int:
        morning = self._office_time.opening(self._days.days[0])
        return self._open_time.between(morning, matter.terms.due(morning))

    # Who came

    def _people_for(self, visit: _Visit, n: int) -> None:
        rng, shares = self._rng, self._shares
        known = self._order.known
        if n < len(known):
            visit.owner = known[n]
        elif n >= len(self._visits) - len(known):
            visit.owner = known[n - len(self._visits) + len(known)]
        elif self._met and rng.random() * 1000 < shares["returning_person"]:
            visit.owner = rng.choice(self._met)
        else:
            visit.owner = self._new_person()
        other = shares["other_submitter_at_once" if visit.matter.at_once else "other_submitter"]
        chance = rng.random() * 1000
        if chance < other:
            visit.submitter = self._somebody_else(visit.owner)
        elif chance < other + shares["representative"] and not visit.matter.at_once:
            visit.representative = self._somebody_else(visit.owner)
        subjects = self._order.demand["subjects"]
        if visit.matter.register_book == "SCT/BS":
            visit.copies = rng.choices((1, 2, 3, 5, 10), cum_weights=(30, 60, 82, 95, 100))[0]
            visit.pages = rng.choices((1, 2, 4, 8), cum_weights=(62, 82, 95, 100))[0]
            visit.subject = rng.choice(subjects["copies"])
        elif visit.matter.register_book:
            visit.subject = rng.choice(subjects["signatures"])

    def _new_person(self) -> Person:
        with_identity = self._rng.random() * 1000 >= self._shares["without_identity"]
        person = self._people.person(
            self._rng.choice(self._place.addresses), with_identity=with_identity
        )
        if with_identity:
            self._met.append(person)
        return person

    def _somebody_else(self, owner: Person) -> Person:
        if len(self._met) > 20 and self._rng.random() < 0.5:
            other = self._rng.choice(self._met)
            if other.personal_id != owner.personal_id:
                return other
        return replace(self._people.person(owner.address), address=owner.address)

    # Numbers and rows

    def _number_results(self) -> None:
        """Number the results of each book in the order in which they were settled."""
        books, outgoing = self._books, Counter[int]()
        settled = [
            (what.at, n, visit)
            for n, visit in enumerate(self._visits)
            for what in visit.road.acts
            if what.action is Action.ISSUE_RESULT
        ]
        for at, _n, visit in sorted(settled, key=lambda entry: entry[:2]):
            book = visit.matter.register_book
            if book:
                serial = books.take(self._place.unit, book, str(at.year))
                visit.result_number = str(BookNumber(serial, at.year, book))
            else:
                # Outgoing papers are numbered by the office's registry, not by the unit.
                outgoing[at.year] += 1
                visit.result_number = f"{outgoing[at.year]}/{at.year}-KQ"

    def _year(self) -> Year:
        year = Year(books=self._books)
        batches: dict[tuple[datetime, int, int], list[int]] = {}
        confirmed: dict[tuple[datetime, int, int], tuple[datetime | None, int | None]] = {}
        for n, visit in enumerate(self._visits):
            year.courses.append(self._course(visit, year.books))
            use = year.uses.setdefault(
                (visit.cast.receiving.officer, visit.matter.procedure), Use()
            )
            use.times += 1
            use.last_at = visit.at
            road = visit.road
            if road.handed_over_at is not None:
                key = (
                    road.handed_over_at,
                    visit.matter.competent_agency,
                    visit.cast.receiving.officer,
                )
                batches.setdefault(key, []).append(n)
                by = visit.cast.confirming.officer if road.confirmed_at else None
                confirmed[key] = road.confirmed_at, by
        for key in sorted(batches):
            made_at, to_agency, officer = key
            confirmed_at, by = confirmed[key]
            year.batches.append(
                Batch(
                    to_agency=to_agency,
                    made_at=made_at,
                    officer=officer,
                    confirmed_at=confirmed_at,
                    confirmed_by=by,
                    dossiers=tuple(batches[key]),
                    year=made_at.year,
                    position=year.books.take(self._place.unit, "hand_over", str(made_at.year)),
                )
            )
        return year

    def _course(self, visit: _Visit, books: Books) -> Course:
        rng, place, matter, shares = self._rng, self._place, visit.matter, self._shares
        day = visit.at.date()
        fees = fees_for_copies(matter.fees, copies=visit.copies, pages=visit.pages)
        number = DossierNumber(
            place.identifier, day, books.take(place.unit, "number", f"{day:%y%m%d}")
        )
        columns = {
            "number": str(number),
            "unit_id": place.unit,
            "competent_agency_id": matter.competent_agency,
            "version_id": matter.version,
            "case_id": None,
            "calendar_edition": place.edition,
            "channel": self._channel(matter),
            "applicant_name": visit.owner.full_name,
            "subject": visit.subject,
            "sets": 1,
            "quantity": visit.copies,
            "return_channel": self._return_channel(matter),
            "fee_total": sum(line.amount for line in fees),
            "register_year": day.year,
            "register_position": books.take(place.unit, "register", str(day.year)),
        }
        wants_slip = not matter.at_once or rng.random() * 1000 < shares["slip_at_once"]
        receiving = visit.cast.receiving
        return Course(
            terms=matter.terms,
            administrative_field=matter.administrative_field,
            columns=columns,
            search_text=fold(visit.owner.full_name),
            happenings=visit.road.acts,
            parties=tuple(
                _party(role, person)
                for role, person in (
                    ("owner", visit.owner),
                    ("submitter", visit.submitter),
                    ("representative", visit.representative),
                )
                if person is not None
            ),
            papers=tuple(
                (
                    paper.position,
                    paper.name,
                    paper.originals,
                    paper.certified,
                    paper.photocopies,
                    "sufficient",
                    "",
                )
                for paper in matter.papers
                if paper.compulsory
            ),
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
        )

    def _channel(self, matter: Matter) -> str:
        chance = self._rng.random() * 1000
        if matter.at_once:
            return "in_person"
        if chance < self._shares["online"]:
            return "online"
        return "post" if chance < self._shares["online"] + self._shares["by_post"] else "in_person"

    def _return_channel(self, matter: Matter) -> str:
        chance, shares = self._rng.random() * 1000, self._shares
        if matter.at_once:
            return "counter"
        if chance < shares["result_by_post"]:
            return "post"
        by_wire = shares["result_by_post"] + shares["result_electronic"]
        return "electronic" if chance < by_wire else "counter"


class _Choice:
    """Chooses among matters by weight."""

    def __init__(self, weighted: Iterable[tuple[Matter, float]]) -> None:
        pairs = list(weighted)
        self._matters = [matter for matter, _weight in pairs]
        self._cumulative = list(accumulate(weight for _matter, weight in pairs))

    def pick(self, rng: Random) -> Matter:
        return rng.choices(self._matters, cum_weights=self._cumulative)[0]


def _party(role: str, person: Person) -> PartyRow:
    return PartyRow(
        role=role,
        full_name=person.full_name,
        personal_id=person.personal_id,
        phone=person.phone,
        address=person.address,
        born_on=person.born_on,
        sex=person.sex,
    )


def _payment(line: FeeLine, visit: _Visit) -> PaymentRow:
    return PaymentRow(
        name=line.name,
        amount=line.amount,
        counter=visit.cast.receiving.counter,
        officer=visit.cast.receiving.officer,
        at=visit.at,
    )


def _result(visit: _Visit) -> ResultRow | None:
    if not any(what.action is Action.ISSUE_RESULT for what in visit.road.acts):
        return None
    fetched = any(what.action is Action.RETURN for what in visit.road.acts)
    collector = visit.submitter or visit.representative or visit.owner
    return ResultRow(
        number=visit.result_number,
        signed_on=roads.settled_at(visit.road).date(),
        signer=visit.cast.approving.name,
        collector_name=collector.full_name if fetched else "",
        collector_id=collector.personal_id if fetched else "",
    )
