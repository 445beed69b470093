"""Late steps and steps due today: the person and the head see them, nobody else."""

from datetime import datetime

import pytest
from django.test import Client

from motcua import clock
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.dossier import Action
from tests.web.workspace.roads import signed_in
from tests.world import HANDED, TAKEN, next_town, officer_of, walk

# Handed over on Wednesday 17 March, two working days to handle: until Friday 17:00.
TODAY = datetime(2021, 3, 19, 8, tzinfo=OFFICE_ZONE)
LATE = datetime(2021, 3, 23, 8, tzinfo=OFFICE_ZONE)


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setenv(clock.START, moment.isoformat())


def text(client, address):
    return client.get(address).content.decode()


def test_a_step_is_announced_on_its_last_day_and_counted_when_late(world, clients, at):
    walk(world, world.receive(), TAKEN)
    assert "phải xong hôm nay" not in text(clients["handler"], "/workspace/")
    at(TODAY)
    front = text(clients["handler"], "/workspace/")
    assert "1 bước phải xong hôm nay" in front
    assert "bước phải xong trước 17:00 hôm nay" in front
    at(LATE)
    front = text(clients["handler"], "/workspace/")
    assert "1 bước đang trễ" in front and "bước trễ 2 ngày làm việc" in front
    assert "1 bước đang trễ, 0 bước phải xong hôm nay của tôi" in text(
        clients["handler"], "/late-steps/"
    )


def test_the_head_sees_who_has_how_many_and_colleagues_do_not(world, clients, at):
    walk(world, world.receive(), TAKEN)
    walk(world, world.receive(), TAKEN)
    walk(world, world.receive(), HANDED)
    at(LATE)
    for role in ("leader", "approver"):
        page = clients[role].get("/late-steps/?scope=agency")
        counted = [(each.officer, each.late, each.today) for each in page.context["officers"]]
        assert counted == [("Trần Văn handler", 2, 0), (None, 1, 0)]
        assert "Chưa ai nhận việc" in page.content.decode()
    page = clients["handler"].get("/late-steps/?scope=agency")
    assert page.context["officers"] == [] and len(page.context["rows"]) == 3


def test_nobody_is_late_while_the_clock_is_paused(world, clients, at):
    dossier = walk(world, world.receive(), TAKEN)
    walk(world, dossier, [(Action.SUSPEND, "approver")])
    at(LATE)
    page = clients["leader"].get("/late-steps/?scope=agency")
    assert page.context["rows"] == [] and "Không có bước nào trễ" in page.content.decode()


def test_strangers_see_nothing(world, clients, at):
    walk(world, world.receive(), TAKEN)
    at(LATE)
    stranger = signed_in(officer_of(next_town().agency, "leader", "rangdong.lanhdao"))
    assert stranger.get("/late-steps/").context["rows"] == []
    assert clients["administrator"].get("/late-steps/").status_code == 404
    assert Client().get("/late-steps/").status_code == 302


def test_many_late_steps_cost_no_more_questions(world, clients, at, django_assert_max_num_queries):
    for _ in range(27):
        walk(world, world.receive(), TAKEN)
    at(LATE)
    clients["leader"].get("/late-steps/")
    with django_assert_max_num_queries(9):
        page = clients["leader"].get("/late-steps/")
    assert len(page.context["rows"]) == 25
