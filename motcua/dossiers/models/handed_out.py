"""What the counter hands out: slips to citizens, lists to those who settle."""

import uuid

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.dossiers.models.dossier import Dossier


class Receipt(models.Model):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả: one slip for what one person brought together.

    `token` is the reception page's: the same page sent twice finds the first one's receipt.
    """

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField("năm")
    position = models.PositiveIntegerField("số")
    token = models.UUIDField("dấu của trang tiếp nhận", unique=True, default=uuid.uuid4)
    issued_at = models.DateTimeField("lập lúc")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "giấy tiếp nhận"
        constraints = [
            models.UniqueConstraint(name="receipt_number_once", fields=["unit", "year", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.position}/{self.year}"


class ReceiptIssue(models.Model):
    """Lần in: the slip as first issued, or issued anew after a correction, with the reason."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="issues")
    position = models.PositiveSmallIntegerField("lần")
    at = models.DateTimeField("lúc")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        ordering = ["receipt_id", "position"]
        constraints = [
            models.UniqueConstraint(name="receipt_issue_once", fields=["receipt", "position"])
        ]


class HandOverList(models.Model):
    """Danh sách bàn giao: paper dossiers the counter hands to those who settle them."""

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="hand_over_lists")
    to_agency = models.ForeignKey(Agency, models.PROTECT, related_name="hand_over_lists")
    year = models.PositiveSmallIntegerField("năm")
    position = models.PositiveIntegerField("số")
    made_at = models.DateTimeField("lập lúc")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "danh sách bàn giao"
        constraints = [
            models.UniqueConstraint(
                name="hand_over_list_number_once", fields=["unit", "year", "position"]
            ),
            models.CheckConstraint(
                name="hand_over_is_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}/{self.year}"


class HandOverLine(models.Model):
    """Dòng bàn giao: one dossier on a hand-over list.

    `note` says why the receiver did not confirm it; empty when its papers arrived.
    """

    hand_over_list = models.ForeignKey(HandOverList, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("thứ tự")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="hand_over_lines")
    note = models.CharField("chưa nhận được vì", max_length=255, blank=True, default="")

    class Meta:
        ordering = ["hand_over_list_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="hand_over_line_once", fields=["hand_over_list", "dossier"]
            )
        ]
        indexes = [
            # The few lines somebody still looks for, among those of all the years.
            models.Index(
                name="hand_over_line_missing",
                fields=["dossier"],
                condition=~Q(note=""),
            ),
        ]
