"""Drafts: what is typed at the counter survives a closed browser."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Officer, OneStopUnit
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Draft, Receipt

TITLE_LENGTH = 255


class DraftElsewhere(Exception):
    """The page's token belongs to another officer."""


@transaction.atomic
def keep(
    *,
    token: uuid.UUID,
    officer: Officer,
    unit: OneStopUnit,
    title: str,
    content: Mapping[str, object],
    at: datetime,
) -> Draft | None:
    """Keep what was typed so far; None when the page was accepted or thrown away meanwhile.

    A draft never holds a number. Raises DraftElsewhere.
    """
    begun = Draft(token=token, officer=officer, unit=unit, saved_at=at)
    Draft.objects.bulk_create([begun], ignore_conflicts=True)  # another saving may have begun it
    draft = Draft.objects.select_for_update().filter(token=token).first()
    if draft is None:
        return None
    if draft.officer_id != officer.pk:
        raise DraftElsewhere(token)
    # Asked with the row in hand: an acceptance this waited for is written by now.
    if Receipt.objects.filter(token=token).exists():
        draft.delete()
        return None
    draft.title = tidy(title)[:TITLE_LENGTH]
    draft.content = dict(content)
    draft.saved_at = at
    draft.save()
    return draft


def discard(*, token: uuid.UUID, officer: Officer) -> bool:
    """Throw the officer's own draft away; whether there was one."""
    deleted, _by_model = Draft.objects.filter(token=token, officer=officer).delete()
    return bool(deleted)
