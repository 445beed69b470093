"""A dossier: the row everything else belongs to, and the people in it."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, Officer, OneStopUnit
from motcua.applicants.models import Applicant
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.dossier import CLOCK_RUNS, ENDED_UNSETTLED, OPEN, State
from motcua.dossiers.labels import (
    CHANNEL_LABELS,
    PARTY_ROLE_LABELS,
    RETURN_CHANNEL_LABELS,
    STATE_LABELS,
)
from motcua.dossiers.models.codes import choices, codes


class Dossier(models.Model):
    """Hồ sơ: one applicant's request under one procedure.

    `state`, the instants and the holder repeat what the events say, so that SQL can filter on
    them. Only services/ledger.py writes them, in the transaction that writes the event;
    `motcua verify` checks that the two still agree. `seal` covers the rows of the dossier that
    its events do not speak of (see seals.py).
    """

    number = models.CharField("mã số hồ sơ", max_length=40, unique=True, null=True)
    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="dossiers")
    competent_agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    # The version it was moved to since; nothing: that of acceptance.
    followed_version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, null=True, related_name="followers"
    )
    case = models.ForeignKey(ProcedureCase, models.PROTECT, null=True)
    calendar_edition = models.PositiveIntegerField("lịch công bố lần")
    counted_edition = models.PositiveIntegerField("hẹn tính lại theo lịch lần", null=True)
    channel = models.CharField(
        "hình thức nộp", max_length=12, choices=choices(CHANNEL_LABELS), default="in_person"
    )
    state = models.CharField("trạng thái", max_length=24, choices=choices(STATE_LABELS))
    revision = models.PositiveIntegerField("lần ghi", default=0)
    submitted_at = models.DateTimeField("nộp lúc", null=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True)
    promised_at = models.DateTimeField("hẹn trả ban đầu", null=True)
    due_at = models.DateTimeField("hẹn trả hiện nay", null=True)
    announced_at = models.DateTimeField("hẹn lại trong thư xin lỗi", null=True)
    settled_at = models.DateTimeField("có kết quả lúc", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    returned_at = models.DateTimeField("trả kết quả lúc", null=True)
    step_code = models.CharField("bước", max_length=30, blank=True)
    step_role = models.CharField("vai trò ở bước", max_length=16, blank=True)
    holder_kind = models.CharField("nơi giữ", max_length=16)
    holder_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="held")
    holder_officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="held")
    applicant_name = models.CharField("chủ hồ sơ", max_length=255)
    search_text = models.CharField("chữ để tìm", max_length=400, editable=False)
    subject = models.CharField("nội dung", max_length=255, blank=True)
    # What the procedure's questions were answered with, as question.write_answers says it.
    answers = models.TextField("trả lời các câu hỏi", blank=True, default="")
    sets = models.PositiveSmallIntegerField("số bộ", default=1)
    quantity = models.PositiveIntegerField("số bản", default=1)
    return_channel = models.CharField(
        "nhận kết quả", max_length=12, choices=choices(RETURN_CHANNEL_LABELS), default="counter"
    )
    receipt = models.ForeignKey(
        "Receipt", models.PROTECT, null=True, related_name="dossiers", verbose_name="giấy tiếp nhận"
    )
    fee_total = models.PositiveIntegerField("phí, lệ phí (đồng)", default=0)
    register_year = models.PositiveSmallIntegerField("sổ năm", null=True)
    register_position = models.PositiveIntegerField("số thứ tự trong sổ", null=True)
    seal = models.CharField("dấu hồ sơ", max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = [
            models.CheckConstraint(
                name="dossier_state_is_known", condition=Q(state__in=codes(State))
            ),
            # Presence is said apart from order: in SQL a check that compares with NULL passes.
            models.CheckConstraint(
                name="dossier_clock_has_all_dates_or_none",
                condition=Q(accepted_at=None, promised_at=None, due_at=None, number=None)
                | Q(
                    accepted_at__isnull=False,
                    promised_at__isnull=False,
                    due_at__isnull=False,
                    number__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="dossier_promise_comes_after_reception",
                condition=Q(promised_at__gte=F("accepted_at")),
            ),
            models.CheckConstraint(
                name="dossier_promise_is_never_brought_forward",
                condition=Q(due_at__gte=F("promised_at")),
            ),
            models.CheckConstraint(
                name="dossier_settled_has_its_instant",
                condition=Q(state__in=["result_ready", "returned"], settled_at__isnull=False)
                | (~Q(state__in=["result_ready", "returned"]) & Q(settled_at=None)),
            ),
            models.CheckConstraint(
                name="dossier_stands_in_the_register_once_accepted",
                condition=Q(accepted_at=None, register_year=None, register_position=None)
                | Q(
                    accepted_at__isnull=False,
                    register_year__isnull=False,
                    register_position__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="dossier_register_position_once",
                fields=["unit", "register_year", "register_position"],
            ),
        ]
        indexes = [
            # The officer's work list: open dossiers of one holder, most urgent first.
            models.Index(
                name="dossier_open_by_holder",
                fields=["holder_agency", "due_at"],
                condition=Q(state__in=codes(OPEN)),
            ),
            models.Index(
                name="dossier_running_by_due",
                fields=["unit", "due_at"],
                condition=Q(state__in=codes(CLOCK_RUNS)),
            ),
            models.Index(name="dossier_by_unit_accepted", fields=["unit", "accepted_at"]),
            models.Index(
                name="dossier_ready",
                fields=["unit", "settled_at"],
                condition=Q(state="result_ready"),
            ),
            # Brought or sent in, not accepted yet.
            models.Index(
                name="dossier_not_yet_accepted",
                fields=["unit", "submitted_at"],
                condition=Q(state__in=["submitted", "incomplete"]),
            ),
            models.Index(
                name="dossier_ended_unsettled",
                fields=["unit", "ended_at"],
                condition=Q(state__in=codes(ENDED_UNSETTLED)),
            ),
        ]

    @property
    def edition(self) -> int:
        """The edition of the calendar the promise is counted on now."""
        return self.counted_edition or self.calendar_edition

    def __str__(self) -> str:
        return self.number or f"hồ sơ chưa tiếp nhận {self.pk}"


# Who stands at the counter with a dossier: who submits it, else whom the owner authorised.
BRINGS_FIRST: Final = ("submitter", "representative", "owner")


class Party(models.Model):
    """Chủ hồ sơ, người nộp, người được ủy quyền: as they were on the day."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parties")
    role = models.CharField("vai", max_length=16, choices=choices(PARTY_ROLE_LABELS))
    applicant = models.ForeignKey(Applicant, models.PROTECT, null=True, related_name="parties")
    full_name = models.CharField("họ và tên", max_length=255)
    personal_id = models.CharField("số định danh", max_length=20, blank=True, db_index=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True, db_index=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_role_once", fields=["dossier", "role"]),
            models.CheckConstraint(
                name="party_role_is_known",
                condition=Q(role__in=codes(PARTY_ROLE_LABELS)),
            ),
        ]
