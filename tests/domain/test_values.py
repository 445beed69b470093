"""Numbers, text, papers, fees, tallies, minutes: values that cannot be wrong."""

import random
from datetime import date, datetime, timedelta

import pytest

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime
from motcua.domain.checklist import Mark, Presented, Required, missing
from motcua.domain.citizen_card import CardUnreadable, CitizenCard, Sex
from motcua.domain.dossier import Action, State
from motcua.domain.fee import FeeKind, FeeRule, fees_due
from motcua.domain.history import HistoryOutOfOrder, fold
from motcua.domain.limit import TimeLimit
from motcua.domain.numbering import DossierNumber, NumbersExhausted, NumberUnreadable
from motcua.domain.permission import permitted
from motcua.domain.process import Performer, Process, ProcessFlawed, Role, Step, StepKind
from motcua.domain.responsibility import shares
from motcua.domain.snapshot import Happening
from motcua.domain.tally import BooksDoNotBalance, Tally, total
from motcua.domain.terms import Terms
from motcua.domain.vietnamese import fold as folded
from motcua.domain.vietnamese import sort_key, tidy

OFFICE = OfficeTime(shipped_calendar())
START = datetime(2021, 3, 1, 9, 0, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("000.00.53.H48-220921-0099", "000.00.53.H48"),
        ("000.00.06.H56-231027-0361", "000.00.06.H56"),
        ("H15.50.05.13-261008-0975", "H15.50.05.13"),
        ("H55.242-260101-1234567", "H55.242"),
    ],
)
def test_numbers_of_both_orders_are_read_and_written_the_same(text, agency):
    assert (str(DossierNumber.parse(text)), DossierNumber.parse(text).agency) == (text, agency)


@pytest.mark.parametrize(
    "text", ["", "H40", "H40-210230-0001", "000.00.99.H40-210317-12", "H40-210317-0000", "x" * 99]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberUnreadable):
        DossierNumber.parse(text)


def test_an_agency_runs_out_of_numbers_loudly():
    with pytest.raises(NumbersExhausted):
        DossierNumber("H40", date(2021, 3, 17), 10_000_000)


def test_text_is_folded_and_ordered_as_vietnamese():
    decomposed = "Nguye\u0302\u0303n  Đức\u200b"
    assert (tidy(decomposed), folded(decomposed)) == ("Nguyễn Đức", "nguyen duc")
    words = ["đa", "ăn", "an", "ân", "dạ", "da", "oanh", "ô", "ơ"]
    assert sorted(words, key=sort_key) == ["an", "ăn", "ân", "da", "dạ", "đa", "oanh", "ô", "ơ"]


def test_a_scanned_card_fills_the_form():
    card = CitizenCard.parse(
        "003200000001|161234567|Trần  Thị Na|05091990|Nữ|Xóm 1, Nghĩa Minh|01032021\n"
    )
    assert (card.full_name, card.sex, card.born_on) == ("Trần Thị Na", Sex.FEMALE, date(1990, 9, 5))
    for bad in ("", "|||||||", "003200000001||Na|31021990|Nữ|x|", "12|3|Na|05091990|Nữ|x|"):
        with pytest.raises(CardUnreadable):
            CitizenCard.parse(bad)


def test_papers_missing_are_named_in_their_order():
    asked = [
        Required(position=2, name="Giấy chứng sinh"),
        Required(position=1, name="Tờ khai"),
        Required(position=3, name="Giấy ủy quyền", compulsory=False),
    ]
    wrong = Presented(position=1, originals=1, mark=Mark.WRONG)
    assert [paper.name for paper in missing(asked, [wrong])] == ["Tờ khai", "Giấy chứng sinh"]


def test_copies_cost_two_thousand_then_one_and_never_more_than_the_ceiling():
    rule = FeeRule(
        name="Sao y",
        kind=FeeKind.FEE,
        amount=2000,
        per="trang",
        first=2,
        further=1000,
        ceiling=200_000,
    )
    due = [fees_due([rule], quantity=n)[0].amount for n in (1, 2, 3, 500)]
    assert due == [2000, 4000, 5000, 200_000]
    assert fees_due([rule], exempt=True)[0].amount == 0


def test_books_that_do_not_balance_cannot_exist():
    fair = Tally(
        received=5,
        carried_in=1,
        settled=3,
        early=1,
        on_time=1,
        late=1,
        open=2,
        open_within=1,
        open_suspended=1,
        sent_back=1,
    )
    assert total([fair, fair]).in_time == 4
    for lie in ({"received": 6}, {"late": 2}, {"open_within": 2}, {"sent_back": 0}):
        with pytest.raises(BooksDoNotBalance):
            Tally(
                **{
                    **{
                        "received": 5,
                        "carried_in": 1,
                        "settled": 3,
                        "early": 1,
                        "on_time": 1,
                        "late": 1,
                        "open": 2,
                        "open_within": 1,
                        "open_suspended": 1,
                        "sent_back": 1,
                    },
                    **lie,
                }
            )


def a_process():
    def step(code, kind, role, performer=Performer.DIVISION):
        return Step(code=code, kind=kind, role=role, performer=performer)

    return Process(
        (
            step("receive", StepKind.RECEIVE, Role.RECEPTION, Performer.UNIT),
            step("handle", StepKind.HANDLE, Role.HANDLER),
            step("approve", StepKind.APPROVE, Role.APPROVER),
            step("seal", StepKind.SEAL, Role.HANDLER),
            step("return", StepKind.RETURN, Role.RECEPTION, Performer.UNIT),
        )
    )


def test_a_road_that_does_not_return_is_no_process():
    with pytest.raises(ProcessFlawed):
        Process(a_process().steps[:-1])
    with pytest.raises(ProcessFlawed):
        Process(a_process().steps[1:])


ROAD = [
    Action.RECEIVE,
    Action.HAND_OVER,
    Action.TAKE,
    Action.REQUEST_SUPPLEMENT,
    Action.SUPPLEMENT,
    Action.PROPOSE,
    Action.SEND_BACK_FOR_REWORK,
    Action.PROPOSE,
    Action.APPROVE,
    Action.ISSUE_RESULT,
    Action.RETURN,
]


def a_history(gaps):
    at, happenings = START, []
    for number, (action, gap) in enumerate(zip(ROAD, gaps, strict=True)):
        back = "handle" if action is Action.SEND_BACK_FOR_REWORK else ""
        happenings.append(
            Happening(
                action=action,
                at=at,
                agency=1 + number % 2,
                to_agency=1 + number % 3,
                to_step=back,
                note="lý do",
            )
        )
        at += timedelta(minutes=gap)
    return happenings


def test_every_working_minute_has_one_holder_and_the_minutes_add_up():
    chance = random.Random(17_03)
    terms = Terms(limit=TimeLimit.parse("5 working_day"), process=a_process(), office_time=OFFICE)
    for _ in range(300):
        happenings = a_history([chance.randrange(0, 4000) for _ in ROAD])
        for length in range(1, len(ROAD) + 1):
            now = fold(happenings[:length], terms)
            at = now.last_at + timedelta(days=2)
            found = shares(now, at=at, office_time=OFFICE)
            end = now.clock_ended_at or at
            whole = OFFICE.opening_minutes_between(now.accepted_at, end)
            assert sum(share.minutes for share in found) == whole
            assert all(share.minutes >= 0 for share in found)
            assert now.due_at >= now.promised_at
        assert now.state is State.RETURNED and len(now.steps) == 7


def test_nothing_happens_before_what_went_before_it():
    terms = Terms(limit=TimeLimit.parse("1 month"), process=a_process(), office_time=OFFICE)
    first, second = a_history([0] * len(ROAD))[:2]
    early = Happening(action=second.action, at=START - timedelta(minutes=1), agency=1)
    with pytest.raises(HistoryOutOfOrder):
        fold([first, early], terms)


def test_where_signing_is_the_last_work_the_signer_records_the_result():
    steps = [
        Step(code=kind.value, kind=kind, role=role, performer=Performer.AGENCY)
        for kind, role in (
            (StepKind.RECEIVE, Role.RECEPTION),
            (StepKind.HANDLE, Role.HANDLER),
            (StepKind.APPROVE, Role.APPROVER),
            (StepKind.RETURN, Role.RECEPTION),
        )
    ]
    how = {"state": State.IN_PROCESS, "process": Process(tuple(steps))}
    may = permitted(step="approve", roles={Role.APPROVER}, **how)
    assert Action.ISSUE_RESULT in may and Action.APPROVE not in may
    assert Action.ISSUE_RESULT not in permitted(step="approve", roles={Role.HANDLER}, **how)
