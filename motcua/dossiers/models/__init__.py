"""Dossiers and what belongs to them: data and constraints, one file a matter."""

from motcua.dossiers.models.books import DayBook, Draft, PageSent, ProcedureUse, Serial
from motcua.dossiers.models.consultations import Enclosure, OpinionAsked
from motcua.dossiers.models.contents import Attachment, HandBack, Paper, Payment, Result
from motcua.dossiers.models.dossier import BRINGS_FIRST, Dossier, Party
from motcua.dossiers.models.handed_out import HandOverLine, HandOverList, Receipt, ReceiptIssue
from motcua.dossiers.models.history import Correction, DossierEvent, StepTaken
from motcua.dossiers.models.inspections import Inspection, Inspector
from motcua.dossiers.models.messages import ApplicantMessage
from motcua.dossiers.models.notes import InternalNote
from motcua.dossiers.models.notices import Notice, NoticeItem
from motcua.dossiers.models.promise_changes import PromiseChange, PromiseMove

__all__ = [
    "BRINGS_FIRST",
    "ApplicantMessage",
    "Attachment",
    "Correction",
    "DayBook",
    "Dossier",
    "DossierEvent",
    "Draft",
    "Enclosure",
    "HandBack",
    "HandOverLine",
    "HandOverList",
    "Inspection",
    "Inspector",
    "InternalNote",
    "Notice",
    "NoticeItem",
    "OpinionAsked",
    "PageSent",
    "Paper",
    "Party",
    "Payment",
    "ProcedureUse",
    "PromiseChange",
    "PromiseMove",
    "Receipt",
    "ReceiptIssue",
    "Result",
    "Serial",
    "StepTaken",
]
