"""One counter of the small world receiving without a break, in a process of its own.

Usage: python -m tests.dossiers.counter_at_work build | receive N | obey | letters
(N 0: without end)

Each number is printed after its transaction: whoever reads it knows that it was promised.
`obey` reads one act a line, `receive` or `withdraw`, and answers each with one line. `letters`
prints the kind of every notice there is.
"""

import itertools
import os
import sys
import uuid


def main(words: list[str]) -> None:
    """Build the small world in the home, or receive in it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    import django

    django.setup()
    if words == ["build"]:
        from django.core.management import call_command

        from tests.world import build

        call_command("migrate", verbosity=0)
        build()
        return
    if words == ["letters"]:
        from motcua.dossiers.models import Notice

        print(*Notice.objects.values_list("kind", flat=True))
        return
    if words == ["obey"]:
        for line in sys.stdin:
            _withdraw() if line == "withdraw\n" else _receive()
            print("done", flush=True)
        return
    number = int(words[1])
    for _turn in range(number) if number else itertools.count():
        for dossier in _receive().dossiers.all():
            print(dossier.number, flush=True)


def _receive():
    from motcua.agencies.models import Counter, Officer, OneStopUnit
    from motcua.catalogue.models import ProcedureVersion
    from motcua.domain.fee import FeeKind, FeeLine
    from motcua.dossiers.services.reception import receive_together
    from tests.world import MORNING, World

    officer = Officer.objects.get(user__username="lieude.reception")
    world = World(
        OneStopUnit.objects.select_related("agency").get(),
        Counter.objects.get(),
        ProcedureVersion.objects.get(),
        {"reception": officer},
    )
    fee = FeeLine(name="Lệ phí", kind=FeeKind.CHARGE, quantity=1, amount=8000)
    return receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[world.filing(fees=(fee,)), world.filing(name="Đỗ Văn Hai")],
        officer=officer,
        at=MORNING,
        token=uuid.uuid4(),
    )


def _withdraw():
    from motcua.agencies.models import Officer
    from motcua.domain.dossier import Action
    from motcua.dossiers.models import Dossier
    from tests.world import MORNING, done

    done(
        Dossier.objects.filter(state="received").order_by("pk").first(),
        Action.WITHDRAW,
        officer=Officer.objects.get(user__username="lieude.reception"),
        at=MORNING,
        note="Công dân rút hồ sơ",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
