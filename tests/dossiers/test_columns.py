"""Columns that several places write or prove are named once, and no column is forgotten."""

from motcua.domain.dossier import Action
from motcua.domain.history import advance
from motcua.domain.snapshot import Happening, Snapshot
from motcua.dossiers import facts, seals
from motcua.dossiers.models import (
    Attachment,
    Correction,
    DayBook,
    Dossier,
    DossierEvent,
    HandBack,
    HandOverLine,
    HandOverList,
    Paper,
    Party,
    Payment,
    Receipt,
    ReceiptIssue,
    Result,
    StepTaken,
)
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger
from tests.world import MORNING


def columns_of(model):
    return {field.attname for field in model._meta.concrete_fields if not field.primary_key}


def test_what_the_ledger_returns_has_the_columns_it_names(world):
    dossier = world.receive()
    terms = terms_of(dossier)
    what = Happening(action=Action.RECEIVE, at=MORNING, agency=1, officer=1)
    after = advance(Snapshot(), what, terms)
    assert tuple(ledger.repeated(after, terms)) == ledger.REPEATED
    assert tuple(ledger.event_columns(what, Snapshot(), after, 1)) == ledger.EVENT_COLUMNS
    assert tuple(ledger.step_columns(after.steps[0])) == ledger.STEP_COLUMNS


def test_every_column_of_a_dossier_is_proven_by_some_tuple():
    said = {*facts.DOSSIER_COLUMNS, *ledger.REPEATED}
    assert len(said) == len(facts.DOSSIER_COLUMNS) + len(ledger.REPEATED)
    assert columns_of(Dossier) == {*said, "revision", "search_text", "receipt_id", "seal"}
    assert columns_of(DossierEvent) == {*ledger.EVENT_COLUMNS, "dossier_id"}
    assert columns_of(StepTaken) == {*ledger.STEP_COLUMNS, "dossier_id"}
    assert columns_of(DayBook) == {
        *ledger.DAY_COLUMNS,
        "unit_id",
        "administrative_field_id",
        "day",
    }
    assert columns_of(Party) == {*facts.PARTY_COLUMNS, "dossier_id", "applicant_id"}
    assert columns_of(Paper) == {*facts.PAPER_COLUMNS, "dossier_id"}
    assert columns_of(HandBack) == {*facts.HAND_BACK_COLUMNS, "dossier_id", "event_id"}
    assert columns_of(Result) == {*facts.RESULT_COLUMNS, "dossier_id"}
    assert columns_of(Payment) == {*seals.CASH_COLUMNS, "dossier_id"}
    assert columns_of(Attachment) == {*seals.FILE_COLUMNS, "dossier_id"}
    assert columns_of(Correction) == {*seals.CORRECTION_COLUMNS, "dossier_id"}
    assert columns_of(Receipt) == set(seals.RECEIPT_COLUMNS)
    assert columns_of(ReceiptIssue) == {*seals.ISSUE_COLUMNS, "receipt_id"}
    assert columns_of(HandOverList) == set(seals.LIST_COLUMNS)
    assert columns_of(HandOverLine) == {*seals.LINE_COLUMNS, "dossier_id", "hand_over_list_id"}
