"""How a dossier stands against its due instant, and whether it may be extended.

Source: Decree 61/2018 art. 19 as amended by Decree 107/2021; the words of report form 06.
"""

from datetime import datetime
from enum import StrEnum

from motcua.domain.calendar import ONE_DAY, CalendarNotPublished, OfficeTime, instant, office


class Standing(StrEnum):
    """Tình trạng thời hạn."""

    WITHIN = "within"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class ExtensionFlaw(StrEnum):
    """Lý do không gia hạn được."""

    NO_DATE = "no_date"
    ALREADY_EXTENDED = "already_extended"
    NOT_LATER = "not_later"
    NO_WORKING_DAY = "no_working_day"
    ASKED_TOO_LATE = "asked_too_late"


class ExtensionRefused(Exception):
    """The dossier cannot be extended so."""

    def __init__(self, flaw: ExtensionFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class ApologyFlaw(StrEnum):
    """Lý do không xin lỗi và hẹn lại được."""

    NO_DATE = "no_date"
    NOT_LATE = "not_late"
    ALREADY_APOLOGISED = "already_apologised"
    DATE_PAST = "date_past"
    NO_WORKING_DAY = "no_working_day"


class ApologyRefused(Exception):
    """There is nothing to apologise for, or not so."""

    def __init__(self, flaw: ApologyFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def due_soon_from(due_at: datetime, office_time: OfficeTime) -> datetime:
    """Return from when a dossier counts as due soon: the opening of the working day before.

    Where the calendar begins with the due date itself, that date's opening.
    """
    day = office(due_at).date()
    try:
        return office_time.opening(office_time.last_working_day_before(day))
    except CalendarNotPublished:
        return office_time.opening(office_time.this_or_next_working_day(day))


def due_soon_before(at: datetime, office_time: OfficeTime) -> datetime | None:
    """Return the bound that parts due soon from within at `at`: an open dossier due before it is
    due soon (or overdue), one due at it or later is within. None: no due date is far enough.

    `due_soon_from` asked the other way round, once for every dossier of a unit and a calendar,
    so that lists can compare `due_at` with one instant. It is the midnight after the first
    working day that follows the last opening.
    """
    today = office(at).date()
    try:
        opened = today
        if not office_time.is_working_day(today) or at < office_time.opening(today):
            opened = office_time.last_working_day_before(today)
    except CalendarNotPublished:
        return at  # no office has opened yet, or the calendar is over and all is overdue
    try:
        last = office_time.next_working_day(opened)
    except CalendarNotPublished:
        return None
    return instant(last + ONE_DAY, 0)


def standing_open(
    *, due_at: datetime, at: datetime, office_time: OfficeTime, suspended: bool = False
) -> Standing:
    """Return how an open dossier stands at `at`: on the due instant it is still within."""
    if suspended:
        return Standing.SUSPENDED
    if at > due_at:
        return Standing.OVERDUE
    return Standing.DUE_SOON if at >= due_soon_from(due_at, office_time) else Standing.WITHIN


def standing_settled(*, due_at: datetime, settled_at: datetime) -> Standing:
    """Return how a settled dossier stands: early on an earlier date, on time up to the instant."""
    if settled_at > due_at:
        return Standing.LATE
    early = office(settled_at).date() < office(due_at).date()
    return Standing.EARLY if early else Standing.ON_TIME


def check_extension(
    *,
    due_at: datetime,
    new_due_at: datetime,
    asked_at: datetime,
    already_extended: bool,
    office_time: OfficeTime,
) -> None:
    """Raise ExtensionRefused unless this extension is lawful.

    Once per dossier, to a later working day, asked for at the latest on the last working day
    before the due date. Source: Decree 107/2021 amending Decree 61/2018 art. 19.
    """
    if already_extended:
        raise ExtensionRefused(ExtensionFlaw.ALREADY_EXTENDED)
    new_day, day = office(new_due_at).date(), office(due_at).date()
    if new_day <= day:
        raise ExtensionRefused(ExtensionFlaw.NOT_LATER)
    if not office_time.is_working_day(new_day):
        raise ExtensionRefused(ExtensionFlaw.NO_WORKING_DAY)
    if office(asked_at).date() > office_time.last_working_day_before(day):
        raise ExtensionRefused(ExtensionFlaw.ASKED_TOO_LATE)


def check_apology(
    *,
    due_at: datetime,
    announced_at: datetime,
    at: datetime,
    already_apologised: bool,
    office_time: OfficeTime,
) -> None:
    """Raise ApologyRefused unless this letter of apology may be sent.

    Once per dossier, for one that is late, announcing a later working day. The promise stays as
    it was, and so does the lateness. Source: Decree 61/2018 art. 19.
    """
    if already_apologised:
        raise ApologyRefused(ApologyFlaw.ALREADY_APOLOGISED)
    if at <= due_at:
        raise ApologyRefused(ApologyFlaw.NOT_LATE)
    if announced_at <= at:
        raise ApologyRefused(ApologyFlaw.DATE_PAST)
    if not office_time.is_working_day(office(announced_at).date()):
        raise ApologyRefused(ApologyFlaw.NO_WORKING_DAY)
