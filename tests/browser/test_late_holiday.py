"""A holiday announced late: proposed, listed, approved; everybody sees the new day."""

import re
from datetime import date, timedelta

import pypdfium2

from motcua.domain import spoken
from tests.browser.test_journey import PERSON, follow, receive

MONDAY_TO_FRIDAY = range(5)


def day_of(text):
    """Return the day that is written like this."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def today(page):
    """Return the day of the clock in the bar."""
    said = page.inner_text(".bar")
    return day_of(re.search(r"\d\d/\d\d/\d{4}", said)[0])


def next_working_day(after: date) -> date:
    day = after + timedelta(days=1)
    while day.weekday() not in MONDAY_TO_FRIDAY:
        day += timedelta(days=1)
    return day


def promised(answer):
    """Return the day the citizen is asked to come, as written."""
    found = re.search(r"Hẹn trả kết quả: [^,]+, (\d\d/\d\d/\d{4}), (\d\d:\d\d)", answer)
    assert found, answer
    return found[1]


def sheet_of(page, number):
    """Return the words of the control sheet."""
    answer = page.request.get(f"/dossiers/{number}/control-sheet.pdf")
    assert answer.status == 200
    words = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(answer.body())]
    return " ".join(" ".join(words).split())


def test_a_holiday_announced_late_moves_the_promise_everywhere(visit):
    counter, citizen = visit("lieu-de.reception"), visit(width=390, height=844)
    number = receive(counter, "1.004884", {**PERSON, "person_id": "003190000778"})
    before = promised(follow(citizen, number))
    holiday = next_working_day(today(counter))

    administrator = visit("huyen.administrator")
    administrator.goto("/administration/calendar/")
    administrator.click("text=Soạn lần công bố mới")
    administrator.fill("[name=day]", f"{holiday:%d/%m/%Y}")
    administrator.fill("[name=name]", "Nghỉ thêm")
    administrator.fill("form:has([name=day]) [name=source]", "Thông báo 100/TB-UBND")
    administrator.click("text=Ghi ngày này")
    administrator.fill("[name=reason]", f"Nghỉ thêm ngày {holiday:%d/%m/%Y}")
    administrator.fill("[name=legal_basis]", "Thông báo 100/TB-UBND")
    administrator.click("text=Lập danh sách hồ sơ đổi hẹn")
    listed = administrator.inner_text("main")
    assert "đổi hẹn trả nếu được duyệt" in listed and "Liễu Đề" in listed
    table = administrator.request.get(f"{administrator.url}list.csv").text()
    [line] = [row for row in table.splitlines() if number in row]
    assert before in line
    administrator.click("text=Trình lãnh đạo duyệt")
    assert promised(follow(citizen, number)) == before, "nothing moves before the approval"

    leader = visit("huyen.leader")
    leader.click("nav.desks >> text=Điều chỉnh hẹn trả")
    leader.click("[data-open]")
    leader.click("text=/^Duyệt, đổi hẹn trả/")
    assert "Đã duyệt. Hẹn trả mới đã ghi" in leader.inner_text("main")

    answer = follow(citizen, number)
    after = promised(answer)
    assert day_of(after) > day_of(before)
    assert after in line and f"Nghỉ thêm ngày {holiday:%d/%m/%Y}" in answer
    counter.goto(f"/dossiers/{number}/")
    page = counter.content()  # why the promise falls when it does is folded away
    assert "công bố lần 2" in page and after in page
    assert spoken.full_day(day_of(after)) in sheet_of(counter, number)
