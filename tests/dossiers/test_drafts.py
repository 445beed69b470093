"""Drafts: kept until their page is accepted or thrown away, whoever saves at the same instant."""

import threading
import uuid
from functools import partial

import pytest
from django.db import transaction

from motcua.dossiers.models import Draft
from motcua.dossiers.services import drafts
from motcua.dossiers.services.reception import PapersMissing
from tests.dossiers.receiving import at_the_same_instant, one_writer, together
from tests.world import MORNING, next_town


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


def test_a_draft_begun_at_another_unit_is_kept(world):
    elsewhere = next_town()
    for unit in (world.unit, elsewhere):
        drafts.keep(
            token=uuid.uuid4(),
            officer=world.officers["reception"],
            unit=unit,
            title="Nguyễn Thị Như",
            content={"person_name": "Như"},
            at=MORNING,
        )
    assert {draft.unit for draft in Draft.objects.all()} == {world.unit, elsewhere}


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
