"""Fields, procedures and their frozen versions: data and constraints."""

from datetime import time

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Officer
from motcua.catalogue.labels import ANSWERABLE_LABELS


class AdministrativeField(models.Model):
    """Lĩnh vực: a field of administration at one level."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên lĩnh vực", max_length=255)
    level = models.CharField("cấp", max_length=12)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "lĩnh vực"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """Thủ tục hành chính: what may be asked for, whatever its version."""

    code = models.CharField("mã thủ tục", max_length=40, unique=True)
    national_code = models.CharField("mã quốc gia", max_length=40, blank=True)
    name = models.CharField("tên thủ tục", max_length=600)
    administrative_field = models.ForeignKey(
        AdministrativeField, models.PROTECT, related_name="procedures"
    )
    aliases = models.CharField("tên thường gọi", max_length=500, blank=True)
    search_text = models.TextField("chữ để tìm", editable=False)
    retired_on = models.DateField("bãi bỏ từ ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thủ tục"

    def __str__(self) -> str:
        return self.name


class ProcedureVersion(models.Model):
    """Phiên bản thủ tục: what was published from a date on; a dossier keeps its own."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản", default=1)
    valid_from = models.DateField("áp dụng từ")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)
    limit = models.CharField("thời hạn", max_length=40)
    same_day_threshold = models.TimeField("trả trong ngày nếu nhận đến", default=time(15))
    pause_policy = models.CharField("sau khi bổ sung", max_length=8, default="resume")
    is_settled_at_once = models.BooleanField("giải quyết ngay tại quầy", default=False)
    register_book = models.CharField("sổ ghi kết quả", max_length=20, blank=True)
    division_code = models.CharField("phòng chuyên môn", max_length=40, blank=True)
    legal_basis = models.TextField("căn cứ pháp lý", blank=True)
    legal_limit = models.CharField("quy định về thời hạn", max_length=255, blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    result_name = models.CharField("kết quả", max_length=255, blank=True)
    applicant_kinds = models.CharField("đối tượng thực hiện", max_length=255, blank=True)
    assumed = models.JSONField("giá trị giả định", default=list, blank=True)
    # What the counter asks besides the case, as process_file.plain_of writes it.
    questions = models.JSONField("câu hỏi", default=list, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đăng"
    )

    class Meta:
        verbose_name = "phiên bản thủ tục"
        constraints = [
            models.UniqueConstraint(name="version_once", fields=["procedure", "number"]),
            models.CheckConstraint(
                name="version_pause_policy_is_known",
                condition=Q(pause_policy__in=["resume", "restart"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class ProcedureCase(models.Model):
    """Trường hợp: one way a procedure is applied for, with papers or a limit of its own."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cases")
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên trường hợp", max_length=255)
    limit = models.CharField("thời hạn riêng", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="case_once", fields=["version", "code"])]

    def __str__(self) -> str:
        return self.name


class RequiredDocument(models.Model):
    """Thành phần hồ sơ: one paper the procedure asks for.

    `state_source` names the published database that holds it already; empty: the applicant's.
    """

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="documents")
    case = models.ForeignKey(ProcedureCase, models.PROTECT, null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên giấy tờ", max_length=300)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    photocopies = models.PositiveSmallIntegerField("bản chụp", default=0)
    is_shown_only = models.BooleanField("chỉ xuất trình", default=False)
    is_compulsory = models.BooleanField("bắt buộc", default=True)
    is_assumed = models.BooleanField("giả định", default=False)
    state_source = models.CharField("Nhà nước đã có, tại", max_length=255, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="document_position_once", fields=["version", "position"])
        ]

    @property
    def is_held_by_state(self) -> bool:
        """Whether it is taken from a database, and asked for only when that fails or is wrong."""
        return bool(self.state_source)

    def __str__(self) -> str:
        return self.name


class FeeRate(models.Model):
    """Mức phí, lệ phí: one published rate, in đồng."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="fees")
    name = models.CharField("tên khoản thu", max_length=255)
    kind = models.CharField("loại", max_length=8)
    amount = models.PositiveIntegerField("mức thu (đồng)")
    per = models.CharField("tính theo", max_length=20, blank=True)
    first = models.PositiveSmallIntegerField("số đơn vị ở mức đầu", default=1)
    further = models.PositiveIntegerField("mức thu tiếp theo (đồng)", null=True, blank=True)
    ceiling = models.PositiveIntegerField("mức cao nhất (đồng)", null=True, blank=True)
    is_assumed = models.BooleanField("giả định", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fee_kind_is_known", condition=Q(kind__in=["fee", "charge"])
            )
        ]


class ProcessStep(models.Model):
    """Bước của quy trình nội bộ."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã bước", max_length=30)
    name = models.CharField("tên bước", max_length=255)
    kind = models.CharField("loại", max_length=12)
    role = models.CharField("vai trò", max_length=16)
    performer = models.CharField("nơi thực hiện", max_length=12)
    budget = models.CharField("thời gian", max_length=40, blank=True)
    # Where it may lead, each with its condition as text; empty: to the step after it.
    outcomes = models.JSONField("hướng đi tiếp", default=list, blank=True)
    same_as = models.CharField("cùng người với bước", max_length=30, blank=True)
    consulted = models.JSONField("cơ quan hỏi ý kiến", default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="step_code_once", fields=["version", "code"]),
            models.UniqueConstraint(name="step_position_once", fields=["version", "position"]),
        ]

    def __str__(self) -> str:
        return self.name


class ProcessDraft(models.Model):
    """Quy trình đang soạn: what the next version of a procedure's process is to be.

    One for a procedure; `content` is as process_file.plain_of writes it. Nobody's evidence: it
    goes when it is published or given up.
    """

    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="process_draft")
    based_on = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    content = models.JSONField("nội dung")
    revision = models.PositiveIntegerField("lần ghi", default=1)
    changed_at = models.DateTimeField("sửa lúc")
    changed_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="người sửa"
    )

    class Meta:
        verbose_name = "quy trình đang soạn"

    def __str__(self) -> str:
        return f"quy trình đang soạn của {self.procedure_id}"


class AddedDelayReason(models.Model):
    """Lý do chậm do quản trị viên ghi: one more than the product brings, or one of its own taken
    off the list.

    A code of domain/delay.py stands here only to say that it is not offered any more. Letters keep
    the code and the sentence they were sent with.
    """

    code = models.CharField("mã", max_length=30, unique=True)
    sentence = models.CharField("câu", max_length=255)
    answerable = models.CharField(
        "trách nhiệm",
        max_length=12,
        choices=[(str(code), words) for code, words in ANSWERABLE_LABELS.items()],
    )
    is_offered = models.BooleanField("còn dùng", default=True)

    class Meta:
        verbose_name = "lý do chậm"
        constraints = [
            models.CheckConstraint(
                name="delay_reason_answerable_is_known",
                condition=Q(answerable__in=[str(code) for code in ANSWERABLE_LABELS]),
            )
        ]

    def __str__(self) -> str:
        return self.sentence
