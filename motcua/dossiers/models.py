"""Dossiers, their events, steps and papers: data and constraints."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import models
from django.db.models import F, Q

from motcua.agencies.models import Agency, Counter, Officer, OneStopUnit
from motcua.applicants.models import Applicant
from motcua.catalogue.models import (
    AdministrativeField,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
)
from motcua.domain.dossier import CLOCK_RUNS, ENDED_UNSETTLED, OPEN, Action, State
from motcua.dossiers.labels import (
    ACTION_LABELS,
    ATTACHMENT_KIND_LABELS,
    CHANNEL_LABELS,
    MARK_LABELS,
    PARTY_ROLE_LABELS,
    RETURN_CHANNEL_LABELS,
    STATE_LABELS,
)


def _codes(members: Iterable[str]) -> list[str]:
    return [str(member) for member in members]


def _choices(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(code), words) for code, words in labels.items()]


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
    case = models.ForeignKey(ProcedureCase, models.PROTECT, null=True)
    calendar_edition = models.PositiveIntegerField("lịch công bố lần")
    channel = models.CharField(
        "hình thức nộp", max_length=12, choices=_choices(CHANNEL_LABELS), default="in_person"
    )
    state = models.CharField("trạng thái", max_length=24, choices=_choices(STATE_LABELS))
    revision = models.PositiveIntegerField("lần ghi", default=0)
    submitted_at = models.DateTimeField("nộp lúc", null=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True)
    promised_at = models.DateTimeField("hẹn trả ban đầu", null=True)
    due_at = models.DateTimeField("hẹn trả hiện nay", null=True)
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
    sets = models.PositiveSmallIntegerField("số bộ", default=1)
    quantity = models.PositiveIntegerField("số bản", default=1)
    return_channel = models.CharField(
        "nhận kết quả", max_length=12, choices=_choices(RETURN_CHANNEL_LABELS), default="counter"
    )
    receipt = models.ForeignKey(
        "Receipt", models.PROTECT, null=True, related_name="dossiers", verbose_name="giấy tiếp nhận"
    )
    fee_total = models.PositiveIntegerField("phí, lệ phí (đồng)", default=0)
    register_year = models.PositiveSmallIntegerField("sổ năm")
    register_position = models.PositiveIntegerField("số thứ tự trong sổ")
    seal = models.CharField("dấu hồ sơ", max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = [
            models.CheckConstraint(
                name="dossier_state_is_known", condition=Q(state__in=_codes(State))
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
                condition=Q(state__in=_codes(OPEN)),
            ),
            models.Index(
                name="dossier_running_by_due",
                fields=["unit", "due_at"],
                condition=Q(state__in=_codes(CLOCK_RUNS)),
            ),
            models.Index(name="dossier_by_unit_accepted", fields=["unit", "accepted_at"]),
            models.Index(
                name="dossier_ready",
                fields=["unit", "settled_at"],
                condition=Q(state="result_ready"),
            ),
            models.Index(
                name="dossier_ended_unsettled",
                fields=["unit", "ended_at"],
                condition=Q(state__in=_codes(ENDED_UNSETTLED)),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"hồ sơ chưa tiếp nhận {self.pk}"


# Who stands at the counter with a dossier: who submits it, else whom the owner authorised.
BRINGS_FIRST: Final = ("submitter", "representative", "owner")


class Party(models.Model):
    """Chủ hồ sơ, người nộp, người được ủy quyền: as they were on the day."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parties")
    role = models.CharField("vai", max_length=16, choices=_choices(PARTY_ROLE_LABELS))
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
                condition=Q(role__in=_codes(PARTY_ROLE_LABELS)),
            ),
        ]


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
    action = models.CharField("hành động", max_length=24, choices=_choices(ACTION_LABELS))
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
                name="event_action_is_known", condition=Q(action__in=_codes(Action))
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


class Paper(models.Model):
    """Giấy tờ trong hồ sơ: what was handed in for one required paper."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên giấy tờ", max_length=300)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    photocopies = models.PositiveSmallIntegerField("bản chụp", default=0)
    mark = models.CharField(
        "đánh dấu", max_length=12, choices=_choices(MARK_LABELS), default="sufficient"
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        ordering = ["dossier_id", "position"]
        constraints = [models.UniqueConstraint(name="paper_once", fields=["dossier", "position"])]


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


class Correction(models.Model):
    """Sửa thông tin: one mistyped value of an accepted dossier, before and after."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    event = models.ForeignKey(DossierEvent, models.PROTECT, related_name="corrections")
    subject = models.CharField("mục", max_length=60)
    before = models.CharField("trước", max_length=255, blank=True)
    after = models.CharField("sau", max_length=255, blank=True)

    class Meta:
        verbose_name = "sửa thông tin"


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


class Attachment(models.Model):
    """Tệp đính kèm: a file of the dossier, kept under the SHA-256 of its content.

    Rows are never updated or deleted; triggers refuse it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    kind = models.CharField("loại", max_length=8, choices=_choices(ATTACHMENT_KIND_LABELS))
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
                condition=Q(kind__in=_codes(ATTACHMENT_KIND_LABELS)),
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
