"""Every page at three widths: axe finds nothing, nothing scrolls sideways, the weight is small."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 768, 1366)
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
LIMIT = 60 * 1024

PUBLIC = [
    "/",
    "/lookup/",
    "/procedures/",
    "/procedures/?q=khai+sinh",
    "/procedures/1.001193/",
    "/sign-in/",
    "/not-a-page/",
]
BY_ACCOUNT = {
    "lieu-de.reception": [
        "/counter/",
        "/counter/?procedure=1.001193",
        "/counter/certified/",
        "/counter/drafts/",
        "/counter/ready/",
        "/counter/hand-over/",
        "/counter/hand-over/lists/",
        "/counter/register/",
        "/workspace/",
        "/search/?q=nguyen",
        "/hand-over/",
        "/password/",
        r"ready: /counter/ready/[^/]+/",
    ],
    "huyen.handler": [
        "/workspace/",
        "/workspace/?scope=agency",
        r"work: /dossiers/[^/]+/",
        r"acts: /dossiers/[^/]+/(propose|forward|send-to-step)/",
    ],
    "huyen.approver": ["/workspace/"],
    "huyen.leader": ["/workspace/"],
    "huyen.administrator": [
        "/administration/catalogue/",
        "/administration/units/",
        "/administration/calendar/",
        "/administration/accounts/",
        "/administration/accounts/new/",
    ],
}


def _pages(page, addresses):
    """Yield each address; one with a pattern is the first such link on the page it names."""
    for address in addresses:
        where, _, pattern = address.partition(": ")
        if not pattern:
            yield address
            continue
        page.goto({"ready": "/counter/ready/", "work": "/workspace/", "acts": "/workspace/"}[where])
        if where != "acts":
            yield _links(page, pattern)[0]
            continue
        for dossier in _links(page, r"/dossiers/[^/]+/"):
            page.goto(dossier)
            if found := _links(page, pattern):
                yield found[0]
                break
        else:
            raise AssertionError(f"no dossier on /workspace/ offers {pattern}")


def _links(page, pattern):
    """Return the page's links that match, in their order."""
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [link for link in links if re.fullmatch(pattern, link)]


@pytest.mark.parametrize("account", [None, *BY_ACCOUNT])
def test_every_page_is_accessible_and_fits(visit, account):
    page = visit(account)
    page.problems.clear()
    found = []
    for address in _pages(page, BY_ACCOUNT.get(account, PUBLIC)):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            page.wait_for_load_state("networkidle")
            report = Axe().run(page, options=RULES)
            found += [
                f"{address} at {width}: {problem['id']} {problem['nodes'][0]['html'][:120]}"
                for problem in report.response["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
                found.append(f"{address} at {width}: scrolls sideways")
    page.problems[:] = [p for p in page.problems if "404" not in p]
    assert found == []


@pytest.mark.parametrize("account", [None, *BY_ACCOUNT])
def test_a_first_visit_to_any_page_weighs_under_sixty_kilobytes(visit, served, account):
    page = visit(account)
    heavy = []
    for address in _pages(page, BY_ACCOUNT.get(account, PUBLIC)):
        fresh = page.context.browser.new_context(
            base_url=served.address, storage_state=page.context.storage_state()
        )
        tab = fresh.new_page()
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        weight = tab.evaluate(
            "performance.getEntries().filter(e => e.transferSize)"
            ".reduce((sum, e) => sum + e.transferSize, 0)"
        )
        if weight > LIMIT:
            heavy.append((address, weight))
        fresh.close()
    page.problems.clear()
    assert heavy == []
