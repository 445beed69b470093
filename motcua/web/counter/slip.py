"""The slip to be: what one filing on the reception page would come to if accepted now."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import OneStopUnit
from motcua.agencies.queries import current_edition
from motcua.domain import reasons, spoken
from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.checklist import Required, missing
from motcua.domain.condition import AnswerMissing
from motcua.domain.explanation import Explanation
from motcua.domain.fee import FeeLine
from motcua.domain.limit import Unit
from motcua.dossiers.queries import terms_for
from motcua.web.counter.filing import FilingForm
from motcua.web.wording import explain


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Phiếu sẽ in: what one filing comes to, or why it cannot be said."""

    limit: str
    starts: str
    explanation: Explanation | None
    lines: tuple[reasons.Line, ...]
    problem: str
    missing: tuple[Required, ...]
    fee: int
    fee_lines: tuple[FeeLine, ...]
    copies: str  # how many, at what each; empty where copies make no difference
    is_counted: bool  # whether the copies and pages that the fee depends on can be read


def slip_of(form: FilingForm, *, unit: OneStopUnit, at: datetime) -> Slip | None:
    """Return what the form comes to when accepted at `at`; None without a procedure."""
    version = form.version
    if version is None:
        return None
    fee_lines = form.fees()
    fee = sum(line.amount for line in fee_lines)
    copies = form.cleaned_data.get("copies")
    limit, starts, explanation, problem = "", "", None, ""
    try:
        terms = terms_for(
            unit=unit,
            version=version,
            case=form.chosen_case,
            edition=current_edition(),
            answers=form.kept_answers,
        )
        limit = spoken.limit(terms.limit)
        starts = _starts(terms.limit.unit)
        explanation = terms.explain(at)
    except (CalendarNotPublished, AnswerMissing) as unknown:
        problem = explain(unknown)
    return Slip(
        limit=limit,
        starts=starts,
        explanation=explanation,
        lines=reasons.explanation_lines(explanation) if explanation else (),
        problem=problem,
        missing=missing(form.required, form.papers()),
        fee=fee,
        fee_lines=fee_lines,
        copies=spoken.copies_at(copies, fee) if copies and form.counts_copies else "",
        is_counted=not {"copies", "pages"}.intersection(form.errors),
    )


def _starts(unit: Unit) -> str:
    match unit:
        case Unit.SAME_DAY:
            return ""
        case Unit.WORKING_HOUR | Unit.WORKING_MINUTE:
            return "tính từ bây giờ"
        case _:
            return "tính từ ngày mai"
