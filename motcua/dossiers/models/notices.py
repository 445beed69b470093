"""What the office writes to the applicant about a dossier: data and constraints."""

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Officer, OneStopUnit
from motcua.domain.notice import LIVE, NoticeKind, NoticeStatus
from motcua.dossiers.labels import (
    DELIVERY_LABELS,
    MARK_LABELS,
    NOTICE_KIND_LABELS,
    NOTICE_STATUS_LABELS,
)
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.contents import Paper
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent


class Notice(models.Model):
    """Văn bản gửi người nộp: a request for papers, a refusal, an apology …, from draft to sent.

    Sending it is an act on the dossier: `event` is that act. The number is taken when it is
    sent, one series per unit, kind and year. Nobody drafted what the daily run proposed.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notices")
    kind = models.CharField("loại văn bản", max_length=12, choices=choices(NOTICE_KIND_LABELS))
    status = models.CharField("tình trạng", max_length=12, choices=choices(NOTICE_STATUS_LABELS))
    revision = models.PositiveIntegerField("lần ghi", default=0)
    round = models.PositiveSmallIntegerField("lần thứ", default=1)
    reason_code = models.CharField("mã lý do", max_length=30, blank=True)
    reason = models.TextField("lý do", blank=True)
    guidance = models.TextField("hướng dẫn", blank=True)
    answer_by = models.DateField("thực hiện trước ngày", null=True)
    new_due_at = models.DateTimeField("hẹn lại", null=True)
    responsible_step = models.CharField("bước chịu trách nhiệm", max_length=30, blank=True)
    amount = models.PositiveIntegerField("số tiền (đồng)", null=True)
    drafted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("soạn lúc")
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    approval_note = models.CharField("ý kiến duyệt", max_length=500, blank=True)
    returned_note = models.CharField("lý do chuyển lại", max_length=500, blank=True)
    sent_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    delivery = models.CharField(
        "cách gửi", max_length=12, choices=choices(DELIVERY_LABELS), blank=True
    )
    cancelled_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField("hủy lúc", null=True)
    cancel_reason = models.CharField("lý do hủy", max_length=500, blank=True)
    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField("năm", null=True)
    position = models.PositiveIntegerField("số", null=True)
    event = models.OneToOneField(DossierEvent, models.PROTECT, null=True, related_name="notice")

    class Meta:
        verbose_name = "văn bản gửi người nộp"
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="notice_kind_is_known", condition=Q(kind__in=codes(NoticeKind))
            ),
            models.CheckConstraint(
                name="notice_sent_has_its_number_and_event",
                condition=Q(
                    status="sent",
                    year__isnull=False,
                    position__isnull=False,
                    event__isnull=False,
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(
                    status__in=["draft", "approved", "cancelled"],
                    year=None,
                    position=None,
                    event=None,
                    sent_at=None,
                    sent_by=None,
                ),
            ),
            models.CheckConstraint(
                name="notice_cancelled_by_somebody",
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_by=None, cancelled_at=None)),
            ),
            models.UniqueConstraint(
                name="notice_one_live_of_a_kind",
                fields=["dossier", "kind"],
                condition=Q(status__in=codes(LIVE)),
            ),
            models.UniqueConstraint(
                name="notice_number_once", fields=["unit", "kind", "year", "position"]
            ),
        ]
        indexes = [
            # What waits to be approved or sent, among all the years' notices.
            models.Index(
                name="notice_live",
                fields=["unit", "drafted_at"],
                condition=Q(status__in=codes(LIVE)),
            ),
        ]

    def __str__(self) -> str:
        status = NoticeStatus(self.status)
        return f"{self.position}/{self.year}" if status is NoticeStatus.SENT else "chưa gửi"


class NoticeItem(models.Model):
    """Nội dung yêu cầu: one paper that is missing or wrong, with its own reason.

    `source_failed` says why a paper is asked for that the State already holds.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="asked_for")
    name = models.CharField("tên giấy tờ", max_length=300)
    flaw = models.CharField("đánh dấu", max_length=12, choices=choices(MARK_LABELS))
    reason = models.CharField("lý do", max_length=500)
    source_failed = models.CharField(
        "vì sao không lấy từ dữ liệu có sẵn", max_length=500, blank=True
    )

    class Meta:
        ordering = ["notice_id", "position"]
        constraints = [
            models.UniqueConstraint(name="notice_item_once", fields=["notice", "position"]),
            models.CheckConstraint(
                name="notice_item_names_a_flaw", condition=Q(flaw__in=["missing", "wrong"])
            ),
        ]
