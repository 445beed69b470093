"""A whole dossier in a real browser, from the counter to the result; the citizen sees each step."""

import re

PERSON = {
    "person_id": "003190000777",
    "person_name": "Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
    "person_born": "05091990",
    "person_address": "Xóm 1, thị trấn Liễu Đề",
    "person_phone": "0100000777",
}
# What moves a dossier on, as its page offers it.
ONWARD = ("take", "forward", "propose", "approve", "issue-result")
RESULT = {"number": "12/GKS", "signed_on": "17032021"}


def receive(page, procedure, person=PERSON):
    """Receive a dossier with all its papers; return its number."""
    page.goto(f"/counter/?procedure={procedure}")
    for name, value in person.items():
        page.fill(f"[name={name}]", value)
    page.wait_for_load_state("networkidle")
    page.click("[data-papers]")
    page.wait_for_selector("[data-kind]:checked")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/counter/receipts/**")
    return re.search(r"\d{3}\.\d{2}\.\d{2}\.H40-\d{6}-\d{4}", page.inner_text("main"))[0]


def follow(page, number):
    """Ask as a citizen with the last four digits of the telephone; return the answer."""
    page.goto(f"/lookup/?number={number}")
    page.fill("[name=digits]", "0777")
    page.click("main [data-send]")
    page.wait_for_url("**/lookup/answer/**")
    return page.inner_text("main")


def move_on(page, number):
    """Do the act that moves the dossier on, if its page offers one; return which."""
    page.goto(f"/dossiers/{number}/")
    for what in ONWARD:
        address = f"/dossiers/{number}/{what}/"
        button = page.locator(f'form[action="{address}"] button, a[href="{address}"]').first
        if not button.count():
            continue
        button.click()
        page.wait_for_load_state()
        if page.url.endswith(address):
            for name, value in RESULT.items():
                if page.locator(f"[name={name}]").count():
                    page.fill(f"[name={name}]", value)
            page.click("form[data-main] [data-send]")
            page.wait_for_load_state()
        assert not page.locator(".errors, .notice--error").count(), page.inner_text("main")
        return what
    return None


def test_a_dossier_goes_its_whole_road_and_the_citizen_sees_each_step(visit):
    counter, citizen = visit("lieu-de.reception"), visit(width=390, height=844)
    officers = [visit("lieu-de.handler"), visit("lieu-de.approver"), counter]
    number = receive(counter, "1.004884")
    seen = [follow(citizen, number)]

    counter.goto("/counter/hand-over/")
    assert counter.locator("tr", has_text=number).locator("input:checked").count()
    counter.click("main form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert number in counter.inner_text("main")

    done = []
    while "issue-result" not in done:
        acts = [act for officer in officers if (act := move_on(officer, number))]
        assert acts, f"nobody can go on after {done}: {follow(citizen, number)}"
        done += acts
        seen.append(follow(citizen, number))
    assert "approve" in done
    assert "đã có kết quả" in seen[-1].lower()
    assert len(set(seen)) >= 4, "at the counter, being settled, being signed, ready"

    counter.goto(f"/counter/ready/{number}/")
    counter.click(".choices a")
    counter.wait_for_load_state()
    counter.click("form[data-main] [data-send]")
    counter.wait_for_load_state()
    assert "đã trả kết quả" in follow(citizen, number).lower()
    assert move_on(officers[0], number) is None


def test_the_printed_slip_is_the_unit_s_own(visit):
    counter, stranger = visit("lieu-de.reception"), visit("huyen.handler")
    receive(counter, "1.001193", {**PERSON, "person_id": "003190000778"})
    address = counter.get_attribute('a[href$="/1.pdf"]', "href")
    printed = counter.request.get(address)
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
    assert stranger.request.get(address).status == 404
    assert visit().request.get(address).status == 404
