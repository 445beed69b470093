"""How a form field becomes HTML: label, hint, error, input, in one template."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Every form of the product renders its fields with one accessible template."""

    field_template_name = "parts/field.html"
