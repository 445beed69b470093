"""What is said when a rule refuses: what happened, why, what to do next."""

from motcua.domain.calendar import CalendarNotPublished
from motcua.domain.consultation import ConsultationRefused, OpinionsOutstanding
from motcua.domain.dossier import ActionNotAllowed
from motcua.domain.history import HistoryOutOfOrder
from motcua.domain.notice import NoticeMoveNotAllowed
from motcua.domain.notice_words import HeldByState, NoticeIncomplete, NotOnTheList
from motcua.domain.passage import NobodyNamed, ReasonMissing, RecallRefused
from motcua.domain.pause import PauseImpossible
from motcua.domain.process import StepNotAllowed
from motcua.domain.promise import NothingExcused
from motcua.domain.standing import ApologyRefused, ExtensionRefused
from motcua.dossiers.services.assignment import AssignedAlready
from motcua.dossiers.services.ledger import SomebodyActed
from motcua.dossiers.services.notices import DraftedAlready, NoticeMoved, NotTheirNotice
from motcua.dossiers.services.processing import (
    HeldByColleague,
    NotAColleague,
    NotWhoDidIt,
    SentByNotice,
)
from motcua.dossiers.services.supplements import NothingBrought, StillMissing
from motcua.web.wording import (
    acts,
    administration,
    changes,
    counter,
    files,
    notices,
    promises,
    work,
)

MATTERS = (acts, promises, notices, counter, files, administration, changes, work)
# What the services raise when an act is not done; nothing is written then.
REFUSALS = (
    ActionNotAllowed,
    ApologyRefused,
    AssignedAlready,
    CalendarNotPublished,
    ConsultationRefused,
    DraftedAlready,
    ExtensionRefused,
    HeldByColleague,
    HeldByState,
    HistoryOutOfOrder,
    NobodyNamed,
    NotAColleague,
    NotWhoDidIt,
    NotOnTheList,
    NotTheirNotice,
    NothingBrought,
    NothingExcused,
    NoticeIncomplete,
    NoticeMoveNotAllowed,
    NoticeMoved,
    OpinionsOutstanding,
    PauseImpossible,
    RecallRefused,
    ReasonMissing,
    SentByNotice,
    SomebodyActed,
    StepNotAllowed,
    StillMissing,
)


def explain(problem: Exception) -> str:
    """Say what happened, why, and what to do next.  Raises TypeError for an unknown problem."""
    for matter in MATTERS:
        said = matter.words(problem)
        if said is not None:
            return said
    raise TypeError(f"no wording for {type(problem).__name__}")
