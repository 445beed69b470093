"""What tests of pages share."""

import time

import pytest


@pytest.fixture
def set_clock(monkeypatch):
    """Let every page be asked at this instant (or soon after)."""

    def set_to(moment):
        monkeypatch.setenv("MOTCUA_CLOCK_START", moment.isoformat())
        monkeypatch.setenv("MOTCUA_CLOCK_ANCHOR", repr(time.time()))

    return set_to


@pytest.fixture
def morning(set_clock):
    """Let every page be asked on the morning of the small world."""
    from tests.world import MORNING

    set_clock(MORNING)
    return MORNING
