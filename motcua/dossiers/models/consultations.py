"""What other agencies were asked about a dossier, and the files that go with an act."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency
from motcua.dossiers.models.contents import Attachment
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent


class OpinionAsked(models.Model):
    """Ý kiến đã hỏi: one question to one agency, with until when it answers and when it did.

    Repeats the events, so that SQL can list what an agency was asked; only services/ledger.py
    writes it. The words of question and answer stand in the events.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions")
    position = models.PositiveSmallIntegerField("thứ tự")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="opinions")
    step = models.CharField("bước", max_length=30)
    asked_at = models.DateTimeField("hỏi lúc")
    reply_by = models.DateTimeField("trả lời trước")
    reminded_at = models.DateTimeField("nhắc lúc", null=True)
    replied_at = models.DateTimeField("trả lời lúc", null=True)

    class Meta:
        verbose_name = "ý kiến đã hỏi"
        ordering = ["dossier_id", "position"]
        constraints = [
            models.UniqueConstraint(name="opinion_asked_once", fields=["dossier", "position"]),
            models.UniqueConstraint(
                name="opinion_one_open_per_agency",
                fields=["dossier", "agency"],
                condition=Q(replied_at=None),
            ),
            models.CheckConstraint(
                name="opinion_answered_after_it_was_asked",
                condition=Q(replied_at=None) | Q(replied_at__gte=F("asked_at")),
            ),
        ]
        indexes = [
            # What waits for an agency's answer, the soonest first.
            models.Index(
                name="opinion_open",
                fields=["agency", "reply_by"],
                condition=Q(replied_at=None),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.replied_at is None


class Enclosure(models.Model):
    """Tệp kèm theo: a file of the dossier that was sent with one of its acts."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="enclosure")
    event = models.ForeignKey(DossierEvent, models.PROTECT, related_name="enclosures")

    class Meta:
        verbose_name = "tệp kèm theo"
