"""Trang giấy: what every paper is made of: its page, form, head, signatures and common words."""

from datetime import date, datetime
from typing import Final

from motcua.agencies.models import Agency, OneStopUnit
from motcua.domain import letterhead, spoken
from motcua.domain.calendar import office
from motcua.domain.form_set import Form, FormSet, Size, form_set
from motcua.domain.standing import Standing
from motcua.dossiers.models import Dossier, Party, ReceiptIssue
from motcua.dossiers.queries import bringing_first

Words = dict[str, object]
Pair = tuple[str, str]
PAGES: Final = {
    Size.A5: {"paper": "a5", "flipped": False},
    Size.A4: {"paper": "a4", "flipped": False},
    Size.A4_LANDSCAPE: {"paper": "a4", "flipped": True},
}
# The words of the control sheet's column "Kết quả giải quyết hồ sơ".
OUTCOME_WORDS: Final = {
    Standing.EARLY: "Trước hạn",
    Standing.ON_TIME: "Đúng hạn",
    Standing.LATE: "Quá hạn",
}


def form_words(forms: FormSet, form: Form) -> Words:
    """Return the page, the number and the circular of a form."""
    sheet = forms.sheets[form]
    return {
        "page": PAGES[sheet.size],
        "form": f"Mẫu số {sheet.code}",
        "circular": f"(Ban hành kèm theo {forms.circular})",
    }


def head(unit: OneStopUnit, *, on: date, position: int | None = None) -> Words:
    """Return the letterhead, with the place and the day."""
    agency: Agency = unit.agency
    return {
        "committee": letterhead.committee(agency.name),
        "section": letterhead.section(unit.name),
        "number": "" if position is None else f"Số: {letterhead.number(position, unit.name)}",
        "place_and_day": f"{letterhead.place(agency.name)}, {spoken.full_day(on)}",
    }


def signatures(*sides: Pair) -> list[Words]:
    """Return who signs, side by side: each title with the name below it."""
    return [{"title": title.upper(), "name": name} for title, name in sides]


def printed(at: datetime, issue: ReceiptIssue | None = None) -> str:
    """Return the foot of the page: when, and which issue from the second on."""
    words = f"In lúc {spoken.short_moment(at)}"
    return f"{words} · Lần in {issue.position}" if issue and issue.position > 1 else words


def procedure_words(dossier: Dossier) -> str:
    """Return the procedure with its case and the dossier's subject."""
    name = dossier.version.procedure.name
    case = f" – {dossier.case.name}" if dossier.case else ""
    subject = f" ({dossier.subject})" if dossier.subject else ""
    return f"{name}{case}{subject}"


def number_in_two_lines(dossier: Dossier) -> str:
    """Return the number for a narrow column: the agency above the running part."""
    agency, _hyphen, running = (dossier.number or "").partition("-")
    return f"{agency}-\n{running}"


def parties_of(dossier: Dossier) -> dict[str, Party]:
    """Return the dossier's parties by their role."""
    return {party.role: party for party in dossier.parties.all()}


def who_brings(dossier: Dossier) -> str:
    """Return the name of who stands at the counter, the owner last."""
    parties = bringing_first(dossier.parties.all())
    return parties[0].full_name if parties else dossier.applicant_name


def forms_of(dossier: Dossier) -> FormSet:
    """Return the forms in force on the day of acceptance."""
    return form_set(accepted_on(dossier))


def accepted_on(dossier: Dossier) -> date:
    """Return the day of acceptance, in office time."""
    assert dossier.accepted_at is not None, "papers are for accepted dossiers"
    return office(dossier.accepted_at).date()


def day_and_hour(at: datetime) -> str:
    """Return a moment for a narrow column: the day above the hour."""
    return f"{spoken.day(office(at).date())}\n{spoken.hour(at)}"
