"""An absence with a deputy in a real browser, to the citizen's page and the control sheet."""

from tests.browser.test_journey import PERSON, follow, move_on, receive
from tests.papers.pages import words


def send(page):
    page.click("main form[data-main] [data-send]")
    page.wait_for_load_state()
    assert not page.locator(".errors, .notice--error").count(), page.inner_text("main")


def delegate(page, absent, deputy):
    page.goto("/workspace/absences/")
    for name, person in (("absent", absent), ("deputy", deputy)):
        label = page.locator(f"#id_{name} option", has_text=person).first.inner_text()
        page.select_option(f"#id_{name}", label=label)
    page.fill("#id_first", "17032021")
    page.fill("#id_last", "17032021")
    page.fill("#id_reason", "Đi học một ngày")
    send(page)
    assert f"{deputy} thay {absent}" in page.inner_text("main")


def test_a_deputy_works_for_who_is_absent_and_every_paper_says_so(visit):
    counter, citizen = visit("lieu-de.reception"), visit(width=390, height=844)
    handler, approver = visit("lieu-de.handler"), visit("lieu-de.approver")
    person = {**PERSON, "person_id": "003190000790", "person_phone": "0100000777"}
    number = receive(counter, "1.004884", person)
    counter.goto("/counter/hand-over/")
    counter.click("main form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert move_on(handler, number) == "take"

    # The handler goes away for the day, and the counter's officer stands in.
    name = {
        who: page.locator(".bar__end a[title]").first.inner_text()
        for who, page in (("absent", handler), ("deputy", counter))
    }
    delegate(handler, name["absent"], name["deputy"])
    counter.goto("/workspace/")
    counter.goto(f"/dossiers/{number}/")
    assert "làm thay" in counter.inner_text("main .strip")
    assert not counter.locator("text=Nhận thay").count()

    done = []
    while "issue-result" not in done:
        acts = [act for page in (counter, approver) if (act := move_on(page, number))]
        assert acts, f"nobody can go on after {done}: {follow(citizen, number)}"
        done += acts
    assert "propose" in done or "forward" in done

    # Back early: the deputy's page offers nothing of the handler's any more.
    handler.goto("/workspace/absences/")
    handler.click("text=Thôi ngay")
    handler.wait_for_load_state()
    assert "thôi thay" in handler.inner_text("main")
    handler.goto(f"/dossiers/{number}/")
    told = f"{name['deputy']} (thay {name['absent']})"
    assert told in handler.inner_text("main")
    answer = follow(citizen, number)
    assert "đã có kết quả" in answer.lower()
    assert name["deputy"] not in answer and name["absent"] not in answer
    sheet = handler.request.get(f"/dossiers/{number}/control-sheet.pdf")
    assert " ".join(told.split()) in " ".join(words(sheet.body()).split())
