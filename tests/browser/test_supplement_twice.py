"""A dossier asked for papers twice, then approved: in the office, at the counter, at home."""

import io

import pypdfium2

from tests.browser.test_journey import PERSON, follow, move_on, receive

TRAVELLER = {**PERSON, "person_id": "003190000779"}


def ask(handler, approver, counter, number, reason):
    """Ask for the first paper of the list: drafted, approved and sent; return its address."""
    handler.goto(f"/dossiers/{number}/notices/supplement/")
    handler.locator("input[type=radio][value=wrong]").first.check()
    handler.locator(".marks input[type=text]").first.fill(reason)
    handler.fill("[name=guidance]", "Mang theo giấy tờ tùy thân")
    handler.click("form[data-main] [data-send]")
    handler.wait_for_url("**/notices/*/")
    address = handler.url
    approver.goto("/notices/?tab=approve")
    approver.locator("tr", has_text=number).locator("a[data-open]").click()
    approver.wait_for_url("**/notices/*/")
    approver.click("form[action$='/approve/'] button")
    approver.wait_for_load_state()
    assert "Chờ gửi cho người nộp" in approver.inner_text("main")
    counter.goto("/notices/?tab=send")
    counter.locator("tr", has_text=number).locator("a[data-open]").click()
    counter.wait_for_url("**/notices/*/")
    counter.locator("input[name=delivery][value=phone]").check()
    counter.click("form[action$='/send/'] button")
    counter.wait_for_load_state()
    assert "Đã gửi văn bản số" in counter.inner_text("main")
    return address


def bring(counter, number):
    """Take in what was asked for; return what the page says of both dates."""
    counter.goto(f"/counter/dossiers/{number}/supplement/")
    said = counter.inner_text(".consequence")
    counter.locator(".marks select").first.select_option("original")
    counter.click("form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert "Đã nhận giấy tờ bổ sung" in counter.inner_text("main")
    return said


def test_asked_twice_brought_twice_then_approved(visit):
    counter, citizen = visit("lieu-de.reception"), visit(width=390, height=844)
    handler, approver = visit("lieu-de.handler"), visit("lieu-de.approver")
    number = receive(counter, "1.004884", TRAVELLER)
    counter.goto("/counter/hand-over/")
    counter.click("main form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert move_on(handler, number) == "take"

    for reason in ("Thiếu chữ ký ở trang hai", "Tên viết khác giấy khai sinh cũ"):
        address = ask(handler, approver, counter, number, reason)
        asked = follow(citizen, number)
        assert "Ông/bà cần bổ sung giấy tờ" in asked and reason in asked
        assert "Thực hiện chậm nhất" in asked and "thời hạn giải quyết không chạy" in asked
        printed = counter.request.get(f"{address.rstrip('/')}.pdf")
        text = pypdfium2.PdfDocument(io.BytesIO(printed.body()))[0].get_textpage()
        assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text.get_text_bounded()
        assert "Thời hạn chạy tiếp" in bring(counter, number)
        assert reason not in follow(citizen, number)

    handler.goto(f"/dossiers/{number}/notices/supplement/")
    assert "đã yêu cầu bổ sung 2 lần" in handler.inner_text("main")

    done = []
    while "issue-result" not in done:
        acts = [act for officer in (handler, approver) if (act := move_on(officer, number))]
        assert acts, f"nobody can go on after {done}"
        done += acts
    assert "approve" in done
    assert "đã có kết quả" in follow(citizen, number).lower()
    sheet = counter.request.get(f"/dossiers/{number}/control-sheet.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(sheet.body()))
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert number in said and "Thiếu chữ ký ở trang hai" in " ".join(said.split())
