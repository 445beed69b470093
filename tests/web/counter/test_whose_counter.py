"""At which unit's counter an officer works: where they are assigned to receive, nowhere else."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.agencies.models import Agency, OneStopUnit, RoleAssignment
from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, DossierEvent, HandOverList, Receipt, Serial
from motcua.dossiers.services import hand_over
from motcua.dossiers.services.reception import NotAtThisCounter, receive_together
from motcua.web.access import acting
from motcua.web.wording import explain
from tests.world import MORNING, READY, division_of, next_town, officer_of, walk


@pytest.fixture
def elsewhere(world):
    """An officer of this town who handles here, and receives only in the next one."""
    officer = officer_of(world.unit.agency, "handler", "lieude.bietphai")
    officer.counter = world.counter
    officer.save()
    officer.assignments.create(
        agency=next_town().agency, role="reception", valid_from=date(2021, 1, 1)
    )
    return officer


@pytest.fixture
def client(elsewhere, morning):
    client = Client()
    client.force_login(elsewhere.user)
    return client


@pytest.fixture
def here(world):
    """This town's dossiers: one on a receipt, one handed over, one ready, one withdrawn."""
    token = uuid.uuid4()
    receipt = receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[world.filing()],
        officer=world.officers["reception"],
        at=MORNING,
        token=token,
    )
    ready = walk(world, world.receive(), READY)
    withdrawn = walk(world, world.receive(), [(Action.WITHDRAW, "reception")])
    handed = hand_over.hand_over(
        unit=world.unit,
        dossier_ids=[world.receive().pk],
        officer=world.officers["reception"],
        at=MORNING,
    )
    return {
        "<uuid:token>": str(receipt.token),
        "<int:issue>": "1",
        "<int:pk>": str(handed.lists[0].pk),
        "dossiers/<str:number>": f"dossiers/{receipt.dossiers.get().number}",
        "ready/<str:number>": f"ready/{ready.number}",
        "papers/<str:number>": f"papers/{withdrawn.number}",
    }


def paths(resolver, prefix=""):
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from paths(entry, path)
        elif isinstance(entry, URLPattern) and path.startswith("counter/"):
            yield path


def addresses(here):
    for path in paths(get_resolver()):
        filled = path
        for named, value in here.items():
            filled = filled.replace(named, value)
        assert "<" not in filled, path
        yield f"/{filled}"


def test_no_address_of_the_counter_shows_or_moves_the_town_where_they_do_not_receive(
    world, client, here, typed
):
    events, lists = DossierEvent.objects.count(), HandOverList.objects.count()
    numbers = list(Dossier.objects.values_list("number", flat=True))
    waiting = Dossier.objects.filter(state="received").values_list("pk", flat=True)
    posted = {
        **typed(),
        "ticked": list(waiting),
        "revision": "1",
        "full_name": "Lê Văn Ba",
        "personal_id": "003200000002",
        "note": "Con",
        "reason": "Gõ nhầm",
    }
    names = world.unit.name, world.unit.agency.name
    found = list(addresses(here))
    assert len(found) > 15
    for address in found:
        for answer in (client.get(address), client.post(address, posted)):
            assert answer.status_code < 500, address
            if answer.status_code == 200 and not answer["Content-Type"].endswith("pdf"):
                shown = answer.content.decode().split("</header>")[-1]
                assert not any(number in shown for number in numbers), address
                assert not any(name in shown for name in names), address
    assert not world.unit.dossiers.exclude(number__in=numbers).exists()
    own = DossierEvent.objects.filter(dossier__unit=world.unit)
    assert (own.count(), HandOverList.objects.filter(unit=world.unit).count()) == (events, lists)


def test_they_receive_in_the_next_town_with_its_numbers_and_without_this_towns_counter(
    world, client, typed
):
    answer = client.post("/counter/", typed())
    assert answer.status_code == 302
    receipt = Receipt.objects.get()
    assert receipt.unit.agency.code == "13894" and receipt.counter is None
    assert receipt.dossiers.get().number.startswith("902.")
    assert not Serial.objects.filter(unit=world.unit).exists()
    assert client.get(answer["Location"]).status_code == 200
    assert client.get("/counter/").status_code == 200
    assert "Rạng Đông" in client.get("/counter/register/").content.decode()


def test_a_dossier_of_this_town_is_seen_but_neither_corrected_nor_returned(client, here):
    for page in ("dossiers/<str:number>", "ready/<str:number>"):
        number = here[page].split("/")[1]
        assert client.get(f"/dossiers/{number}/").status_code == 200
    corrected = f"/counter/{here['dossiers/<str:number>']}/correct/"
    assert client.get(corrected).status_code == client.post(corrected, {}).status_code == 404
    returned = f"/counter/{here['ready/<str:number>']}/"
    assert client.get(returned).status_code == client.post(returned, {}).status_code == 404


def test_who_receives_nowhere_any_more_has_no_counter(elsewhere, client):
    elsewhere.assignments.filter(role="reception").update(valid_until=date(2021, 3, 16))
    for address in ("/counter/", "/counter/register/", "/counter/ready/", "/counter/hand-over/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)


def test_of_several_counters_the_own_one_comes_first_then_the_lowest_code(world, elsewhere):
    third = Agency.objects.create(
        code="13880", name="UBND xã Nghĩa Đồng", kind="commune", valid_from=date(2016, 1, 1)
    )
    OneStopUnit.objects.create(agency=third, name="Bộ phận Một cửa xã Nghĩa Đồng")
    elsewhere.assignments.create(agency=third, role="reception", valid_from=date(2021, 1, 1))
    assert acting(elsewhere.user, MORNING).unit.agency == third
    elsewhere.assignments.create(
        agency=world.unit.agency, role="reception", valid_from=date(2021, 1, 1)
    )
    assert acting(elsewhere.user, MORNING).unit == world.unit
    assert acting(elsewhere.user, MORNING).counter == world.counter


def test_an_officer_of_a_division_receives_at_the_unit_of_the_agency_above(world):
    division = division_of(world.unit.agency)
    officer = officer_of(division, "handler", "lieude.tp")
    for agency in (next_town().agency, world.unit.agency):
        RoleAssignment.objects.create(
            officer=officer, agency=agency, role="reception", valid_from=date(2021, 1, 1)
        )
    assert acting(officer.user, MORNING).unit == world.unit


def test_nobody_receives_at_a_unit_they_are_not_assigned_to(world, elsewhere):
    with pytest.raises(NotAtThisCounter) as refused:
        receive_together(
            unit=world.unit,
            counter=world.counter,
            filings=[world.filing()],
            officer=elsewhere,
            at=MORNING,
            token=uuid.uuid4(),
        )
    assert "không được phân công tiếp nhận tại Bộ phận Một cửa thị trấn" in explain(refused.value)
    assert not Dossier.objects.exists() and not Serial.objects.exists()
