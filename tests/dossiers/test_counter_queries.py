"""The counter's search for a procedure answers as the public one does, the familiar first."""

import pytest

from motcua.catalogue.models import AdministrativeField, Procedure, ProcedureVersion
from motcua.dossiers.counter_queries import procedures_found
from tests.world import MORNING

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
