"""Who held the dossiers of a period, and whose the late minutes are: a page and its CSV."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.models import OneStopUnit
from motcua.domain import spoken, typed
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.reports.responsibility import By, Line, Responsibility, responsibility
from motcua.web.access import Acting, for_roles, front_door

LONGEST: Final = 92  # days of one period
BY_LABELS: Final = {By.AGENCY: "Cơ quan", By.STEP: "Bước", By.PERSON: "Người"}
FORMULA: Final = ("=", "+", "-", "@")
CSV_HEAD: Final = (
    "Tên",
    "Nơi",
    "Số hồ sơ",
    "Số hồ sơ trễ",
    "Phút làm việc",
    "Phút trễ",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Kỳ báo cáo được hỏi; `problem` says what was wrong with it, in words."""

    first: date
    last: date
    by: By
    problem: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The same, as the address writes it."""
        return {"first": spoken.day(self.first), "last": spoken.day(self.last)}


@front_door(Role.LEADER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show whose the time of a period's dossiers is."""
    asked = _asked(request)
    found = _found(request, asked)
    return render(
        request,
        "workspace/responsibility.html",
        {
            "desk": "responsibility",
            "asked": asked,
            "tabs": [
                (words, f"?{urlencode({**asked.query, 'by': by.value})}", by is asked.by)
                for by, words in BY_LABELS.items()
            ],
            "what": BY_LABELS[asked.by],
            "found": found,
            "csv": urlencode({**asked.query, "by": asked.by.value}),
        },
        status=422 if asked.problem else 200,
    )


@for_roles(Role.LEADER)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same figures as CSV, minutes as whole numbers."""
    asked = _asked(request)
    found = _found(request, asked)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"trach-nhiem-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # by it a spreadsheet knows that the letters are Vietnamese
    rows = csv.writer(response)
    rows.writerow(CSV_HEAD)
    for line in (*found.lines, found.total):
        rows.writerow(_cells(line))
    return response


def _cells(line: Line) -> list[object]:
    figures = (line.dossiers, line.late_dossiers, line.minutes, line.late_minutes)
    # What a spreadsheet would take for a formula is no name.
    names = (f"'{text}" if text.startswith(FORMULA) else text for text in (line.name, line.place))
    return [*names, *figures]


def _found(request: HttpRequest, asked: Asked) -> Responsibility:
    return responsibility(
        asked.first, asked.last, unit_ids=_units(request.acting), by=asked.by, at=request.at
    )


def _units(acting: Acting) -> list[int]:
    mine = [agency for agency, roles in acting.roles_by_agency.items() if Role.LEADER in roles]
    units = OneStopUnit.objects.filter(Q(agency__in=mine) | Q(agency__children__in=mine))
    return list(units.distinct().values_list("pk", flat=True))


def _asked(request: HttpRequest) -> Asked:
    today = office(request.at).date()
    whole = Asked(today.replace(day=1), today, By.AGENCY)
    by = request.GET.get("by", "")
    by = By(by) if by in list(By) else By.AGENCY
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    if not first and not last:
        return Asked(whole.first, whole.last, by)
    try:
        first, last = (typed.read_date(text, latest=today) for text in (first, last))
    except typed.DateTooLate:
        return Asked(whole.first, whole.last, by, "Kỳ báo cáo kết thúc chậm nhất hôm nay.")
    except typed.DateUnreadable:
        said = "Không đọc được ngày. Gõ ngày, tháng, năm, chẳng hạn 01032021 hoặc 1/3/2021."
        return Asked(whole.first, whole.last, by, said)
    if last < first:
        return Asked(whole.first, whole.last, by, "Ngày đầu kỳ phải trước ngày cuối kỳ.")
    if last - first >= timedelta(days=LONGEST):
        said = f"Một lần xem không quá {LONGEST} ngày. Chọn kỳ ngắn hơn."
        return Asked(whole.first, whole.last, by, said)
    return Asked(first, last, by)
