"""What a notice says, as the value the rules take and as its rows."""

from datetime import datetime

from motcua.domain.calendar import office
from motcua.domain.checklist import Mark
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords, NotOnTheList, check, check_sources
from motcua.domain.vietnamese import tidy
from motcua.dossiers.labels import MARK_LABELS
from motcua.dossiers.models import Dossier, Notice, NoticeItem


def words_of(notice: Notice) -> NoticeWords:
    """Return what the notice says, as a value."""
    return NoticeWords(
        reason=notice.reason,
        reason_code=notice.reason_code,
        guidance=notice.guidance,
        papers=tuple(
            AskedFor(
                position=item.position,
                flaw=Mark(item.flaw),
                reason=item.reason,
                source_failed=item.source_failed,
            )
            for item in notice.items.all()
        ),
        answer_by=notice.answer_by,
        new_due_at=notice.new_due_at,
        responsible_step=notice.responsible_step,
        amount=notice.amount,
    )


def said_in_short(notice: Notice) -> str:
    """Return what the event of sending says: each paper with its reason, then the reason."""
    papers = (
        f"{item.name} ({MARK_LABELS[item.flaw].lower()}): {item.reason}"
        for item in notice.items.all()
    )
    return "; ".join(part for part in (*papers, notice.reason) if part)


def write(notice: Notice, dossier: Dossier, words: NoticeWords, *, at: datetime) -> None:
    """Write what the notice says onto its rows.

    Raises NoticeIncomplete, NotOnTheList, HeldByState.
    """
    kind, is_accepted = NoticeKind(notice.kind), dossier.accepted_at is not None
    check(kind, words, on=office(at).date(), is_accepted=is_accepted)
    items = _items(dossier, words)
    notice.reason = words.reason.strip()
    notice.reason_code = words.reason_code
    notice.guidance = words.guidance.strip()
    notice.answer_by = words.answer_by
    notice.new_due_at = words.new_due_at
    notice.responsible_step = words.responsible_step
    notice.amount = words.amount
    notice.save()
    notice.items.all().delete()
    for item in items:
        item.notice = notice
    NoticeItem.objects.bulk_create(items)


def _items(dossier: Dossier, words: NoticeWords) -> list[NoticeItem]:
    """Return a row for each paper, by its place on the procedure's list.

    Raises NotOnTheList, HeldByState.
    """
    listed = {
        document.position: document
        for document in dossier.version.documents.all()
        if document.case_id in (None, dossier.case_id)
    }
    for asked in words.papers:
        if asked.position not in listed:
            raise NotOnTheList(asked.position)
    check_sources(
        words.papers,
        held={place: one.name for place, one in listed.items() if one.is_held_by_state},
    )
    there = {paper.position: paper for paper in dossier.papers.all()}
    return [
        NoticeItem(
            position=asked.position,
            paper=there.get(asked.position),
            name=listed[asked.position].name,
            flaw=asked.flaw.value,
            reason=tidy(asked.reason),
            source_failed=tidy(asked.source_failed),
        )
        for asked in sorted(words.papers, key=lambda asked: asked.position)
    ]
