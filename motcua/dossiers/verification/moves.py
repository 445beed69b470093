"""The lines of approved changes against the acts they list: who was moved, from when to when."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from motcua.domain.history import advance
from motcua.domain.projection import ACT_OF_CHANGE, ChangeKind, move_of
from motcua.domain.snapshot import Snapshot
from motcua.domain.terms import Terms
from motcua.dossiers.services.ledger import happening_of
from motcua.dossiers.verification.reading import Row

MOVE: Final = (
    "event_position",
    "unit_id",
    "old_due_at",
    "new_due_at",
    "old_step_due_at",
    "new_step_due_at",
    "change__kind",
    "change__reason",
    "change__legal_basis",
    "change__edition",
    "change__excused_from",
    "change__excused_until",
    "change__approved_by_id",
)
_DATES: Final = ("old_due_at", "new_due_at", "old_step_due_at", "new_step_due_at")


def differences(
    lines: Iterable[Row], events: Sequence[Any], terms: Terms, *, unit: int
) -> Iterator[str]:
    """Yield what the dossier's lines on lists of moved promises say otherwise than its events.

    Raises what `advance` raises.
    """
    done = {line[0]: dict(zip(MOVE, line, strict=True)) for line in lines if line[0] is not None}
    if not done:
        return
    now = Snapshot()
    for event in events:
        what = happening_of(event)
        before, now = now, advance(now, what, terms)
        line = done.pop(event.position, None)
        if line is None:
            continue
        name = f"dòng điều chỉnh hẹn trả của sự kiện {event.position}"
        if what.action is not ACT_OF_CHANGE[ChangeKind(line["change__kind"])]:
            yield f"{name}: sự kiện đó là việc khác"
            continue
        if line["unit_id"] != unit:
            yield f"{name}: unit_id ghi {line['unit_id']}, hồ sơ của {unit}"
        moved = move_of(before, now)
        for column in _DATES:
            expected = getattr(moved, column)
            if line[column] != expected:
                yield f"{name}: {column} ghi {line[column]}, sự kiện nói {expected}"
        said = (
            f"{line['change__reason']}. {line['change__legal_basis']}",
            line["change__edition"],
            line["change__excused_from"],
            line["change__excused_until"],
            line["change__approved_by_id"],
        )
        if said != (
            what.note,
            what.edition,
            what.excused_from,
            what.excused_until,
            what.officer,
        ):
            yield f"{name}: lý do, lịch, thời gian hoặc người duyệt không còn như lúc duyệt"
    for position in done:
        yield f"dòng điều chỉnh hẹn trả chỉ đến sự kiện {position}, không có"
