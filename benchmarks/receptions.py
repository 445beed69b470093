"""Receptions per second: over HTTP with 1 and 8 clients, by the service alone, and the floor."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from statistics import median
from time import perf_counter

from benchmarks import floor
from benchmarks.client import Client
from benchmarks.table import Row

ACCOUNT = "lieu-de.reception"
PROCEDURE = "1.001193"
EACH = 40
RUNS = 3


def over_http(address: str, clients: int) -> float:
    """Return receptions per second: the median of three runs."""
    visitors = [Client(address, ACCOUNT) for _ in range(clients)]
    secrets = [Client.form(visitor.get("/counter/")) for visitor in visitors]

    def work(index: int) -> None:
        for turn in range(EACH):
            visitors[index].post("/counter/", _form(secrets[index], index * EACH + turn))

    rates = []
    for _ in range(RUNS):
        began = perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(work, range(clients)))
        rates.append(clients * EACH / (perf_counter() - began))
    return median(rates)


def in_process(number: int = 200) -> tuple[float, float]:
    """Return receptions per second by the service alone, and by the plain driver."""
    receive = _service()
    receive(0)
    began = perf_counter()
    for index in range(number):
        receive(index)
    by_service = number / (perf_counter() - began)
    return by_service, floor.per_second(floor.taken_down(receive, number))


def measure(address: str, engine: str) -> list[Row]:
    """Return the rows of the table."""
    one, eight = over_http(address, 1), over_http(address, 8)
    by_service, by_driver = in_process()
    bound = f"floor {by_driver:,.0f} / s"
    return [
        Row(f"receptions over HTTP, 1 client, {engine}", f"{one:,.0f} / s", bound),
        Row(f"receptions over HTTP, 8 clients of one unit, {engine}", f"{eight:,.0f} / s", bound),
        Row(f"receptions by the service alone, {engine}", f"{by_service:,.0f} / s", bound),
        Row(f"the same SQL by the plain driver, {engine}", f"{by_driver:,.0f} / s", "the floor"),
    ]


def _form(secret: dict[str, str], turn: int) -> dict[str, str]:
    kinds, counts = {}, {}
    for position, is_shown_only in _papers().items():
        kinds[f"paper_{position}_kind"] = "shown" if is_shown_only else "original"
        counts[f"paper_{position}_count"] = "1"
    return {
        "csrfmiddlewaretoken": secret["csrfmiddlewaretoken"],
        "token": str(uuid.uuid4()),
        "earlier": "",
        "person_id": f"00319900{turn % 10_000:04d}",
        "person_name": "Nguyễn Thị Huỳnh Ngọc",
        "person_born": "17/03/1990",
        "person_address": "Xóm 3, thị trấn Liễu Đề",
        "person_phone": "0100000001",
        "procedure": PROCEDURE,
        "sets": "1",
        "return_channel": "counter",
        "do": "accept",
        **kinds,
        **counts,
    }


@cache
def _papers() -> dict[int, bool]:
    """Return the papers of the procedure by position, and whether each is only shown."""
    from motcua.catalogue.models import RequiredDocument

    asked = RequiredDocument.objects.filter(version__procedure__code=PROCEDURE)
    return dict(asked.values_list("position", "is_shown_only"))


def _service():
    from motcua.agencies.models import Officer
    from motcua.catalogue.models import ProcedureVersion
    from motcua.clock import now
    from motcua.domain.checklist import Mark, Presented
    from motcua.dossiers.services.people import PartyFacts
    from motcua.dossiers.services.reception import Filing, receive_together

    officer = Officer.objects.select_related("agency__unit", "counter").get(user__username=ACCOUNT)
    version = ProcedureVersion.objects.select_related("procedure").get(procedure__code=PROCEDURE)
    began = now()

    def receive(index: int) -> None:
        owner = PartyFacts(
            full_name="Nguyễn Thị Huỳnh Ngọc",
            personal_id=f"00319900{index % 10_000:04d}",
            phone="0100000001",
            address="Xóm 3, thị trấn Liễu Đề",
        )
        papers = tuple(
            Presented(position=position, mark=Mark.SHOWN)
            if is_shown_only
            else Presented(position=position, originals=1)
            for position, is_shown_only in _papers().items()
        )
        receive_together(
            unit=officer.agency.unit,
            counter=officer.counter,
            filings=[Filing(version=version, owner=owner, papers=papers)],
            officer=officer,
            at=began + timedelta(milliseconds=index),
            token=uuid.uuid4(),
        )

    return receive
