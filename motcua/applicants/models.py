"""Citizens and organisations as the office knows them, for filling in the next time."""

from django.db import models


class Applicant(models.Model):
    """Người nộp, chủ hồ sơ: a person or organisation known by its identity number.

    What a dossier says of its parties is a copy of that day; this row is only what the
    reception page fills in when the person comes again.
    """

    personal_id = models.CharField("số định danh", max_length=20, unique=True)
    full_name = models.CharField("họ và tên", max_length=255)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=8, blank=True)
    address = models.CharField("địa chỉ", max_length=255, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)

    class Meta:
        verbose_name = "người nộp"

    def __str__(self) -> str:
        return self.full_name
