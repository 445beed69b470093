"""What tests of the services behind the counter do: receive, verify, act at the same instant."""

import threading
import uuid

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.dossiers.services.reception import receive_together
from tests.world import MORNING

one_writer = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
)


def together(world, *filings, token=None, at=MORNING):
    """Receive these filings on one receipt."""
    return receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=filings,
        officer=world.officers["reception"],
        at=at,
        token=token or uuid.uuid4(),
    )


def verified(capsys):
    """Whether verify finds that rows and events agree."""
    call_command("verify")
    return "0 khác biệt" in capsys.readouterr().out


def at_the_same_instant(*works):
    """Do each of the works in a thread of its own; return what they answered."""
    gate = threading.Barrier(len(works))
    answers, problems = [], []

    def do(work):
        try:
            gate.wait()
            answers.append(work())
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return answers
