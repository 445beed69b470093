"""Receiving together, at once, twice."""

import uuid
from datetime import timedelta
from unittest.mock import Mock

import pytest

from motcua.applicants.models import Applicant
from motcua.domain.dossier import State
from motcua.domain.fee import FeeKind, FeeLine
from motcua.dossiers.models import Dossier, ProcedureUse, Receipt, Result, Serial
from motcua.dossiers.services import reception as services
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.reception import NotSettledAtOnce, PapersMissing, ReceivedBefore
from tests.dossiers.receiving import at_the_same_instant, one_writer, together, verified
from tests.web.counter.conftest import certified_copies
from tests.world import MORNING, officer_of

SIGNER = "Trần Đình Hải, Phó Chủ tịch"


def test_what_one_person_brings_stands_on_one_receipt_with_numbers_in_a_row(world, capsys):
    receipt = together(world, world.filing(), world.filing(), world.filing())
    numbers = [dossier.number[-4:] for dossier in receipt.dossiers.order_by("pk")]
    assert numbers == ["0001", "0002", "0003"]
    assert list(receipt.dossiers.order_by("pk").values_list("register_position", flat=True)) == [
        1,
        2,
        3,
    ]
    assert (str(receipt), receipt.issues.count()) == ("1/2021", 1)
    assert str(together(world, world.filing())) == "2/2021"
    use = ProcedureUse.objects.get()
    assert (use.times, use.last_used_at) == (2, MORNING)
    assert verified(capsys)


def test_one_filing_that_cannot_be_accepted_leaves_nothing_of_the_others(world):
    with pytest.raises(PapersMissing):
        together(world, world.filing(), world.filing(papers=()))
    for model in (Dossier, Receipt, Serial, ProcedureUse, Applicant):
        assert model.objects.count() == 0


def test_a_page_sent_again_finds_the_first_receipt(world):
    token = uuid.uuid4()
    first = together(world, world.filing(), token=token)
    assert together(world, world.filing(), token=token, at=MORNING + timedelta(minutes=1)) == first
    assert Dossier.objects.count() == 1


def test_a_page_sent_again_while_the_first_is_on_its_way_finds_its_receipt(world, monkeypatch):
    """The second looked before the first was written: the unique token decides."""
    token = uuid.uuid4()
    first = together(world, world.filing(), token=token)
    monkeypatch.setattr(services, "receipt_of", Mock(side_effect=[None, first]))
    assert together(world, world.filing(), token=token) == first
    assert Dossier.objects.count() == 1
    assert Serial.objects.get(book="number").last == 1


def test_two_pages_of_one_token_at_the_same_instant_do_not_pass_for_one(world, monkeypatch):
    token = uuid.uuid4()
    first = together(world, world.filing(), token=token)
    monkeypatch.setattr(services, "receipt_of", Mock(side_effect=[None, first]))
    with pytest.raises(ReceivedBefore):
        together(world, world.filing(subject="Con thứ hai"), token=token)
    assert Dossier.objects.count() == 1


@one_writer
@pytest.mark.django_db(transaction=True)
def test_eight_sendings_of_one_page_at_the_same_instant_make_one_dossier(shared_world):
    world, token = shared_world, uuid.uuid4()
    receipts = at_the_same_instant(
        *[lambda: together(world, world.filing(), token=token).pk for _ in range(8)]
    )
    assert len(receipts) == 8
    assert len(set(receipts)) == 1
    assert Dossier.objects.count() == 1
    assert Serial.objects.get(book="number").last == 1


def test_another_officer_with_the_page_of_the_first_is_not_given_its_receipt(world):
    token = uuid.uuid4()
    together(world, world.filing(), token=token)
    world.officers["reception"] = officer_of(world.unit.agency, "reception", "lieude.tiepnhan2")
    with pytest.raises(services.ReceivedBefore):
        together(world, world.filing(), token=token)
    assert Dossier.objects.count() == 1


def test_what_is_settled_at_once_is_received_and_returned_in_one_act(world, capsys):
    version = certified_copies(world)
    fee = FeeLine(name="Phí chứng thực", kind=FeeKind.FEE, quantity=3, amount=6000)
    filing = world.filing(version=version, fees=(fee,), quantity=3, signer=SIGNER)
    dossier = together(world, filing).dossiers.get()
    assert dossier.state == State.RETURNED
    assert dossier.accepted_at == dossier.settled_at == dossier.returned_at == MORNING
    assert [event.action for event in dossier.events.all()] == ["receive", "issue_result", "return"]
    result = Result.objects.get()
    assert (result.number, result.signer) == ("1, quyển số 01/2021-SCT/BS", SIGNER)
    assert (result.collector_name, result.collector_id) == (
        filing.owner.full_name,
        "003200000001",
    )
    again = together(world, world.filing(version=version, signer=SIGNER)).dossiers.get()
    assert again.result.number.startswith("2, quyển số")
    assert verified(capsys)


def test_a_procedure_with_steps_ahead_is_not_returned_at_once(world):
    with pytest.raises(NotSettledAtOnce):
        together(world, world.filing(signer=SIGNER))
    assert Dossier.objects.count() == 0


def test_what_is_left_blank_keeps_what_was_known_of_a_person(world):
    together(world, world.filing())
    owner = PartyFacts(full_name="Nguyễn Thị Như", personal_id="003200000001")
    together(world, world.filing(owner=owner))
    known = Applicant.objects.get()
    assert (known.full_name, known.phone) == ("Nguyễn Thị Như", "0900000001")
