"""What happened to a dossier: its events, the steps it took, what was corrected."""

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, Officer
from motcua.catalogue.models import ProcedureVersion
from motcua.domain.dossier import Action
from motcua.dossiers.labels import ACTION_LABELS
from motcua.dossiers.models.codes import choices, codes
from motcua.dossiers.models.dossier import Dossier


class DossierEvent(models.Model):
    """Sự kiện: one act on a dossier. Rows are never updated or deleted; triggers refuse it.

    `digest` chains the events of a dossier: each is the SHA-256 of the one before and of this
    row's content, so that a rewritten row shows. Events are read by their dossier only: the one
    index they need is that of `event_position_once`. `facts` is the SHA-256 of what the dossier's
    other rows say after this event (parties, papers, payments, result …); empty when the event
    changes none of them.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events", db_index=False)
    position = models.PositiveIntegerField("thứ tự")
    action = models.CharField("hành động", max_length=24, choices=choices(ACTION_LABELS))
    state_before = models.CharField("từ trạng thái", max_length=24, blank=True)
    state_after = models.CharField("sang trạng thái", max_length=24)
    at = models.DateTimeField("lúc")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_step = models.CharField("đến bước", max_length=30, blank=True)
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    new_due_at = models.DateTimeField("hẹn trả mới", null=True)
    edition = models.PositiveIntegerField("lịch công bố lần", null=True)
    excused_from = models.DateTimeField("không tính từ", null=True)
    excused_until = models.DateTimeField("không tính đến", null=True)
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, null=True, related_name="+", db_index=False
    )
    for_officer = models.ForeignKey(
        Officer,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="thay cho",
    )
    note = models.TextField("nội dung", blank=True)
    facts = models.CharField("dấu nội dung", max_length=64, blank=True)
    digest = models.CharField("dấu chuỗi", max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        ordering = ["dossier_id", "position"]
        constraints = [
            models.UniqueConstraint(name="event_position_once", fields=["dossier", "position"]),
            models.CheckConstraint(name="event_position_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="event_action_is_known", condition=Q(action__in=codes(Action))
            ),
        ]


class StepTaken(models.Model):
    """Bước đã thực hiện: planned and real times. A closed one never changes (trigger)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps_taken")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("bước", max_length=30)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("bắt đầu")
    due_at = models.DateTimeField("phải xong trước", null=True)
    confirmed_at = models.DateTimeField("xác nhận nhận giấy tờ lúc", null=True)
    ended_at = models.DateTimeField("kết thúc", null=True)
    outcome = models.CharField("kết quả bước", max_length=24, blank=True)

    class Meta:
        ordering = ["dossier_id", "position"]
        constraints = [
            models.UniqueConstraint(name="step_taken_once", fields=["dossier", "position"]),
            models.CheckConstraint(
                name="step_taken_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
            models.UniqueConstraint(
                name="step_taken_one_open", fields=["dossier"], condition=Q(ended_at=None)
            ),
        ]


class Correction(models.Model):
    """Sửa thông tin: one mistyped value of an accepted dossier, before and after."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    event = models.ForeignKey(DossierEvent, models.PROTECT, related_name="corrections")
    subject = models.CharField("mục", max_length=60)
    before = models.CharField("trước", max_length=255, blank=True)
    after = models.CharField("sau", max_length=255, blank=True)

    class Meta:
        verbose_name = "sửa thông tin"
