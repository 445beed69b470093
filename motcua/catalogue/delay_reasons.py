"""The reasons for a delay that letters may give: those of the product and those added here."""

from uuid import uuid4

from motcua.catalogue.models import AddedDelayReason
from motcua.domain.delay import SHIPPED, Answerable, DelayReason
from motcua.domain.vietnamese import fold, tidy


class SaidAlready(Exception):
    """A reason of this sentence is on the list; `known` is it."""

    def __init__(self, known: DelayReason) -> None:
        super().__init__(known.code)
        self.known = known


class LastReason(Exception):
    """Without it, no reason would be left to choose."""


def all_reasons() -> list[tuple[DelayReason, bool]]:
    """Return every reason, offered or not: the product's, then those added, in their order."""
    added = {row.code: row for row in AddedDelayReason.objects.order_by("pk")}
    shipped = [
        (reason, added.pop(reason.code).is_offered if reason.code in added else True)
        for reason in SHIPPED
    ]
    return shipped + [(_value(row), row.is_offered) for row in added.values()]


def offered() -> list[DelayReason]:
    """Return the reasons a letter may give today."""
    return [reason for reason, is_offered in all_reasons() if is_offered]


def by_code() -> dict[str, DelayReason]:
    """Return every reason a letter may ever have given, by its code."""
    return {reason.code: reason for reason, _is_offered in all_reasons()}


def add(*, sentence: str, answerable: Answerable) -> DelayReason:
    """Put one more reason on the list; one that was taken off comes back.  Raises SaidAlready."""
    said = tidy(sentence)
    said = said if said.endswith(".") else f"{said}."
    for reason, is_offered in all_reasons():
        if fold(reason.sentence) != fold(said):
            continue
        if is_offered:
            raise SaidAlready(reason)
        return _set(reason, is_offered=True)
    row = AddedDelayReason.objects.create(
        code=f"own_{uuid4().hex[:12]}", sentence=said, answerable=answerable.value
    )
    return _value(row)


def withdraw(code: str) -> DelayReason:
    """Take a reason off the list; letters sent keep it.  Raises LastReason, KeyError."""
    reason = by_code()[code]
    if offered() == [reason]:
        raise LastReason
    return _set(reason, is_offered=False)


def _set(reason: DelayReason, *, is_offered: bool) -> DelayReason:
    AddedDelayReason.objects.update_or_create(
        code=reason.code,
        defaults={
            "sentence": reason.sentence,
            "answerable": reason.answerable.value,
            "is_offered": is_offered,
        },
    )
    return reason


def _value(row: AddedDelayReason) -> DelayReason:
    return DelayReason(code=row.code, sentence=row.sentence, answerable=Answerable(row.answerable))
