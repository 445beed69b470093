"""What a dossier holds and what comes of it: papers, files, cash, the result."""

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Counter, Officer
from motcua.dossiers.labels import ATTACHMENT_KIND_LABELS, MARK_LABELS
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent


class Paper(models.Model):
    """Giấy tờ trong hồ sơ: what was handed in for one required paper."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên giấy tờ", max_length=300)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    photocopies = models.PositiveSmallIntegerField("bản chụp", default=0)
    mark = models.CharField(
        "đánh dấu", max_length=12, choices=choices(MARK_LABELS), default="sufficient"
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        ordering = ["dossier_id", "position"]
        constraints = [models.UniqueConstraint(name="paper_once", fields=["dossier", "position"])]


class Attachment(models.Model):
    """Tệp đính kèm: a file of the dossier, kept under the SHA-256 of its content.

    Rows are never updated or deleted; triggers refuse it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    kind = models.CharField("loại", max_length=8, choices=choices(ATTACHMENT_KIND_LABELS))
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="attachments")
    name = models.CharField("tên tệp", max_length=255)
    digest = models.CharField("dấu nội dung", max_length=64)
    media_type = models.CharField("định dạng", max_length=60)
    size = models.PositiveIntegerField("số byte")
    pages = models.PositiveSmallIntegerField("số trang", default=1)
    added_at = models.DateTimeField("thêm lúc")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "tệp đính kèm"
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_kind_is_known",
                condition=Q(kind__in=codes(ATTACHMENT_KIND_LABELS)),
            )
        ]


class Payment(models.Model):
    """Thu phí, lệ phí: cash taken at a counter."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="payments")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    name = models.CharField("khoản thu", max_length=255)
    amount = models.PositiveIntegerField("số tiền (đồng)")
    at = models.DateTimeField("lúc")

    class Meta:
        indexes = [models.Index(name="payment_by_counter", fields=["counter", "at"])]


class Result(models.Model):
    """Kết quả giải quyết: number, date and signer of what the applicant takes home."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    number = models.CharField("số văn bản", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký", null=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    collector_name = models.CharField("người nhận", max_length=255, blank=True)
    collector_id = models.CharField("số định danh người nhận", max_length=20, blank=True)
    collector_note = models.CharField("giấy tờ, quan hệ của người nhận", max_length=255, blank=True)

    class Meta:
        verbose_name = "kết quả"


class HandBack(models.Model):
    """Trả lại giấy tờ: who fetched the papers of a dossier that ended unsettled; once.

    `event` says when, and which officer handed them over.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="hand_back")
    event = models.OneToOneField(DossierEvent, models.PROTECT, related_name="hand_back")
    collector_name = models.CharField("người nhận", max_length=255)
    collector_id = models.CharField("số định danh người nhận", max_length=20)
    collector_note = models.CharField("giấy tờ, quan hệ của người nhận", max_length=255, blank=True)

    class Meta:
        verbose_name = "trả lại giấy tờ"
