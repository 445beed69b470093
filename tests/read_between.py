"""Read a home while the office acts between any two statements of the reading.

Usage: python -m tests.read_between front | report | verify        (MOTCUA_HOME names the home)

A counter in another process acts and commits after every statement the reading sends, so that a
reading that is not of one instant shows. What was read is printed as JSON.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager


def main(what: str) -> None:
    """Read `what` and print it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    import django

    django.setup()
    read = {"front": _front, "report": _report, "verify": _verify}[what]
    with _office() as act, _acting_between(act):
        found = read()
    print(json.dumps(found))


@contextmanager
def _office():
    """Yield what makes a counter in another process act once."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.dossiers.counter_at_work", "obey"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as counter:

        def act(word):
            counter.stdin.write(f"{word}\n")
            counter.stdin.flush()
            assert counter.stdout.readline() == "done\n"

        act("receive")
        yield act
        counter.stdin.close()


@contextmanager
def _acting_between(act):
    from django.db import connection

    acts = 0

    def between(execute, sql, params, many, context):
        nonlocal acts
        result = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith("SELECT"):
            acts += 1
            act("withdraw" if acts % 2 else "receive")
        return result

    with connection.execute_wrapper(between):
        yield
    assert acts > 1, "nothing was read between which somebody could act"


def _front():
    from motcua.reports.queries import counted_since
    from tests.world import MORNING

    tally = counted_since(MORNING.date(), MORNING)["commune"]
    return {"carried_in": tally.carried_in, "received": tally.received, "open": tally.open}


def _report():
    from motcua.reports.queries import summary
    from tests.world import MORNING

    found = summary(MORNING.date(), MORNING.date())
    tally = found.total.tally
    return {"carried_in": tally.carried_in, "received": tally.received, "open": tally.open}


def _verify():
    from django.conf import settings

    from motcua.dossiers.verification import reading, verify

    # One process, whose statements are all seen; many ranges, between which somebody acts.
    os.sched_getaffinity = lambda _process: {0}
    reading.PER_RANGE = 1
    outcome = verify(settings.FILES)
    return {"first": outcome.first, "dossiers": outcome.counts["hồ sơ"]}


if __name__ == "__main__":
    main(sys.argv[1])
