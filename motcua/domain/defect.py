"""What may be wrong with a process, by name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Defect(StrEnum):
    """Lỗi của quy trình."""

    NO_STEPS = "no_steps"
    CODE_MISSING = "code_missing"
    CODE_REPEATED = "code_repeated"
    CODE_UNFIT = "code_unfit"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    KIND_UNKNOWN = "kind_unknown"
    ROLE_UNKNOWN = "role_unknown"
    PERFORMER_UNKNOWN = "performer_unknown"
    ROLE_UNFIT = "role_unfit"
    RECEIPT_MISSING = "receipt_missing"
    RECEIVED_TWICE = "received_twice"
    RECEIPT_FORKS = "receipt_forks"
    NEVER_RETURNED = "never_returned"
    RETURNED_TWICE = "returned_twice"
    TARGET_UNKNOWN = "target_unknown"
    TARGET_REPEATED = "target_repeated"
    LEADS_TO_ITSELF = "leads_to_itself"
    LEADS_TO_RECEIPT = "leads_to_receipt"
    RETURN_LEADS_ON = "return_leads_on"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    LOOP_WITHOUT_EXIT = "loop_without_exit"
    UNSIGNED = "unsigned"
    LIMIT_UNREADABLE = "limit_unreadable"
    BUDGET_UNREADABLE = "budget_unreadable"
    BUDGET_MISSING = "budget_missing"
    BUDGETS_BEYOND_LIMIT = "budgets_beyond_limit"
    NOBODY_THERE = "nobody_there"
    BASIS_MISSING = "basis_missing"
    CONDITION_UNREADABLE = "condition_unreadable"
    CONDITION_UNKNOWN = "condition_unknown"
    CONDITION_NEVER_HOLDS = "condition_never_holds"
    ANSWERS_LEAD_NOWHERE = "answers_lead_nowhere"
    TOO_MANY_ANSWERS = "too_many_answers"
    SAME_AS_UNKNOWN = "same_as_unknown"
    SAME_AS_UNFIT = "same_as_unfit"
    SAME_AS_NOT_BEFORE = "same_as_not_before"
    CONSULTED_UNKNOWN = "consulted_unknown"
    CONSULTED_ELSEWHERE = "consulted_elsewhere"
    QUESTION_UNSOUND = "question_unsound"
    QUESTION_REPEATED = "question_repeated"
    QUESTION_IDLE = "question_idle"


# What is seen of these is a set of answers with which they show.
SHOWN_BY_ANSWERS: Final = frozenset(
    {
        Defect.RECEIPT_FORKS,
        Defect.UNSIGNED,
        Defect.BUDGETS_BEYOND_LIMIT,
        Defect.ANSWERS_LEAD_NOWHERE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Chỗ sai: the defect, the code of the step it is at (empty: the whole), what was seen."""

    defect: Defect
    step: str = ""
    seen: str = ""
