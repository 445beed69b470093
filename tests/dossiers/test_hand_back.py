"""Papers of what ended unsettled: fetched once, where they were received, and by whom is kept."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from motcua.agencies.models import Agency, OneStopUnit
from motcua.domain.dossier import CLOCK, ENDED_UNSETTLED, Action, ActionNotAllowed, Clock, State
from motcua.domain.history import HandedBackAlready
from motcua.domain.responsibility import shares
from motcua.domain.snapshot import Happening
from motcua.dossiers.facts import digest_of_stored
from motcua.dossiers.models import DayBook, Dossier, HandBack, Result
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, results
from motcua.dossiers.services.results import Collector, PapersFetched, hand_papers_back
from motcua.dossiers.verification import verify
from tests.web.workspace.conftest import add_officer, world  # noqa: F401
from tests.web.workspace.roads import PLACES, placed
from tests.world import MORNING

ENDED = ("sent back", "withdrawn", "discontinued")
SON = Collector(full_name=" Lê Văn  Ba ", personal_id="003200000002", note="Con")


def fetch(world, dossier, *, role="reception", collector=SON, hours=2, **how):
    return hand_papers_back(
        dossier_id=dossier.pk,
        collector=collector,
        officer=world.officers[role],
        at=MORNING + timedelta(hours=hours),
        **how,
    )


@pytest.mark.parametrize("place", ENDED)
def test_who_fetched_the_papers_stands_in_the_chain_and_nothing_else_moves(world, place):
    dossier = placed(world, place)
    before = {name: getattr(dossier, name) for name in ledger.REPEATED}
    days = list(DayBook.objects.values())
    dossier = fetch(world, dossier, seen_revision=dossier.revision)
    kept = HandBack.objects.get()
    event = dossier.events.last()
    assert (kept.collector_name, kept.collector_id, kept.collector_note) == (
        "Lê Văn Ba",
        "003200000002",
        "Con",
    )
    assert kept.event == event and event.action == Action.HAND_BACK
    assert event.facts == digest_of_stored(Dossier.objects.get())
    assert {name: getattr(dossier, name) for name in ledger.REPEATED} == before
    assert list(DayBook.objects.values()) == days
    assert not Result.objects.exists(), "a dossier without a result does not look like having one"
    assert verify(settings.FILES).first == []


def test_the_second_hand_back_is_refused_and_says_who_gave_them_to_whom(world):
    dossier = placed(world, "sent back")
    fetch(world, dossier)
    events = dossier.events.count()
    with pytest.raises(PapersFetched) as told:
        fetch(world, dossier, hours=3, collector=Collector(full_name="Kẻ Khác", personal_id="1"))
    known = told.value.known
    assert known.collector_name == "Lê Văn Ba"
    assert known.event.officer == world.officers["reception"]
    assert known.event.at == MORNING + timedelta(hours=2)
    assert dossier.events.count() == events and HandBack.objects.count() == 1


def test_the_rules_themselves_know_of_one_hand_back_only(world):
    dossier = placed(world, "sent back")
    fetch(world, dossier)
    again = Happening(
        action=Action.HAND_BACK,
        at=MORNING + timedelta(hours=3),
        agency=world.unit.agency_id,
        officer=world.officers["reception"].pk,
    )
    past = ledger.past_of(dossier.events.all(), terms_of(dossier))
    with pytest.raises(HandedBackAlready) as told:
        ledger.advance(past.snapshot, again, terms_of(dossier))
    assert told.value.at == MORNING + timedelta(hours=2)


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ENDED])
def test_papers_are_not_handed_back_before_the_end_nor_after_a_result(world, place):
    dossier = placed(world, place)
    events = dossier.events.count()
    with pytest.raises(ActionNotAllowed):
        fetch(world, dossier)
    assert dossier.events.count() == events and not HandBack.objects.exists()


@pytest.mark.parametrize("role", ["handler", "approver", "leader", "administrator"])
def test_only_the_counter_hands_papers_back(world, role):
    dossier = placed(world, "sent back")
    with pytest.raises(ActionNotAllowed):
        fetch(world, dossier, role=role)
    assert not HandBack.objects.exists()


def test_the_counter_of_another_unit_hands_nothing_back(world):
    dossier = placed(world, "sent back")
    other = Agency.objects.create(
        code="13892", name="UBND xã Nghĩa Trung", kind="commune", valid_from=date(2016, 1, 1)
    )
    OneStopUnit.objects.create(agency=other, name="Bộ phận Một cửa xã Nghĩa Trung")
    stranger = add_officer(other, "reception", "nghiatrung.reception")
    with pytest.raises(ActionNotAllowed):
        hand_papers_back(
            dossier_id=dossier.pk, collector=SON, officer=stranger, at=MORNING + timedelta(hours=2)
        )


def test_a_page_older_than_the_dossier_hands_nothing_back(world):
    dossier = placed(world, "sent back")
    with pytest.raises(ledger.SomebodyActed):
        fetch(world, dossier, seen_revision=dossier.revision - 1)
    assert not HandBack.objects.exists()


def test_nobody_answers_for_the_time_the_papers_waited(world):
    dossier = placed(world, "sent back")
    terms = terms_of(dossier)
    before = ledger.past_of(dossier.events.all(), terms).snapshot
    fetch(world, dossier, hours=300)
    after = ledger.past_of(dossier.events.all(), terms).snapshot
    at = MORNING + timedelta(hours=600)
    assert after.holdings == before.holdings and after.steps == before.steps
    held = [shares(now, at=at, office_time=terms.office_time) for now in (before, after)]
    assert held[0] == held[1]


def test_the_ends_are_those_whose_clock_stopped_without_a_result():
    assert set(ENDED_UNSETTLED) == {State(place.replace(" ", "_")) for place in ENDED}
    assert {CLOCK[state] for state in ENDED_UNSETTLED} == {Clock.STOPPED}


def test_a_result_is_no_papers(world):
    dossier = placed(world, "ready")
    returned = results.return_to_applicant(
        dossier_id=dossier.pk,
        collector=SON,
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=2),
    )
    assert returned.state == State.RETURNED and not HandBack.objects.exists()


@pytest.mark.parametrize(
    "written",
    [{"collector_name": "Kẻ Khác"}, {"collector_id": "1"}, {"collector_note": ""}, {"event": 1}],
    ids=str,
)
def test_verify_names_the_dossier_whose_collector_was_rewritten(world, written):
    dossier = placed(world, "sent back")
    fetch(world, dossier)
    if "event" in written:
        written = {"event": dossier.events.first()}
    HandBack.objects.update(**written)
    found = verify(settings.FILES).first
    assert [words for words in found if words.startswith(dossier.number)], found


def test_verify_names_the_dossier_whose_collector_was_taken_away(world):
    dossier = placed(world, "sent back")
    fetch(world, dossier)
    HandBack.objects.all().delete()
    found = verify(settings.FILES).first
    assert [words for words in found if words.startswith(dossier.number)], found
