"""What officers tell each other about a dossier: data and constraints."""

from django.db import models

from motcua.agencies.models import Officer
from motcua.dossiers.models.dossier import Dossier


class InternalNote(models.Model):
    """Ghi chú nội bộ: read by the officers on the dossier's road, never by the applicant.

    Rows are never updated or deleted; triggers refuse it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="internal_notes")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    text = models.TextField("nội dung")

    class Meta:
        verbose_name = "ghi chú nội bộ"
        ordering = ["dossier_id", "pk"]
