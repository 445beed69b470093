"""People at two counters at once: their rows are locked in one order, whoever is named first."""

import threading

import pytest
from django.db import transaction

from motcua.applicants.models import Applicant
from motcua.dossiers.services.people import PartyFacts, remember
from tests.dossiers.receiving import at_the_same_instant, one_writer

FIRST, SECOND = "003200000001", "003200000002"


def said_of(*numbers):
    return [PartyFacts(full_name=f"Nguyễn Văn {number}", personal_id=number) for number in numbers]


@one_writer
@pytest.mark.django_db(transaction=True)
def test_who_waits_for_the_first_person_holds_no_other():
    remember(said_of(FIRST, SECOND))

    @transaction.atomic
    def remember_backwards():
        return sorted(remember(said_of(SECOND, FIRST)))

    waiting = threading.Thread(target=at_the_same_instant, args=(remember_backwards,))
    people = Applicant.objects.select_for_update(nowait=True)
    with transaction.atomic():
        people.get(personal_id=FIRST)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive(), "it waits for the first"
        people.get(personal_id=SECOND)  # raises where somebody has it
    waiting.join()
