"""Field inspections of a dossier: data and constraints."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, Officer
from motcua.domain.inspection import InspectionStatus
from motcua.dossiers.labels import INSPECTION_STATUS_LABELS
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.contents import Attachment
from motcua.dossiers.models.dossier import Dossier


class Inspection(models.Model):
    """Buổi kiểm tra thực địa: an appointment at a place, then its minutes or why it was dropped.

    Put off, it is cancelled and planned anew, so that what the applicant was told stays.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="inspections")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="inspections")
    step_code = models.CharField("bước", max_length=30)
    place = models.CharField("địa điểm", max_length=255)
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    participants = models.TextField("thành phần mời", blank=True)
    status = models.CharField(
        "tình trạng", max_length=12, choices=choices(INSPECTION_STATUS_LABELS)
    )
    planned_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField("hẹn lúc")
    minutes = models.TextField("biên bản", blank=True)
    minutes_file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField("lý do hủy", max_length=500, blank=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("ghi biên bản hoặc hủy lúc", null=True)

    class Meta:
        verbose_name = "buổi kiểm tra thực địa"
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="inspection_status_is_known", condition=Q(status__in=codes(InspectionStatus))
            ),
            models.CheckConstraint(
                name="inspection_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="inspection_says_how_it_was_closed",
                condition=Q(
                    status="planned",
                    minutes="",
                    minutes_file=None,
                    cancel_reason="",
                    closed_by=None,
                    closed_at=None,
                )
                | (
                    Q(status="held", cancel_reason="", closed_by__isnull=False)
                    & Q(closed_at__isnull=False)
                    & ~Q(minutes="")
                )
                | (
                    Q(status="cancelled", minutes="", minutes_file=None)
                    & Q(closed_by__isnull=False, closed_at__isnull=False)
                    & ~Q(cancel_reason="")
                ),
            ),
            models.UniqueConstraint(
                name="inspection_one_planned",
                fields=["dossier"],
                condition=Q(status="planned"),
            ),
        ]
        indexes = [models.Index(name="inspection_by_agency", fields=["agency", "starts_at"])]


class Inspector(models.Model):
    """Cán bộ đi kiểm tra: one of those who go."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="inspectors")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="inspections")

    class Meta:
        ordering = ["inspection_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="inspector_once", fields=["inspection", "officer"])
        ]
