"""Synthetic people: names put together at random, numbers that belong to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Người: as the counter knows one."""

    full_name: str
    personal_id: str
    born_on: date
    sex: str
    phone: str
    address: str


class People:
    """Makes people from the scenario's lists, each one once.

    `group` tells apart the people of different offices, so that no two share a number.
    """

    def __init__(self, lists: dict[str, Any], rng: Random, *, group: int) -> None:
        self._rng = rng
        self._group = group
        self._made = 0
        self._prefixes: Sequence[str] = lists["identity_prefixes"]
        self._telephone_prefix: str = lists["telephone_prefix"]
        self._surnames = list(lists["surnames"])
        self._surname_shares = list(accumulate(lists["surnames"].values()))
        self._given = {"female": lists["women"], "male": lists["men"]}
        self._first_day = date(lists["born_from"], 1, 1)
        self._days = (date(lists["born_until"], 12, 31) - self._first_day).days

    def sex(self) -> str:
        """Return a woman's or a man's, a little more often a woman's."""
        return "female" if self._rng.random() < 0.52 else "male"

    def name(self, sex: str) -> str:
        """Return a name that could be a woman's or a man's."""
        rng, lists = self._rng, self._given[sex]
        surname = rng.choices(self._surnames, cum_weights=self._surname_shares)[0]
        return f"{surname} {rng.choice(lists['middle'])} {rng.choice(lists['given'])}"

    def person(self, address: str, *, with_identity: bool = True) -> Person:
        """Return somebody new living there."""
        rng = self._rng
        sex = self.sex()
        born_on = self._first_day + timedelta(days=rng.randrange(self._days))
        self._made += 1
        assert self._made < 10_000, "a group of people has four digits"
        running = self._group * 10_000 + self._made
        century = (2 if born_on.year >= 2000 else 0) + (sex == "female")
        prefix = rng.choice(self._prefixes)
        return Person(
            full_name=self.name(sex),
            personal_id=f"{prefix}{century}{born_on.year % 100:02d}{running:06d}"
            if with_identity
            else "",
            born_on=born_on,
            sex=sex,
            phone=f"{self._telephone_prefix}{running:06d}",
            address=address,
        )


def known_people(lists: dict[str, Any]) -> list[Person]:
    """Return the persons who always exist."""
    return [
        Person(
            full_name=row["full_name"],
            personal_id=row["personal_id"],
            born_on=row["born_on"],
            sex=row["sex"],
            phone=row["telephone"],
            address=row["address"],
        )
        for row in lists["known"]
    ]
