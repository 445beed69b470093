"""Offices, counters, officers, roles, the working calendar: data and constraints."""

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.agencies.labels import (
    AGENCY_KIND_LABELS,
    DAY_KIND_LABELS,
    DRAFT_DAY_KIND_LABELS,
    ENDS_LABELS,
    ROLE_LABELS,
)


def _choices(labels: dict) -> list[tuple[str, str]]:
    return [(str(code), words) for code, words in labels.items()]


class Agency(models.Model):
    """Cơ quan: a committee or one of its divisions, in a tree, valid between two dates.

    `identifier` opens the dossier numbers of the agency; one that is not known for certain is
    marked as a placeholder and shown so to administrators.
    """

    code = models.CharField("mã đơn vị", max_length=40, unique=True)
    identifier = models.CharField("mã định danh", max_length=20, blank=True)
    identifier_is_placeholder = models.BooleanField("mã định danh tạm", default=False)
    name = models.CharField("tên cơ quan", max_length=255)
    kind = models.CharField("loại", max_length=12, choices=_choices(AGENCY_KIND_LABELS))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trên"
    )
    valid_from = models.DateField("có từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        constraints = [
            models.CheckConstraint(
                name="agency_kind_is_known", condition=Q(kind__in=list(AGENCY_KIND_LABELS))
            ),
            models.CheckConstraint(
                name="agency_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OneStopUnit(models.Model):
    """Bộ phận Một cửa: where people come with their dossiers."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="unit")
    name = models.CharField("tên", max_length=255)
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    hotline = models.CharField("đường dây nóng", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    ends = models.CharField(
        "thời hạn tính đến", max_length=12, choices=_choices(ENDS_LABELS), default="end_of_day"
    )
    hand_over_threshold = models.TimeField("chuyển trong ngày nếu nhận đến", default=time(15))

    class Meta:
        verbose_name = "bộ phận một cửa"
        verbose_name_plural = "bộ phận một cửa"
        constraints = [
            models.CheckConstraint(
                name="unit_ends_is_known", condition=Q(ends__in=list(ENDS_LABELS))
            )
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """Quầy."""

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField("số quầy")
    name = models.CharField("tên quầy", max_length=120, blank=True)

    class Meta:
        verbose_name = "quầy"
        constraints = [
            models.UniqueConstraint(name="counter_number_once_per_unit", fields=["unit", "number"])
        ]

    def __str__(self) -> str:
        return f"Quầy {self.number}"


class OpeningSession(models.Model):
    """Giờ làm việc: one session of a weekday; a unit without rows keeps the default hours."""

    unit = models.ForeignKey(OneStopUnit, models.PROTECT, related_name="opening_sessions")
    weekday = models.PositiveSmallIntegerField("thứ (0 là thứ Hai)")
    opens = models.TimeField("mở cửa")
    closes = models.TimeField("đóng cửa")
    counts = models.BooleanField("tính vào thời hạn", default=True)
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "giờ làm việc"
        constraints = [
            models.CheckConstraint(name="session_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="session_closes_after_it_opens", condition=Q(closes__gt=F("opens"))
            ),
        ]


class Calendar(models.Model):
    """Lịch làm việc: one edition of the whole calendar; an edition once used never changes."""

    edition = models.PositiveIntegerField("lần công bố", unique=True)
    published_at = models.DateTimeField("công bố lúc")
    note = models.CharField("ghi chú", max_length=255, blank=True)

    class Meta:
        verbose_name = "lịch làm việc"

    def __str__(self) -> str:
        return f"Lịch công bố lần {self.edition}"


class CalendarYear(models.Model):
    """Năm của lịch: a year this edition speaks for."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    provisional = models.BooleanField("tạm thời", default=False)
    source = models.CharField("nguồn", max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_year_once", fields=["calendar", "year"])
        ]


class CalendarDay(models.Model):
    """Ngày nghỉ hoặc làm bù: `hours` only for a make-up day that is not worked as a Monday."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="days")
    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=8, choices=_choices(DAY_KIND_LABELS))
    name = models.CharField("tên", max_length=120)
    source = models.CharField("nguồn", max_length=255)
    hours = models.CharField("giờ làm việc riêng", max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_day_once", fields=["calendar", "day"]),
            models.CheckConstraint(
                name="calendar_day_off_has_no_hours", condition=Q(kind="make_up") | Q(hours="")
            ),
            models.CheckConstraint(
                name="calendar_day_kind_is_known", condition=Q(kind__in=list(DAY_KIND_LABELS))
            ),
        ]


class CalendarDraft(models.Model):
    """Lịch đang soạn: what a new edition would change in the one in force; one at a time.

    `is_open` is true or nothing, so that the database refuses a second open one.
    """

    is_open = models.BooleanField("đang soạn", null=True, default=True, unique=True)
    revision = models.PositiveIntegerField("lần ghi", default=0)
    begun_at = models.DateTimeField("bắt đầu soạn lúc")
    changed_by = models.ForeignKey("Officer", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("sửa lúc")
    published = models.OneToOneField(Calendar, models.PROTECT, null=True, related_name="draft")

    class Meta:
        verbose_name = "lịch đang soạn"
        constraints = [
            models.CheckConstraint(
                name="calendar_draft_is_open_or_nothing",
                condition=Q(is_open=None) | Q(is_open=True, published=None),
            )
        ]


class CalendarDraftYear(models.Model):
    """Năm được thêm hoặc sửa trong lịch đang soạn."""

    draft = models.ForeignKey(CalendarDraft, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    provisional = models.BooleanField("tạm thời", default=False)
    source = models.CharField("nguồn", max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_draft_year_once", fields=["draft", "year"])
        ]


class CalendarDraftDay(models.Model):
    """Ngày được sửa trong lịch đang soạn; ngày thường: a named day that becomes as its weekday."""

    draft = models.ForeignKey(CalendarDraft, models.CASCADE, related_name="days")
    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=8, choices=_choices(DRAFT_DAY_KIND_LABELS))
    name = models.CharField("tên", max_length=120, blank=True)
    source = models.CharField("nguồn", max_length=255, blank=True)
    hours = models.CharField("giờ làm việc riêng", max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_draft_day_once", fields=["draft", "day"]),
            models.CheckConstraint(
                name="calendar_draft_day_kind_is_known",
                condition=Q(kind__in=list(DRAFT_DAY_KIND_LABELS)),
            ),
        ]


class Officer(models.Model):
    """Cán bộ, công chức, viên chức."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="officer", verbose_name="tài khoản"
    )
    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True)
    is_listed_in_demo = models.BooleanField("nêu ở trang đăng nhập bản thử", default=False)
    # An administrator knows the password: the officer gives the account one of their own.
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"

    def __str__(self) -> str:
        return self.full_name


class RoleAssignment(models.Model):
    """Phân công: what an officer may do at an agency, between two dates."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments")
    role = models.CharField("vai trò", max_length=16, choices=_choices(ROLE_LABELS))
    # Where a substitute sits while the role lasts; nothing: at the officer's own counter, if any.
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "phân công"
        constraints = [
            models.CheckConstraint(
                name="assignment_role_is_known",
                condition=Q(role__in=[str(role) for role in ROLE_LABELS]),
            ),
            models.UniqueConstraint(
                name="assignment_once", fields=["officer", "agency", "role", "valid_from"]
            ),
        ]

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on that day; `queries.in_force` asks the database the same."""
        return self.valid_from <= on and (self.valid_until is None or self.valid_until >= on)


class Delegation(models.Model):
    """Ủy quyền khi vắng mặt: a deputy acts for an absent officer at an agency, for some days.

    In that time the deputy has the absent one's roles there, or the one named, and their desk.
    It ends by itself; ended before, it counts no more from that instant. What was done under it
    says so in its event. Of a row only its early end is ever written later (triggers).
    """

    absent = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Officer, models.PROTECT, related_name="deputyships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations")
    role = models.CharField("vai trò", max_length=16, choices=_choices(ROLE_LABELS), blank=True)
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày")
    reason = models.CharField("lý do", max_length=255)
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("ghi lúc")
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("thôi trước hạn lúc", null=True)

    class Meta:
        verbose_name = "ủy quyền khi vắng mặt"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="delegation_is_to_somebody_else", condition=~Q(absent=F("deputy"))
            ),
            models.CheckConstraint(
                name="delegation_ends_after_it_begins",
                condition=Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="delegation_role_is_known",
                condition=Q(role="") | Q(role__in=[str(role) for role in ROLE_LABELS]),
            ),
            models.CheckConstraint(
                name="delegation_is_ended_by_somebody",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
