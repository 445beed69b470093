"""Vietnamese words for the codes of this shelf."""

from typing import Final

# What a version's list of assumed values may name.
ASSUMED_LABELS: Final = {
    "limit": "thời hạn",
    "documents": "giấy tờ",
    "fees": "phí, lệ phí",
    "legal_basis": "căn cứ pháp lý",
    "process": "quy trình",
}
