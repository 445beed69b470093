"""What the counter asks: a procedure by everyday words, the day's cash, who stood here last."""

import uuid
from datetime import timedelta

import pytest

from motcua.agencies.models import Counter
from motcua.catalogue.models import AdministrativeField, Procedure, ProcedureVersion
from motcua.domain.fee import FeeKind, FeeLine
from motcua.dossiers.counter_queries import cash_of_the_day, person_before, procedures_found
from motcua.dossiers.services.reception import receive_together
from tests.world import MORNING, officer_of

DAY = timedelta(days=1)
NAMES = ["Đăng ký lại khai sinh", "Đăng ký kết hôn", "Chứng thực bản sao từ bản chính"]


@pytest.fixture
def versions(world):
    """The birth registration of the small world and three more."""
    civil_status = AdministrativeField.objects.get()
    found = {"Đăng ký khai sinh": world.version}
    for position, name in enumerate(NAMES):
        procedure = Procedure.objects.create(
            code=f"2.00000{position}", name=name, administrative_field=civil_status
        )
        found[name] = ProcedureVersion.objects.create(
            procedure=procedure, valid_from=world.version.valid_from, limit="3 working_day"
        )
    return found


def names(world, words, *, familiar=None):
    rows = procedures_found(words, unit=world.unit, on=MORNING.date(), familiar=familiar or {})
    return [version.procedure.name for version in rows]


@pytest.mark.parametrize("words", ["khai sinh", "KHAI SINH", "khai snih", "dang ky khai sin"])
def test_birth_registration_is_found_as_it_is_typed(world, versions, words):
    assert names(world, words)[0] == "Đăng ký khai sinh"


def test_the_familiar_stands_first_among_the_best(world, versions):
    again = versions["Đăng ký lại khai sinh"].procedure_id
    assert names(world, "khai sinh", familiar={again: 1})[0] == "Đăng ký lại khai sinh"
    assert names(world, "ban sao", familiar={again: 1})[0] == "Chứng thực bản sao từ bản chính"


@pytest.mark.parametrize("words", ["dang ky lai khai sinh", "lại khai sinh"])
def test_a_name_typed_as_it_stands_comes_before_the_familiar(world, versions, words):
    birth = versions["Đăng ký khai sinh"].procedure_id
    assert names(world, words, familiar={birth: 1})[0] == "Đăng ký lại khai sinh"


@pytest.mark.parametrize("words", ["", "  ", "zzzz"])
def test_what_means_nothing_finds_nothing(world, versions, words):
    assert names(world, words) == []


def paid(world, officer, *, counter=None, at=MORNING, amount=8000):
    fee = FeeLine(name="Lệ phí", kind=FeeKind.CHARGE, quantity=1, amount=amount)
    return receive_together(
        unit=world.unit,
        counter=counter or world.counter,
        filings=[world.filing(fees=(fee,))],
        officer=officer,
        at=at,
        token=uuid.uuid4(),
    )


def test_the_cash_of_a_counter_is_what_everybody_took_there_today(world):
    officer = world.officers["reception"]
    second = officer_of(world.unit.agency, "reception", "lieude.haihai")
    other = Counter.objects.create(unit=world.unit, number=3)
    paid(world, officer, at=MORNING - DAY, amount=1)
    paid(world, officer, amount=10)
    paid(world, second, amount=200)
    paid(world, officer, counter=other, amount=3000)
    assert cash_of_the_day(officer, counter=world.counter, at=MORNING) == 210
    assert cash_of_the_day(officer, counter=None, at=MORNING) == 3010


def test_who_stood_here_last_is_asked_of_today_only(world):
    officer = world.officers["reception"]
    paid(world, officer, at=MORNING - DAY)
    assert person_before(officer, at=MORNING) is None
    receipt = paid(world, officer)
    assert person_before(officer, at=MORNING).dossier.receipt == receipt
