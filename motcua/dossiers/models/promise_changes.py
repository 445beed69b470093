"""Promises moved together: a change, the units it concerns, the dossiers it moves."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import CalendarDraft, Officer, OneStopUnit
from motcua.domain.projection import ChangeKind, ChangeStatus, Outcome
from motcua.dossiers.labels import CHANGE_KIND_LABELS, CHANGE_STATUS_LABELS, OUTCOME_LABELS
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.dossier import Dossier

_LIVE = codes([ChangeStatus.DRAFT, ChangeStatus.PROPOSED])


class PromiseChange(models.Model):
    """Điều chỉnh hẹn trả: a new calendar, or days that do not count, for many dossiers at once.

    Nothing moves before a leader approves it. `units` are those force majeure befell; a calendar
    is every unit's. What it did stands in the events of the dossiers.
    """

    kind = models.CharField("loại", max_length=16, choices=choices(CHANGE_KIND_LABELS))
    status = models.CharField("tình trạng", max_length=12, choices=choices(CHANGE_STATUS_LABELS))
    revision = models.PositiveIntegerField("lần ghi", default=0)
    units = models.ManyToManyField(OneStopUnit, related_name="promise_changes")
    calendar_draft = models.ForeignKey(
        CalendarDraft, models.PROTECT, null=True, related_name="promise_changes"
    )
    edition = models.PositiveIntegerField("lịch công bố lần", null=True)
    excused_from = models.DateTimeField("không tính từ", null=True)
    excused_until = models.DateTimeField("không tính đến", null=True)
    reason = models.CharField("lý do", max_length=255)
    legal_basis = models.CharField("căn cứ", max_length=255)
    listed_at = models.DateTimeField("lập danh sách lúc")
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("trình lúc", null=True)
    returned_note = models.CharField("lý do chuyển lại", max_length=500, blank=True)
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    cancelled_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField("hủy lúc", null=True)

    class Meta:
        verbose_name = "điều chỉnh hẹn trả"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="promise_change_kind_is_known", condition=Q(kind__in=codes(ChangeKind))
            ),
            models.CheckConstraint(
                name="promise_change_says_what",
                condition=Q(
                    kind="calendar",
                    calendar_draft__isnull=False,
                    excused_from=None,
                    excused_until=None,
                )
                | Q(
                    kind="force_majeure",
                    calendar_draft=None,
                    edition=None,
                    excused_from__isnull=False,
                    excused_until__gt=F("excused_from"),
                ),
            ),
            models.CheckConstraint(
                name="promise_change_approved_by_somebody",
                condition=Q(
                    status="approved",
                    proposed_at__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                )
                | (
                    Q(status__in=["draft", "proposed", "cancelled"])
                    & Q(approved_by=None, approved_at=None, edition=None)
                ),
            ),
            models.UniqueConstraint(
                name="promise_change_one_live_of_a_draft",
                fields=["calendar_draft"],
                condition=Q(status__in=_LIVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class PromiseMove(models.Model):
    """Dòng của điều chỉnh: the old and the new date of one dossier.

    `new_due_at` is nothing for a dossier whose clock is paused. `listed_due_at` is the new date
    the leader saw where it was counted again at approval; `event_position` the act that moved it.
    """

    change = models.ForeignKey(PromiseChange, models.CASCADE, related_name="moves")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="promise_moves")
    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="+", db_index=False)
    old_due_at = models.DateTimeField("hẹn cũ")
    new_due_at = models.DateTimeField("hẹn mới", null=True)
    old_step_due_at = models.DateTimeField("bước phải xong cũ", null=True)
    new_step_due_at = models.DateTimeField("bước phải xong mới", null=True)
    listed_due_at = models.DateTimeField("hẹn mới khi lập danh sách", null=True)
    outcome = models.CharField("kết quả", max_length=12, choices=choices(OUTCOME_LABELS))
    event_position = models.PositiveIntegerField("sự kiện thứ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="promise_move_once", fields=["change", "dossier"]),
            models.CheckConstraint(
                name="promise_move_outcome_is_known", condition=Q(outcome__in=codes(Outcome))
            ),
            models.CheckConstraint(
                name="promise_move_done_names_its_act",
                condition=Q(
                    outcome__in=["applied", "recounted", "added"], event_position__isnull=False
                )
                | Q(outcome__in=["listed", "left_out"], event_position=None),
            ),
        ]
        indexes = [
            models.Index(name="promise_move_by_unit", fields=["change", "unit", "old_due_at"])
        ]
