"""Dossiers of the small world brought to each state, and officers who open pages."""

from django.test import Client

from motcua.domain.dossier import Action, State
from tests.world import APPROVED, HANDED, MORNING, PROPOSED, READY, RETURNED, TAKEN, walk

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


def placed(world, place):
    return walk(world, world.receive(at=MORNING), PLACES[place])


def signed_in(officer):
    client = Client()
    client.force_login(officer.user)
    return client
