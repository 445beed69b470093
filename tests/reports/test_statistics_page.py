"""docs/statistics.md says what every printed column means, and its example is computed."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.dossiers.models import Dossier
from motcua.reports.management.commands.report import COLUMNS
from motcua.reports.queries import summary
from tests.world import MORNING

PAGE = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text()
EXAMPLES = re.findall(r"^\| (not yet, judged at )?(\d+) March (\d\d:\d\d) \| `(\w+)`", PAGE, re.M)


def test_every_column_is_explained_once():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.M) == list(COLUMNS)


@pytest.mark.parametrize(("judged", "day", "hour", "column"), EXAMPLES)
def test_the_example_is_what_the_report_counts(world, judged, day, hour, column):
    at = datetime.fromisoformat(f"2021-03-{day}T{hour}").replace(tzinfo=OFFICE_ZONE)
    dossier = world.receive()
    if not judged:
        Dossier.objects.filter(pk=dossier.pk).update(state="result_ready", settled_at=at)
    found = summary(MORNING.date(), at.date(), at).total.tally
    assert (found.received, getattr(found, column)) == (1, 1)
