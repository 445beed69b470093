"""The papers of a procedure as a form asks about them, with what is there of each."""

from collections.abc import Iterable

from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.domain.checklist import Mark
from motcua.domain.notice_words import AskedFor
from motcua.dossiers.models import Paper
from motcua.web.notice_forms import ListedPaper


def listed_papers(
    version: ProcedureVersion,
    case: ProcedureCase | None,
    there: Iterable[Paper],
    asked: Iterable[AskedFor] = (),
) -> list[ListedPaper]:
    """Return each paper the procedure asks for; marked as `asked` says, where it says so."""
    rows = {paper.position: paper for paper in there}
    said = {one.position: one for one in asked}
    return [
        ListedPaper(
            position=document.position,
            name=document.name,
            flaw=said[document.position].flaw.value if document.position in said else "",
            reason=said[document.position].reason if document.position in said else "",
            source=document.state_source,
            source_failed=said[document.position].source_failed
            if document.position in said
            else "",
            handed_in=handed_in(rows.get(document.position)),
        )
        for document in version.documents.all()
        if document.case_id is None or (case is not None and document.case_id == case.pk)
    ]


def handed_in(paper: Paper | None) -> str:
    """Say what is there of a paper."""
    if paper is None or paper.mark == Mark.MISSING:
        return "chưa nộp"
    if paper.mark == Mark.SHOWN:
        return "đã xem, trả lại ngay"
    kinds = (
        ("bản chính", paper.originals),
        ("bản chứng thực", paper.certified),
        ("bản chụp", paper.photocopies),
    )
    return ", ".join(f"{number} {kind}" for kind, number in kinds if number) or "chưa nộp"
