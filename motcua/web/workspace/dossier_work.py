"""What the dossier's page says of what few dossiers have: notices, notes, messages, inspections,
a recall, a deputy."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from motcua.agencies.models import Delegation
from motcua.agencies.queries import delegations_in_force
from motcua.domain.calendar import office
from motcua.domain.dossier import State
from motcua.domain.inspection import InspectionStatus
from motcua.domain.passage import PASSED_ON
from motcua.domain.terms import Terms
from motcua.dossiers.inspection_queries import inspections_of
from motcua.dossiers.labels import DELIVERY_LABELS, INSPECTION_STATUS_LABELS
from motcua.dossiers.models import (
    ApplicantMessage,
    Dossier,
    Inspection,
    InternalNote,
    Notice,
    StepTaken,
)
from motcua.dossiers.services import inspections, messages
from motcua.web.access import Acting
from motcua.web.workspace import dossier_notices
from motcua.web.workspace.forms import LONGEST_NOTE, Words


class InternalNoteForm(forms.Form):
    """Ghi chú nội bộ."""

    text = Words(
        label="Ghi chú nội bộ",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Cán bộ các nơi hồ sơ đi qua đọc được; người nộp không thấy. Không xóa được.",
        error_messages={
            "required": "Gõ nội dung ghi chú.",
            "max_length": "Rút gọn ghi chú còn không quá 2.000 ký tự.",
        },
    )
    prefix = "note"


class MessageForm(forms.Form):
    """Tin nhắn cho người nộp."""

    text = Words(
        label="Tin nhắn cho người nộp",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Hiện ở trang tra cứu hồ sơ sau khi người nộp nhập mã số và bốn số cuối. Không sửa, "
            "không xóa được. Yêu cầu bổ sung giấy tờ phải dùng phiếu, không dùng tin nhắn."
        ),
        error_messages={
            "required": "Gõ nội dung tin nhắn.",
            "max_length": "Rút gọn tin nhắn còn không quá 2.000 ký tự.",
        },
    )
    delivery = forms.ChoiceField(
        label="Đã báo thêm bằng cách khác",
        required=False,
        choices=[("", "Không, chỉ ở trang tra cứu"), *DELIVERY_LABELS.items()],
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )
    prefix = "message"


def parts(
    request: HttpRequest,
    dossier: Dossier,
    steps: Sequence[StepTaken],
    terms: Terms,
    *,
    note_form: InternalNoteForm | None = None,
    message_form: MessageForm | None = None,
) -> dict[str, Any]:
    """Return what these parts of the dossier's page show."""
    acting = request.acting
    may_write = messages.may_write(dossier, acting.roles_by_agency)
    has = _kinds_of(dossier, on=office(request.at).date())
    told = dossier.applicant_messages.select_related("officer").order_by("-pk")
    notes = dossier.internal_notes.select_related("officer__agency").order_by("-pk")
    seen = list(inspections_of(dossier)) if has["any_inspections"] else []
    is_planned = any(row.status == InspectionStatus.PLANNED for row in seen)
    may_plan = inspections.may_plan(dossier, terms.process, acting.roles_by_agency)
    return {
        "may_recall": may_recall(dossier, steps, acting),
        "absence": _absence(dossier, on=office(request.at).date()) if has["any_absence"] else None,
        "notices": dossier_notices.lines(dossier) if has["any_notices"] else [],
        "internal_notes": list(notes) if has["any_notes"] else [],
        "note_form": note_form or InternalNoteForm(),
        "told": [(row, DELIVERY_LABELS.get(row.delivery, "")) for row in told]
        if has["any_messages"]
        else [],
        "message_form": message_form or (MessageForm() if may_write else None),
        "inspections": [
            (row, INSPECTION_STATUS_LABELS[InspectionStatus(row.status)]) for row in seen
        ],
        "may_inspect": may_plan and not is_planned,
    }


def _kinds_of(dossier: Dossier, *, on: date) -> dict[str, bool]:
    """Return which of these there are, in one question: most dossiers have none."""
    of = {"dossier": dossier.pk}
    return Dossier.objects.filter(pk=dossier.pk).values(
        any_notes=Exists(InternalNote.objects.filter(**of)),
        any_messages=Exists(ApplicantMessage.objects.filter(**of)),
        any_inspections=Exists(Inspection.objects.filter(**of)),
        any_absence=Exists(_absences(dossier, on=on)),
        any_notices=Exists(Notice.objects.filter(**of)),
    )[0]


def may_recall(dossier: Dossier, steps: Sequence[StepTaken], acting: Acting) -> bool:
    """Whether the officer passed it on, may still do that step, and nobody touched it since."""
    if dossier.state != State.IN_PROCESS or len(steps) < 2:
        return False
    left, here = steps[-2], steps[-1]
    passed = left.officer_id == acting.officer.pk and left.outcome in PASSED_ON
    return passed and here.confirmed_at is None and left.agency_id in acting.roles_by_agency


def _absences(dossier: Dossier, *, on: date) -> QuerySet[Delegation]:
    """Return under which delegations deputies act for who holds it that day."""
    away = delegations_in_force(on).filter(absent=dossier.holder_officer_id)
    return away.filter(agency=dossier.holder_agency_id, role__in=("", dossier.step_role))


def _absence(dossier: Dossier, *, on: date) -> Delegation | None:
    return _absences(dossier, on=on).select_related("deputy").first()
