"""What was typed wrongly is corrected with a reason, and the slip issued anew."""

from datetime import timedelta

import pytest

from motcua.applicants.models import Applicant
from motcua.domain.dossier import Action
from motcua.domain.passage import ReasonMissing
from motcua.dossiers.models import Correction, DayBook, Dossier, ReceiptIssue, Result
from motcua.dossiers.services.corrections import (
    Corrected,
    NothingToCorrect,
    also_on_the_slip,
    correct,
)
from motcua.dossiers.services.ledger import REPEATED, SomebodyActed
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from tests.dossiers.receiving import together, verified
from tests.web.workspace.conftest import world  # noqa: F401
from tests.web.workspace.roads import PLACES
from tests.world import MORNING, walk


def corrected(world, dossier, *, reason="Gõ nhầm họ tên", revision=None, at=None, **owner):
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
        at=at or MORNING + timedelta(minutes=9),
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


@pytest.mark.parametrize("place", PLACES)
def test_a_mistyped_name_is_mended_wherever_the_dossier_is_and_nothing_moves(world, capsys, place):
    receipt = together(world, world.filing())
    dossier = walk(world, receipt.dossiers.get(), PLACES[place])
    kept = (*REPEATED, "number", "register_year", "register_position", "fee_total")
    before = {name: getattr(dossier, name) for name in kept}
    elsewhere = [list(rows.objects.values()) for rows in (DayBook, Result)]
    steps = list(dossier.steps_taken.values())
    corrected(world, dossier, full_name="Nguyễn Thị Quỳnh Như", at=MORNING + timedelta(days=9))
    dossier = Dossier.objects.get()
    assert dossier.applicant_name == "Nguyễn Thị Quỳnh Như"
    assert {name: getattr(dossier, name) for name in kept} == before
    assert [list(rows.objects.values()) for rows in (DayBook, Result)] == elsewhere
    assert list(dossier.steps_taken.values()) == steps
    assert receipt.issues.count() == 2
    assert verified(capsys)


def test_only_the_same_peoples_dossiers_of_a_slip_are_corrected_together(world):
    somebody_else = PartyFacts(full_name="Lê Văn Ba", personal_id="003200000009")
    receipt = together(world, world.filing(), world.filing(owner=somebody_else), world.filing())
    first, _other, second = receipt.dossiers.order_by("pk")
    how = {"officer": world.officers["reception"], "at": MORNING + timedelta(minutes=9)}
    assert also_on_the_slip(first, **how) == [second]
