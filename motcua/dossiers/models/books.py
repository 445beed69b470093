"""The books of a unit and its officers: serials, days, drafts, what is used most."""

import uuid

from django.db import models

from motcua.agencies.models import Officer, OneStopUnit
from motcua.catalogue.models import AdministrativeField, Procedure
from motcua.dossiers.models.dossier import Dossier


class Serial(models.Model):
    """Bộ đếm: the last number given out in one book of one unit in one period.

    Taken with the row locked, last thing before the commit.
    """

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="serials")
    book = models.CharField("sổ", max_length=16)
    period = models.CharField("kỳ", max_length=8)
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="serial_once", fields=["unit", "book", "period"])
        ]


class DayBook(models.Model):
    """Sổ ngày: how many dossiers came in and went out at one unit, in one field, on one day.

    A roll-up of the events, kept by services/ledger.py in the transaction that writes them, so
    that a page costs the same whatever the years behind it; `motcua verify` counts it again.
    `received` counts by the day of acceptance, the rest by the day the clock ended.
    """

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="day_books")
    administrative_field = models.ForeignKey(AdministrativeField, models.PROTECT, related_name="+")
    day = models.DateField("ngày")
    received = models.PositiveIntegerField("tiếp nhận", default=0)
    early = models.PositiveIntegerField("trước hạn", default=0)
    on_time = models.PositiveIntegerField("đúng hạn", default=0)
    late = models.PositiveIntegerField("quá hạn", default=0)
    sent_back = models.PositiveIntegerField("kết thúc không giải quyết", default=0)

    class Meta:
        verbose_name = "sổ ngày"
        constraints = [
            models.UniqueConstraint(
                name="day_book_once", fields=["unit", "administrative_field", "day"]
            )
        ]


class Draft(models.Model):
    """Hồ sơ nháp: a reception page not yet accepted, as typed so far."""

    token = models.UUIDField("dấu của trang tiếp nhận", unique=True, default=uuid.uuid4)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="drafts")
    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="drafts")
    title = models.CharField("tên", max_length=255, blank=True)
    content = models.JSONField("nội dung đã gõ", default=dict)
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "hồ sơ nháp"


class PageSent(models.Model):
    """Trang đã gửi: the reception page a dossier not accepted came from; sent twice, it is found.

    Nobody's evidence: an accepted page is known again by its receipt.
    """

    token = models.UUIDField("dấu của trang tiếp nhận", unique=True)
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="page_sent")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "trang đã gửi"


class ProcedureUse(models.Model):
    """Thủ tục hay dùng: what an officer receives, so that the list can begin with it."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="procedure_uses")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="uses")
    is_favourite = models.BooleanField("ghim", default=False)
    times = models.PositiveIntegerField("số lần", default=0)
    last_used_at = models.DateTimeField("lần cuối", null=True)
    # The last use on a day before that of `last_used_at`: what a day begins with.
    used_before_at = models.DateTimeField("lần cuối trước ngày đó", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="procedure_use_once", fields=["officer", "procedure"])
        ]
