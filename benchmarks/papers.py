"""PDFs per second: receipts all different, one thread; the typesetter remembers equal ones."""

from statistics import median
from time import perf_counter

from benchmarks.table import Row

NUMBER = 60


def measure() -> list[Row]:
    """Return receipts per second, their SQL and QR included, and the time of the first."""
    from motcua.dossiers import papers
    from motcua.dossiers.models import Receipt

    receipts = list(Receipt.objects.order_by("pk").values_list("pk", flat=True)[: NUMBER * 3 + 1])

    def print_one(key: int) -> None:
        receipt = Receipt.objects.get(pk=key)
        papers.receipt(receipt, lookup_address="http://127.0.0.1:8000/lookup/")

    began = perf_counter()
    print_one(receipts[0])
    first = perf_counter() - began
    rates = []
    for run in range(3):
        keys = receipts[1 + run * NUMBER : 1 + (run + 1) * NUMBER]
        began = perf_counter()
        for key in keys:
            print_one(key)
        rates.append(len(keys) / (perf_counter() - began))
    return [
        Row("receipts as PDF, all different, one thread", f"{median(rates):,.0f} / s"),
        Row("the first receipt of a process", f"{first * 1000:,.0f} ms"),
    ]
