"""Drafts: what is typed at the counter survives a closed browser."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Officer, OneStopUnit
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Draft, PageSent, Receipt

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

    It replaces the officer's older drafts of the same request, left by pages given up. A draft
    never holds a number. Raises DraftElsewhere.
    """
    begun = Draft(token=token, officer=officer, unit=unit, saved_at=at)
    Draft.objects.bulk_create([begun], ignore_conflicts=True)  # another saving may have begun it
    draft = Draft.objects.select_for_update().filter(token=token).first()
    if draft is None:
        return None
    if draft.officer_id != officer.pk:
        raise DraftElsewhere(token)
    # Asked with the row in hand: an acceptance this waited for is written by now.
    if any(rows.objects.filter(token=token).exists() for rows in (Receipt, PageSent)):
        draft.delete()
        return None
    draft.title = tidy(title)[:TITLE_LENGTH]
    draft.content = dict(content)
    draft.saved_at = at
    draft.save()
    _drop_older(draft)
    return draft


def discard(*, token: uuid.UUID, officer: Officer) -> bool:
    """Throw the officer's own draft away; whether there was one."""
    deleted, _by_model = Draft.objects.filter(token=token, officer=officer).delete()
    return bool(deleted)


def discard_all(*, officer: Officer) -> int:
    """Throw all drafts of the officer away; how many there were."""
    deleted, _by_model = Draft.objects.filter(officer=officer).delete()
    return deleted


def _drop_older(draft: Draft) -> None:
    # One that is being saved right now is open on another page, and stays.
    others = Draft.objects.select_for_update(skip_locked=True).filter(officer_id=draft.officer_id)
    older = [
        other.pk
        for other in others.filter(unit_id=draft.unit_id).exclude(pk=draft.pk)
        if _is_replaced(other.content, draft.content)
    ]
    Draft.objects.filter(pk__in=older).delete()


def _is_replaced(older: Mapping[str, str], newer: Mapping[str, str]) -> bool:
    """Whether the older page says nothing the newer does not: same person, no other request."""
    who = "person_id" if newer.get("person_id") else "person_name"
    if not newer.get(who) or older.get("person_id", "") != newer.get("person_id", ""):
        return False
    if older.get(who) != newer[who]:
        return False
    said = ("procedure", "earlier", "owner_id", "owner_name", "subject")
    return all(not older.get(name) or older[name] == newer.get(name) for name in said)
