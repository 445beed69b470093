"""A dossier is found by what an officer has at hand, and only among what they may see."""

from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.domain.snapshot import Happening
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.search_queries import found
from motcua.dossiers.services import ledger
from motcua.dossiers.services.people import PartyFacts
from tests.world import MORNING, next_town, walk


@pytest.fixture
def dossiers(world):
    other = PartyFacts(full_name="Đỗ Đức Thịnh", personal_id="036090000001", phone="0912345678")
    representative = PartyFacts(full_name="Lê Thị Hà", personal_id="B1234567")
    return [
        world.receive(),
        world.receive(owner=other, representative=representative),
        world.receive(at=MORNING + timedelta(days=1)),
    ]


def search(world, text, *, visible=None, most=26):
    visible = Dossier.objects.all() if visible is None else visible
    return list(found(visible, text, agency_ids={world.unit.agency_id}, most=most))


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("901.00.99.H40-210317-0001", [0]),
        (" 901.00.99.h40-210317-0001 ", [0]),
        ("9010099H402103170001", [0]),
        ("901 00 99 H40 210317 0001", [0]),
        ("210317-0002", [1]),
        ("2103170002", [1]),
        ("210317-2", [1]),
        ("210317", [1, 0]),
        ("2", [1]),
        ("0001", [2, 0]),
        ("99.H40-210318", [2]),
        ("do duc thinh", [1]),
        ("thịnh đỗ", [1]),
        ("Huỳnh Ngọc", [2, 0]),
        ("0912345678", [1]),
        ("+84 912 345 678", [1]),
        ("036090000001", [1]),
        ("036 090 000 001", [1]),
        ("b1234567", [1]),
        ("003200000001", [2, 0]),
        ("", []),
        ("   ", []),
        ("không có ai", []),
        ("%", []),
        ("_", []),
        ("'; drop table", []),
        ("\u202e\u0301", []),
        ("9" * 400, []),
    ],
    ids=repr,
)
def test_found_newest_first(world, dossiers, text, positions):
    assert search(world, text) == [dossiers[position] for position in positions]


@pytest.mark.parametrize(
    "text", ["210317", "Huỳnh Ngọc", "003200000001", "901.00.99.H40-210317-0001"]
)
def test_what_may_not_be_seen_is_not_found(world, dossiers, text):
    assert search(world, text, visible=Dossier.objects.none()) == []


def test_an_agency_finds_by_name_only_what_lies_on_its_road(world, dossiers):
    assert list(found(Dossier.objects.all(), "thinh", agency_ids={0}, most=26)) == []


def test_an_agency_a_dossier_only_passed_through_finds_it_by_name(world):
    dossier, asked = world.receive(), next_town().agency
    ledger.record(
        dossier,
        Happening(
            action=Action.HAND_OVER,
            at=MORNING + timedelta(minutes=1),
            agency=world.unit.agency_id,
            officer=world.officers["reception"].pk,
            to_agency=asked.pk,
        ),
        terms=terms_of(dossier),
    )
    walk(world, dossier, [(Action.PROPOSE, "handler")])
    visible = Dossier.objects.all()
    assert list(found(visible, "quynh nhu", agency_ids={asked.pk}, most=26)) == [dossier]


def test_a_frequent_name_is_looked_at_no_further_than_asked(world, dossiers):
    assert search(world, "Huỳnh", most=1) == [dossiers[2]]


@pytest.mark.parametrize(
    ("personal_id", "phone", "text", "numbered"),
    [
        ("162345678", "", "162345678", []),
        ("162345678", "", "162 345 678", []),
        ("210317002", "", "210317002", [1]),
        ("0600123456", "", "0600 123 456", []),
        ("2103170002", "", "2103170002", [1]),
        ("0600123456001", "", "0600123456-001", []),
        ("B1234568", "", "b 1234568", []),
        ("C01X00T47", "", "c01x00t47", []),
        ("H40210317", "", "H40210317", [1, 0]),
        ("", "0912345679", "0912 345 679", []),
        ("", "0912345679", "(0912).345.679", []),
        ("", "0912345679", "+84 912 345 679", []),
        ("", "0912345679", "84912345679", []),
    ],
    ids=repr,
)
def test_a_number_of_several_meanings_is_looked_for_in_all(
    world, dossiers, personal_id, phone, text, numbered
):
    owner = PartyFacts(full_name="Vũ Văn Tám", personal_id=personal_id, phone=phone)
    meant = world.receive(owner=owner, at=MORNING + timedelta(days=2))
    assert search(world, text) == [meant, *(dossiers[position] for position in numbered)]
