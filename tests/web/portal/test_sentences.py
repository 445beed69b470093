"""Every state is told in plain words: where the dossier is, when to come, what else to know."""

from datetime import timedelta

import pytest

from motcua.agencies.queries import office_time
from motcua.domain.dossier import CLOCK_PAUSED, CLOCK_RUNS, SETTLED, Action, State
from motcua.domain.limit import TimeLimit
from motcua.domain.process import StepKind
from motcua.domain.standing import Standing
from motcua.dossiers.labels import STATE_LABELS
from motcua.web.portal import sentences
from tests.world import MORNING

RUNNING = (Standing.WITHIN, Standing.DUE_SOON, Standing.OVERDUE)
DONE = (Standing.EARLY, Standing.ON_TIME, Standing.LATE)
STANDINGS = {
    **{state: RUNNING for state in CLOCK_RUNS},
    **{state: (Standing.SUSPENDED,) for state in CLOCK_PAUSED},
    **{state: DONE for state in SETTLED},
}
PAIRS = [(state, standing) for state in State for standing in STANDINGS.get(state, (None,))]
CHANNELS = ["counter", "post", "electronic"]


def facts(world, state, standing, **how):
    due_at = MORNING + timedelta(days=-2 if standing is Standing.OVERDUE else 5)
    late = standing is Standing.LATE
    values = {
        "state": state,
        "standing": standing,
        "agency": "Phòng Tư pháp",
        "unit": "Bộ phận Một cửa thị trấn Liễu Đề",
        "authority": "UBND thị trấn Liễu Đề",
        "phone": "0228 000 0001",
        "return_channel": "counter",
        "at": MORNING,
        "office_time": office_time(world.unit.pk, 1),
        "step": StepKind.HANDLE,
        "due_at": due_at,
        "promised_at": due_at,
        "settled_at": due_at + timedelta(days=3 if late else -1),
        "ended_at": MORNING,
        "returned_at": MORNING,
    }
    return sentences.Facts(**{**values, **how})


def told(here):
    return " ".join((sentences.where(here), sentences.when(here), sentences.besides(here)))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("state", "standing"), PAIRS, ids=str)
def test_every_state_and_standing_is_told_without_codes(world, state, standing, channel):
    words = told(facts(world, state, standing, return_channel=channel))
    assert words.strip().endswith(".")
    assert "đang xử lý" not in words.lower()
    for code in (*State, *Action, *Standing, *StepKind):
        assert f" {code.value} " not in words, code
    assert "None" not in words


@pytest.mark.parametrize("step", list(StepKind))
def test_every_step_is_told_by_what_is_done_there(world, step):
    words = sentences.where(facts(world, State.IN_PROCESS, Standing.WITHIN, step=step))
    assert words.startswith("Hồ sơ của ông/bà đang được Phòng Tư pháp ")
    assert sentences.DOING[step] in words


def test_the_sentences_cover_exactly_the_states_of_the_table():
    assert set(STANDINGS) | {state for state, _ in PAIRS} == set(State) == set(STATE_LABELS)


def test_late_is_said_plainly_with_the_apology(world):
    words = told(facts(world, State.IN_PROCESS, Standing.OVERDUE))
    assert "quá hạn 2 ngày làm việc" in words
    assert "Hẹn trả là Thứ Hai, 15/03/2021, 08:03." in words
    assert "UBND thị trấn Liễu Đề xin lỗi ông/bà" in words
    assert "gọi 0228 000 0001" in words


def test_a_promise_that_moved_names_both_days(world):
    here = facts(world, State.IN_PROCESS, Standing.WITHIN, promised_at=MORNING + timedelta(days=1))
    words = told(here)
    assert "Hẹn trả kết quả: Thứ Hai, 22/03/2021" in words
    assert "Ngày hẹn ban đầu là Thứ Năm, 18/03/2021" in words


def test_without_a_telephone_the_unit_is_named(world):
    words = told(facts(world, State.RETURNED, Standing.ON_TIME, phone=""))
    assert "hỏi Bộ phận Một cửa thị trấn Liễu Đề" in words


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị H…"),
        ("  Nguyễn   Văn  A ", "Nguyễn Văn A…"),
        ("Hoa", "H…"),
        ("Công ty TNHH Một thành viên Rạng Đông", "Công ty TNHH Một thành viên Rạng Đ…"),
        ("", "…"),
    ],
)
def test_a_name_is_masked_in_part(name, masked):
    assert sentences.masked_name(name) == masked


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("5 working_day", "Thời hạn 5 ngày làm việc, tính từ ngày sau ngày tiếp nhận."),
        ("4 working_hour", "Thời hạn 4 giờ làm việc, tính ngay từ lúc tiếp nhận."),
        (
            "same_day",
            "Kết quả trả trong ngày; nhận muộn trong ngày thì trả ngày làm việc tiếp theo.",
        ),
    ],
)
def test_how_a_limit_is_counted(limit, words):
    assert sentences.how_counted(TimeLimit.parse(limit)) == words
