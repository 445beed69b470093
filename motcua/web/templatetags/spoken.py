"""The words of domain/spoken.py as filters, and the labels of codes."""

from collections.abc import Callable
from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.domain import spoken
from motcua.domain.calendar import office
from motcua.domain.limit import TimeLimit
from motcua.dossiers.labels import ACTION_LABELS

register = template.Library()

register.filter("hour", spoken.hour)
register.filter("whole", spoken.whole)
register.filter("dong", spoken.dong)
register.filter("fee", spoken.fee)
register.filter("copies_at", spoken.copies_at)
register.filter("working_time", spoken.minutes)


def _time_tag(at: date, words: str) -> SafeString:
    machine = office(at) if isinstance(at, datetime) else at
    return format_html('<time datetime="{}">{}</time>', machine.isoformat(), words)


def _dated(at: date | None, say: Callable[[date], str]) -> str:
    if at is None:
        return "–"
    return _time_tag(at, say(office(at).date() if isinstance(at, datetime) else at))


@register.filter
def day(at: date | None) -> str:
    """Show a date, or the date of an instant, as tables do."""
    return _dated(at, spoken.day)


@register.filter
def weekday(at: date | None) -> str:
    """Show a date, or the date of an instant, with its weekday."""
    return _dated(at, spoken.weekday)


@register.filter
def moment(at: datetime | None) -> str:
    """Show an instant with its weekday."""
    return "–" if at is None else _time_tag(at, spoken.moment(at))


@register.filter
def short_moment(at: datetime | None) -> str:
    """Show an instant in a table."""
    return "–" if at is None else _time_tag(at, spoken.short_moment(at))


@register.simple_tag
def standing(code: str, words: str) -> SafeString:
    """Show how a dossier or a step stands: words first, colour only repeats them."""
    return format_html('<span class="standing standing--{}">{}</span>', code, words)


@register.filter
def limit(text: str) -> str:
    """Show a stored time limit in words."""
    return spoken.limit(TimeLimit.parse(text))


@register.filter
def action_label(code: str) -> str:
    """Show the words of an action."""
    return ACTION_LABELS[code]
