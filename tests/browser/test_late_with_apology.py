"""A dossier that becomes late: the morning proposes the letter, it is signed, sent, read by all."""

import json
import re

import pytest

from tests.browser.test_journey import PERSON, follow, move_on, receive
from tests.homes import MOTCUA, Served, environment, new_database, run
from tests.papers.pages import words

LATER = "2021-04-20T08:03:00+07:00"


class Home:
    """A home that is closed one day and opened again on a later one."""

    def __init__(self, home, database):
        self.home, self.database = home, database
        self.opened = self._open()

    @property
    def address(self):
        return self.opened.address

    def open_on(self, moment):
        self.opened.stop()
        scenario = self.home / "scenario.json"
        scenario.write_text(json.dumps({**json.loads(scenario.read_text()), "clock_start": moment}))
        self.opened = self._open()

    def _open(self):
        words = (*MOTCUA, "serve", "--home", str(self.home))
        return Served(*words, environment=environment(self.database))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home, database = tmp_path_factory.mktemp("late"), new_database("late")
    scenario = ["--scenario", "nghia-hung-2021", "--scale", "0.003"]
    made = run("replay", *scenario, "--home", str(home), database=database)
    assert made.returncode == 0, made.stderr
    opened = Home(home, database)
    yield opened
    opened.opened.stop()


def row_of(page, number, tab):
    """Return the row of the letter about this dossier, once the morning's work is done."""
    for _time in range(40):
        page.goto(f"/letters/?tab={tab}")
        row = page.locator("tr", has_text=number)
        if row.count():
            return row
        page.wait_for_timeout(500)
    raise AssertionError(page.inner_text("main"))


def test_a_late_dossier_is_apologised_for_once_and_everybody_reads_the_new_date(visit, served):
    counter, handler = visit("lieu-de.reception"), visit("lieu-de.handler")
    number = receive(counter, "1.004884")
    counter.goto("/counter/hand-over/")
    counter.click("main form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert move_on(handler, number) == "take"

    served.open_on(LATER)
    counter, handler, approver = map(
        visit, ("lieu-de.reception", "lieu-de.handler", "lieu-de.approver")
    )
    citizen = visit(width=390, height=844)
    assert "Chưa có ngày hẹn mới" in follow(citizen, number)
    handler.goto("/workspace/")
    assert "bước trễ" in handler.locator("tr", has_text=number).inner_text()

    row = row_of(approver, number, "approve")
    assert "Cơ quan chưa hoàn thành" in row.inner_text()
    row.locator("summary").click()
    row.locator("select").select_option("old_records")
    row.locator("textarea").fill("Phải đối chiếu sổ gốc năm 1987 ở ba đơn vị.")
    row.locator("button", has_text="Duyệt").click()
    approver.wait_for_load_state()
    assert "Đã duyệt 1 thư" in approver.inner_text("main")

    row = row_of(counter, number, "send")
    counter.select_option("[name=delivery]", "phone")
    row.locator("button", has_text="Đã gửi").click()
    counter.wait_for_load_state()
    assert "Đã ghi gửi 1 thư (báo qua điện thoại)" in counter.inner_text("main")

    answer = follow(citizen, number)
    new_day = re.search(r"Hẹn lại: [^,]+, (\d\d/\d\d/\d{4}), 17:00", answer)[1]
    assert "quá hạn" in answer and "xin lỗi ông/bà" in answer
    assert "Lý do chậm: Phải đối chiếu sổ gốc năm 1987 ở ba đơn vị." in answer
    citizen.goto("/apologies/")
    listed = citizen.locator("tr", has_text=number).inner_text()
    assert "Cần thêm thời gian tra cứu sổ gốc" in listed and new_day in listed
    assert PERSON["person_name"] not in citizen.inner_text("main")

    handler.goto(f"/dossiers/{number}/")
    said = handler.inner_text("main")
    assert f"đã xin lỗi, hẹn lại 17:00 {new_day}" in said and "Viết thư" not in said
    handler.goto(f"/dossiers/{number}/letter/")
    assert "Mỗi hồ sơ chỉ hẹn lại một lần" in handler.inner_text("main")

    sheet = words(handler.request.get(f"/dossiers/{number}/control-sheet.pdf").body())
    assert "Đã gửi thư xin lỗi: số 1/PXL" in sheet and f"hẹn lại 17:00 {new_day}" in sheet
    assert "Phải đối chiếu sổ gốc năm 1987 ở ba đơn vị." in sheet
