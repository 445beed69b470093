"""The one place that knows what time it is. Only web/ and commands may ask."""

import os
from datetime import datetime, timedelta
from time import time

from motcua.domain.calendar import OFFICE_ZONE


class ClockWrong(Exception):
    """The variables of a demo's clock cannot be read; the text says what to do."""


START = "MOTCUA_CLOCK_START"
ANCHOR = "MOTCUA_CLOCK_ANCHOR"


def now() -> datetime:
    """Return this instant in office time.

    A demo starts the clock at another moment: MOTCUA_CLOCK_START is that moment (ISO 8601,
    office time when it names no zone) and MOTCUA_CLOCK_ANCHOR the Unix time, in seconds, at
    which the clock showed it. Both are set together by `start_at`.

    Raises ClockWrong where they are not of this kind.
    """
    start = os.environ.get(START)
    if start is None:
        return datetime.fromtimestamp(time(), OFFICE_ZONE)
    try:
        elapsed = timedelta(seconds=time() - float(os.environ[ANCHOR]))
        return _aware(datetime.fromisoformat(start)) + elapsed
    except (KeyError, ValueError, OverflowError):
        raise ClockWrong(
            f"{START} là một thời điểm YYYY-MM-DDTHH:MM và {ANCHOR} là giây Unix, không phải "
            f"{start!r} và {os.environ.get(ANCHOR, '')!r}. Bỏ cả hai biến: dùng đồng hồ của máy"
        ) from None


def start_at(moment: datetime) -> None:
    """Let the clock of this process and of the processes it starts run from `moment`."""
    os.environ[START] = moment.isoformat()
    os.environ[ANCHOR] = repr(time())


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=OFFICE_ZONE) if moment.tzinfo is None else moment
