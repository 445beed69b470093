"""A real server on a small replayed home, and a real browser in front of it."""

import shutil
from pathlib import Path

import pytest

from tests.homes import MOTCUA, Served, environment, new_database, run

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# What htmx says of a request that the next page cut off.
CUT_OFF = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    home, database = str(tmp_path_factory.mktemp("home")), new_database("browser")
    scenario = ["--scenario", "nghia-hung-2021", "--scale", "0.02"]
    made = run("replay", *scenario, "--home", home, database=database)
    assert made.returncode == 0, made.stderr
    opened = Served(*MOTCUA, "serve", "--home", home, environment=environment(database))
    yield opened
    opened.stop()


# A file's own: while playwright runs, its event loop keeps Django from asking the database.
@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.fail("No chromium found. On Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(served, chromium):
    """Open a page as an account (None: a stranger), at a width; console errors fail the test."""
    contexts = []

    def open_as(account=None, *, width=1366, height=768, script=True):
        context = chromium.new_context(
            base_url=served.address,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda said: page.problems.append(said.text) if said.type == "error" else None,
        )
        if account is not None:
            sign_in(page, account)
        return page

    yield open_as
    problems = [
        problem
        for context in contexts
        for page in context.pages
        for problem in page.problems
        if not problem.startswith(CUT_OFF)
    ]
    for context in contexts:
        context.close()
    assert problems == []


def sign_in(page, account):
    from motcua.scenarios import DEMO_PASSWORD

    page.goto("/sign-in/")
    page.fill("#id_login", account)
    page.fill("#id_password", DEMO_PASSWORD)
    page.click("[data-send]")
    page.wait_for_url("**/*")
    assert "/sign-in/" not in page.url, page.inner_text("main")
