"""What the tests of the reception page share: fees, certified copies, a counter's officer."""

import uuid

import pytest
from django.test import Client

from motcua.catalogue.models import (
    FeeRate,
    Procedure,
    ProcedureVersion,
    RequiredDocument,
)
from tests.world import STEPS, add_steps

NAME = "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"
CARD = (
    "036300000001|012345678|Nguyễn Thị Huỳnh Ngọc Quỳnh Như|05091990|Nữ|"
    "Tổ dân phố 3, thị trấn Liễu Đề|01032021"
)


def certified_copies(world):
    """Certified copies: received and returned at once, charged by the page, in a book."""
    field = world.version.procedure.administrative_field
    procedure = Procedure.objects.create(
        code="2.000815",
        name="Chứng thực bản sao từ bản chính",
        aliases="sao y, công chứng",
        administrative_field=field,
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        valid_from=world.version.valid_from,
        limit="same_day",
        is_settled_at_once=True,
        register_book="SCT/BS",
    )
    RequiredDocument.objects.create(version=version, position=1, name="Bản chính", originals=1)
    FeeRate.objects.create(
        version=version,
        name="Phí chứng thực",
        kind="fee",
        amount=2000,
        per="trang",
        first=2,
        further=1000,
        ceiling=200_000,
    )
    add_steps(version, (STEPS[0], STEPS[-1]))
    return version


@pytest.fixture
def copies(world):
    return certified_copies(world)


@pytest.fixture
def officer(world):
    found = world.officers["reception"]
    found.counter = world.counter
    found.save()
    return found


@pytest.fixture
def counter(officer, morning):
    """A client signed in as the officer at counter 2, on the morning of the small world."""
    client = Client()
    client.force_login(officer.user)
    return client


@pytest.fixture
def typed():
    """What a page brings: one dossier of birth registration, complete."""

    def page(**how):
        values = {
            "token": str(uuid.uuid4()),
            "person_id": "003200000001",
            "person_name": NAME,
            "person_phone": "0900 000 001",
            "procedure": "1.001193",
            "paper_1_kind": "original",
            "paper_1_count": "1",
            "sets": "1",
            "return_channel": "counter",
            "do": "accept",
        }
        return {name: value for name, value in (values | how).items() if value is not None}

    return page
