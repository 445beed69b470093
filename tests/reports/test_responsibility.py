"""Whose time the dossiers of a period took: every way of adding up gives the same sums."""

from datetime import date, timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.domain.responsibility import late_minutes
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services.ledger import past_of
from motcua.reports.responsibility import APPLICANT, By, responsibility
from tests.web.conftest import set_clock  # noqa: F401 (a fixture)
from tests.web.workspace.roads import signed_in
from tests.world import APPROVED, MORNING, READY, RETURNED, walk

MARCH = (date(2021, 3, 1), date(2021, 3, 31))
END = MORNING + timedelta(days=14)


@pytest.fixture
def lives(world):
    """One on time, one late, one that waited for the applicant, one still open."""
    walk(world, world.receive(), RETURNED)
    walk(world, world.receive(), READY, every=timedelta(days=2))
    waited = [
        *APPROVED[:2],
        (Action.REQUEST_SUPPLEMENT, "handler"),
        (Action.SUPPLEMENT, "reception"),
        *APPROVED[2:],
        *READY[-1:],
    ]
    walk(world, world.receive(), waited, every=timedelta(hours=30))
    walk(world, world.receive(), APPROVED)
    return world


def of_march(world, by):
    return responsibility(*MARCH, unit_ids=[world.unit.pk], by=by, at=END)


@pytest.mark.parametrize("by", list(By))
def test_every_way_of_adding_up_gives_the_dossiers_own_minutes(lives, by):
    found = of_march(lives, by)
    stopped = Dossier.objects.filter(settled_at__isnull=False)
    total = late = late_dossiers = 0
    for dossier in stopped:
        terms = terms_of(dossier)
        now = past_of(dossier.events.order_by("position"), terms).snapshot
        hours = terms.office_time
        total += hours.opening_minutes_between(dossier.accepted_at, dossier.settled_at)
        own = late_minutes(now, at=END, office_time=hours)
        late += own
        late_dossiers += own > 0
    assert (found.total.dossiers, found.total.minutes) == (3, total)
    assert found.total.late_minutes == late > 0
    assert found.total.late_dossiers == late_dossiers
    assert sum(line.minutes for line in found.lines) == total
    assert sum(line.late_minutes for line in found.lines) == late


def test_the_applicant_waited_for_is_a_line_and_never_late(lives):
    [line] = [one for one in of_march(lives, By.PERSON).lines if one.name == APPLICANT]
    assert line.minutes > 0 and line.late_minutes == 0


def test_only_what_stopped_in_the_period_counts(lives):
    after = responsibility(
        date(2021, 4, 1), date(2021, 4, 30), unit_ids=[lives.unit.pk], by=By.AGENCY, at=END
    )
    assert after.lines == () and after.total.dossiers == 0


def test_the_page_and_its_file_say_the_same_to_the_head_alone(lives, set_clock):
    set_clock(END)
    browsers = {role: signed_in(officer) for role, officer in lives.officers.items()}
    for role, browser in browsers.items():
        expected = 200 if role == "leader" else 404
        assert browser.get("/responsibility/?by=person").status_code == expected
        assert browser.get("/responsibility.csv").status_code == expected
    page = browsers["leader"].get("/responsibility/?by=person&first=01032021&last=31032021")
    text = page.content.decode()
    assert "Trần Văn handler" in text and APPLICANT in text
    rows = browsers["leader"].get("/responsibility.csv?by=person").content.decode("utf-8-sig")
    *lines, total = [row.split(",") for row in rows.splitlines()[1:]]
    assert sum(int(line[-1]) for line in lines) == int(total[-1])


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("mai", "01032021", "Không đọc được ngày"),
        ("01032021", "01022021", "trước ngày cuối kỳ"),
        ("01012020", "01032021", "không quá 92 ngày"),
        ("01032021", "01042022", "chậm nhất hôm nay"),
    ],
)
def test_a_wrong_period_is_said(lives, set_clock, first, last, words):
    set_clock(END)
    answer = signed_in(lives.officers["leader"]).get(
        "/responsibility/", {"first": first, "last": last}
    )
    assert answer.status_code == 422 and words in answer.content.decode()
