"""What the applicant takes home: the result, recorded when it is signed and handed over to whom it
is due; or, of a dossier that ended without one, the papers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.models import Officer
from motcua.domain.dossier import Action
from motcua.domain.vietnamese import tidy
from motcua.dossiers.models import Dossier, HandBack, Result
from motcua.dossiers.services import attachments, processing
from motcua.dossiers.services.attachments import Kept


class PapersFetched(Exception):
    """Somebody fetched the papers before; `known` says who, when, and from whom."""

    def __init__(self, known: HandBack) -> None:
        super().__init__(f"{known.dossier_id}: fetched by {known.collector_name}")
        self.known = known


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultWords:
    """Kết quả: number, date of signing and signer of the document."""

    number: str
    signed_on: date | None
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Người nhận kết quả hoặc giấy tờ; `note` says by what right when it is not the owner."""

    full_name: str
    personal_id: str
    note: str = ""


@transaction.atomic
def issue(
    *,
    dossier_id: int,
    words: ResultWords,
    file: Kept | None,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
    note: str = "",
) -> Dossier:
    """Record the signed result; the legal clock stops and the counter may hand it over.

    `file` is the scanned result, already in the store. Raises what `processing.act` raises, and
    AlreadyAttached.

    Source: Decree 61/2018 art. 20.
    """
    result = _locked_result_of(dossier_id)
    result.number = tidy(words.number)
    result.signed_on = words.signed_on
    result.signer = tidy(words.signer)
    dossier = processing.act(
        dossier_id=dossier_id,
        action=Action.ISSUE_RESULT,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
        note=note,
        result=result,
    )
    if file is not None:
        attachments.record(dossier, file, kind="result", officer=officer, at=at)
    return dossier


@transaction.atomic
def return_to_applicant(
    *,
    dossier_id: int,
    collector: Collector,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
) -> Dossier:
    """Hand the result over at the counter and keep who took it.

    Raises what `processing.act` raises.

    Source: Decree 61/2018 art. 20: results go to the applicant or whom they authorised.
    """
    result = _locked_result_of(dossier_id)
    result.collector_name = tidy(collector.full_name)
    result.collector_id = collector.personal_id
    result.collector_note = tidy(collector.note)
    return processing.act(
        dossier_id=dossier_id,
        action=Action.RETURN,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
        result=result,
    )


@transaction.atomic
def hand_papers_back(
    *,
    dossier_id: int,
    collector: Collector,
    officer: Officer,
    at: datetime,
    seen_revision: int | None = None,
) -> Dossier:
    """Hand back the papers of a dossier that ended unsettled, once, and keep who took them.

    Raises PapersFetched, and what `processing.act` raises. Nothing is written then.

    Source: Decree 61/2018 art. 18 and 20: what is not settled goes back to the applicant.
    """
    _lock(dossier_id)
    known = (
        HandBack.objects.filter(dossier=dossier_id)
        .select_related("event__officer", "event__agency")
        .first()
    )
    if known is not None:
        raise PapersFetched(known)
    return processing.act(
        dossier_id=dossier_id,
        action=Action.HAND_BACK,
        officer=officer,
        at=at,
        seen_revision=seen_revision,
        hand_back=HandBack(
            dossier_id=dossier_id,
            collector_name=tidy(collector.full_name),
            collector_id=collector.personal_id,
            collector_note=tidy(collector.note),
        ),
    )


def _lock(dossier_id: int) -> None:
    Dossier.objects.select_for_update(of=("self",)).only("pk").get(pk=dossier_id)


def _locked_result_of(dossier_id: int) -> Result:
    # Under the dossier's lock: whoever writes a result meanwhile has finished, or waits.
    _lock(dossier_id)
    known = Result.objects.filter(dossier_id=dossier_id).first()
    return known or Result(dossier_id=dossier_id)
