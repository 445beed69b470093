"""What a dossier's rows say besides its events, in one canonical text with its SHA-256.

Each event that changes one of these rows carries the digest of all of them, so that a row
changed behind the product's back shows.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from motcua.dossiers.models import Dossier, HandBack, Paper, Party, Payment, Result

DOSSIER_COLUMNS: Final = (
    "number",
    "unit_id",
    "competent_agency_id",
    "version_id",
    "case_id",
    "calendar_edition",
    "channel",
    "applicant_name",
    "subject",
    "sets",
    "quantity",
    "return_channel",
    "fee_total",
    "register_year",
    "register_position",
    "answers",
)
PARTY_COLUMNS: Final = (
    "role",
    "full_name",
    "personal_id",
    "phone",
    "email",
    "address",
    "born_on",
    "sex",
)
PAPER_COLUMNS: Final = (
    "position",
    "name",
    "originals",
    "certified",
    "photocopies",
    "mark",
    "note",
)
PAYMENT_COLUMNS: Final = ("name", "amount")
RESULT_COLUMNS: Final = (
    "number",
    "signed_on",
    "signer",
    "collector_name",
    "collector_id",
    "collector_note",
)
HAND_BACK_COLUMNS: Final = ("collector_name", "collector_id", "collector_note")

Values = tuple[object, ...]
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def digest_of_values(
    dossier: Values,
    parties: Iterable[Values],
    papers: Iterable[Values],
    payments: Iterable[Values],
    result: Values | None,
    hand_back: Values | None = None,
) -> str:
    """Return the SHA-256 of the values, each in the order of its columns above.

    The order in which the rows of one table come makes no difference. Papers that nobody fetched
    and questions that nobody asked are not spoken of, so that digests taken before there were
    such stay what they are.
    """
    [digest] = digests_of_values(dossier, parties, papers, payments, [result], hand_back)
    return digest


def digests_of_values(
    dossier: Values,
    parties: Iterable[Values],
    papers: Iterable[Values],
    payments: Iterable[Values],
    results: Iterable[Values | None],
    hand_back: Values | None = None,
) -> list[str]:
    """Return the digest with each of these results in turn, all else being equal."""
    said = [plain(value) for value in dossier]
    if said[-1:] == [""]:
        said.pop()  # no answers: see above
    content = [
        said,
        *(
            sorted([plain(value) for value in row] for row in table)
            for table in (parties, papers, payments)
        ),
    ]
    common = hashlib.sha256(canonical(content)[:-1].encode())
    fetched = "" if hand_back is None else f",{canonical([plain(value) for value in hand_back])}"
    digests = []
    for result in results:
        whole = common.copy()
        row = None if result is None else [plain(value) for value in result]
        whole.update(f",{canonical(row)}{fetched}]".encode())
        digests.append(whole.hexdigest())
    return digests


def digest_of_rows(
    dossier: Dossier,
    *,
    parties: Iterable[Party],
    papers: Iterable[Paper],
    payments: Iterable[Payment],
    result: Result | None,
    hand_back: HandBack | None = None,
) -> str:
    """Return the digest of rows in memory, saved or not."""
    return digest_of_values(
        values_of(dossier, DOSSIER_COLUMNS),
        [values_of(party, PARTY_COLUMNS) for party in parties],
        [values_of(paper, PAPER_COLUMNS) for paper in papers],
        [values_of(payment, PAYMENT_COLUMNS) for payment in payments],
        None if result is None else values_of(result, RESULT_COLUMNS),
        None if hand_back is None else values_of(hand_back, HAND_BACK_COLUMNS),
    )


def digest_of_stored(
    dossier: Dossier, *, result: Result | None = None, hand_back: HandBack | None = None
) -> str:
    """Return the digest of the dossier in memory with its rows as stored now.

    `result` and `hand_back` stand in for the stored ones where they are about to be written.
    """
    return digest_of_rows(
        dossier,
        parties=dossier.parties.all(),
        papers=dossier.papers.all(),
        payments=dossier.payments.all(),
        result=result or Result.objects.filter(dossier=dossier).first(),
        hand_back=hand_back or HandBack.objects.filter(dossier=dossier).first(),
    )


def values_of(row: object, columns: tuple[str, ...]) -> Values:
    """Return what these columns of a row in memory hold."""
    return tuple(getattr(row, column) for column in columns)


def plain(value: object) -> str:
    """Return the one way a column's value is written in a digest, instants by the world's clock."""
    if isinstance(value, date):
        return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()
    return "" if value is None else str(value)


def canonical(content: object) -> str:
    """Return the text that a digest is taken of."""
    return _ENCODER.encode(content)
