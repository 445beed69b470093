"""What the page of a dossier says of the notices to its applicant."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.domain.dossier import Action
from motcua.domain.notice import ACT_OF, NoticeKind
from motcua.domain.terms import Terms
from motcua.dossiers.labels import NOTICE_KIND_LABELS, NOTICE_STATUS_LABELS
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.services.signing import may_draft, signs
from motcua.web.access import Acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Một văn bản trên trang hồ sơ."""

    notice: Notice
    kind: str
    status: str
    is_letter: bool


def lines(dossier: Dossier) -> Sequence[Line]:
    """Return the notices of the dossier, the newest first."""
    found = (
        dossier.notices.select_related("drafted_by", "approved_by", "unit")
        .prefetch_related("items")
        .order_by("-pk")
    )
    return [
        Line(
            notice=notice,
            kind=NOTICE_KIND_LABELS[notice.kind],
            status=NOTICE_STATUS_LABELS[notice.status],
            is_letter=notice.kind in (NoticeKind.EXTENSION, NoticeKind.APOLOGY),
        )
        for notice in found
    ]


def also_drafted(dossier: Dossier, terms: Terms, acting: Acting) -> set[Action]:
    """Return what the officer may draft for who signs, besides what they may do themselves."""
    roles = acting.roles_by_agency
    is_colleagues = dossier.holder_officer_id not in (None, acting.officer and acting.officer.pk)
    if is_colleagues and not signs(dossier, terms, roles):
        return set()
    if may_draft(NoticeKind.STOP, dossier, terms=terms, roles=roles):
        return {ACT_OF[NoticeKind.STOP]}
    return set()
