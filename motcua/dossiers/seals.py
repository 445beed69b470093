"""The seal of a dossier: SHA-256 over its rows that neither its events nor their facts speak of.

Its receipt with each time it was issued, the cash taken, the files, the corrected values, and its
lines on hand-over lists with what those lists say. A row of these that is changed, added or taken
away behind the product's back no longer fits the seal of every dossier it concerns.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from motcua.dossiers.facts import PAYMENT_COLUMNS, Values, canonical, plain, values_of
from motcua.dossiers.models import (
    ApplicantMessage,
    Attachment,
    Correction,
    Dossier,
    Enclosure,
    HandOverLine,
    Inspection,
    Inspector,
    InternalNote,
    Notice,
    NoticeItem,
    Payment,
    Receipt,
    ReceiptIssue,
)

RECEIPT_COLUMNS: Final = (
    "unit_id",
    "year",
    "position",
    "token",
    "issued_at",
    "officer_id",
    "counter_id",
)
ISSUE_COLUMNS: Final = ("position", "at", "officer_id", "reason")
CASH_COLUMNS: Final = (*PAYMENT_COLUMNS, "counter_id", "officer_id", "at")
FILE_COLUMNS: Final = (
    "kind",
    "paper_id",
    "name",
    "digest",
    "media_type",
    "size",
    "pages",
    "added_at",
    "officer_id",
)
CORRECTION_COLUMNS: Final = ("event_id", "subject", "before", "after")
LINE_COLUMNS: Final = ("position", "note")
NOTICE_COLUMNS: Final = (
    "kind",
    "status",
    "revision",
    "round",
    "reason_code",
    "reason",
    "guidance",
    "answer_by",
    "new_due_at",
    "responsible_step",
    "amount",
    "drafted_by_id",
    "drafted_at",
    "approved_by_id",
    "approved_at",
    "approval_note",
    "returned_note",
    "sent_by_id",
    "sent_at",
    "delivery",
    "cancelled_by_id",
    "cancelled_at",
    "cancel_reason",
    "unit_id",
    "year",
    "position",
    "event_id",
)
ITEM_COLUMNS: Final = (
    "notice__kind",
    "notice__drafted_at",
    "position",
    "paper_id",
    "name",
    "flaw",
    "reason",
    "source_failed",
)
NOTE_COLUMNS: Final = ("officer_id", "at", "text")
MESSAGE_COLUMNS: Final = ("officer_id", "at", "text", "delivery", "first_read_at")
INSPECTION_COLUMNS: Final = (
    "agency_id",
    "step_code",
    "place",
    "starts_at",
    "ends_at",
    "participants",
    "status",
    "planned_by_id",
    "planned_at",
    "minutes",
    "minutes_file_id",
    "cancel_reason",
    "closed_by_id",
    "closed_at",
)
INSPECTOR_COLUMNS: Final = ("inspection__planned_at", "inspection__starts_at", "officer_id")
LIST_COLUMNS: Final = (
    "unit_id",
    "to_agency_id",
    "year",
    "position",
    "made_at",
    "officer_id",
    "confirmed_at",
    "confirmed_by_id",
)
ENCLOSURE_COLUMNS: Final = ("attachment_id", "event_id")
# By the name `seal_of_values` gives it: each table, and the way from its rows to their dossiers.
_SEALED: Final = {
    "receipt": (Receipt, "dossiers", RECEIPT_COLUMNS),
    "issues": (ReceiptIssue, "receipt__dossiers", ISSUE_COLUMNS),
    "payments": (Payment, "dossier", CASH_COLUMNS),
    "files": (Attachment, "dossier", FILE_COLUMNS),
    "corrections": (Correction, "dossier", CORRECTION_COLUMNS),
    "lines": (
        HandOverLine,
        "dossier",
        (*LINE_COLUMNS, *(f"hand_over_list__{column}" for column in LIST_COLUMNS)),
    ),
    "enclosures": (Enclosure, "attachment__dossier", ENCLOSURE_COLUMNS),
    "notices": (Notice, "dossier", NOTICE_COLUMNS),
    "notice_items": (NoticeItem, "notice__dossier", ITEM_COLUMNS),
    "internal_notes": (InternalNote, "dossier", NOTE_COLUMNS),
    "messages": (ApplicantMessage, "dossier", MESSAGE_COLUMNS),
    "inspections": (Inspection, "dossier", INSPECTION_COLUMNS),
    "inspectors": (Inspector, "inspection__dossier", INSPECTOR_COLUMNS),
}


def seal_of_values(
    number: str | None,
    *,
    receipt: Iterable[Values] = (),
    issues: Iterable[Values] = (),
    payments: Iterable[Values] = (),
    files: Iterable[Values] = (),
    corrections: Iterable[Values] = (),
    lines: Iterable[Values] = (),
    **later: Iterable[Values],
) -> str:
    """Return the seal over the rows of the dossier with this number.

    Each row is in the order of its columns above, a line followed by its list's. The order in
    which the rows of one table come makes no difference. Tables that came `later` are spoken of
    only where a dossier has rows of them, so that seals taken before stay what they are.
    """
    tables = (receipt, issues, payments, files, corrections, lines)
    content: list[object] = [number, *map(_plain_rows, tables)]
    content += [[name, rows] for name in sorted(later) if (rows := _plain_rows(later[name]))]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain_rows(rows: Iterable[Values]) -> list[list[str]]:
    return sorted([plain(value) for value in row] for row in rows)


def seal_when_received(
    dossier: Dossier, *, issue: ReceiptIssue | None, payments: Iterable[Payment]
) -> str:
    """Return the seal of a dossier about to be written, its receipt issued this once if at all."""
    return seal_of_values(
        dossier.number,
        receipt=[values_of(issue.receipt, RECEIPT_COLUMNS)] if issue else (),
        issues=[values_of(issue, ISSUE_COLUMNS)] if issue else (),
        payments=[values_of(payment, CASH_COLUMNS) for payment in payments],
    )


def stored_seals(dossiers: QuerySet[Dossier]) -> dict[int, str]:
    """Return what the seal of each of these dossiers should be as its rows are stored now."""
    keys = dossiers.order_by().values("pk")
    found: dict[int, dict[str, list[Values]]] = defaultdict(lambda: defaultdict(list))
    for name, (model, dossier, columns) in _SEALED.items():
        rows = model._default_manager.filter(**{f"{dossier}__in": keys}).order_by()
        for key, *row in rows.values_list(dossier, *columns):
            found[key][name].append(tuple(row))
    numbers = dossiers.order_by().values_list("pk", "number")
    return {key: seal_of_values(number, **found[key]) for key, number in numbers}
