"""Dossiers of the small world brought to each state, and officers who open pages."""

from datetime import timedelta

from django.test import Client

from motcua.domain.dossier import Action, State
from motcua.dossiers.services.processing import act
from tests.world import MORNING

HANDED = [(Action.HAND_OVER, "reception")]
TAKEN = [*HANDED, (Action.TAKE, "handler")]
PROPOSED = [*TAKEN, (Action.PROPOSE, "handler")]
APPROVED = [*PROPOSED, (Action.APPROVE, "approver")]
READY = [*APPROVED, (Action.ISSUE_RESULT, "handler")]
RETURNED = [*READY, (Action.RETURN, "reception")]

# Where a dossier can stand, by a name for each state and each step of the office.
PLACES = {
    "received": [],
    "handed over": HANDED,
    "taken": TAKEN,
    "proposed": PROPOSED,
    "approved": APPROVED,
    "ready": READY,
    "returned": RETURNED,
    "sent back": [*PROPOSED, (Action.SEND_BACK, "approver")],
    "awaiting supplement": [*TAKEN, (Action.REQUEST_SUPPLEMENT, "handler")],
    "awaiting payment": [*TAKEN, (Action.REQUEST_PAYMENT, "handler")],
    "suspended": [*PROPOSED, (Action.SUSPEND, "approver")],
    "withdrawn": [(Action.WITHDRAW, "reception")],
    "discontinued": [*PROPOSED, (Action.DISCONTINUE, "approver")],
}
UNREACHABLE = {State.SUBMITTED, State.INCOMPLETE, State.REFUSED}  # online, without a number


def walk(world, dossier, road):
    at = dossier.accepted_at
    for action, role in road:
        at += timedelta(minutes=1)
        dossier = act(
            dossier_id=dossier.pk,
            action=action,
            officer=world.officers[role],
            at=at,
            note="Lý do ghi trong hồ sơ",
        )
    return dossier


def placed(world, place):
    return walk(world, world.receive(at=MORNING), PLACES[place])


def signed_in(officer):
    client = Client()
    client.force_login(officer.user)
    return client
