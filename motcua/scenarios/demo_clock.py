"""What a replayed home says of itself: its scenario, and when its clock starts."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max

from motcua.dossiers.models import DossierEvent
from motcua.home import HomeUnusable


def start_of(scenario_file: Path) -> datetime | None:
    """Return when the clock of this home starts; None where no scenario was replayed.

    Never before the last recorded event: what is done next comes after what was done.
    Raises HomeUnusable where what was written of the scenario cannot be read.
    """
    if not scenario_file.exists():
        return None
    try:
        start = datetime.fromisoformat(_written(scenario_file, "clock_start"))
    except (ValueError, TypeError):
        raise _unreadable(scenario_file) from None
    if start.tzinfo is None:
        raise _unreadable(scenario_file)
    last: datetime | None = DossierEvent.objects.aggregate(at=Max("at"))["at"]
    return max(start, last) if last else start


def name_of(scenario_file: Path) -> str:
    """Return the name of the scenario that was replayed into this home.  Raises HomeUnusable."""
    return str(_written(scenario_file, "scenario"))


def _written(scenario_file: Path, what: str) -> Any:
    try:
        return json.loads(scenario_file.read_text())[what]
    except (OSError, ValueError, KeyError, TypeError):
        raise _unreadable(scenario_file) from None


def _unreadable(scenario_file: Path) -> HomeUnusable:
    return HomeUnusable(
        f"không đọc được {scenario_file} nên không biết bản dùng thử đang ở ngày nào. Chép lại "
        "tệp ấy từ bản sao lưu, hoặc dựng bản dùng thử ở nơi khác: motcua demo --home THƯ_MỤC_MỚI"
    )
