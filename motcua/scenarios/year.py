"""One unit's year: who came, with what, how it went.  Needs no database; drawn from a seed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from motcua.domain.dossier import Action
from motcua.domain.numbering import BookNumber
from motcua.dossiers.services.courses import Books, Course, HandOver
from motcua.dossiers.services.notices import book_of
from motcua.scenarios.courses import course_of
from motcua.scenarios.demand import Arrivals, Totals
from motcua.scenarios.drawn import DrawnYear
from motcua.scenarios.letters import KIND_OF
from motcua.scenarios.open_time import OpenTime
from motcua.scenarios.people import People, Person
from motcua.scenarios.places import Place
from motcua.scenarios.published import PublishedYear
from motcua.scenarios.visitors import Visitors
from motcua.scenarios.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to make of one unit's year.  `known` are the persons who come there for certain."""

    place: Place
    intake: Totals | Arrivals
    seed: int
    demand: dict[str, Any]
    people: dict[str, Any]
    known: tuple[Person, ...]


@dataclass(slots=True)
class Use:
    """How often an officer received a procedure, and when last."""

    times: int = 0
    last_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Year:
    """Một năm của một nơi: the courses in the order of acceptance, the books, the lists."""

    courses: list[Course]
    books: Books
    lists: list[HandOver]
    uses: dict[tuple[int, int], Use]


def year_of(order: Order) -> Year:
    """Return the unit's year.  The same order always gives the same year."""
    place, demand = order.place, order.demand
    rng = Random(f"{order.seed}/{place.identifier}")  # noqa: S311 - play
    visits = _visits(order, rng)
    visitors = Visitors(
        People(order.people, rng, group=place.index + 1),
        rng,
        addresses=place.addresses,
        demand=demand,
        known=order.known,
    )
    for n, visit in enumerate(visits):
        visitors.come_with(visit, nth=n, of=len(visits))
    books = Books()
    _number_results(visits, place.unit, books)
    _number_notices(visits, place.unit, books)
    open_time = OpenTime(place.office_time, rng)
    return Year(
        courses=[
            course_of(
                visit,
                place=place,
                books=books,
                shares=demand["shares"],
                open_time=open_time,
                rng=rng,
            )
            for visit in visits
        ],
        lists=_hand_over_lists(visits, place.unit, books),
        books=books,
        uses=_uses(visits),
    )


def _visits(order: Order, rng: Random) -> list[Visit]:
    if isinstance(order.intake, Totals):
        return PublishedYear(order.place, order.demand, rng).make(order.intake)
    return DrawnYear(order.place, order.demand, rng).make(order.intake)


def _number_results(visits: list[Visit], unit: int, books: Books) -> None:
    """Number the results of each book in the order in which they were settled."""
    outgoing = Counter[int]()
    settled = [
        (what.at, n, visit)
        for n, visit in enumerate(visits)
        for what in visit.road.acts
        if what.action is Action.ISSUE_RESULT
    ]
    for at, _n, visit in sorted(settled, key=lambda entry: entry[:2]):
        book = visit.matter.register_book
        if book:
            serial = books.take(unit, book, str(at.year))
            visit.result_number = str(BookNumber(serial, at.year, book))
        else:
            # Outgoing papers are numbered by the office's registry, not by the unit.
            outgoing[at.year] += 1
            visit.result_number = f"{outgoing[at.year]}/{at.year}-KQ"


def _number_notices(visits: list[Visit], unit: int, books: Books) -> None:
    """Number the notices to applicants of each book in the order in which they were sent."""
    sent = [
        (what.at, n, place)
        for n, visit in enumerate(visits)
        for place, what in enumerate(visit.road.acts)
        if what.action in KIND_OF
    ]
    for at, n, place in sorted(sent):
        visit = visits[n]
        book = book_of(KIND_OF[visit.road.acts[place].action])
        visit.notice_numbers[place] = books.take(unit, book, str(at.year))


def _hand_over_lists(visits: list[Visit], unit: int, books: Books) -> list[HandOver]:
    """Return the hand-over lists in the order they were made."""
    on_list: dict[tuple[datetime, int, int], list[int]] = {}
    confirmed: dict[tuple[datetime, int, int], tuple[datetime | None, int | None]] = {}
    for n, visit in enumerate(visits):
        cast, road = visit.cast, visit.road
        if road.handed_over_at is not None:
            key = road.handed_over_at, visit.matter.competent_agency, cast.receiving.officer
            on_list.setdefault(key, []).append(n)
            confirmed[key] = (
                road.confirmed_at,
                cast.confirming.officer if road.confirmed_at else None,
            )
    return [
        HandOver(
            unit=unit,
            to_agency=to_agency,
            made_at=made_at,
            officer=officer,
            confirmed_at=confirmed[made_at, to_agency, officer][0],
            confirmed_by=confirmed[made_at, to_agency, officer][1],
            dossiers=tuple(on_list[made_at, to_agency, officer]),
            year=made_at.year,
            position=books.take(unit, "hand_over", str(made_at.year)),
        )
        for made_at, to_agency, officer in sorted(on_list)
    ]


def _uses(visits: list[Visit]) -> dict[tuple[int, int], Use]:
    """Return how often each officer received each procedure."""
    uses: dict[tuple[int, int], Use] = {}
    for visit in visits:
        use = uses.setdefault((visit.cast.receiving.officer, visit.matter.procedure), Use())
        use.times += 1
        use.last_at = visit.at
    return uses
