"""A field inspection: planned while the dossier is at such a step, then held with minutes.

Source: on-site examination as a step of the internal process, Decree 61/2018 art. 19; the
applicant is told the day and the place beforehand.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from motcua.domain.process import StepKind


class InspectionStatus(StrEnum):
    """Tình trạng buổi kiểm tra."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class InspectionFlaw(StrEnum):
    """Lý do không ghi được buổi kiểm tra."""

    NOT_AT_SUCH_A_STEP = "not_at_such_a_step"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    NOBODY_GOES = "nobody_goes"
    PLANNED_ALREADY = "planned_already"
    OVER_ALREADY = "over_already"
    NOT_BEGUN = "not_begun"
    NO_MINUTES = "no_minutes"
    NO_REASON = "no_reason"


class InspectionRefused(Exception):
    """The appointment cannot be made, held or cancelled so."""

    def __init__(self, flaw: InspectionFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


# Steps at which somebody goes and looks.
INSPECTING: Final = frozenset({StepKind.INSPECT, StepKind.APPRAISE})


def check_plan(*, starts_at: datetime, ends_at: datetime, inspectors: int, at: datetime) -> None:
    """Raise InspectionRefused for an appointment that cannot be kept as it is said."""
    if ends_at <= starts_at:
        raise InspectionRefused(InspectionFlaw.ENDS_BEFORE_IT_BEGINS)
    if starts_at <= at:
        raise InspectionRefused(InspectionFlaw.BEGINS_IN_THE_PAST)
    if not inspectors:
        raise InspectionRefused(InspectionFlaw.NOBODY_GOES)


def check_held(
    status: InspectionStatus, *, starts_at: datetime, minutes: str, at: datetime
) -> None:
    """Raise InspectionRefused for minutes that cannot be those of this inspection."""
    if status is not InspectionStatus.PLANNED:
        raise InspectionRefused(InspectionFlaw.OVER_ALREADY)
    if at < starts_at:
        raise InspectionRefused(InspectionFlaw.NOT_BEGUN)
    if not minutes.strip():
        raise InspectionRefused(InspectionFlaw.NO_MINUTES)


def check_cancelled(status: InspectionStatus, *, reason: str) -> None:
    """Raise InspectionRefused for what cannot be cancelled, or not without a reason."""
    if status is not InspectionStatus.PLANNED:
        raise InspectionRefused(InspectionFlaw.OVER_ALREADY)
    if not reason.strip():
        raise InspectionRefused(InspectionFlaw.NO_REASON)
