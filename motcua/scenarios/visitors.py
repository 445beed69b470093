"""Who comes to one unit: for themselves or for another, once or again."""

from dataclasses import replace
from random import Random
from typing import Any

from motcua.scenarios.people import People, Person
from motcua.scenarios.visits import Visit


class Visitors:
    """The people of one unit's year.  `known` are those who come there for certain."""

    def __init__(
        self,
        people: People,
        rng: Random,
        *,
        addresses: tuple[str, ...],
        demand: dict[str, Any],
        known: tuple[Person, ...],
    ) -> None:
        self._people = people
        self._rng = rng
        self._addresses = addresses
        self._shares = demand["shares"]
        self._subjects = demand["subjects"]
        self._known = known
        self._met: list[Person] = list(known)

    def come_with(self, visit: Visit, *, nth: int, of: int) -> None:
        """Say who came with the visit, whose dossier it is, and what it is about."""
        rng, shares, known = self._rng, self._shares, self._known
        if nth < len(known):
            visit.owner = known[nth]
        elif nth >= of - len(known):
            visit.owner = known[nth - of + len(known)]
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
        subjects = self._subjects
        if visit.matter.register_book == "SCT/BS":
            visit.copies = rng.choices((1, 2, 3, 5, 10), cum_weights=(30, 60, 82, 95, 100))[0]
            visit.pages = rng.choices((1, 2, 4, 8), cum_weights=(62, 82, 95, 100))[0]
            visit.subject = rng.choice(subjects["copies"])
        elif visit.matter.register_book:
            visit.subject = rng.choice(subjects["signatures"])

    def _new_person(self) -> Person:
        with_identity = self._rng.random() * 1000 >= self._shares["without_identity"]
        person = self._people.person(self._rng.choice(self._addresses), with_identity=with_identity)
        if with_identity:
            self._met.append(person)
        return person

    def _somebody_else(self, owner: Person) -> Person:
        if len(self._met) > 20 and self._rng.random() < 0.5:
            other = self._rng.choice(self._met)
            if other.personal_id != owner.personal_id:
                return other
        return replace(self._people.person(owner.address), address=owner.address)
