"""A dossier's seal is made anew by whoever writes what it covers, whoever else writes meanwhile."""

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from motcua.domain.dossier import Action
from motcua.domain.snapshot import Happening
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import attachments, hand_over, ledger
from motcua.dossiers.verification import verify
from motcua.gateways.archive import Archive
from tests.gateways.made_files import pdf
from tests.world import MORNING, build


def attach(world, dossier):
    kept = attachments.keep(pdf(), name="to khai.pdf", archive=Archive(settings.FILES))
    return attachments.record(
        dossier, kept, kind="paper", officer=world.officers["reception"], at=MORNING
    )


def hand(world, *dossiers):
    keys = [dossier.pk for dossier in dossiers]
    [made] = hand_over.hand_over(
        unit=world.unit, dossier_ids=keys, officer=world.officers["reception"], at=MORNING
    ).lists
    return made


def test_what_was_stored_before_there_were_seals_is_sealed_as_it_stands(world):
    first, second = world.receive(), world.receive()
    attach(world, first)
    hand(world, first, second)
    sealed = list(Dossier.objects.order_by("pk").values_list("seal", flat=True))
    Dossier.objects.update(seal="")
    assert len(verify(settings.FILES).first) == 2
    migration = import_module("motcua.dossiers.migrations.0008_dossiers_are_sealed")
    migration.seal_all(apps, None)
    assert list(Dossier.objects.order_by("pk").values_list("seal", flat=True)) == sealed
    assert verify(settings.FILES).first == []


def test_an_act_keeps_the_seal_made_since_its_dossier_was_read(world):
    dossier = world.receive()
    read_before = Dossier.objects.get(pk=dossier.pk)
    attach(world, dossier)
    ledger.record(
        read_before,
        Happening(action=Action.WITHDRAW, at=MORNING, agency=world.unit.agency_id, note="Rút"),
        terms=terms_of(read_before),
    )
    assert verify(settings.FILES).first == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_a_file_and_a_confirmation_that_cross_are_both_sealed(transactional_db):
    world = build()
    dossier = world.receive()
    made = hand(world, dossier)
    problems = []

    def confirm():
        try:
            hand_over.confirm(
                list_id=made.pk,
                missing={made.lines.get().pk: "Chưa thấy"},
                officer=world.officers["handler"],
                at=MORNING + timedelta(minutes=1),
            )
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    confirming = threading.Thread(target=confirm)
    with transaction.atomic():
        attach(world, dossier)
        confirming.start()
        confirming.join(0.5)
    confirming.join()
    assert problems == []
    assert made.lines.get().note == "Chưa thấy"
    assert verify(settings.FILES).first == []
