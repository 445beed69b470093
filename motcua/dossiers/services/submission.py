"""Before acceptance: what was brought and is not complete, refused, or taken back.

No number is given and no clock runs; the applicant goes home with a paper that says why.
"""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from motcua.agencies.queries import roles_at
from motcua.domain.calendar import office
from motcua.domain.dossier import Action, State
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.domain.process import Role
from motcua.domain.snapshot import Happening
from motcua.dossiers import facts
from motcua.dossiers.models import Dossier, Draft, Notice, PageSent, Paper
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import ledger, notices
from motcua.dossiers.services.contents import write_papers, write_parties
from motcua.dossiers.services.filings import (
    Desk,
    Filing,
    described,
    paper_of,
    parties_of,
    people_in,
    required_papers,
)
from motcua.dossiers.services.people import remember
from motcua.dossiers.services.reception import NotAtThisCounter
from motcua.dossiers.services.sealing import seal_anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Trả lời người nộp: which notice they get at once, and what it says."""

    kind: NoticeKind
    words: NoticeWords


def begin(*, desk: Desk, filing: Filing, answer: Answer, token: uuid.UUID) -> Notice:
    """Write down what was brought and not accepted, and tell the applicant why; return the notice.

    `token` is the page's: a page sent twice is answered with the notice of the first. The draft of
    that page goes in the same transaction. Raises NotAtThisCounter, NoCompetentDivision,
    CalendarNotPublished, AnswerMissing, NoticeIncomplete, NotOnTheList, HeldByState. Nothing is
    written then.

    Source: Decree 61/2018 art. 17: guided once, in writing, with each reason; Decree 118/2025
    art. 17.
    """
    first = notice_of(token)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            dossier = _submit(desk, filing, answer)
            PageSent.objects.create(token=token, dossier=dossier, officer=desk.officer)
            Draft.objects.filter(token=token, officer=desk.officer).delete()
            return _told(desk, dossier, answer)
    except IntegrityError:
        # The other sending of this page was still on its way when this one looked.
        first = notice_of(token)
        if first is None:
            raise
        return first


def notice_of(token: uuid.UUID) -> Notice | None:
    """Return the first notice of the dossier this page began; None when it began none."""
    return Notice.objects.filter(dossier__page_sent__token=token).order_by("pk").first()


@transaction.atomic
def again(*, desk: Desk, filing: Filing, answer: Answer) -> Notice:
    """The applicant came back and it still is not complete: what was brought, and what is missing.

    From the third request on the notice waits for who signs: its status tells. Raises what `begin`
    raises, DraftedAlready, and SomebodyActed when the dossier moved since the officer looked.

    Source: Decree 63/2010 art. 20: at most two trips for one matter.
    """
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit__agency", "version", "case")
        .get(pk=filing.begun, unit=desk.unit)
    )
    ledger.check_seen(dossier, filing.seen_revision)
    if State(dossier.state) is State.INCOMPLETE:
        _check_desk(desk)
        described(dossier, desk, filing)
        _write(dossier, filing, answer)
        _record(desk, dossier, Action.SUPPLEMENT)
    return _told(desk, dossier, answer)


def _submit(desk: Desk, filing: Filing, answer: Answer) -> Dossier:
    _check_desk(desk)
    dossier = described(Dossier(), desk, filing)
    parties = parties_of(filing, remember(person for _role, person in people_in(filing)))
    papers = _papers(filing, answer)
    ledger.record(
        dossier,
        _happening(desk, Action.SUBMIT),
        terms=terms_of(dossier),
        facts=facts.digest_of_rows(
            dossier, parties=parties, papers=papers, payments=(), result=None
        ),
    )
    write_papers(dossier, papers)
    write_parties(dossier, parties)
    seal_anew(Dossier.objects.filter(pk=dossier.pk))
    return dossier


def _write(dossier: Dossier, filing: Filing, answer: Answer) -> None:
    write_papers(dossier, _papers(filing, answer))
    write_parties(
        dossier, parties_of(filing, remember(person for _role, person in people_in(filing)))
    )


def _record(desk: Desk, dossier: Dossier, action: Action) -> None:
    ledger.record(
        dossier,
        _happening(desk, action),
        terms=terms_of(dossier),
        facts=facts.digest_of_stored(dossier),
    )


def _happening(desk: Desk, action: Action) -> Happening:
    return Happening(action=action, at=desk.at, agency=desk.unit.agency_id, officer=desk.officer.pk)


def _told(desk: Desk, dossier: Dossier, answer: Answer) -> Notice:
    return notices.hand_out(
        dossier_id=dossier.pk,
        kind=answer.kind,
        words=answer.words,
        officer=desk.officer,
        at=desk.at,
    )


def _check_desk(desk: Desk) -> None:
    held = roles_at(desk.officer, desk.unit.agency_id, on=office(desk.at).date())
    if Role.RECEPTION not in held:
        raise NotAtThisCounter(desk.unit)


def _papers(filing: Filing, answer: Answer) -> list[Paper]:
    """Return a row for each paper that is there or asked for, marked as it was found."""
    asked = {paper.position: paper for paper in answer.words.papers}
    brought = {paper.position: paper for paper in filing.papers}
    rows = []
    for required in required_papers(filing.version, filing.case):
        found, flawed = brought.get(required.position), asked.get(required.position)
        if flawed is None and (found is None or not found.is_there):
            continue
        row = paper_of(found, required) if found else Paper(position=required.position)
        row.name = required.name
        rows.append(_marked(row, flawed))
    return rows


def _marked(row: Paper, flawed: AskedFor | None) -> Paper:
    if flawed is not None:
        row.mark, row.note = flawed.flaw.value, flawed.reason
    return row
