"""Letters of apology made public: which dossiers are late, why, and until when; nobody is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.models import OneStopUnit
from motcua.catalogue import delay_reasons
from motcua.domain import spoken
from motcua.domain.calendar import midnight, office
from motcua.domain.delay import DelayReason
from motcua.domain.dossier import SETTLED, State
from motcua.domain.notice import NoticeKind
from motcua.dossiers.letter_queries import published
from motcua.dossiers.models import Notice

ROWS: Final = 25
SHOWN_FOR: Final = timedelta(days=90)
# What an officer wrote in their own words may name people: it is told to the applicant alone.
IN_THE_LETTER: Final = "Lý do ghi trong thư gửi người nộp."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Một hồ sơ chậm: what the public list says of a letter."""

    number: str
    procedure: str
    unit: str
    reason: str
    is_extension: bool
    promised_at: datetime
    new_due_at: datetime
    sent_at: datetime
    outcome: str


@require_safe
def apologies(request: HttpRequest) -> HttpResponse:
    """List the letters of the last ninety days, the latest first, of one unit or of all."""
    units = list(OneStopUnit.objects.select_related("agency").order_by("agency__code"))
    by_code = {unit.agency.code: unit for unit in units}
    chosen = by_code.get(request.GET.get("unit", ""))
    since = midnight(office(request.at).date() - SHOWN_FOR)
    letters = published(since=since)
    if chosen is not None:
        letters = letters.filter(dossier__unit=chosen)
    page = Paginator(letters, ROWS).get_page(request.GET.get("page"))
    reasons = delay_reasons.by_code()
    query = urlencode({"unit": chosen.agency.code}) if chosen else ""
    return render(
        request,
        "portal/apologies.html",
        {
            "heading": f"{spoken.whole(page.paginator.count)} hồ sơ chậm đã có thư xin lỗi",
            "since": office(since).date(),
            "units": units,
            "chosen": chosen,
            "page": page,
            "query": f"{query}&" if query else "",
            "rows": [_row(letter, reasons) for letter in page.object_list],
        },
    )


def _row(letter: Notice, reasons: dict[str, DelayReason]) -> Row:
    dossier = letter.dossier
    reason = reasons.get(letter.reason_code)
    return Row(
        number=dossier.number,
        procedure=dossier.version.procedure.name,
        unit=dossier.unit.name,
        reason=reason.sentence if reason else IN_THE_LETTER,
        is_extension=letter.kind == NoticeKind.EXTENSION,
        promised_at=dossier.promised_at,
        new_due_at=letter.new_due_at,
        sent_at=letter.sent_at,
        outcome="đã có kết quả" if State(dossier.state) in SETTLED else "",
    )
