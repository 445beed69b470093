"""What the office writes to the applicant between the printed notices: data and constraints."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Officer
from motcua.dossiers.labels import DELIVERY_LABELS
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.dossier import Dossier


class ApplicantMessage(models.Model):
    """Tin nhắn cho người nộp: stands on the page where the dossier is looked up.

    `delivery` says how the applicant was told besides; empty: by that page alone. Of a row only
    `first_read_at` is ever written later, once; triggers refuse everything else.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="applicant_messages")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    text = models.TextField("nội dung")
    delivery = models.CharField(
        "đã báo thêm bằng", max_length=12, choices=choices(DELIVERY_LABELS), blank=True
    )
    first_read_at = models.DateTimeField("người nộp đọc lần đầu lúc", null=True)

    class Meta:
        verbose_name = "tin nhắn cho người nộp"
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="message_delivery_is_known",
                condition=Q(delivery="") | Q(delivery__in=codes(DELIVERY_LABELS)),
            ),
            models.CheckConstraint(
                name="message_is_read_after_it_is_written",
                condition=Q(first_read_at=None) | Q(first_read_at__gte=F("at")),
            ),
        ]
