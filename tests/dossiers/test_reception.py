"""Receiving together, at once, twice; correcting; drafts: the services behind the counter."""

import threading
import uuid
from datetime import timedelta
from functools import partial
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.applicants.models import Applicant
from motcua.domain.dossier import Action, State
from motcua.domain.fee import FeeKind, FeeLine
from motcua.domain.history import ReasonMissing
from motcua.dossiers.models import (
    Correction,
    Dossier,
    Draft,
    ProcedureUse,
    Receipt,
    ReceiptIssue,
    Result,
    Serial,
)
from motcua.dossiers.services import drafts
from motcua.dossiers.services import reception as services
from motcua.dossiers.services.corrections import Corrected, NothingToCorrect, correct
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import (
    NotSettledAtOnce,
    PapersMissing,
    receive_together,
)
from tests.web.counter.conftest import certified_copies
from tests.world import MORNING

SIGNER = "Trần Đình Hải, Phó Chủ tịch"


def together(world, *filings, token=None, at=MORNING):
    return receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=filings,
        officer=world.officers["reception"],
        at=at,
        token=token or uuid.uuid4(),
    )


def verified(capsys):
    call_command("verify")
    return "0 khác biệt" in capsys.readouterr().out


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
    monkeypatch.setattr(services, "_receipt_of", Mock(side_effect=[None, first]))
    assert together(world, world.filing(), token=token) == first
    assert Dossier.objects.count() == 1
    assert Serial.objects.get(book="number").last == 1


one_writer = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
)


def at_the_same_instant(*works):
    """Do each of the works in a thread of its own; return what they answered."""
    gate = threading.Barrier(len(works))
    answers, problems = [], []

    def do(work):
        try:
            gate.wait()
            answers.append(work())
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return answers


@pytest.fixture
def shared_world(transactional_db):
    """The small world where other connections see it."""
    from tests.world import build

    return build()


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


# Drafts


def kept(world, token, content, officer="reception", at=MORNING):
    return drafts.keep(
        token=token,
        officer=world.officers[officer],
        unit=world.unit,
        title="  Nguyễn  Thị Như ",
        content=content,
        at=at,
    )


def test_a_draft_goes_with_the_acceptance_of_its_page_and_never_comes_back(world):
    token = uuid.uuid4()
    kept(world, token, {"person_name": "Như"})
    draft = kept(world, token, {"person_name": "Nhu"})
    assert (draft.title, draft.content) == ("Nguyễn Thị Như", {"person_name": "Nhu"})
    together(world, world.filing(), token=token)
    assert kept(world, token, {"person_name": "late"}) is None
    assert Draft.objects.count() == 0


def test_a_refused_acceptance_leaves_the_draft(world):
    token = uuid.uuid4()
    kept(world, token, {"person_name": "Như"})
    with pytest.raises(PapersMissing):
        together(world, world.filing(papers=()), token=token)
    assert Draft.objects.get().token == token


def test_a_draft_is_its_officers_own(world):
    token = uuid.uuid4()
    kept(world, token, {})
    with pytest.raises(drafts.DraftElsewhere):
        kept(world, token, {}, officer="handler")
    assert not drafts.discard(token=token, officer=world.officers["handler"])
    assert drafts.discard(token=token, officer=world.officers["reception"])


@one_writer
@pytest.mark.django_db(transaction=True)
def test_two_savings_of_a_new_page_that_meet_keep_one_draft(shared_world):
    for _ in range(5):
        token = uuid.uuid4()
        save = partial(kept, shared_world, token, {"person_name": "Như"})
        drafts_kept = at_the_same_instant(*[save] * 6)
        assert {draft.token for draft in drafts_kept} == {token}
        assert Draft.objects.filter(token=token).count() == 1


@one_writer
@pytest.mark.django_db(transaction=True)
def test_a_saving_that_waits_for_the_acceptance_of_its_page_keeps_nothing(shared_world):
    world, token = shared_world, uuid.uuid4()
    kept(world, token, {"person_name": "Như"})
    saving = threading.Thread(target=at_the_same_instant, args=(partial(kept, world, token, {}),))
    with transaction.atomic():
        together(world, world.filing(), token=token)
        saving.start()
        saving.join(0.5)
        assert saving.is_alive(), "it waits for the row of the draft"
    saving.join()
    assert Draft.objects.count() == 0


def test_a_saving_after_the_page_was_thrown_away_begins_a_draft_anew(world):
    token = uuid.uuid4()
    kept(world, token, {})
    assert drafts.discard(token=token, officer=world.officers["reception"])
    assert kept(world, token, {"person_name": "Như"}) == Draft.objects.get()


# Corrections


def corrected(world, dossier, *, reason="Gõ nhầm họ tên", revision=None, **owner):
    facts = {
        "full_name": "Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
        "personal_id": "003200000001",
        "phone": "0900000001",
    }
    return correct(
        dossier_id=dossier.pk,
        values=Corrected(
            parties={"owner": PartyFacts(**(facts | owner))},
            subject=dossier.subject,
            return_channel=dossier.return_channel,
        ),
        reason=reason,
        officer=world.officers["reception"],
        at=MORNING + timedelta(minutes=9),
        seen_revision=dossier.revision if revision is None else revision,
    )


def test_a_correction_keeps_before_and_after_and_issues_the_slip_anew(world, capsys):
    receipt = together(world, world.filing())
    dossier = receipt.dossiers.get()
    promised = dossier.promised_at
    corrected(world, dossier, full_name="Nguyễn Thị Quỳnh Như", phone="0900000002")
    dossier.refresh_from_db()
    assert (dossier.applicant_name, dossier.search_text) == (
        "Nguyễn Thị Quỳnh Như",
        "nguyen thi quynh nhu",
    )
    assert dossier.promised_at == promised
    rows = Correction.objects.order_by("pk").values_list("subject", "before", "after")
    assert list(rows) == [
        (
            "Chủ hồ sơ: họ và tên",
            "Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
            "Nguyễn Thị Quỳnh Như",
        ),
        ("Chủ hồ sơ: điện thoại", "0900000001", "0900000002"),
    ]
    issue = ReceiptIssue.objects.get(receipt=receipt, position=2)
    assert issue.reason == "Gõ nhầm họ tên"
    assert verified(capsys)


def test_nothing_changed_is_no_correction(world):
    dossier = world.receive()
    with pytest.raises(NothingToCorrect):
        corrected(world, dossier)
    assert dossier.events.count() == 1


def test_a_correction_needs_a_reason_and_the_latest_revision(world):
    dossier = world.receive()
    with pytest.raises(ReasonMissing):
        corrected(world, dossier, full_name="Khác", reason=" ")
    act(dossier_id=dossier.pk, action=Action.TAKE, officer=world.officers["handler"], at=MORNING)
    with pytest.raises(SomebodyActed):
        corrected(world, dossier, full_name="Khác")
    dossier.refresh_from_db()
    assert dossier.parties.get().full_name == "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"
    assert Correction.objects.count() == 0


def test_a_correction_reaches_the_person_who_is_filled_in_the_next_time(world, capsys):
    dossier = together(world, world.filing()).dossiers.get()
    corrected(world, dossier, full_name="Nguyễn Thị Quỳnh Như", phone="")
    known = Applicant.objects.get()
    assert (known.full_name, known.phone) == ("Nguyễn Thị Quỳnh Như", "")
    assert verified(capsys)


def test_what_a_later_visit_said_is_not_overwritten_by_a_correction(world):
    dossier = together(world, world.filing()).dossiers.get()
    later = PartyFacts(full_name="Nguyễn Thị Như", personal_id="003200000001", phone="0900000005")
    together(world, world.filing(owner=later))
    corrected(world, dossier, full_name="Nguyễn Thị Quỳnh Như", phone="0900000002")
    known = Applicant.objects.get()
    assert (known.full_name, known.phone) == ("Nguyễn Thị Như", "0900000005")


@pytest.mark.parametrize("is_known", [False, True])
def test_a_corrected_identity_number_leads_to_its_own_person(world, capsys, is_known):
    if is_known:
        Applicant.objects.create(personal_id="003200000009", full_name="Cũ", address="Tổ 1")
    dossier = together(world, world.filing()).dossiers.get()
    corrected(world, dossier, personal_id="003200000009")
    party = dossier.parties.get()
    assert party.applicant.personal_id == party.personal_id == "003200000009"
    assert party.applicant.full_name == "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"
    assert party.applicant.address == ("Tổ 1" if is_known else "")
    assert verified(capsys)


def test_a_party_whose_identity_number_is_taken_away_is_nobody_known(world, capsys):
    dossier = together(world, world.filing()).dossiers.get()
    corrected(world, dossier, personal_id="")
    assert dossier.parties.get().applicant is None
    assert verified(capsys)
