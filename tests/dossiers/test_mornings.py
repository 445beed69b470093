"""The day's work in processes of its own: two at once, and one that is killed."""

import signal
import time

from tests.homes import run

LATE = {"MOTCUA_CLOCK_START": "2021-04-05T07:30:00+07:00"}
DOSSIERS = 12


def test_two_runs_at_once_and_a_killed_one_propose_each_letter_once(town):
    with town.work("receive", str(DOSSIERS // 2)) as counter:
        assert counter.wait(120) == 0
    town.environment |= LATE | {"MOTCUA_CLOCK_ANCHOR": repr(time.time())}
    with town.work("daily", module="motcua.cli") as killed:
        time.sleep(1.5)
        killed.send_signal(signal.SIGKILL)
    both = [town.work("daily", module="motcua.cli") for _ in range(2)]
    said = []
    for each in both:
        with each:
            said.append(each.stdout.read())
            assert each.wait(60) == 0
    again = town.work("daily", module="motcua.cli")
    with again:
        assert "không có văn bản nào phải đề xuất" in again.stdout.read()
    listed = town.work("letters")
    with listed:
        letters = listed.stdout.read().split()
    assert sorted(letters) == ["apology"] * DOSSIERS, said
    proven = town.verify()
    assert (proven.returncode, proven.stderr) == (0, "")


def test_the_command_says_what_it_did(town):
    with town.work("receive", "1") as counter:
        assert counter.wait(120) == 0
    named = {"MOTCUA_CLOCK_ANCHOR": repr(time.time())}
    words = ("daily", "--home", str(town.home))
    early = run(*words, database=town.database, named={**named, "MOTCUA_CLOCK_START": "2021-03-18"})
    assert (early.returncode, early.stdout) == (
        0,
        "đã xét 0 hồ sơ: không có văn bản nào phải đề xuất\n",
    )
    late = run(*words, database=town.database, named={**named, **LATE})
    assert late.stdout == "đã xét 2 hồ sơ: đề xuất 2 thư xin lỗi, chờ duyệt\n"
    beyond = {**named, "MOTCUA_CLOCK_START": "2032-03-18T08:00"}
    unknown = run(*words, database=town.database, named=beyond)
    assert unknown.returncode == 1
    assert "chưa công bố lịch làm việc năm" in unknown.stderr
