"""How a form field becomes HTML: label, hint, error, input, in one template."""

from django.core.validators import ProhibitNullCharactersValidator
from django.forms.renderers import TemplatesSetting

# The one sentence of its forms for which Django has no Vietnamese.
ProhibitNullCharactersValidator.message = (
    "Có ký tự không đọc được. Xóa rồi gõ lại chỗ này, không dán từ tệp khác."
)


class FieldRenderer(TemplatesSetting):
    """Every form of the product renders its fields with one accessible template."""

    field_template_name = "parts/field.html"
