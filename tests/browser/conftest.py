"""A real server on a small replayed home, and a real browser in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOTCUA = [sys.executable, "-m", "motcua.cli"]
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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A home, the address it is served at, and its command line."""

    def __init__(self, home, environment):
        self.home = home
        self.environment = environment
        self.address = ""

    def run(self, *words):
        return subprocess.run(
            [*MOTCUA, *words, "--home", str(self.home)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, port):
        with (self.home / "serve.log").open("w") as log:
            process = subprocess.Popen(
                [*MOTCUA, "serve", "--port", str(port), "--home", str(self.home)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.address = f"http://127.0.0.1:{port}"
        for _attempt in range(300):
            assert process.poll() is None, (self.home / "serve.log").read_text()
            try:
                with urllib.request.urlopen(self.address + "/", timeout=5):
                    return process
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.home / "serve.log").read_text())


def _environment(home):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
    environment.pop("DATABASE_URL", None)
    if os.environ.get("MOTCUA_TEST_ENGINE") == "postgresql":
        import psycopg

        address = os.environ["DATABASE_URL"]
        name = f"browser_{os.getpid()}"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        base, _, query = address.partition("?")
        environment["DATABASE_URL"] = f"{base.rpartition('/')[0]}/{name}?{query}"
    return environment


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    world = Served(home, _environment(home))
    made = world.run("replay", "--scenario", "nghia-hung-2021", "--scale", "0.02")
    assert made.returncode == 0, made.stderr
    process = world.start(free_port())
    yield world
    process.terminate()
    process.wait(20)


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
