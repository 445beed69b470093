"""What a notice has to say, kind by kind; the moves of a notice, status by status."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark
from motcua.domain.notice import (
    MOVES,
    NoticeKind,
    NoticeMove,
    NoticeMoveNotAllowed,
    NoticeStatus,
    is_signed_by_drafter,
    moved,
)
from motcua.domain.notice_words import (
    WRONG_BODY,
    AskedFor,
    HeldByState,
    NoticeFlaw,
    NoticeIncomplete,
    NoticeWords,
    check,
    check_approval,
    check_sources,
)

TODAY = date(2021, 3, 17)
PAPER = AskedFor(position=1, flaw=Mark.MISSING, reason="Chưa nộp")
WHOLE = NoticeWords(
    reason="Theo quy định",
    papers=(PAPER,),
    answer_by=date(2021, 3, 31),
    new_due_at=datetime(2021, 3, 31, 17, tzinfo=OFFICE_ZONE),
    amount=1,
)
K, F = NoticeKind, NoticeFlaw


def flaw_of(kind, words, *, is_accepted=True):
    try:
        check(kind, words, on=TODAY, is_accepted=is_accepted)
    except NoticeIncomplete as refused:
        return refused.flaw
    return None


@pytest.mark.parametrize("kind", list(K))
def test_a_notice_that_says_everything_may_go_out(kind):
    assert flaw_of(kind, WHOLE) is None


# Left out of a notice that says everything, and what is said of that: for these kinds, no other.
LEFT_OUT = [
    ({"papers": ()}, F.NOTHING_ASKED, {K.SUPPLEMENT}),
    ({"papers": (replace(PAPER, reason=" "),)}, F.PAPER_WITHOUT_REASON, set(K)),
    (
        {"reason": " "},
        F.NO_REASON,
        {K.REFUSAL, K.PAYMENT, K.EXTENSION, K.APOLOGY, K.STOP},
    ),
    ({"reason_code": WRONG_BODY}, F.NO_GUIDANCE, set(K)),
    ({"answer_by": None}, F.NO_ANSWER_DATE, {K.SUPPLEMENT, K.PAYMENT}),
    ({"answer_by": TODAY}, F.ANSWER_DATE_PAST, set(K)),
    ({"amount": None}, F.NO_AMOUNT, {K.PAYMENT}),
    ({"amount": 0}, F.NO_AMOUNT, {K.PAYMENT}),
    ({"new_due_at": None}, F.NO_NEW_DATE, {K.EXTENSION, K.APOLOGY}),
]


@pytest.mark.parametrize("kind", list(K))
@pytest.mark.parametrize(("change", "flaw", "kinds"), LEFT_OUT)
def test_what_is_left_out_is_named(kind, change, flaw, kinds):
    assert flaw_of(kind, replace(WHOLE, **change)) is (flaw if kind in kinds else None)


def test_before_acceptance_no_day_is_set():
    assert flaw_of(K.SUPPLEMENT, replace(WHOLE, answer_by=None), is_accepted=False) is None


@pytest.mark.parametrize(("rounds", "asks"), [(0, False), (1, False), (2, True), (9, True)])
def test_from_the_third_request_on_the_approver_says_why(rounds, asks):
    check_approval(K.SUPPLEMENT, rounds=rounds, note="Không làm theo hướng dẫn")
    check_approval(K.STOP, rounds=rounds, note="")
    if not asks:
        check_approval(K.SUPPLEMENT, rounds=rounds, note=" ")
        return
    with pytest.raises(NoticeIncomplete):
        check_approval(K.SUPPLEMENT, rounds=rounds, note=" ")


def test_what_a_database_holds_is_named_unless_it_failed():
    held = {1: "Trích lục", 2: "Căn cước"}
    check_sources([replace(PAPER, source_failed="Dữ liệu sai tên")], held=held)
    with pytest.raises(HeldByState) as told:
        check_sources([PAPER, replace(PAPER, position=3)], held=held)
    assert told.value.names == ("Trích lục",)


@pytest.mark.parametrize("move", list(NoticeMove))
@pytest.mark.parametrize("status", list(NoticeStatus))
def test_moves_lead_where_the_table_says_and_nowhere_else(status, move):
    if (status, move) in MOVES:
        assert moved(status, move) is MOVES[status, move]
    else:
        with pytest.raises(NoticeMoveNotAllowed):
            moved(status, move)


def test_what_was_sent_or_cancelled_never_moves_again():
    over = {NoticeStatus.SENT, NoticeStatus.CANCELLED}
    assert not over & {status for status, _move in MOVES}


@pytest.mark.parametrize("kind", list(K))
@pytest.mark.parametrize("is_accepted", [False, True])
@pytest.mark.parametrize("rounds", [0, 1, 2, 3])
def test_the_counter_signs_alone_only_what_moves_no_clock(kind, is_accepted, rounds):
    alone = is_signed_by_drafter(kind, is_accepted=is_accepted, rounds=rounds)
    expected = kind is K.WITHDRAWAL or (
        not is_accepted and rounds < 2 and kind in (K.SUPPLEMENT, K.REFUSAL)
    )
    assert alone is expected
