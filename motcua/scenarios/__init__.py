"""Worlds to try the product in, and the year that is replayed into them."""

from typing import Final

# Only accounts of a replayed home have it; the sign-in page of such a home shows it.
DEMO_PASSWORD: Final = "mot-cua-2021"  # noqa: S105 - shown on the page, guards synthetic people
